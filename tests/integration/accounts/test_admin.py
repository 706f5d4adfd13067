"""Django's administration: who is let in, and what never stands there."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from spink.accounts.domain.roles import Role
from spink.accounts.models import User
from tests.factories.accounts import UserFactory, holding, place_of

pytestmark = pytest.mark.django_db


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("role", Role)
def test_administration_opens_for_those_who_keep_the_register(role: Role) -> None:
    client = client_of(holding(role, **place_of(role)))
    response = client.get(reverse("admin:index"))
    assert response.status_code == (200 if role is Role.QUALITY_CONTROLLER else 403)


def test_superuser_without_the_role_is_refused() -> None:
    client = client_of(UserFactory(is_superuser=True, is_staff=True))
    assert client.get(reverse("admin:index")).status_code == 403


def test_nothing_but_the_register_stands_in_the_administration() -> None:
    assert {model._meta.app_label for model in admin.site._registry} <= {"providers"}


def test_login_of_the_administration_is_our_own() -> None:
    assert Client().get(reverse("admin:login")).url == reverse("login")


def test_administration_leads_who_is_not_logged_in_to_a_login(client: Client) -> None:
    assert client.get(reverse("admin:index")).status_code == 302
