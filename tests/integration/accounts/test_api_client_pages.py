"""Administrators make clients of the API, renew their secrets and shut them out."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from spink.accounts.domain.roles import Role
from spink.accounts.models import ApiClient, ApiSecret
from spink.foundation.models import AuditEntry
from tests.factories import accounts as people
from tests.support.api_clients import ask_token

pytestmark = pytest.mark.django_db
SECRET = re.compile(r'<p class="num wrap-text">([\w-]{48})</p>')


@pytest.fixture
def browser() -> Client:
    browser = Client()
    administrator = people.holding(Role.ADMINISTRATOR)
    browser.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def shown_secret(answer: HttpResponse) -> str:
    (secret,) = SECRET.findall(answer.content.decode())
    return str(secret)


def made(browser: Client, **given: object) -> HttpResponse:
    body = {
        "name": "Partille Treserva",
        "unit": str(people.UnitFactory().pk),
        "scopes": ["catalogue:read"],
        "contact": "it@partille.example",
    } | given
    return browser.post(reverse("new-api-client"), body)  # type: ignore[return-value]


def test_new_client_is_shown_its_secret_once_and_gets_a_token_by_it(browser: Client) -> None:
    secret = shown_secret(made(browser))
    client = ApiClient.objects.get()
    token = ask_token(client.client_id, secret).json()  # type: ignore[attr-defined]
    assert (token["scope"], token["token_type"]) == ("catalogue:read", "Bearer")
    page = browser.get(reverse("api-client", args=[client.pk])).content.decode()
    assert (SECRET.findall(page), secret in page) == ([], False)


def test_secret_stands_in_no_table_and_in_no_trail(browser: Client) -> None:
    secret = shown_secret(made(browser))
    kept = [*ApiSecret.objects.values_list("digest", "hint"), *ApiClient.objects.values_list()]
    told = list(AuditEntry.objects.values_list("details", "action"))
    assert secret not in f"{kept}{told}"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("unit", ""),
        ("unit", "0"),
        ("scopes", []),
        ("scopes", ["all"]),
        ("contact", "x"),
    ],
)
def test_wrong_answer_is_told_at_its_field_and_makes_nothing(
    browser: Client, field: str, value: object
) -> None:
    answer = made(browser, **{field: value})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])  # type: ignore[attr-defined]
    assert ApiClient.objects.count() == 0


def test_name_that_another_client_has_is_refused(browser: Client) -> None:
    made(browser)
    again = made(browser, name=" partille treserva ")
    assert (again.status_code, ApiClient.objects.count()) == (422, 1)


def test_page_sent_twice_makes_one_new_secret(browser: Client) -> None:
    made(browser)
    client = ApiClient.objects.get()
    newest = {"newest": str(client.secrets.get().pk)}
    address = reverse("new-api-secret", args=[client.pk])
    first, again = browser.post(address, newest), browser.post(address, newest)
    assert (first.status_code, again.status_code, client.secrets.count()) == (200, 409, 2)
    assert SECRET.findall(again.content.decode()) == []


def test_secret_that_leaked_is_ended_at_once_with_the_tokens_drawn_by_it(browser: Client) -> None:
    oldest = shown_secret(made(browser))
    client = ApiClient.objects.get()
    address = reverse("new-api-secret", args=[client.pk])

    def renewed(**chosen: str) -> str:
        newest = client.secrets.first()
        assert newest is not None
        return shown_secret(browser.post(address, {"newest": str(newest.pk)} | chosen))  # type: ignore[arg-type]

    old = renewed()
    token = ask_token(client.client_id, old).json()["access_token"]  # type: ignore[attr-defined]
    bearer = {"Authorization": f"Bearer {token}"}
    assert Client().get("/api/v1/service-types", headers=bearer).status_code == 200
    secrets = (oldest, old, renewed(at_once="on"))
    assert Client().get("/api/v1/service-types", headers=bearer).status_code == 401
    tried = [ask_token(client.client_id, one).status_code for one in secrets]
    assert tried == [401, 401, 200]
    steps = AuditEntry.objects.filter(action="renew_api_secret").order_by("id")
    assert [one.details["at_once"] for one in steps] == [False, True]


def test_client_that_is_shut_out_gets_no_new_secret(browser: Client) -> None:
    secret = shown_secret(made(browser))
    client = ApiClient.objects.get()
    browser.post(reverse("end-api-client", args=[client.pk]))
    newest = {"newest": str(client.secrets.get().pk)}
    answer = browser.post(reverse("new-api-secret", args=[client.pk]), newest)
    assert (answer.status_code, client.secrets.count()) == (409, 1)
    assert ask_token(client.client_id, secret).status_code == 401
