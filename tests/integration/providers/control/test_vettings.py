"""Vetting before the register: begun, checked, decided, told of in time; nothing ends itself."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from providers.actions.control import vettings as actions
from providers.actions.control.checking import Answer
from providers.domain.control.checks import Check, CheckResult, Missing
from providers.models import DirectAwardVetting, RegisterEdition, Vetting
from providers.queries.control.vettings import overdue_checks
from spink.accounts.domain.roles import Role
from spink.accounts.models import User
from spink.foundation import clock
from spink.foundation.bad_input import BadInput
from spink.foundation.models import AuditEntry
from tests.conftest import MORNING
from tests.factories import providers as made
from tests.factories.accounts import holding
from tests.factories.control import VettingFactory
from tests.integration.placements.test_notifications import leave_role
from tests.integration.providers.test_register_pages import client_of
from tests.support.register_edits import next_transaction

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "frozen_clock")]

LIST = "/control/vettings/"
TODAY = MORNING.date()
QUERIES = 19


@pytest.fixture
def siv() -> User:
    return holding(Role.QUALITY_CONTROLLER, first_name="Siv", last_name="Ek")


@pytest.fixture
def client(siv: User) -> Client:
    return client_of(siv)


def answer(**given: Any) -> Answer:
    values: dict[str, Any] = {
        "result": CheckResult.PASSED,
        "source": "Skatteverket",
        "evidence": "Utdrag 2025-03-01",
        "made_on": TODAY,
        "holds_until": TODAY + timedelta(days=180),
    }
    return Answer(**values | given)


def checked(vetting: Vetting, by: User, **given: Any) -> Vetting:
    """Every check made, in the same way."""
    for check in vetting.checks:
        actions.record_check(
            vetting_id=vetting.pk, check=Check(check), answer=answer(**given), by=by.actor
        )
    vetting.refresh_from_db()
    return vetting


def added(by: User, **given: Any) -> Vetting:
    unit = made.CareUnitFactory(provider__name="Anna AB")
    vetting = checked(VettingFactory(provider=unit.provider, needs_permit=False), by, **given)
    return actions.add_to_register(
        vetting_id=vetting.pk, unit_ids=[unit.pk], vetted_from=TODAY, text="", by=by.actor
    )


def awards(vetting: Vetting) -> list[tuple[date | None, date | None, str]]:
    rows = DirectAwardVetting.objects.filter(unit__provider=vetting.provider_id)
    return [(row.vetted_from, row.vetted_to, row.decision) for row in rows.order_by("pk")]


def rows(client: Client, **asked: str) -> list[str]:
    return [row.provider for row in client.get(LIST, asked).context["rows"]]


def test_vetting_is_begun_checked_and_decided_in_its_pages(client: Client, siv: User) -> None:
    unit = made.CareUnitFactory(provider__name="Anna AB", provider__legal_form="association")
    url = f"/register/providers/{unit.provider_id}/vettings/new/"
    assert client.post(url, {"vets": "spink"}).status_code == 422
    client.post(url, {"vets": "spink", "needs_permit": "yes"})
    vetting = Vetting.objects.get()
    assert (vetting.owner, vetting.state) == (siv, "ongoing")
    assert len(vetting.checks) == 7
    page = f"{LIST}{vetting.pk}/"
    next_transaction()
    for code in vetting.checks:
        vetting.refresh_from_db()
        sent = {
            "version": vetting.version,
            "result": "passed",
            "source": "Kronofogden",
            "evidence": "Dnr 1",
            "made_on": "2025-03-03",
            "holds_until": "2025-09-01",
        }
        assert client.post(f"{page}checks/{code}/", sent).status_code == 302
    vetting.refresh_from_db()
    text = client.get(page).content.decode()
    assert ("7 av 7 gjorda" in text, "Kronofogden" in text) == (True, True)
    sent = {"version": vetting.version, "units": [unit.pk], "vetted_from": "2025-03-10"}
    text = client.post(f"{page}decide/add/", sent, follow=True).content.decode()
    assert "Utföraren finns i registret för direktupphandling från 10 mars 2025" in text
    assert awards(vetting) == [(date(2025, 3, 10), None, vetting.reference)]
    edition = RegisterEdition.objects.order_by("-number")[0]
    assert (edition.note, edition.actor["label"]) == (vetting.reference, "Siv Ek")
    steps = AuditEntry.objects.filter(subject="vetting").order_by("pk")
    assert [one.action for one in steps] == [
        "begin_vetting",
        *["check_vetting"] * 7,
        "add_vetting",
    ]


def test_provider_is_not_added_while_a_check_is_missing_failed_or_has_run_out(siv: User) -> None:
    unit = made.CareUnitFactory()
    vetting = checked(VettingFactory(provider=unit.provider, needs_permit=False), siv)
    wanted = {"vetting_id": vetting.pk, "vetted_from": TODAY, "text": "", "by": siv.actor}
    actions.record_check(
        vetting_id=vetting.pk,
        check=Check.F_TAX,
        answer=answer(result=CheckResult.FAILED),
        by=siv.actor,
    )
    vetting.made.filter(check_code="employer").delete()
    old = TODAY - timedelta(days=400)
    actions.record_check(
        vetting_id=vetting.pk,
        check=Check.FINANCES,
        answer=answer(made_on=old, holds_until=TODAY - timedelta(days=1)),
        by=siv.actor,
    )
    with pytest.raises(actions.NotReady) as refused:
        actions.add_to_register(unit_ids=[unit.pk], **wanted)
    assert refused.value.missing == [
        ("finances", Missing.RUN_OUT),
        ("f_tax", Missing.FAILED),
        ("employer", Missing.NOT_MADE),
    ]
    checked(vetting, siv)
    other = made.CareUnitFactory()
    for unit_ids in ([], [unit.pk, other.pk]):
        with pytest.raises(BadInput):
            actions.add_to_register(unit_ids=unit_ids, **wanted)
    assert DirectAwardVetting.objects.exists() is False


def test_provider_is_refused_for_coded_reasons_and_nothing_changes_in_the_register(
    client: Client, siv: User
) -> None:
    vetting = VettingFactory()
    register = RegisterEdition.objects.count()
    url = f"{LIST}{vetting.pk}/decide/refuse/"
    assert client.post(url, {"version": 1}).status_code == 422
    assert client.post(url, {"version": 1, "reasons": ["made_up"]}).status_code == 422
    sent = {"version": 1, "reasons": ["weak_finances", "ivo_findings"], "text": "Se beslutet."}
    page = client.post(url, sent, follow=True).content.decode()
    assert ("Brister i IVO:s tillsyn; Svag ekonomi" in page, "Se beslutet." in page) == (True, True)
    vetting.refresh_from_db()
    assert (vetting.state, vetting.reason_codes) == ("refused", ["ivo_findings", "weak_finances"])
    assert RegisterEdition.objects.count() == register
    assert (rows(client), rows(client, show="closed")) == ([], [vetting.provider.name])


def test_framework_provider_is_recorded_as_vetted_by_ink_and_not_checked_here(
    client: Client,
) -> None:
    provider = made.ProviderFactory(legal_form="")
    url = f"/register/providers/{provider.pk}/vettings/new/"
    assert client.post(url, {"vets": "ink"}).status_code == 422
    page = client.post(url, {"vets": "ink", "evidence": "INK 2024-17"}, follow=True)
    vetting = Vetting.objects.get()
    assert (vetting.state, vetting.checks, vetting.evidence) == ("by_ink", [], "INK 2024-17")
    assert "INK 2024-17" in page.content.decode()
    assert client.get(f"{LIST}{vetting.pk}/checks/finances/").status_code == 404
    client.post(url, {"vets": "ink", "evidence": "INK 2024-18"})
    assert Vetting.objects.count() == 1


def test_vetting_cannot_be_begun_before_somebody_has_told_the_legal_form(client: Client) -> None:
    provider = made.ProviderFactory(legal_form="")
    url = f"/register/providers/{provider.pk}/vettings/new/"
    page = client.post(url, {"vets": "spink", "needs_permit": "no"})
    assert (page.status_code, Vetting.objects.count()) == (422, 0)
    assert "Ange utförarens juridiska form först" in page.content.decode()


def test_check_that_runs_out_is_told_of_in_time_and_takes_nobody_out(
    client: Client, siv: User
) -> None:
    vetting = added(siv, holds_until=date(2025, 9, 1))
    unit = vetting.units.get()
    provider = f"/register/providers/{vetting.provider_id}/"
    assert (rows(client, show="due"), "En delkontroll" in _page(client, provider)) == ([], False)
    client.post(f"{LIST}settings/", {"warned_days": "20"})
    with clock.frozen(MORNING.replace(month=8, day=12)):
        assert rows(client, show="due") == ["Anna AB"]
        assert "5 delkontroller" not in _page(client, provider)
        assert "En delkontroll går ut 1 september" in _page(client, provider)
    with clock.frozen(MORNING.replace(month=9, day=2)):
        assert "5 delkontroller har gått ut, den första 1 september 2025" in _page(client, provider)
        assert overdue_checks([unit.code], clock.today()) == {unit.code: date(2025, 9, 1)}
        assert awards(vetting) == [(TODAY, None, vetting.reference)]
        checked(vetting, siv, made_on=date(2025, 9, 2), holds_until=date(2026, 3, 1))
        assert (rows(client, show="due"), overdue_checks([unit.code], clock.today())) == ([], {})
    assert vetting.made.filter(is_latest=False).count() == 5


def test_check_to_make_again_is_a_task_of_whoever_has_the_vetting_and_can_be_taken(
    client: Client, siv: User
) -> None:
    vetting = added(siv, holds_until=TODAY + timedelta(days=10))
    ola = client_of(holding(Role.QUALITY_CONTROLLER, first_name="Ola", last_name="Ask"))
    due = [one.get(LIST, {"show": "due"}).context["rows"][0] for one in (client, ola)]
    said = [(row.owner, row.can_take, row.to_make) for row in due]
    assert said == [("Siv Ek", False, "5 att göra om")] * 2
    assert [rows(one, show="mine") for one in (client, ola)] == [["Anna AB"], []]
    leave_role(siv)
    (row,) = ola.get(LIST, {"show": "due"}).context["rows"]
    assert row.can_take is True
    url = f"{LIST}{vetting.pk}/take/"
    assert [ola.post(url, {"version": v}).status_code for v in ("x", row.version)] == [409, 302]
    assert rows(ola, show="mine") == ["Anna AB"]


def test_list_names_the_check_that_runs_out_first(client: Client, siv: User) -> None:
    vetting = added(siv, holds_until=date(2025, 9, 1))
    vetting.made.filter(check_code="f_tax").update(holds_until=TODAY)
    with clock.frozen(MORNING + timedelta(days=2)):
        (row,) = client.get(LIST, {"show": "added"}).context["rows"]
    assert (row.runs_out, row.first_check) == (
        ("late", "Gick ut måndag 3 mars"),
        "Godkänd för F-skatt",
    )


def _page(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def test_check_that_is_not_passed_when_made_again_is_a_warning_on_the_provider(
    client: Client, siv: User
) -> None:
    vetting = added(siv)
    checked(vetting, siv, result=CheckResult.FAILED)
    page = client.get(f"/register/providers/{vetting.provider_id}/").content.decode()
    assert page.count("Inte längre godkänd: ") == len(vetting.checks)
    assert Vetting.objects.get(pk=vetting.pk).state == "added"


def test_only_people_end_a_vetting_and_its_units_leave_direct_award(
    client: Client, siv: User
) -> None:
    vetting = added(siv)
    url = f"{LIST}{vetting.pk}/decide/end/"
    sent = {"version": vetting.version, "last_day": "2025-03-01", "reasons": ["debts"]}
    assert client.post(url, sent).status_code == 422
    assert client.post(url, sent | {"last_day": "2025-03-31"}).status_code == 302
    assert awards(vetting) == [(TODAY, date(2025, 3, 31), vetting.reference)]
    vetting.refresh_from_db()
    assert (vetting.state, vetting.reason_codes) == ("ended", ["debts"])


def test_later_vetting_replaces_the_earlier_and_units_stay_in_from_their_day(siv: User) -> None:
    first = added(siv)
    unit = first.units.get()
    later = checked(VettingFactory(provider=first.provider, needs_permit=False), siv)
    actions.add_to_register(
        vetting_id=later.pk,
        unit_ids=[unit.pk],
        vetted_from=date(2025, 6, 1),
        text="",
        by=siv.actor,
    )
    first.refresh_from_db()
    assert first.state == "ended"
    assert awards(first) == [(TODAY, None, later.reference)]


def test_second_to_come_is_told_what_happened_and_keeps_what_was_typed(
    client: Client, siv: User
) -> None:
    vetting = VettingFactory()
    ola = holding(Role.QUALITY_CONTROLLER, first_name="Ola", last_name="Ask")
    actions.assign_vetting(vetting_id=vetting.pk, to_id=ola.pk, by=ola.actor)
    sent = {"version": 1, "reasons": ["debts"], "text": "Skulder på 90 000 kr."}
    url = f"{LIST}{vetting.pk}/decide/refuse/"
    page = client.post(url, sent)
    text = page.content.decode()
    told = ("Ola Ask", "Tog kontrollen.", "Skulder på 90 000 kr.")
    assert (page.status_code, [one in text for one in told]) == (409, [True] * 3)
    assert client.post(url, sent | {"version": 2}).status_code == 302
    page = client.post(f"{LIST}{vetting.pk}/owner/", {"version": 2, "to": siv.pk})
    assert page.status_code == 409


def test_lawyer_reads_vettings_and_decides_nothing(siv: User) -> None:
    vetting = VettingFactory()
    lawyer = client_of(holding(Role.LAWYER))
    page = lawyer.get(f"{LIST}{vetting.pk}/")
    offered = ("/checks/", "/decide/", "/owner/")
    assert (page.status_code, [part in page.content.decode() for part in offered]) == (
        200,
        [False] * 3,
    )


def test_others_see_of_the_provider_nothing_of_its_vettings(siv: User) -> None:
    vetting = added(siv, note="Betalningsanmärkning")
    reader = client_of(holding(Role.CONTROLLER))
    page = reader.get(f"/register/providers/{vetting.provider_id}/").content.decode()
    assert (vetting.reference in page, "Betalningsanmärkning" in page) == (False, False)


@pytest.mark.parametrize("count", [1, 5])
def test_list_costs_the_same_queries_however_long_it_is(client: Client, count: int) -> None:
    VettingFactory.create_batch(count)
    with CaptureQueriesContext(connection) as queries:
        client.get(LIST)
    assert len(queries) == QUERIES
