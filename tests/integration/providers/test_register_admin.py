"""The register's diary in the administration: the keepers read it, and nobody writes it."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from providers.models import RegisterEdition
from spink.accounts.domain.roles import SCOPE_OF_ROLE, Role, Scope
from spink.accounts.models import User
from tests.factories import providers as made
from tests.factories.accounts import (
    DepartmentFactory,
    PlacementTeamFactory,
    UnitFactory,
    holding,
)

pytestmark = pytest.mark.django_db

PLACES = {
    Scope.UNIT: lambda: {"unit": UnitFactory()},
    Scope.DEPARTMENT: lambda: {"department": DepartmentFactory()},
    Scope.TEAM: lambda: {"team": PlacementTeamFactory()},
    Scope.WHOLE: dict,
}
DIARY = "admin:providers_registeredition"


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_register_is_kept_in_its_own_pages_alone() -> None:
    kept = [model for model in admin.site._registry if model._meta.app_label == "providers"]
    assert kept == [RegisterEdition]


@pytest.mark.parametrize("role", Role)
def test_the_diary_is_read_by_quality_and_control_alone(role: Role) -> None:
    client = client_of(holding(role, **PLACES[SCOPE_OF_ROLE[role]]()))
    response = client.get(reverse(f"{DIARY}_changelist"))
    assert response.status_code == (200 if role is Role.QUALITY_CONTROLLER else 403)


def test_nobody_writes_in_the_diary() -> None:
    made.CareUnitFactory()
    edition = RegisterEdition.objects.latest("number")
    client = client_of(holding(Role.QUALITY_CONTROLLER))
    page = reverse(f"{DIARY}_change", args=[edition.pk])
    assert client.get(page).status_code == 200
    refused = [
        client.post(page, {"note": "another"}),
        client.get(reverse(f"{DIARY}_add")),
        client.post(reverse(f"{DIARY}_delete", args=[edition.pk]), {"post": "yes"}),
    ]
    assert [response.status_code for response in refused] == [403, 403, 403]
