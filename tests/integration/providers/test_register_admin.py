"""The register in the administration: who keeps it, under whose name, and what is never shown."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from providers.models import (
    CareUnit,
    CareUnitAddress,
    Provider,
    RegisterChange,
    RegisterEdition,
    Stop,
)
from providers.queries import current_number
from providers.queries.history import last_change_of
from spink.accounts.domain.roles import SCOPE_OF_ROLE, Role, Scope
from spink.accounts.models import User
from spink.foundation.actor import Actor
from spink.foundation.models import AuditEntry
from tests.factories import providers as made
from tests.factories.accounts import (
    DepartmentFactory,
    PlacementTeamFactory,
    UnitFactory,
    holding,
)
from tests.support.register_edits import next_transaction

pytestmark = pytest.mark.django_db

PLACES = {
    Scope.UNIT: lambda: {"unit": UnitFactory()},
    Scope.DEPARTMENT: lambda: {"department": DepartmentFactory()},
    Scope.TEAM: lambda: {"team": PlacementTeamFactory()},
    Scope.WHOLE: dict,
}
KEPT = [model for model in admin.site._registry if model._meta.app_label == "providers"]
INLINES = ("services", "permit", "direct_award", "agreements", "address")


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def keeper() -> User:
    return holding(Role.QUALITY_CONTROLLER)


def posted(unit: CareUnit, **changed: object) -> dict[str, object]:
    form: dict[str, Any] = {
        "seen": last_change_of(unit),
        "name": unit.name,
        "provider": unit.provider_id,
        "places_total": 10,
        "places_occupied": 7,
        "places_unavailable": 0,
        "latitude": "57.7",
        "longitude": "11.97",
    }
    for prefix in INLINES:
        form |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return form | changed


def change_page(unit: CareUnit) -> str:
    return reverse("admin:providers_careunit_change", args=[unit.pk])


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)
def test_register_is_kept_by_quality_and_control_alone(model: type, role: Role) -> None:
    client = client_of(holding(role, **PLACES[SCOPE_OF_ROLE[role]]()))
    name = f"admin:providers_{model._meta.model_name}_changelist"
    response = client.get(reverse(name))
    assert response.status_code == (200 if role is Role.QUALITY_CONTROLLER else 403)


@pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)
def test_every_form_of_the_register_opens(catalogue: None, keeper: User, model: type) -> None:
    name = f"admin:providers_{model._meta.model_name}_add"
    expected = 403 if model is RegisterEdition else 200
    assert client_of(keeper).get(reverse(name)).status_code == expected


def test_every_table_of_the_register_can_be_edited() -> None:
    """On a page of its own, or as rows of another's."""
    inlines = {inline.model for page in admin.site._registry.values() for inline in page.inlines}
    models = set(apps.get_app_config("providers").get_models())
    diary = {"registernumber", "registeredition", "registerchange"}
    beside = {"registercorrection", "registerupload", "importprogress", "unitsearch"}
    editable = {model for model in models if model._meta.model_name not in diary | beside}
    assert editable - set(KEPT) - inlines == set()


def test_a_saved_form_is_numbered_in_the_name_of_the_keeper(catalogue: None, keeper: User) -> None:
    unit = made.CareUnitFactory()
    next_transaction()
    before = current_number()
    response = client_of(keeper).post(
        change_page(unit), posted(unit, places_occupied=9, needs_met=["mobility"])
    )
    assert response.status_code == 302
    unit.refresh_from_db()
    assert (unit.places_occupied, unit.needs_met) == (9, ["mobility"])
    assert current_number() == before + 1
    assert RegisterEdition.objects.get(number=before + 1).actor == keeper.actor.as_dict()
    assert AuditEntry.objects.filter(action="careunit_changed").count() == 1


def test_a_code_stays_what_it_is(catalogue: None, keeper: User) -> None:
    unit = made.CareUnitFactory(code="U1")
    client_of(keeper).post(change_page(unit), posted(unit, code="other"))
    unit.refresh_from_db()
    assert unit.code == "U1"


