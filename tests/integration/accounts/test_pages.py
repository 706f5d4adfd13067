"""Logging in and out, where each role begins, the own password and duty out of hours."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from spink.accounts.domain.roles import Role
from spink.accounts.models import DutyShift
from spink.foundation.models import AuditEntry
from tests.factories.accounts import UnitFactory, UserFactory, holding, place_of

pytestmark = pytest.mark.django_db

PASSWORD = "en mycket hemlig mening"


def logged_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def attempt(client: Client, username: str, password: str = "fel", **extra: Any) -> Any:
    return client.post(reverse("login"), {"username": username, "password": password}, **extra)


@pytest.fixture
def anna() -> Any:
    user = UserFactory(username="anna")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.mark.parametrize("name", ["start", "password", "duty"])
def test_page_leads_who_is_not_logged_in_to_the_login_page(client: Client, name: str) -> None:
    response = client.get(reverse(name))
    assert response.status_code == 302
    assert response.url == f"{reverse('login')}?next={reverse(name)}"


@pytest.mark.usefixtures("anna")
def test_login_with_the_right_password_leads_to_the_start_page(client: Client) -> None:
    response = attempt(client, "anna", PASSWORD)
    assert (response.status_code, response.url) == (302, settings.LOGIN_REDIRECT_URL)
    assert client.get(reverse("start")).status_code == 200


@pytest.mark.usefixtures("anna")
def test_login_does_not_lead_to_another_site(client: Client) -> None:
    response = client.post(
        f"{reverse('login')}?next=https://example.org/",
        {"username": "anna", "password": PASSWORD},
    )
    assert response.url == settings.LOGIN_REDIRECT_URL


@pytest.mark.usefixtures("anna")
def test_failed_login_looks_the_same_whether_the_account_exists() -> None:
    pages = [attempt(Client(), name).content.decode() for name in ("anna", "anno")]
    anna, anno = (page.split("<main")[1].split("</main>")[0] for page in pages)
    assert _without_tokens(anna).replace("anna", "anno") == _without_tokens(anno)


def _without_tokens(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


@pytest.mark.parametrize("username", ["anna", "nobody"])
@pytest.mark.usefixtures("anna")
def test_account_is_shut_after_ten_failures_whether_it_exists_or_not(username: str) -> None:
    statuses = [attempt(Client(), username, REMOTE_ADDR=f"10.0.0.{n}") for n in range(10)]
    assert {response.status_code for response in statuses} == {200}
    refused = attempt(Client(), username, PASSWORD, REMOTE_ADDR="10.0.1.1")
    assert refused.status_code == 429
    assert 3500 < int(refused["Retry-After"]) <= 3600
    assert "sessionid" not in refused.cookies


def test_address_is_shut_after_twenty_failures_and_no_other() -> None:
    statuses = [attempt(Client(), f"user{n}").status_code for n in range(21)]
    assert statuses == [200] * 20 + [429]
    assert attempt(Client(), "user0", REMOTE_ADDR="10.0.0.9").status_code == 200


def test_subscriber_of_ipv6_is_shut_whatever_address_of_its_own_it_takes() -> None:
    statuses = [
        attempt(Client(), f"user{n}", REMOTE_ADDR=f"2001:db8:1:2::{n:x}").status_code
        for n in range(1, 22)
    ]
    assert statuses == [200] * 20 + [429]
    assert attempt(Client(), "user1", REMOTE_ADDR="2001:db8:1:3::1").status_code == 200


def test_trusted_network_is_not_shut(settings: Any) -> None:
    settings.TRUSTED_NETWORKS = ["10.0.0.0/8"]
    statuses = {
        attempt(Client(), f"user{n}", REMOTE_ADDR="10.0.0.1").status_code for n in range(25)
    }
    assert statuses == {200}


@pytest.mark.usefixtures("anna")
def test_success_does_not_clear_the_failures_of_the_account() -> None:
    for _ in range(9):
        attempt(Client(), "anna")
    attempt(Client(), "anna", PASSWORD)
    attempt(Client(), "anna")
    assert attempt(Client(), "anna", PASSWORD).status_code == 429


def test_logout_needs_a_post_and_ends_the_session() -> None:
    client = logged_in(UserFactory())
    assert client.get(reverse("logout")).status_code == 405
    assert client.post(reverse("logout")).status_code == 302
    assert client.get(reverse("start"))["Location"].startswith(reverse("login"))


def test_language_is_switched_by_post_alone_and_without_login(client: Client) -> None:
    assert client.get(reverse("set_language")).status_code == 405
    client.post(reverse("set_language"), {"language": "en", "next": reverse("login")})
    assert '<html lang="en">' in client.get(reverse("login")).content.decode()


@pytest.mark.parametrize(
    ("role", "page"),
    [
        (Role.SOCIAL_WORKER, "placements:my-requests"),
        (Role.OUT_OF_HOURS_WORKER, "placements:my-requests"),
        (Role.UNIT_MANAGER, "placements:my-requests"),
        (Role.LOCAL_PROCUREMENT_COORDINATOR, "placements:my-requests"),
        (Role.PLACEMENT_OFFICER, "placements:queue"),
        (Role.QUALITY_CONTROLLER, "providers:findings"),
        (Role.LAWYER, "providers:reviews"),
        (Role.CATEGORY_LEAD, "providers:units"),
        (Role.CONTROLLER, "providers:units"),
        (Role.ADMINISTRATOR, "providers:units"),
    ],
)
def test_role_begins_at_its_own_page(role: Role, page: str) -> None:
    client = logged_in(holding(role, **place_of(role)))
    assert client.get(reverse("start")).url == reverse(page)
    assert client.get(reverse(page)).status_code == 200


def test_somebody_without_a_role_is_told_so() -> None:
    response = logged_in(UserFactory()).get(reverse("start"))
    assert response.templates[0].name == "accounts/no_role.html"


def test_own_password_is_changed_with_an_audit_row(anna: Any) -> None:
    client = logged_in(anna)
    new = "en helt annan mening 7"
    client.post(
        reverse("password"),
        {"old_password": PASSWORD, "new_password1": new, "new_password2": new},
    )
    anna.refresh_from_db()
    assert anna.check_password(new)
    assert AuditEntry.objects.get().action == "password_changed"


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.UNIT_MANAGER])
def test_duty_is_refused_with_its_reason_to_who_has_not_the_role(role: Role) -> None:
    client = logged_in(holding(role, unit=UnitFactory()))
    for response in (client.get(reverse("duty")), client.post(reverse("end-duty"))):
        assert response.status_code == 403


def test_duty_is_begun_with_a_reason_and_ended() -> None:
    client = logged_in(holding(Role.OUT_OF_HOURS_WORKER, unit=UnitFactory()))
    assert client.post(reverse("duty"), {"reason": "Natt", "hours": "10"}).status_code == 302
    assert DutyShift.objects.get().reason == "Natt"
    assert "Natt" in client.get(reverse("duty")).content.decode()
    client.post(reverse("end-duty"))
    shift = DutyShift.objects.get()
    assert shift.ends_at < shift.started_at.replace(year=shift.started_at.year + 1)
    assert AuditEntry.objects.filter(action="duty_shift_ended").count() == 1


@pytest.mark.parametrize("given", [{"reason": "", "hours": "8"}, {"reason": "Natt", "hours": "17"}])
def test_duty_with_faulty_answers_keeps_them_and_begins_nothing(given: dict[str, str]) -> None:
    client = logged_in(holding(Role.OUT_OF_HOURS_WORKER, unit=UnitFactory()))
    response = client.post(reverse("duty"), given)
    assert response.status_code == 422
    assert response.context["form"].data["reason"] == given["reason"]
    assert not DutyShift.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_attempts_at_the_same_time_are_counted_one_by_one() -> None:
    def tried(_: int) -> int:
        try:
            return int(attempt(Client(), "anna").status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(tried, range(24)))
    assert Counter(statuses) == {200: 10, 429: 14}
