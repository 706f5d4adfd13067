"""A decided review leads to its stop, and says so until it is set; a watched one comes back."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from providers.actions import set_stop
from providers.actions.control.reviews import record_offence
from providers.domain.control.review import ReviewStepNotAllowed
from providers.models import Review, Stop, StopKind
from providers.web.stops.known_of_control import known_of_control
from spink.accounts import queries as accounts
from spink.accounts import wall
from spink.accounts.domain.reach import NOTHING
from spink.accounts.domain.roles import Role
from spink.accounts.models import User
from spink.foundation import clock
from tests.factories import providers as made
from tests.factories.accounts import holding
from tests.factories.control import (
    ComplaintFactory,
    FindingFactory,
    ReviewFactory,
    directly_procured,
    visited,
)
from tests.integration.providers.test_register_pages import client_of
from tests.support.register_edits import DAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "frozen_clock")]

LIST = "/control/reviews/"
COUNT = "/control/count/"
NOT_SET = "Stoppet är inte satt"


@pytest.fixture
def siv() -> User:
    return holding(Role.QUALITY_CONTROLLER, first_name="Siv", last_name="Ek")


@pytest.fixture
def client(siv: User) -> Client:
    return client_of(siv)


def decided(decision: str = "paused", **given: Any) -> Any:
    provider = given.pop("provider", None) or directly_procured("5566778899", name="Anna AB")
    about = {"state": "decided", "decided_at": clock.now(), "reason_codes": ["debts"]}
    return ReviewFactory(provider=provider, decision=decision, **about, **given)


def watched(day: date) -> Any:
    return decided("watched", provider=made.ProviderFactory(), follow_up_on=day)


def page_of(review: Review) -> str:
    return reverse("providers:review", args=[review.pk])


def way_to_stop(client: Client, review: Review) -> str:
    url: str = client.get(page_of(review)).context["follows"].stop_url
    return url


def waiting(client: Client) -> list[str]:
    return [row.note for row in client.get(LIST, {"show": "to_stop"}).context["rows"]]


def in_the_menu(client: Client) -> int:
    count: int = client.get(COUNT).context["count"]
    return count


def test_review_leads_to_the_stop_filled_in_and_both_name_each_other(client: Client) -> None:
    review = decided()
    assert (waiting(client), in_the_menu(client)) == ([NOT_SET], 1)
    assert NOT_SET in client.get(page_of(review)).content.decode()
    way = way_to_stop(client, review)
    form = client.get(way).context["form"]
    assert (form["kind"].value(), form["reason_code"].value()) == ("paused", "own_review")
    typed = {"kind": "paused", "reason_code": "own_review", "reference": form["reference"].value()}
    preview = client.post(way, typed | {"step": "review"})
    assert preview.context["review"] == review
    answer = client.post(way, typed | {"step": "save"})
    stop = Stop.objects.get()
    assert answer.headers["Location"] == page_of(review)
    assert (stop.provider, stop.of_review.review) == (review.provider, review)
    page = client.get(page_of(review))
    assert NOT_SET not in page.content.decode()
    assert [one.period for one in page.context["follows"].stops] == ["från 3 mar 2025"]
    assert [one.text for one in page.context["entries"]] == ["Stoppade utföraren från 3 mars 2025."]
    assert (waiting(client), in_the_menu(client)) == ([], 0)
    (listed,) = client.get(reverse("providers:stops")).context["stops"]
    (on_provider,) = client.get(f"/register/providers/{stop.provider_id}/").context["stops"]
    assert (listed.review, on_provider.review) == (review, review)


def test_stop_that_is_sent_twice_is_set_once(client: Client) -> None:
    review = decided()
    way = way_to_stop(client, review)
    typed = {"kind": "paused", "reason_code": "own_review", "reference": str(uuid4())}
    for _ in range(2):
        assert client.post(way, typed | {"step": "save"}).status_code == 302
    assert Stop.objects.count() == 1


def test_review_is_told_of_with_its_stop_to_those_alone_who_read_reviews(client: Client) -> None:
    review = decided()
    typed = {"kind": "paused", "reason_code": "own_review", "step": "save"}
    client.post(way_to_stop(client, review), typed)
    told = {}
    for role in (Role.LAWYER, Role.CONTROLLER, Role.ADMINISTRATOR):
        reader = client_of(holding(role))
        pages = [reverse("providers:stops"), f"/register/providers/{review.provider_id}/"]
        found = [reader.get(page).content.decode() for page in pages]
        told[role] = [review.reference in page for page in found]
    assert told == {
        Role.LAWYER: [True, True],
        Role.CONTROLLER: [False, False],
        Role.ADMINISTRATOR: [False, False],
    }


@pytest.mark.parametrize("decision", ["no_action", "watched"])
def test_review_that_asks_for_no_stop_leads_to_none(
    client: Client, siv: User, decision: str
) -> None:
    day = DAY + timedelta(days=9) if decision == "watched" else None
    review = decided(decision, follow_up_on=day)
    assert (waiting(client), way_to_stop(client, review)) == ([], "")
    url = reverse("providers:provider_stop", args=[review.provider_id])
    assert client.get(f"{url}?kind=paused&review={review.reference}").context["review"] is None
    given: dict[str, Any] = {"kind": StopKind.PAUSED, "reason_code": "own_review"}
    with pytest.raises(ReviewStepNotAllowed):
        set_stop(on=review.provider, review_id=review.pk, by=siv.actor, **given)


@pytest.mark.parametrize("review", ["FK-0", "FK-x", "FK-٣", "999999999999", ""])
def test_stop_of_no_known_review_is_one_of_its_own(client: Client, review: str) -> None:
    provider = directly_procured("5566778899")
    url = reverse("providers:provider_stop", args=[provider.pk])
    page = client.get(url, {"kind": "order_stop", "review": review})
    assert (page.status_code, page.context["review"]) == (200, None)


def test_another_providers_review_is_not_followed_by_a_stop(client: Client) -> None:
    elsewhere = directly_procured("5566778800")
    url = reverse("providers:provider_stop", args=[elsewhere.pk])
    assert client.get(url, {"review": decided().reference}).context["review"] is None


def test_stop_of_before_is_named_as_the_one_that_was_decided_on(client: Client) -> None:
    review, other = decided("removed"), decided(provider=directly_procured("5566778800"))
    stop = made.StopFactory(kind="paused", unit=None, provider=review.provider)
    lifted = made.StopFactory(
        unit=None, provider=review.provider, ended_at=clock.now(), ended_by="Siv"
    )
    assert [one.pk for one in client.get(page_of(review)).context["follows"].to_name] == [stop.pk]
    for wrong, named in ((other, stop), (review, lifted), (review, stop), (other, stop)):
        client.post(reverse("providers:review-stop", args=[wrong.pk, named.pk]))
    assert [(one.stops.count()) for one in (review, other)] == [1, 0]


def test_watched_review_whose_day_has_come_counts_until_it_is_looked_at(client: Client) -> None:
    watched(DAY + timedelta(days=1))
    review = watched(DAY)
    assert in_the_menu(client) == 1
    assert client.get(page_of(review)).context["follows"].is_due
    way = f"{page_of(review)}steps/follow-up/"
    late = {"version": 1, "text": "Bättre.", "again_on": DAY.isoformat()}
    assert client.post(way, late).status_code == 422
    client.post(way, {**late, "again_on": "2025-06-01"})
    assert in_the_menu(client) == 0
    review.refresh_from_db()
    assert review.follow_up_on == date(2025, 6, 1)
    client.post(way, {"version": 2, "text": "Bra nu.", "again_on": ""})
    shown = client.get(LIST, {"show": "watched"}).context["rows"]
    assert review.reference not in [row.reference for row in shown]
    assert (
        client.post(way, {"version": 3, "text": "En gång till.", "again_on": ""}).status_code == 409
    )


SECRET = "Dömd för grov ekonomisk brottslighet"


def test_decider_has_at_hand_what_is_known_and_courts_stand_apart(
    client: Client, siv: User
) -> None:
    provider = directly_procured("5566778899", name="Anna AB")
    review = decided(provider=provider, finding=FindingFactory(provider=provider, state="review"))
    FindingFactory(provider=provider, state="dismissed", reason_code="not_theirs")
    FindingFactory()
    for category in ("documentation", "documentation", "staff"):
        ComplaintFactory(provider=provider, category=category)
    ComplaintFactory(provider=provider, filed_at=clock.now() - timedelta(days=400))
    ComplaintFactory()
    visited(care_unit=provider.units.get(), outcome="unfit")
    with wall.opened_for(accounts.reach_of_user(siv)):
        record_offence(
            review_id=review.pk, court="Tingsrätten", case_number="", text=SECRET, by=siv.actor
        )
    page = client.get(way_to_stop(client, review))
    known = page.context["known"].of_control
    assert [one.text for one in known.findings.lines] == ["Är inte godkänd för F-skatt"]
    assert [text.split(": ")[1] for text in known.complaints] == ["2 (2 pågår)", "1 (1 pågår)"]
    assert [(one.text, one.word) for one in known.reviews.lines] == [(review.reference, "Pausad")]
    assert [one.word for one in known.visits.lines] == ["Bedömd som inte lämplig"]
    assert [one.text for one in known.courts] == [review.reference]
    assert SECRET not in page.content.decode()


def test_what_somebody_may_not_read_is_not_looked_up() -> None:
    review = decided()
    FindingFactory(provider=review.provider)
    providers = [review.provider_id]
    officer = replace(NOTHING, roles=frozenset({Role.PLACEMENT_OFFICER}))
    for reach, visits in ((NOTHING, False), (officer, True)):
        known = known_of_control(providers, reach, many=False)
        told = (known.findings, known.complaints, known.reviews, known.courts)
        assert (told, known.visits is not None) == ((None,) * 4, visits)


@pytest.mark.parametrize("count", [1, 4])
def test_page_of_a_stop_costs_the_same_queries_however_much_is_known(
    client: Client, count: int
) -> None:
    review = decided()
    FindingFactory.create_batch(count, provider=review.provider)
    ComplaintFactory.create_batch(count, provider=review.provider)
    for _ in range(count):
        visited(care_unit=review.provider.units.get())
    way = way_to_stop(client, review)
    with CaptureQueriesContext(connection) as queries:
        client.get(way)
    assert len(queries) == 25
