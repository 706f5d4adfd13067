"""The administration: who is let in, what is changed on record, and what never stands there."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from spink.accounts import queries
from spink.accounts.domain.roles import Role
from spink.accounts.models import Municipality, RoleAssignment, User
from spink.catalogue.models import ServiceRung, ServiceType, SpecialNeed
from spink.foundation.models import AuditEntry
from tests.factories.accounts import (
    DepartmentFactory,
    UnitFactory,
    UserFactory,
    holding,
    place_of,
)

pytestmark = pytest.mark.django_db


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def administrator() -> User:
    return holding(Role.ADMINISTRATOR)


ACCOUNTS_AND_CATALOGUE = [
    model for model in admin.site._registry if model._meta.app_label in {"accounts", "catalogue"}
]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("model", ACCOUNTS_AND_CATALOGUE, ids=lambda model: model.__name__)
def test_page_of_the_administration_opens_for_administrators_alone(model: type, role: Role) -> None:
    client = client_of(holding(role, **place_of(role)))
    label = f"{model._meta.app_label}_{model._meta.model_name}"
    response = client.get(reverse(f"admin:{label}_changelist"))
    assert response.status_code == (200 if role is Role.ADMINISTRATOR else 403)


def test_superuser_without_the_role_is_refused() -> None:
    client = client_of(UserFactory(is_superuser=True, is_staff=True))
    assert client.get(reverse("admin:index")).status_code == 403


def test_persons_and_requests_do_not_stand_in_the_administration() -> None:
    registered = {model._meta.app_label for model in admin.site._registry}
    assert "placements" not in registered
    assert apps.get_model("accounts", "AccessEntry") not in admin.site._registry


@pytest.mark.parametrize(
    "path", ["municipality/%00/change/", "department/?municipality__code__exact=%00"]
)
def test_what_no_row_can_hold_is_not_found(administrator: User, path: str) -> None:
    answer = client_of(administrator).get(f"/admin/accounts/{path}")
    assert answer.status_code == 404


def test_login_of_the_administration_is_our_own() -> None:
    assert Client().get(reverse("admin:login")).url == reverse("login")


@pytest.mark.parametrize("name", ["index", "accounts_user_add", "accounts_user_changelist"])
def test_administration_leads_who_is_not_logged_in_to_a_login(client: Client, name: str) -> None:
    assert client.get(reverse(f"admin:{name}")).status_code == 302


def role_rows(user: User, **row: str) -> dict[str, str]:
    return {
        "username": user.username,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "email": user.email,
        "phone": "",
        "is_active": "on",
        "role_assignments-TOTAL_FORMS": "1",
        "role_assignments-INITIAL_FORMS": "0",
        "role_assignments-0-user": str(user.pk),
        **{f"role_assignments-0-{name}": value for name, value in row.items()},
    }


def test_role_given_in_the_administration_holds_and_is_audited(administrator: User) -> None:
    user, unit = UserFactory(), UnitFactory()
    rows = role_rows(user, role="social_worker", unit=str(unit.pk), valid_from="2025-01-01")
    url = reverse("admin:accounts_user_change", args=[user.pk])
    assert client_of(administrator).post(url, rows).status_code == 302
    assert queries.reach_of_user(user).unit_ids == {unit.pk}
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor_id) == ("user_changed", str(administrator.pk))
    assert entry.subject_id == str(user.pk)


def test_administrator_gives_no_role_to_oneself(administrator: User) -> None:
    unit = UnitFactory()
    rows = role_rows(
        administrator, role="social_worker", unit=str(unit.pk), valid_from="2025-01-01"
    )
    held = RoleAssignment.objects.get(user=administrator)
    rows = role_rows(administrator) | {
        "role_assignments-TOTAL_FORMS": "2",
        "role_assignments-INITIAL_FORMS": "1",
        "role_assignments-1-user": str(administrator.pk),
        "role_assignments-1-role": "social_worker",
        "role_assignments-1-unit": str(unit.pk),
        "role_assignments-1-valid_from": "2025-01-01",
        "role_assignments-0-id": str(held.pk),
        "role_assignments-0-role": "administrator",
        "role_assignments-0-unit": "",
        "role_assignments-0-valid_from": "2020-01-01",
    }
    url = reverse("admin:accounts_user_change", args=[administrator.pk])
    assert client_of(administrator).post(url, rows).status_code == 200
    assert queries.reach_of_user(administrator).unit_ids == frozenset()
    assert RoleAssignment.objects.count() == 1


def test_role_without_its_place_is_said_at_the_form(administrator: User) -> None:
    user = UserFactory()
    rows = role_rows(user, role="social_worker", valid_from="2025-01-01")
    url = reverse("admin:accounts_user_change", args=[user.pk])
    assert client_of(administrator).post(url, rows).status_code == 200
    assert not RoleAssignment.objects.filter(user=user).exists()


def test_password_set_by_an_administrator_is_audited(administrator: User) -> None:
    user = UserFactory()
    given = "en helt annan mening 7"
    url = reverse("admin:auth_user_password_change", args=[user.pk])
    client_of(administrator).post(
        url, {"password1": given, "password2": given, "usable_password": "true"}
    )
    user.refresh_from_db()
    assert user.check_password(given)
    assert AuditEntry.objects.get().action == "user_changed"


@pytest.mark.parametrize("factory", [UserFactory, DepartmentFactory])
def test_what_others_speak_of_is_not_deleted(administrator: User, factory: type) -> None:
    made = factory()
    name = f"admin:accounts_{made._meta.model_name}_delete"
    response = client_of(administrator).post(reverse(name, args=[made.pk]), {"post": "yes"})
    assert response.status_code == 403
    made.refresh_from_db()


def test_rung_changed_in_the_administration_is_written_in_the_registers_diary(
    administrator: User,
) -> None:
    service = ServiceType.objects.create(code="a-service", name_sv="En insats", area="vuxen")
    rows = {
        "code": "a-service",
        "name_sv": "En insats",
        "area": "vuxen",
        "position": "0",
        "is_requested": "on",
        **{f"{part}-TOTAL_FORMS": "0" for part in ("subtypes", "rungs", "splits")},
        **{f"{part}-INITIAL_FORMS": "0" for part in ("subtypes", "rungs", "splits")},
        "rungs-TOTAL_FORMS": "1",
        "rungs-0-service_type": str(service.pk),
        "rungs-0-provision_form": "iop",
    }
    url = reverse("admin:catalogue_servicetype_change", args=[service.pk])
    assert client_of(administrator).post(url, rows).status_code == 302
    assert ServiceRung.objects.get().provision_form == "iop"
    change = apps.get_model("providers", "RegisterChange").objects.get()
    assert change.table_name == "catalogue_servicerung"
    edition = apps.get_model("providers", "RegisterEdition").objects.get()
    assert edition.actor["id"] == str(administrator.pk)


def test_change_that_fails_leaves_nothing(administrator: User) -> None:
    SpecialNeed.objects.create(code="mobility", name_sv="Förflyttning")
    rows = {
        "code": "supervision",
        "name_sv": "Tillsyn",
        "position": "0",
        "valid_from": "2025-02-01",
        "valid_to": "2025-01-01",
    }
    url = reverse("admin:catalogue_specialneed_add")
    assert client_of(administrator).post(url, rows).status_code == 200
    assert SpecialNeed.objects.count() == 1
    assert not AuditEntry.objects.exists()
    assert not Municipality.objects.exists()
