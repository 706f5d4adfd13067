"""In-depth reviews: from a finding to a decision and its stop; court records stand apart."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from providers.actions.control import reviews as actions
from providers.models import OffenceRecord, RegisterEdition, Review, Stop
from spink.accounts import queries as accounts
from spink.accounts import wall
from spink.accounts.domain.reach import NOTHING
from spink.accounts.domain.roles import Role
from spink.accounts.models import User
from spink.foundation.bad_input import BadInput
from spink.foundation.models import AuditEntry
from tests.factories import providers as made
from tests.factories.accounts import holding
from tests.factories.control import FindingFactory, ReviewFactory, directly_procured
from tests.integration.providers.test_register_pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "frozen_clock")]

LIST = "/control/reviews/"
SECRET = "Dömd för grov ekonomisk brottslighet"
QUERIES = 16


@pytest.fixture
def siv() -> User:
    return holding(Role.QUALITY_CONTROLLER, first_name="Siv", last_name="Ek")


@pytest.fixture
def client(siv: User) -> Client:
    return client_of(siv)


@pytest.fixture
def lawyer() -> User:
    return holding(Role.LAWYER, first_name="Lo", last_name="Falk")


def opened(client: Client, provider: Any, query: str = "", **sent: Any) -> Any:
    url = f"/register/providers/{provider.pk}/reviews/new/{query}"
    return client.post(url, {"reason": "Stora skulder.", **sent})


def taken(client: Client, review: Review, step: str, **sent: Any) -> Any:
    review.refresh_from_db()
    sent = {"version": review.version, **sent}
    return client.post(f"{LIST}{review.pk}/{step}/", sent, follow=True)


def test_finding_leads_to_a_review_and_its_decision_to_the_stop(
    client: Client, lawyer: User
) -> None:
    provider = directly_procured("5566778899", name="Anna AB")
    finding = FindingFactory(provider=provider, state="review")
    page = client.get(f"/control/findings/{finding.pk}/").content.decode()
    way = f"/register/providers/{provider.pk}/reviews/new/?finding={finding.pk}"
    assert way in page
    opened(client, provider, f"?finding={finding.pk}", checks=["debts"])
    review = Review.objects.get()
    assert (review.finding, review.kind, review.checks) == (finding, "in_depth", ["debts"])
    page = client.get(f"/control/findings/{finding.pk}/").content.decode()
    assert (way in page, review.reference in page) == (False, True)

    sent = {"result": "failed", "source": "Kronofogden", "evidence": "Utdrag", "note": "90 000 kr"}
    days = {"made_on": "2025-03-03", "holds_until": "2025-09-01"}
    taken(client, review, "checks/debts", **sent, **days)
    taken(client, review, "steps/visit", day="2025-03-02", form="on_site", text="Tomma lokaler.")
    taken(client, review, "steps/ask-lawyer", text="Räcker det?")
    jurist = client_of(lawyer)
    assert jurist.get(LIST, {"show": "with_lawyer"}).context["rows"][0].provider == "Anna AB"
    taken(jurist, review, "view", text="Det räcker för en paus.")
    register = RegisterEdition.objects.count()
    decided = taken(client, review, "steps/decide", decision="paused", reasons=["debts"], text="")
    page = decided.content.decode()
    stop = f"/register/providers/{provider.pk}/stop/?kind=paused&amp;review={review.reference}"
    told = ("1 av 1 gjorda", "Tomma lokaler.", "Det räcker för en paus.", "90 000 kr", stop)
    assert [text in page for text in told] == [True] * len(told)
    review.refresh_from_db()
    assert (review.state, review.decision, review.reason_codes) == ("decided", "paused", ["debts"])
    assert (Stop.objects.count(), RegisterEdition.objects.count()) == (0, register)
    steps = AuditEntry.objects.filter(subject="review").order_by("pk")
    assert [one.action for one in steps] == [
        "open_review",
        "check_review",
        "visit_review",
        "ask_lawyer_review",
        "advise_review",
        "decide_review",
    ]
    assert "/stop/?kind" not in jurist.get(f"{LIST}{review.pk}/").content.decode()


def test_framework_provider_is_visited_at_inks_request_alone_and_ink_decides(
    client: Client,
) -> None:
    provider = made.ProviderFactory()
    assert opened(client, provider).status_code == 422
    opened(client, provider, inks_reference="INK 2025-3")
    review = Review.objects.get()
    assert (review.kind, review.inks_reference) == ("for_ink", "INK 2025-3")
    page = client.get(f"{LIST}{review.pk}/steps/decide/").content.decode()
    assert ("INK beslutar" in page, "leder till stoppet" in page) == (True, False)
    refused = taken(client, review, "steps/decide", decision="paused", reasons=["debts"])
    assert refused.status_code == 422
    taken(client, review, "steps/decide", decision="told_ink", reasons=["debts"])
    review.refresh_from_db()
    assert (review.state, review.decision) == ("decided", "told_ink")


def test_decision_says_that_ink_decides_where_there_is_a_framework_agreement_too(
    client: Client,
) -> None:
    provider = directly_procured("5566778899")
    opened(client, provider)
    url = f"{LIST}{Review.objects.get().pk}/steps/decide/"
    before = client.get(url).content.decode()
    made.AgreementUnitFactory(unit=provider.units.get())
    hint = "behöver du INK:s diarienummer"
    assert (hint in before, hint in client.get(url).content.decode()) == (False, True)


def test_provider_has_one_review_under_way_and_a_finding_leads_to_one(
    client: Client, siv: User
) -> None:
    provider = directly_procured("5566778899")
    finding = FindingFactory(provider=provider, state="review")
    elsewhere = FindingFactory(state="review")
    opening = actions.Opening("Skulder", finding_id=finding.pk)
    review = actions.open_review(provider_id=provider.pk, opening=opening, by=siv.actor)
    assert opened(client, provider).status_code == 422
    actions.cancel_review(review_id=review.pk, text="Fel utförare", by=siv.actor)
    with pytest.raises(actions.IsReviewedAlready):
        actions.open_review(provider_id=provider.pk, opening=opening, by=siv.actor)
    wrong = actions.Opening("Skulder", finding_id=elsewhere.pk)
    with pytest.raises(BadInput):
        actions.open_review(provider_id=provider.pk, opening=wrong, by=siv.actor)
    assert opened(client, provider).status_code == 302


def test_watched_provider_comes_back_on_a_later_day(client: Client) -> None:
    review = ReviewFactory()
    sent = {"decision": "watched", "reasons": ["remedied"]}
    assert taken(client, review, "steps/decide", **sent).status_code == 422
    early = taken(client, review, "steps/decide", follow_up_on="2025-03-03", **sent)
    assert early.status_code == 422
    taken(client, review, "steps/decide", follow_up_on="2025-06-01", **sent)
    (row,) = client.get(LIST, {"show": "watched"}).context["rows"]
    assert (row.state, row.note) == (("waiting", "Bevakas"), "följs upp 1 juni")


def test_second_to_come_is_told_and_keeps_what_was_typed(client: Client, siv: User) -> None:
    review = ReviewFactory()
    ola = holding(Role.QUALITY_CONTROLLER, first_name="Ola", last_name="Ask")
    actions.cancel_review(review_id=review.pk, text="Dubblett", by=ola.actor)
    sent = {"version": 1, "decision": "no_action", "reasons": ["unfounded"], "text": "Allt är bra."}
    page = client.post(f"{LIST}{review.pk}/steps/decide/", sent)
    told = ("Ola Ask", "Avbröt kontrollen.", "Allt är bra.")
    assert [one in page.content.decode() for one in told] == [True] * 3
    assert page.status_code == 409
    review.refresh_from_db()
    assert review.state == "cancelled"


def test_court_records_are_encrypted_read_by_two_roles_and_every_reading_is_logged(
    client: Client, lawyer: User
) -> None:
    review = ReviewFactory()
    url = f"{LIST}{review.pk}/offences/"
    sent = {"court": "Göteborgs tingsrätt", "case_number": "B 1234-25", "text": SECRET}
    client.post(url, sent)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('spink.reads_offences', 'yes', true)")
        cursor.execute("SELECT text, court, case_number FROM providers_offencerecord")
        kept = " ".join(cursor.fetchone() or ())
    assert [part in kept for part in ("Dömd", "Göteborg", "1234")] == [False] * 3
    assert SECRET in client_of(lawyer).get(url).content.decode()
    log = "SELECT actor_label, subjects FROM accounts_accessentry ORDER BY at"
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('spink.job_tables', '{accounts_accessentry}', true)")
        cursor.execute(log)
        assert cursor.fetchall() == [("Lo Falk", [review.reference])]
    for other in (f"{LIST}{review.pk}/", f"/register/providers/{review.provider_id}/"):
        assert SECRET not in client.get(other).content.decode()
    trail = " ".join(str(one.details) for one in AuditEntry.objects.all())
    assert SECRET not in trail


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.QUALITY_CONTROLLER, 1),
        (Role.LAWYER, 1),
        (Role.CATEGORY_LEAD, 0),
        (Role.CONTROLLER, 0),
        (Role.ADMINISTRATOR, 0),
        (None, 0),
    ],
)
def test_wall_shows_court_records_to_quality_and_the_lawyer_alone(
    siv: User, role: Role | None, seen: int
) -> None:
    review = ReviewFactory()
    with wall.opened_for(accounts.reach_of_user(siv)):
        actions.record_offence(
            review_id=review.pk, court="Tingsrätten", case_number="", text=SECRET, by=siv.actor
        )
    reach = accounts.reach_of_user(holding(role)) if role else NOTHING
    with wall.opened_for(reach):
        assert OffenceRecord.objects.count() == seen
        assert OffenceRecord.objects.update(text="") == 0
        assert OffenceRecord.objects.all()._raw_delete(using="default") == 0
    with wall.opened_for(reach), transaction.atomic():
        assert OffenceRecord.objects.filter(review=review).exists() is bool(seen)


def test_lawyer_begins_at_what_waits_for_the_view_and_counts_that_alone(
    client: Client, lawyer: User
) -> None:
    asked, open_one = ReviewFactory(state="with_lawyer"), ReviewFactory()
    FindingFactory()
    shown = {
        who: [row.pk for row in one.get(LIST).context["rows"]]
        for who, one in (("team", client), ("lawyer", client_of(lawyer)))
    }
    assert shown == {"team": [open_one.pk], "lawyer": [asked.pk]}
    waits = {
        who: [tab.count for tab in one.get(LIST).context["tabs"]]
        for who, one in (("team", client), ("lawyer", client_of(lawyer)))
    }
    assert waits == {"team": [1, "", "", "", ""], "lawyer": ["", "", "", "", 1]}
    assert ">1<" in client_of(lawyer).get("/control/count/").content.decode()


def test_steps_lead_to_the_checks_before_the_decision_which_tells_what_is_left(
    client: Client,
) -> None:
    review = ReviewFactory(checks=["debts"])
    steps = {
        one["title"]: one["state"] for one in client.get(f"{LIST}{review.pk}/").context["steps"]
    }
    assert (steps["Delkontroller"], steps["Beslut"]) == ("now", "later")
    page = client.get(f"{LIST}{review.pk}/steps/decide/").content.decode()
    assert "Inte kontrollerat än: Skulder hos Kronofogden." in page


@pytest.mark.parametrize("count", [1, 5])
def test_list_costs_the_same_queries_however_long_it_is(client: Client, count: int) -> None:
    ReviewFactory.create_batch(count)
    with CaptureQueriesContext(connection) as queries:
        client.get(LIST)
    assert len(queries) == QUERIES
