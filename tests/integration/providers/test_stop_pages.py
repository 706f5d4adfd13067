"""Setting, listing and lifting stops: who decides is said at the field, and held."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from providers.actions import end_stop, set_stop
from providers.domain.stopping import INK, StopRefused
from providers.models import CareUnit, RegisterEdition, Stop, StopKind
from providers.queries import current_number
from spink.accounts.domain.roles import Role
from spink.accounts.models import User
from spink.foundation import clock
from spink.foundation.models import AuditEntry, OutboxEvent
from tests.factories import providers as made
from tests.factories.accounts import PlacementTeamFactory, holding
from tests.support.register_edits import DAY, next_transaction
from tests.support.stops import INKS

WHY = {"why": "Bristerna är avhjälpta"}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "frozen_clock")]


@pytest.fixture
def client(keeper: User) -> Client:
    return browser_of(keeper)


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def framed() -> CareUnit:
    unit: CareUnit = made.AgreementUnitFactory().unit
    return unit


def vetted() -> CareUnit:
    unit: CareUnit = made.DirectAwardVettingFactory().unit
    return unit


def page_of(unit: CareUnit) -> str:
    return reverse("providers:unit_stop", args=[unit.code])


def sent(client: Client, unit: CareUnit, step: str = "save", **typed: Any) -> Any:
    return client.post(page_of(unit), {"reason_code": "own_review", "step": step, **typed})


def kinds_at(client: Client, unit: CareUnit) -> tuple[list[str], list[str]]:
    form = client.get(page_of(unit)).context["form"]
    return [one for one, _label in form.fields["kind"].choices], [
        f"{kind}: {why}" for kind, why in form.refusals
    ]


NO_AWARD = (
    "Rekommendationsstopp: Här direktupphandlas inget."
    " På ramavtal beslutar INK om beställningsstopp."
)
NO_FRAMEWORK = (
    "Tillfälligt beställningsstopp: Här finns inget ramavtal att stoppa beställningar på."
)


def test_the_page_says_at_the_field_which_stops_are_decided_by_whom(client: Client) -> None:
    assert kinds_at(client, vetted()) == (
        ["recommendation_stop", "paused", "unpublished"],
        [NO_FRAMEWORK],
    )
    assert kinds_at(client, framed()) == (["order_stop", "paused", "unpublished"], [NO_AWARD])


def test_a_stop_of_spinks_own_is_reviewed_and_set(client: Client, keeper: User) -> None:
    unit = vetted()
    page = sent(client, unit, "review", kind="recommendation_stop", valid_to="2025-04-03")
    assert (page.status_code, Stop.objects.count()) == (200, 0)
    assert (page.context["kind"], page.context["reason"]) == (
        "Rekommendationsstopp",
        "Egen fördjupad kontroll",
    )
    answer = sent(client, unit, kind="recommendation_stop", valid_to="2025-04-03")
    stop = Stop.objects.get()
    assert answer.headers["Location"] == reverse("providers:unit", args=[unit.code])
    assert (stop.unit, stop.valid_from, stop.valid_to) == (unit, DAY, date(2025, 4, 3))
    assert (stop.decided_by, stop.decision_reference) == (keeper.actor.label, "")
    (event,) = OutboxEvent.objects.filter(name="stop_set")
    assert event.payload == {"stop_id": stop.pk, "by_user_id": keeper.pk}


def test_a_stop_of_inks_is_recorded_with_its_decision(client: Client, keeper: User) -> None:
    unit = framed()
    given = {"decision_reference": " N123-0042/25 ", "decided_on": "2025-03-01"}
    sent(client, unit, kind="order_stop", **given)
    stop = Stop.objects.get()
    assert (stop.kind, stop.decided_by) == ("order_stop", INK)
    assert (stop.decision_reference, stop.decided_on) == ("N123-0042/25", date(2025, 3, 1))
    (entry,) = AuditEntry.objects.filter(action="set_stop")
    assert entry.actor_label == keeper.actor.label


REFERENCE = "Ange diarienumret för INK:s beslut"


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"kind": ""}, {"kind": ["Välj vad som ska gälla"]}),
        ({"kind": "recommendation_stop"}, {"kind": ["Välj ett av alternativen i listan"]}),
        ({"kind": "paused", "decided_on": "2025-03-01"}, {"decision_reference": [REFERENCE]}),
        (
            {"kind": "order_stop", "decision_reference": "N1"},
            {"decided_on": ["Ange vilken dag INK beslutade"]},
        ),
        (
            {"kind": "order_stop", "decision_reference": "N1", "decided_on": "2025-03-04"},
            {"decided_on": ["Den dagen har inte varit än"]},
        ),
        (
            {
                "kind": "order_stop",
                "decision_reference": "N1",
                "decided_on": "2025-03-01",
                "valid_to": "2025-03-02",
            },
            {"valid_to": ["Slutet ligger före början."]},
        ),
        ({"kind": "order_stop", "reason_code": ""}, {"reason_code": ["Välj ett skäl för stoppet"]}),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    client: Client, typed: dict[str, str], errors: dict[str, list[str]]
) -> None:
    page = sent(client, framed(), **typed)
    found = {name: page.context["form"].errors[name] for name in errors}
    assert (page.status_code, found) == (422, errors)
    assert Stop.objects.count() == 0


def test_the_action_holds_the_table_whoever_calls_it(keeper: User) -> None:
    unit = framed()
    given = {"on": unit, "reason_code": "own_review", "by": keeper.actor}
    for kind in StopKind:
        with pytest.raises(StopRefused):
            set_stop(kind=kind, **given)
    assert Stop.objects.count() == 0
    assert set_stop(kind=StopKind.UNPUBLISHED, decision=INKS, **given).decided_by == INK


def test_a_page_kept_open_sets_the_stop_that_it_says(client: Client) -> None:
    unit, form = vetted(), {"reference": str(uuid4()), "kind": "recommendation_stop"}
    for _press in range(2):
        sent(client, unit, **form)
    assert Stop.objects.count() == 1
    sent(client, unit, **form | {"kind": "paused"})
    lifted = Stop.objects.get(kind=form["kind"])
    client.post(reverse("providers:stop_lift", args=[lifted.pk]), WHY)
    sent(client, unit, **form)
    assert sorted(Stop.objects.filter(ended_at=None).values_list("kind", flat=True)) == [
        "paused",
        "recommendation_stop",
    ]


def test_a_stop_of_a_whole_group_is_judged_by_all_its_units(client: Client) -> None:
    group = made.CorporateGroupFactory()
    for unit in (vetted(), framed()):
        with made.changing_register(by=made.TESTS):
            unit.provider.group = group
            unit.provider.save()
    page = client.get(reverse("providers:group_stop", args=[group.pk]))
    form = page.context["form"]
    assert [kind for kind, _label in form.fields["kind"].choices] == StopKind.values
    assert len(page.context["known"].units) == 2


def test_a_stop_is_lifted_and_stays_in_the_history(client: Client, keeper: User) -> None:
    unit = vetted()
    sent(client, unit, kind="paused")
    stop = Stop.objects.get()
    listed = reverse("providers:stops")
    assert [one.name for one in client.get(listed).context["stops"]] == [unit.name]
    url = reverse("providers:stop_lift", args=[stop.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, WHY).status_code == 302
    stop.refresh_from_db()
    assert stop.ended_by == keeper.actor.label
    assert client.get(listed).context["stops"] == []
    (over,) = client.get(f"{listed}?show=over").context["stops"]
    assert (over.name, over.reason, over.ended) == (
        unit.name,
        "Egen fördjupad kontroll",
        f"3 mar 2025, {keeper.actor.label}",
    )
    assert OutboxEvent.objects.filter(name="stop_ended").count() == 1
    assert client.post(url, WHY).status_code == 302
    assert OutboxEvent.objects.filter(name="stop_ended").count() == 1


def test_a_stop_without_a_reason_to_lift_it_holds(client: Client) -> None:
    stop = made.StopFactory(reason_code="own_review")
    page = client.post(reverse("providers:stop_lift", args=[stop.pk]), {"why": " "})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["why"])
    stop.refresh_from_db()
    assert stop.ended_at is None


def test_inks_stop_is_lifted_by_inks_decision_alone(client: Client, keeper: User) -> None:
    stop = set_stop(
        on=framed(),
        kind=StopKind.ORDER_STOP,
        by=keeper.actor,
        reason_code="own_review",
        decision=INKS,
    )
    url = reverse("providers:stop_lift", args=[stop.pk])
    page = client.post(url, WHY)
    assert (page.status_code, sorted(page.context["form"].errors)) == (
        422,
        ["decided_on", "decision_reference"],
    )
    with pytest.raises(StopRefused):
        end_stop(stop_id=stop.pk, by=keeper.actor, why="Klart")
    to_come = WHY | {"decision_reference": "INK 9", "decided_on": "2025-03-04"}
    assert client.post(url, to_come).status_code == 422
    assert client.post(url, to_come | {"decided_on": "2025-03-03"}).status_code == 302
    told = AuditEntry.objects.get(action="end_stop").details
    assert told["why"] == "Bristerna är avhjälpta. INK 9, 2025-03-03"


def test_why_a_stop_was_lifted_stands_not_in_the_diary(client: Client) -> None:
    stop = made.StopFactory(reason_code="own_review")
    client.post(reverse("providers:stop_lift", args=[stop.pk]), WHY)
    assert RegisterEdition.objects.filter(note__contains="avhjälpta").count() == 0


def test_the_list_tells_why_to_quality_and_the_lawyer_alone(client: Client) -> None:
    made.StopFactory(reason_code="own_review", decided_by="Karin", decided_at=clock.now())
    listed = reverse("providers:stops")
    told = {}
    for role in (Role.LAWYER, Role.CONTROLLER):
        (one,) = browser_of(holding(role)).get(listed).context["stops"]
        told[role] = (one.reason, one.decided, one.can_lift)
    assert told == {
        Role.LAWYER: ("Egen fördjupad kontroll", "3 mar 2025, Karin", False),
        Role.CONTROLLER: ("", "", False),
    }


@pytest.mark.parametrize("show", ["to_come", "nothing-like-it"])
def test_a_stop_to_come_is_listed_apart(client: Client, show: str) -> None:
    made.StopFactory(valid_from=date(2025, 4, 1))
    found = client.get(reverse("providers:stops"), {"show": show}).context["stops"]
    assert len(found) == (show == "to_come")


def test_the_list_takes_as_many_queries_for_many_stops(
    client: Client, django_assert_num_queries: Any
) -> None:
    listed = reverse("providers:stops")
    for count in (2, 20):
        for _ in range(count):
            made.StopFactory(reason_code="own_review")
        client.get(listed)
        with django_assert_num_queries(10):
            client.get(listed)


def test_stop_to_come_is_told_to_those_alone_who_act_on_it(client: Client, keeper: User) -> None:
    unit = vetted()
    next_transaction()
    sent(client, unit, kind="recommendation_stop", valid_from="2025-04-03")
    number = current_number()
    seen = [
        f"/register/units/{unit.code}/",
        f"/register/providers/{unit.provider_id}/",
        "/register/stops/?show=to_come",
        "/register/diary/",
        "/register/diary/compare/?first=2000-01-01&last=2099-01-01",
        f"/register/diary/{number}/",
    ]
    officer = browser_of(holding(Role.PLACEMENT_OFFICER, team=PlacementTeamFactory()))
    other = browser_of(holding(Role.CONTROLLER))

    def told(browser: Client) -> list[bool]:
        pages = [browser.get(url).content.decode() for url in seen]
        words = ("Stopp tillagd", "3 apr", ", Stopp")
        return [any(word in page for word in words) for page in pages]

    assert (told(officer), told(other)) == ([True] * 6, [False] * 6)
    assert other.get(seen[-1]).status_code == 404
    with clock.frozen(clock.now() + timedelta(days=31)):
        page = other.get(seen[-1]).content.decode()
        assert ("3 april 2025" in page, keeper.actor.label in page) == (True, False)
        named = {"who": keeper.actor.label}
        assert number not in [one.number for one in other.get(seen[3], named).context["rows"]]