def test_a_form_that_breaks_a_rule_says_so_and_changes_nothing(
    catalogue: None, keeper: User
) -> None:
    unit = made.CareUnitFactory()
    next_transaction()
    before = current_number()
    response = client_of(keeper).post(change_page(unit), posted(unit, age_from=20, age_to=10))
    assert response.status_code == 200
    assert len(response.context["adminform"].form.non_field_errors()) == 1
    assert current_number() == before


def test_an_address_of_protected_housing_is_refused_at_the_form(
    catalogue: None, keeper: User
) -> None:
    unit = made.CareUnitFactory()
    address = {
        "services-TOTAL_FORMS": 1,
        "services-0-service_type": "protected_housing",
        "services-0-position": 0,
        "services-0-unit": unit.pk,
        "address-TOTAL_FORMS": 1,
        "address-0-street": "Hemliga gatan 1",
        "address-0-unit": unit.pk,
    }
    service = unit.services.model._meta.get_field("service_type").related_model
    address["services-0-service_type"] = service.objects.get(code="protected_housing").code
    response = client_of(keeper).post(change_page(unit), posted(unit, **address))
    assert response.status_code == 200
    assert not CareUnitAddress.objects.exists()
    kept = [str(row) for row in RegisterChange.objects.values_list("before", "after")]
    assert [row for row in kept if "Hemliga" in row] == []


def test_a_sole_traders_number_is_written_and_never_shown(keeper: User) -> None:
    provider = made.ProviderFactory(legal_form="sole_trader")
    page = reverse("admin:providers_provider_change", args=[provider.pk])
    form = {
        "seen": last_change_of(provider),
        "name": provider.name,
        "legal_form": "sole_trader",
        "new_personal_number": "900060-9991",
    }
    response = client_of(keeper).post(page, form)
    assert response.status_code == 302
    provider.refresh_from_db()
    assert (provider.personal_number, provider.organisation_number) == ("9000609991", "")
    shown = client_of(keeper).get(page).content.decode()
    kept = str(list(RegisterChange.objects.values_list("before", "after")))
    assert [text for text in (shown, kept) if "9000609991" in text or "900060-9991" in text] == []


def test_a_stop_has_its_decision_and_is_lifted_not_deleted(keeper: User) -> None:
    unit = made.CareUnitFactory()
    client = client_of(keeper)
    client.post(
        reverse("admin:providers_stop_add"),
        {"kind": "paused", "unit": unit.pk, "valid_from": "2025-03-03"},
    )
    stop = Stop.objects.get()
    assert (stop.decided_by, stop.ended_at) == (keeper.actor.label, None)
    chosen = {"action": "lift", "_selected_action": [stop.pk]}
    client.post(reverse("admin:providers_stop_changelist"), chosen)
    stop.refresh_from_db()
    assert stop.ended_by == keeper.actor.label
    delete = client.post(reverse("admin:providers_stop_delete", args=[stop.pk]), {"post": "yes"})
    assert delete.status_code == 403


def test_a_provider_that_has_been_used_is_not_deleted(keeper: User) -> None:
    unit = made.CareUnitFactory()
    page = reverse("admin:providers_provider_delete", args=[unit.provider_id])
    assert client_of(keeper).post(page, {"post": "yes"}).status_code == 403
    assert Provider.objects.filter(pk=unit.provider_id).exists()


def test_who_saves_over_a_change_is_told_it_and_keeps_the_text(
    catalogue: None, keeper: User
) -> None:
    unit = made.CareUnitFactory(name="Before")
    client = client_of(keeper)
    opened = client.get(change_page(unit)).context["adminform"].form
    next_transaction()
    with made.changing_register(by=Actor.system("Karin Kvist")):
        CareUnit.objects.update(places_occupied=9)
    next_transaction()
    typed = posted(unit, seen=opened["seen"].value(), staffing="Dygnet runt")
    refused = client.post(change_page(unit), typed)
    form = refused.context["adminform"].form
    errors = form.non_field_errors()
    assert (len(errors), "Karin Kvist" in errors[1], "7 → 9" in errors[1]) == (2, True, True)
    assert form["staffing"].value() == "Dygnet runt"
    unit.refresh_from_db()
    assert unit.staffing == ""
    again = client.post(change_page(unit), typed | {"seen": form["seen"].value()})
    assert again.status_code == 302
    unit.refresh_from_db()
    assert (unit.staffing, unit.places_occupied) == ("Dygnet runt", 7)
