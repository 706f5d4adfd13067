"""The register kept in its pages: reviewed before it is saved, and never over somebody else's."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from providers import actions
from providers.models import (
    Agreement,
    AgreementLot,
    AgreementUnit,
    CareUnit,
    CareUnitAddress,
    CareUnitService,
    CorporateGroup,
    DirectAwardVetting,
    Permit,
    PlannedChange,
    Price,
    Provider,
    RegisterChange,
    RegisterEdition,
    RegisterSetting,
)
from providers.queries import current_number
from spink.accounts.domain.roles import Role
from spink.accounts.models import User
from spink.foundation import clock
from spink.foundation.actor import Actor
from spink.foundation.models import AuditEntry
from tests.factories import providers as made
from tests.factories.accounts import MunicipalityFactory, holding
from tests.support.register_edits import next_transaction

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

OTHER = Actor.system("Karin Kvist")


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def keeper() -> User:
    return holding(Role.QUALITY_CONTROLLER)


@pytest.fixture
def client(keeper: User) -> Client:
    return client_of(keeper)


def filled(form: Any) -> dict[str, Any]:
    """What a browser would send of the form as it stands."""
    sent: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        if value is None or value is False or value == "":
            continue
        sent[bound.html_name] = "on" if value is True else value
    return sent


def opened(client: Client, url: str) -> dict[str, Any]:
    response = client.get(url)
    assert response.status_code == 200
    return filled(response.context["form"])


def sent(client: Client, url: str, step: str = "save", **typed: Any) -> Any:
    """The form as it was opened, with what is typed in it."""
    return client.post(url, opened(client, url) | typed | {"step": step})


def section(unit: CareUnit, name: str) -> str:
    return reverse("providers:unit_change", args=[unit.code, name])


def url(name: str, *args: object) -> str:
    return reverse(f"providers:{name}", args=args)


def test_a_change_is_reviewed_and_not_saved(client: Client) -> None:
    unit = made.CareUnitFactory(age_from=18)
    next_transaction()
    before = current_number()
    response = sent(client, section(unit, "target"), "review", age_from=21)
    assert response.status_code == 200
    changed = [(one.label, one.before, one.after) for one in response.context["changed"]]
    assert changed == [("Från ålder", "18", "21")]
    unit.refresh_from_db()
    assert (unit.age_from, current_number()) == (18, before)


def test_a_saved_change_is_numbered_and_audited_in_the_name_of_the_keeper(
    client: Client, keeper: User
) -> None:
    unit = made.CareUnitFactory(code="U-1")
    next_transaction()
    before = current_number()
    response = sent(client, section(unit, "target"), age_from=21, needs_met=["mobility"])
    assert response.url == url("unit", "U-1")
    unit.refresh_from_db()
    assert (unit.age_from, unit.needs_met, current_number()) == (21, ["mobility"], before + 1)
    assert RegisterEdition.objects.get(number=before + 1).actor == keeper.actor.as_dict()
    entry = AuditEntry.objects.get(action="unit_changed")
    assert (entry.subject_id, entry.details) == ("U-1", {"fields": ["age_from", "needs_met"]})


def test_what_was_typed_comes_back_to_be_changed(client: Client) -> None:
    unit = made.CareUnitFactory()
    response = sent(client, section(unit, "target"), "edit", age_from=21)
    assert response.context["form"]["age_from"].value() == "21"


def test_a_form_that_changes_nothing_leaves_no_trace(client: Client) -> None:
    unit = made.CareUnitFactory()
    next_transaction()
    before = current_number()
    response = sent(client, section(unit, "target"))
    assert (response.status_code, current_number()) == (302, before)


def test_who_saves_over_a_change_is_told_it_and_keeps_what_was_typed(client: Client) -> None:
    unit = made.CareUnitFactory(age_from=18)
    page = section(unit, "target")
    typed = opened(client, page) | {"age_from": 21, "step": "save"}
    next_transaction()
    actions.change_part(part="unit", row_id=unit.pk, values={"age_from": 16}, by=OTHER)
    refused = client.post(page, typed)
    assert refused.status_code == 409
    assert [(row.who, "18 → 16" in row.text) for row in refused.context["happened"]] == [
        ("Karin Kvist", True)
    ]
    form = refused.context["form"]
    assert form["age_from"].value() == "21"
    unit.refresh_from_db()
    assert unit.age_from == 16
    again = client.post(page, typed | {"seen": form["seen"].value()})
    unit.refresh_from_db()
    assert (again.status_code, unit.age_from) == (302, 21)


def test_who_changes_another_part_of_the_unit_is_not_stopped(client: Client) -> None:
    unit = made.CareUnitFactory(age_from=18)
    page = section(unit, "target")
    typed = opened(client, page) | {"age_from": 21, "step": "save"}
    next_transaction()
    actions.change_part(part="unit", row_id=unit.pk, values={"phone": "031-1"}, by=OTHER)
    assert client.post(page, typed).status_code == 302
    unit.refresh_from_db()
    assert (unit.age_from, unit.phone) == (21, "031-1")


FAULTS = [
    ("target", {"age_from": 30, "age_to": 20}, "age_to"),
    ("target", {"age_from": 130}, "age_from"),
    ("target", {"companion_age_from": 9, "companion_age_to": 3}, "companion_age_to"),
    ("target", {"needs_met": ["mobility"], "needs_refused": ["mobility"]}, "needs_refused"),
    ("target", {"priority_needs": ["mobility"]}, "priority_group"),
    (
        "target",
        {"priority_group": "Yngre", "priority_age_from": 20, "priority_age_to": 18},
        "priority_age_to",
    ),
    ("target", {"day": "2020-01-01"}, "day"),
    ("location", {"latitude": "57.7", "longitude": ""}, "longitude"),
    ("location", {"latitude": "11.97", "longitude": "57.7"}, "latitude"),
    ("permit", {"valid_from": "2025-02-01", "valid_to": "2025-01-31"}, "valid_to"),
    ("permit", {"valid_to": "2025-01-31"}, "valid_from"),
    ("rate", {"in_house_rate": "2600"}, "in_house_rate"),
    ("direct-award", {"vetted_from": "2025-02-01", "vetted_to": "2025-01-31"}, "vetted_to"),
    ("direct-award", {"rate": "-1"}, "rate"),
    ("services", {"services": []}, "services"),
    ("end", {"open_to": ""}, "open_to"),
    ("contact", {"email": "karin"}, "email"),
    ("about", {"name": ""}, "name"),
]


@pytest.mark.parametrize(("name", "typed", "field"), FAULTS)
def test_a_fault_is_told_at_its_field_and_changes_nothing(
    client: Client, name: str, typed: dict[str, Any], field: str
) -> None:
    unit = made.CareUnitFactory(open_from=date(2025, 1, 1))
    next_transaction()
    before = current_number()
    response = sent(client, section(unit, name), **typed)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert current_number() == before


def test_every_part_of_a_unit_is_changed(client: Client, keeper: User) -> None:
    MunicipalityFactory(code="1480", is_member=True)
    unit = made.CareUnitFactory()
    sent(client, section(unit, "about"), name="Nya namnet", operated_by="1480", methods="MI\nKBT\n")
    sent(client, section(unit, "contact"), phone="031-365 00 00")
    sent(client, section(unit, "location"), latitude="57.5", longitude="12.1")
    sent(client, section(unit, "address"), street="Storgatan 1", postal_code="411 01")
    sent(client, section(unit, "permit"), required="on", number="IVO 1", valid_from="2025-01-01")
    sent(client, section(unit, "rate"), in_house_rate="2600,50")
    sent(client, section(unit, "direct-award"), vetted_from="2025-01-01", rate="3400")
    sent(client, section(unit, "places"), places_total=12)
    sent(client, section(unit, "services"), services=["foster_home", "short_term_housing"])
    kept = CareUnit.objects.get(pk=unit.pk)
    assert (kept.name, kept.methods, kept.operated_by) == ("Nya namnet", ["MI", "KBT"], "1480")
    assert (kept.phone, kept.latitude, kept.places_total) == ("031-365 00 00", 57.5, 12)
    assert str(kept.in_house_rate) == "2600.50"
    assert CareUnitAddress.objects.get().street == "Storgatan 1"
    permit = Permit.objects.get()
    assert (permit.number, permit.checked_by) == ("IVO 1", keeper.actor.label)
    assert DirectAwardVetting.objects.get().rate == 3400
    services = CareUnitService.objects.values_list("service_type", flat=True)
    assert sorted(services) == ["foster_home", "short_term_housing"]


def test_no_place_of_protected_housing_is_asked_for_or_kept(client: Client) -> None:
    unit = made.CareUnitFactory()
    actions.change_part(
        part="address", row_id=unit.pk, values={"street": "Hemliga gatan 1"}, by=OTHER
    )
    refused = sent(client, section(unit, "services"), services=["protected_housing"])
    assert list(refused.context["form"].errors) == ["services"]
    CareUnitAddress.objects.get().delete()
    sent(client, section(unit, "services"), services=["protected_housing"])
    assert client.get(section(unit, "address")).status_code == 404
    fields = client.get(section(unit, "location")).context["form"].fields
    assert {"latitude", "longitude"} & fields.keys() == set()


def test_a_unit_is_made_under_its_provider(client: Client) -> None:
    MunicipalityFactory(code="1480", is_member=True)
    provider = made.ProviderFactory()
    response = sent(
        client, url("unit_new", provider.pk), name="Nyhem", code="U-ny", municipality="1480"
    )
    unit = CareUnit.objects.get(code="U-ny")
    assert (unit.provider, response.url) == (provider, url("unit", "U-ny"))
    twice = sent(client, url("unit_new", provider.pk), name="Nyhem", code="U-ny")
    assert list(twice.context["form"].errors) == ["code"]


def test_a_unit_is_ended_and_stays(client: Client) -> None:
    unit = made.CareUnitFactory()
    last = clock.today() + timedelta(days=30)
    response = sent(client, section(unit, "end"), "review", open_to=last)
    assert len(response.context["kept"].touches) == 1  # seven live there
    sent(client, section(unit, "end"), open_to=last)
    unit.refresh_from_db()
    assert unit.open_to == last


def test_a_change_is_planned_shown_and_cancelled(client: Client) -> None:
    unit = made.CareUnitFactory(age_from=18)
    later = clock.today() + timedelta(days=10)
    sent(client, section(unit, "target"), age_from=21, day=later)
    unit.refresh_from_db()
    plan = PlannedChange.objects.get()
    assert (unit.age_from, plan.values, plan.day) == (18, {"age_from": 21}, later)
    (shown,) = client.get(url("unit", unit.code)).context["plans"]
    assert (shown.text, shown.can_cancel) == ("Från ålder: 21", True)
    client.post(url("plan_cancel", plan.pk))
    assert client.get(url("unit", unit.code)).context["plans"] == []


def test_a_price_is_dated_corrected_and_taken_back_before_it_holds(client: Client) -> None:
    agreed = made.AgreementUnitFactory()
    first = made.PriceFactory(agreement_unit=agreed)
    page = url("price_new", agreed.pk)
    later = clock.today() + timedelta(days=30)
    sent(client, page, rate="3100", rate_unit="day", valid_from=later)
    second = Price.objects.exclude(pk=first.pk).get()
    assert (second.rate, second.valid_from) == (3100, later)
    overlapping = sent(client, page, rate="3200", rate_unit="day", valid_from=later)
    assert list(overlapping.context["form"].errors) == ["valid_from"]
    outside = sent(client, page, rate="3200", rate_unit="day", valid_from="2031-01-01")
    assert list(outside.context["form"].errors) == ["valid_from"]
    sent(client, url("price_change", second.pk), rate="3150")
    second.refresh_from_db()
    assert second.rate == 3150
    client.post(url("price_remove", first.pk), {"step": "save"})
    client.post(url("price_remove", second.pk), {"step": "save"})
    assert list(Price.objects.all()) == [first]


def test_an_agreement_is_made_with_its_lot_unit_and_price(client: Client) -> None:
    MunicipalityFactory(code="1480", is_member=True)
    unit = made.CareUnitServiceFactory().unit
    sent(
        client,
        url("agreement_new"),
        name="Korttidsboende 2026",
        code="RA-26",
        provision_form="framework",
        parties=["1480"],
        valid_from="2026-01-01",
    )
    agreement = Agreement.objects.get(code="RA-26")
    service = unit.services.get().service_type_id
    lot_page = url("lot_new", agreement.pk)
    sent(client, lot_page, code="A", service_type=service)
    lot = AgreementLot.objects.get()
    assert (lot.agreement, lot.service_type_id) == (agreement, service)
    sent(client, url("unit_agree", unit.code), lot=lot.pk, rank=2, rate="2950", rate_unit="day")
    agreed = AgreementUnit.objects.get()
    assert (agreed.unit, agreed.rank, agreed.prices.get().rate) == (unit, 2, 2950)
    sent(client, url("agreed_change", agreed.pk), rank=1)
    agreed.refresh_from_db()
    assert agreed.rank == 1
    sent(client, url("agreed_leave", agreed.pk))
    assert not AgreementUnit.objects.exists()
    tables = RegisterChange.objects.filter(operation="D").values_list("table_name", flat=True)
    assert set(tables) == {"providers_agreementunit", "providers_price"}


def test_an_agreement_is_ended_ahead_of_time(client: Client) -> None:
    agreement = made.AgreementUnitFactory().lot.agreement
    last = clock.today() + timedelta(days=3)
    page = url("agreement_end", agreement.pk)
    review = sent(client, page, "review", valid_to=last)
    assert review.context["kept"].touches == ["Delområden i avtalet: 1. Verksamheter i dem: 1."]
    sent(client, page, valid_to=last)
    agreement.refresh_from_db()
    assert agreement.valid_to == last
    too_early = sent(client, page, valid_to="2025-01-01")
    assert list(too_early.context["form"].errors) == ["valid_to"]


def test_providers_and_groups_are_made_changed_and_ended(client: Client) -> None:
    sent(client, url("group_new"), name="Gullhed", code="G-1")
    group = CorporateGroup.objects.get()
    typed = {"name": "Vård AB", "code": "P-1", "legal_form": "company", "ownership": "private"}
    wrong = sent(client, url("provider_new"), **typed, organisation_number="556012-5791")
    assert list(wrong.context["form"].errors) == ["organisation_number"]
    sent(
        client,
        url("provider_new"),
        **typed,
        organisation_number="556012-5790",
        group=group.pk,
    )
    provider = Provider.objects.get()
    assert (provider.organisation_number, provider.group) == ("5560125790", group)
    sent(client, url("provider_change", provider.pk), name="Omsorg AB")
    sent(client, url("group_change", group.pk), name="Gullhed Omsorg")
    provider.refresh_from_db()
    group.refresh_from_db()
    assert (provider.name, group.name) == ("Omsorg AB", "Gullhed Omsorg")
    unit = made.CareUnitFactory(provider=provider)
    ended = made.CareUnitFactory(provider=provider, open_to=date(2025, 1, 1))
    last = clock.today()
    sent(client, url("provider_end", provider.pk), open_to=last)
    unit.refresh_from_db()
    ended.refresh_from_db()
    assert (unit.open_to, ended.open_to) == (last, date(2025, 1, 1))


def test_a_sole_traders_number_is_written_and_never_shown(client: Client) -> None:
    provider = made.ProviderFactory(legal_form="sole_trader")
    page = url("provider_change", provider.pk)
    sent(client, page, new_personal_number="900060-9991")
    provider.refresh_from_db()
    assert (provider.personal_number, provider.organisation_number) == ("9000609991", "")
    shown = (
        client.get(page).content.decode()
        + client.get(url("provider", provider.pk)).content.decode()
    )
    kept = str(list(RegisterChange.objects.values_list("before", "after")))
    trail = str(list(AuditEntry.objects.values_list("details", flat=True)))
    texts = (shown, kept, trail)
    assert [text for text in texts if "9000609991" in text or "900060-9991" in text] == []


def test_the_horizon_of_places_is_set(client: Client) -> None:
    sent(client, url("settings"), places_horizon_days=21)
    sent(client, url("settings"), places_horizon_days=14)
    assert RegisterSetting.objects.get().places_horizon_days == 14
