"""The inbox of findings: read by quality and control and the lawyer, judged by the former."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from providers.actions.control import findings as actions
from providers.domain.control.facts import Severity
from providers.models import Finding, FindingEntry, RegisterEdition
from spink.accounts.domain.roles import Role
from spink.accounts.models import User
from spink.foundation import clock
from spink.foundation.bad_input import BadInput
from spink.foundation.models import AuditEntry, OutboxEvent
from tests.conftest import MORNING
from tests.factories import providers as made
from tests.factories.accounts import holding
from tests.factories.control import (
    FindingFactory,
    MonitoringSourceFactory,
    ReviewFactory,
    watched,
)
from tests.integration.placements.test_notifications import leave_role
from tests.integration.providers.test_register_pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "frozen_clock")]

INBOX = "/control/findings/"
QUERIES = 18


@pytest.fixture
def siv() -> User:
    return holding(Role.QUALITY_CONTROLLER, first_name="Siv", last_name="Ek")


@pytest.fixture
def client(siv: User) -> Client:
    return client_of(siv)


def rows(client: Client, **asked: str) -> list[str]:
    """The titles of the findings that a page lists, in their order."""
    answer = client.get(INBOX, asked)
    return [f"{row.said.title}, {row.provider}" for row in answer.context["rows"]]


def judged(client: Client, finding: Finding, **sent: Any) -> Any:
    sent = {"version": finding.version, "note": "Vi har ringt.", **sent}
    return client.post(f"{INBOX}{finding.pk}/", sent, follow=True)


def test_finding_of_one_who_has_left_can_be_taken(client: Client) -> None:
    ola = holding(Role.QUALITY_CONTROLLER)
    finding = FindingFactory(owner=ola)
    can_take = [client.get(INBOX).context["rows"][0].can_take]
    leave_role(ola)
    for page in (INBOX, f"{INBOX}{finding.pk}/"):
        found = client.get(page).context
        can_take.append((found["rows"][0] if "rows" in found else found["row"]).can_take)
    assert can_take == [False, True, True]


def test_finding_of_a_permit_leads_to_the_unit_that_had_it(client: Client) -> None:
    permit = made.PermitFactory(number="IVO-1", unit__name="Ekhagen")
    of_another = made.PermitFactory(number="IVO-1", unit__name="Asken")
    lost = {"fact": "permits", "before": "IVO-1", "after": None}
    finding = FindingFactory(provider=permit.unit.provider, **lost)
    link = f'<a href="/register/units/{permit.unit.code}/">Ekhagen</a>'
    for url in (INBOX, f"{INBOX}{finding.pk}/"):
        page = client.get(url).content.decode()
        assert (page.count(link), of_another.unit.name in page) == (1, False)


def test_inbox_lists_the_gravest_first_with_age_and_owner(client: Client, siv: User) -> None:
    anna = made.ProviderFactory(name="Anna AB")
    bo = made.ProviderFactory(name="Bo AB")
    with clock.frozen(MORNING - timedelta(days=3)):
        FindingFactory(provider=anna, owner=siv)
    FindingFactory(provider=bo)
    FindingFactory(provider=bo, fact="procedures", before=None, after="KK", severity="critical")
    FindingFactory(provider=anna, fact="debts", before=None, after=900, severity="notice")
    assert rows(client) == [
        "Konkurs, Bo AB",
        "Är inte godkänd för F-skatt, Anna AB",
        "Är inte godkänd för F-skatt, Bo AB",
        "Skulder hos Kronofogden: 900\xa0kr, Anna AB",
    ]
    MonitoringSourceFactory(code="ivo", name="IVO", unanswered_since=MORNING, problem="missing")
    page = client.get(INBOX).content.decode()
    told = ("3 dagar sedan", "Siv Ek", "Bolagsverket", "<b>IVO</b> har inte svarat sedan i dag")
    assert [text in page for text in told] == [True] * len(told)
    assert rows(client, show="mine") == ["Är inte godkänd för F-skatt, Anna AB"]


def test_inbox_is_narrowed_by_what_stands_in_the_address(client: Client, siv: User) -> None:
    media = MonitoringSourceFactory(code="media", name="Media")
    FindingFactory(provider__name="Anna AB", owner=siv)
    FindingFactory(
        provider__name="Bo AB", source=media, fact="article", title="Kritik", severity="notice"
    )
    assert rows(client, q="anna") == ["Är inte godkänd för F-skatt, Anna AB"]
    assert rows(client, q="kritik") == ["Kritik, Bo AB"]
    assert rows(client, severity="notice") == ["Kritik, Bo AB"]
    assert rows(client, source="media") == ["Kritik, Bo AB"]
    assert rows(client, owner="nobody") == ["Kritik, Bo AB"]
    assert rows(client, owner=str(siv.pk)) == ["Är inte godkänd för F-skatt, Anna AB"]
    assert rows(client, source="noted") == []


def test_number_in_the_menu_is_of_those_that_wait(client: Client) -> None:
    FindingFactory()
    watched()
    assert 'hx-get="/control/count/"' in client.get(INBOX).content.decode()
    assert client.get("/control/count/").context["count"] == 1


def test_watched_finding_comes_back_on_its_day(client: Client) -> None:
    watched(provider__name="Anna AB")
    assert (len(rows(client)), len(rows(client, show="watched"))) == (0, 1)
    with clock.frozen(MORNING + timedelta(days=29)):
        assert (len(rows(client)), len(rows(client, show="watched"))) == (1, 0)


def test_finding_is_taken_handed_over_and_dismissed_for_a_reason(client: Client, siv: User) -> None:
    finding = FindingFactory()
    colleague = holding(Role.QUALITY_CONTROLLER, first_name="Ola", last_name="Ask")
    url = f"{INBOX}{finding.pk}/"
    client.post(f"{url}take/", {"version": 1})
    client.post(f"{url}owner/", {"version": 2, "to": colleague.pk})
    finding.refresh_from_db()
    assert (finding.owner, finding.version, finding.state) == (colleague, 3, "new")
    page = judged(client, finding, step="dismiss", reason="explained").content.decode()
    told = (
        "Iakttagelsen är avskriven",
        "Tog iakttagelsen.",
        "Lämnade över iakttagelsen till Ola Ask.",
        "Skrev av iakttagelsen: Utföraren har gett en godtagbar förklaring.",
        "Vi har ringt.",
    )
    assert [text in page for text in told] == [True] * len(told)
    assert rows(client, show="dismissed") != []
    taken = AuditEntry.objects.filter(subject="finding").order_by("pk")
    assert [(one.action, one.details) for one in taken] == [
        ("assign_finding", {"from": "new", "to": "new"}),
        ("assign_finding", {"from": "new", "to": "new"}),
        ("dismiss_finding", {"from": "new", "to": "dismissed"}),
    ]


def test_finding_whose_review_has_ended_waits_for_nobody(client: Client, siv: User) -> None:
    under_way = FindingFactory(fingerprint="a", state="review", owner=siv)
    ended = FindingFactory(fingerprint="b", state="review", owner=siv, provider__name="Bo AB")
    ReviewFactory(provider=under_way.provider, finding=under_way)
    ReviewFactory(provider=ended.provider, finding=ended, state="cancelled")
    shown = {tab: len(rows(client, show=tab)) for tab in ("to_judge", "mine", "review")}
    assert shown == {"to_judge": 0, "mine": 1, "review": 1}
    assert [title.split(", ")[-1] for title in rows(client, show="reviewed")] == ["Bo AB"]


def test_review_is_told_by_an_event_and_changes_nothing_of_the_register(
    client: Client, siv: User
) -> None:
    finding = FindingFactory()
    register = RegisterEdition.objects.count()
    judged(client, finding, step="review")
    finding.refresh_from_db()
    assert (finding.state, finding.owner) == ("review", siv)
    event = OutboxEvent.objects.get(name="finding_up_for_review")
    assert event.payload == {"finding_id": finding.pk, "by_user_id": siv.pk}
    assert RegisterEdition.objects.count() == register


def test_watch_is_until_a_later_day(client: Client) -> None:
    finding = FindingFactory()
    answer = judged(client, finding, step="watch", until="2025-03-03")
    assert (answer.status_code, "Ange en dag efter i dag" in answer.content.decode()) == (422, True)
    judged(client, finding, step="watch", until="2025-03-20")
    finding.refresh_from_db()
    assert (finding.state, str(finding.watched_until)) == ("watched", "2025-03-20")


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"step": "dismiss"}, "Välj varför iakttagelsen skrivs av"),
        ({"step": "dismiss", "reason": "made_up"}, "Välj ett av alternativen"),
        ({}, "Välj ett av alternativen"),
        ({"step": "assign"}, "Välj ett av alternativen"),
    ],
)
def test_faulty_judgement_is_refused_and_kept(
    client: Client, sent: dict[str, str], expected: str
) -> None:
    finding = FindingFactory()
    answer = judged(client, finding, **sent)
    page = answer.content.decode()
    assert (answer.status_code, expected in page, "Vi har ringt." in page) == (422, True, True)
    assert FindingEntry.objects.count() == 0


def test_late_judgement_is_told_who_was_first_and_keeps_what_was_typed(client: Client) -> None:
    finding = FindingFactory()
    first = client_of(holding(Role.QUALITY_CONTROLLER, first_name="Ola", last_name="Ask"))
    first.post(f"{INBOX}{finding.pk}/take/", {"version": 1})
    late = judged(client, finding, step="dismiss", reason="explained")
    page = late.content.decode()
    told = ("Iakttagelsen har ändrats", "Ola Ask", "Tog iakttagelsen.", "Vi har ringt.")
    assert (late.status_code, [text in page for text in told]) == (409, [True] * len(told))
    assert 'name="version" value="2"' in page
    judged(first, Finding.objects.get(), step="review")
    late = judged(client, finding, step="dismiss", reason="explained")
    assert (late.status_code, "Vi har ringt." in late.content.decode()) == (409, True)
    assert Finding.objects.get().state == "review"


def test_dismissed_finding_is_opened_again_unless_it_has_been_found_again(
    client: Client,
) -> None:
    finding = FindingFactory(state="dismissed", reason_code="explained")
    again = FindingFactory(provider=finding.provider, fingerprint=finding.fingerprint)
    page = client.post(f"{INBOX}{finding.pk}/reopen/", {"version": 1}, follow=True)
    assert "är redan öppen" in page.content.decode()
    again.delete()
    client.post(f"{INBOX}{finding.pk}/reopen/", {"version": 1})
    finding.refresh_from_db()
    assert (finding.state, finding.reason_code) == ("new", "")


def test_database_holds_one_open_finding_of_a_thing_and_one_happening_for_ever() -> None:
    FindingFactory(fingerprint="a")
    FindingFactory(fingerprint="b", state="dismissed", reason_code="explained")
    FindingFactory(fingerprint="c", fact="article", state="dismissed", reason_code="explained")
    FindingFactory(fingerprint="b")
    for fingerprint, fact in (("a", "f_tax"), ("b", "f_tax"), ("c", "article")):
        with pytest.raises(IntegrityError), transaction.atomic():
            FindingFactory(fingerprint=fingerprint, fact=fact)


def test_finding_is_noted_by_hand_once(client: Client, siv: User) -> None:
    provider = made.ProviderFactory(name="Anna AB")
    url = f"/register/providers/{provider.pk}/findings/new/"
    sent = {"title": "Tips: betalar inte löner", "severity": "serious"}
    first = client.post(url, sent, follow=True)
    again = client.post(url, sent | {"title": "tips:  Betalar inte löner"}, follow=True)
    assert "är noterad, och du är ansvarig" in first.content.decode()
    assert "Samma sak har noterats förut" in again.content.decode()
    finding = Finding.objects.get()
    assert (finding.noted_by, finding.owner, finding.severity) == (siv, siv, Severity.SERIOUS)
    assert client.post(url, {"title": ""}).status_code == 422


def test_provider_page_shows_findings_and_silent_sources_to_those_who_may_know(
    client: Client, frozen_clock: datetime
) -> None:
    finding = FindingFactory(provider__name="Anna AB")
    finding.source.answers.create(
        provider=finding.provider,
        answered_at=MORNING - timedelta(days=2),
        unanswered_since=MORNING - timedelta(days=1),
        problem="slow",
    )
    url = f"/register/providers/{finding.provider_id}/"
    told = ("Är inte godkänd för F-skatt", "Har inte svarat sedan", "svarar för långsamt")
    for role in (Role.QUALITY_CONTROLLER, Role.LAWYER):
        page = client_of(holding(role)).get(url).content.decode()
        assert [text in page for text in told] == [True] * len(told)
    for role in (Role.CONTROLLER, Role.CATEGORY_LEAD, Role.ADMINISTRATOR):
        page = client_of(holding(role)).get(url).content.decode()
        assert [text in page for text in ("Anna AB", *told, "control/findings")] == [
            True,
            *[False] * 4,
        ]


@pytest.mark.parametrize(
    ("code", "age", "expected"),
    [
        ("ivo", timedelta(hours=144), ("fresh", "Svarade tisdag 25 februari 09:00")),
        ("ivo", timedelta(hours=145), ("old", "Det senaste svaret är gammalt: tisdag 25 februari")),
        ("gone", timedelta(days=7), ("fresh", "Svarade 24 februari 09:00")),
        ("gone", timedelta(days=8), ("old", "Det senaste svaret är gammalt: 23 februari")),
    ],
)
def test_source_that_has_not_been_heard_for_long_is_not_fresh(
    client: Client, settings: Any, code: str, age: timedelta, expected: tuple[str, str]
) -> None:
    feed = {"kind": "feed", "url": "https://example.se/feed", "hours": 48}
    settings.MONITORING_SOURCES = {"ivo": feed}
    source = MonitoringSourceFactory(code=code, name="IVO")
    provider = made.ProviderFactory()
    source.answers.create(provider=provider, answered_at=MORNING - age)
    page = client.get(f"/register/providers/{provider.pk}/")
    (shown,) = page.context["monitored"].sources
    assert (shown.look, shown.text) == expected


def test_finding_about_a_provider_in_review_is_led_there_and_not_to_a_second_review(
    client: Client,
) -> None:
    provider = made.ProviderFactory()
    finding = FindingFactory(provider=provider)
    review = ReviewFactory(provider=provider)
    url = f"{INBOX}{finding.pk}/"
    answer = client.get(url)
    offered = [value for value, _ in answer.context["form"]["step"].field.choices]
    assert offered == ["dismiss", "watch"]
    assert f'<a href="/control/reviews/{review.pk}/">' in answer.content.decode()
    assert judged(client, finding, step="review").status_code == 422

    finding.state = "review"
    finding.save()
    page = client.get(url).content.decode()
    assert (f"finding={finding.pk}" in page, review.reference in page) == (False, True)


def test_lawyer_reads_and_decides_nothing() -> None:
    finding = FindingFactory()
    lawyer = client_of(holding(Role.LAWYER))
    page = lawyer.get(f"{INBOX}{finding.pk}/").content.decode()
    assert ("Är inte godkänd" in page, "Bedöm iakttagelsen" in page) == (True, False)
    assert judged(lawyer, finding, step="review").status_code == 403


def test_markup_from_a_source_is_text(client: Client) -> None:
    FindingFactory(
        fact="article", title="<script>alert(1)</script>", provider__name="<b>Anna</b>", after=None
    )
    page = client.get(INBOX).content.decode()
    assert ("<script>alert" in page, "<b>Anna" in page) == (False, False)


def test_actions_refuse_what_the_form_would_not_send(siv: User) -> None:
    finding = FindingFactory()
    given = {"finding_id": finding.pk, "text": "", "by": siv.actor}
    with pytest.raises(BadInput):
        actions.dismiss_finding(reason_code="made_up", **given)
    with pytest.raises(BadInput):
        actions.watch_finding(until=clock.today(), **given)


@pytest.mark.parametrize("size", [1, 40])
def test_queries_are_as_many_whatever_the_size(client: Client, siv: User, size: int) -> None:
    FindingFactory.create_batch(size, owner=siv)
    client.get(INBOX)
    with CaptureQueriesContext(connection) as queries:
        client.get(INBOX)
    assert len(queries) == QUERIES
