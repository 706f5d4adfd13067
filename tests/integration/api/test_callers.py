"""Who calls: tokens, scopes, who acts, what is logged, and how often."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client, override_settings

from spink.accounts import queries
from spink.accounts.actions import NewRole, assign_role, end_api_client, renew_secret
from spink.accounts.api import limits
from spink.accounts.domain.api_scopes import ApiScope
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.domain.roles import Role
from spink.accounts.models import AccessEntry, Unit, User
from spink.accounts.wall import opened_for_job
from spink.foundation import clock
from tests.integration.api.conftest import NEW
from tests.support.api_clients import (
    ACTING,
    OPERATIONS,
    REQUESTS,
    Calling,
    ask_token,
    calling,
    problem,
)
from tests.support.small_world import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer nothing", "Basic YTpi", "bearer ü", "Token x"]
)
def test_call_without_a_valid_token_is_refused(caller: Calling, authorization: str) -> None:
    answer = caller.get(REQUESTS, headers={"Authorization": authorization})
    assert problem(answer) == (401, "unauthenticated")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_session_of_a_browser_is_no_token(world: World) -> None:
    browser = Client()
    browser.force_login(world.social_worker, backend="django.contrib.auth.backends.ModelBackend")
    assert problem(browser.get(f"/api/v1/{REQUESTS}")) == (401, "unauthenticated")  # type: ignore[arg-type]


def test_token_is_worth_nothing_after_ten_minutes(caller: Calling) -> None:
    assert caller.get(REQUESTS).status_code == 200
    with clock.frozen(clock.now() + timedelta(minutes=10, seconds=1)):
        assert problem(caller.get(REQUESTS)) == (401, "unauthenticated")


def test_ended_client_is_shut_out_at_once(caller: Calling) -> None:
    end_api_client(client_id=caller.client.pk, by=OPERATIONS)
    assert problem(caller.get(REQUESTS)) == (401, "unauthenticated")
    assert ask_token(caller.client.client_id, caller.secret).status_code == 401


def test_old_secret_holds_for_a_week_beside_the_new_one(caller: Calling) -> None:
    new = renew_secret(client_id=caller.client.pk, by=OPERATIONS)
    old_and_new = (caller.secret, new)

    def statuses() -> list[int]:
        return [ask_token(caller.client.client_id, one).status_code for one in old_and_new]

    assert statuses() == [200, 200]
    with clock.frozen(clock.now() + timedelta(days=7, seconds=1)):
        assert statuses() == [401, 200]


@pytest.mark.parametrize(
    "grant", ["password", "authorization_code", "refresh_token", "implicit", "x"]
)
def test_no_other_grant_gives_a_token(caller: Calling, grant: str) -> None:
    answer = ask_token(
        caller.client.client_id,
        caller.secret,
        grant_type=grant,
        username=caller.client.user.username,
        password="x",
        code="x",
        refresh_token="x",
    )
    assert answer.status_code in (400, 401)


def test_client_id_that_the_database_does_not_take_is_unknown(db: None) -> None:
    assert ask_token("a\0b", "secret").status_code == 401
    body = {"grant_type": "client_credentials", "client_id": "a\0b", "client_secret": "secret"}
    assert Client().post("/api/v1/oauth/token", body).status_code == 401
    no_base64 = {"Authorization": "Basic ä"}
    del body["client_id"]
    assert Client().post("/api/v1/oauth/token", body, headers=no_base64).status_code == 401


def test_client_gets_no_scope_beyond_its_own(unit: Unit) -> None:
    reader = calling(unit, scopes=(ApiScope.REQUESTS_READ,))
    wider = ask_token(reader.client.client_id, reader.secret, scope="placement-requests:write")
    assert wider.status_code == 400
    answer = reader.post(REQUESTS, NEW)
    assert problem(answer) == (403, "scope-missing")
    assert answer["WWW-Authenticate"] == (
        'Bearer error="insufficient_scope", scope="placement-requests:write"'
    )


def test_token_for_fewer_scopes_holds_fewer(caller: Calling) -> None:
    asked = ask_token(caller.client.client_id, caller.secret, scope="catalogue:read").json()
    caller.token = asked["access_token"]
    assert asked["expires_in"] == 600
    assert problem(caller.get(REQUESTS)) == (403, "scope-missing")


def test_call_that_does_not_say_who_acts_is_refused(caller: Calling) -> None:
    caller.acting = ""
    assert problem(caller.get(REQUESTS)) == (400, "acting-person-missing")
    assert caller.get("service-types").status_code == 200


def test_every_call_stands_in_the_access_log_once(caller: Calling) -> None:
    reference = caller.post(REQUESTS, NEW).json()["reference"]
    caller.get(f"{REQUESTS}/{reference}")
    caller.get("special-needs")
    caller.get(f"{REQUESTS}/2099-00001")
    assert entries() == [
        (f"/api/v1/{REQUESTS}", [reference]),
        (f"/api/v1/{REQUESTS}/{reference}", [reference]),
        (f"/api/v1/{REQUESTS}/2099-00001", []),
        ("/api/v1/special-needs", []),
    ]
    assert {(entry.actor_kind, entry.actor_label) for entry in all_entries()} == {
        ("api_client", f"{ACTING} (Partille IFO)")
    }


def all_entries() -> list[AccessEntry]:

    with opened_for_job(SystemJob.REVIEW_ACCESS_LOG):
        return list(AccessEntry.objects.order_by("at", "id"))


def entries() -> list[tuple[str, list[str]]]:
    return sorted((one.route, one.subjects) for one in all_entries())


def test_answer_that_is_given_again_is_a_reading_again(caller: Calling) -> None:
    reference = caller.post(REQUESTS, NEW, key="once").json()["reference"]
    caller.acting = "another@partille.example"
    caller.post(REQUESTS, NEW, key="once")
    assert {one.actor_label: one.subjects for one in all_entries()} == {
        f"{ACTING} (Partille IFO)": [reference],
        "another@partille.example (Partille IFO)": [reference],
    }


def test_name_of_who_acts_is_kept_with_its_letters(caller: Calling) -> None:
    caller.acting = "Åsa Öberg".encode().decode("latin-1")
    reference = caller.post(REQUESTS, NEW).json()["reference"]
    told = caller.get(f"{REQUESTS}/{reference}/timeline-entries").json()["results"]
    assert told[0]["by"] == "Åsa Öberg (Partille IFO)"


def test_account_of_a_client_logs_in_nowhere_and_is_listed_nowhere(caller: Calling) -> None:
    account: User = caller.client.user
    assert (account.has_usable_password(), account.is_service) == (False, True)
    assert list(queries.people().filter(pk=account.pk)) == []
    with pytest.raises(ValidationError):
        assign_role(account, NewRole(role=Role.LAWYER), by=OPERATIONS)


def test_calls_go_on_where_the_counter_cannot_be_reached(caller: Calling) -> None:
    limits._limiter.cache_clear()
    with override_settings(REDIS_URL="redis://127.0.0.1:1/0"):
        assert caller.get("service-types").status_code == 200
    limits._limiter.cache_clear()


@override_settings(API_CALLS_PER_MINUTE=2)
def test_client_that_calls_too_often_is_told_when_to_come_back(unit: Unit) -> None:
    limits._limiter.cache_clear()
    often = calling(unit, name="Often")
    left = [often.get("service-types")["RateLimit"].split(";")[1] for _ in range(2)]
    refused = often.get("service-types")
    assert (left, problem(refused)) == (["r=1", "r=0"], (429, "too-many-requests"))
    assert 1 <= int(refused["Retry-After"]) <= 60
    limits._limiter.cache_clear()


@override_settings(REDIS_URL="redis://127.0.0.1:1/0")
def test_call_is_answered_where_the_counter_cannot_be_reached(caller: Calling) -> None:
    limits._limiter.cache_clear()
    answer = caller.get("service-types")
    limits._limiter.cache_clear()
    assert (answer.status_code, "RateLimit" in answer) == (200, False)


def test_answers_are_kept_in_no_cache_and_say_their_id(caller: Calling) -> None:
    answer = caller.get(REQUESTS, headers={"X-Request-ID": "abcdefgh-12345"})
    assert (answer["Cache-Control"], answer["X-Request-ID"]) == (
        "no-store, private",
        "abcdefgh-12345",
    )


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "Some of the fields are wrong."), ("sv, en;q=0.5", "Några av fälten är fel.")],
)
def test_problem_is_told_in_the_language_that_is_asked_for(
    caller: Calling, language: str, title: str
) -> None:
    answer = caller.post(REQUESTS, {}, headers={"Accept-Language": language})
    assert answer.json()["title"] == title


@override_settings(REQUEST_MAX_BYTES=100)
def test_body_larger_than_anything_that_is_taken_is_refused_as_a_problem(caller: Calling) -> None:
    assert problem(caller.post(REQUESTS, NEW)) == (413, "too-large")


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=100)
def test_body_larger_than_what_is_read_at_once_is_refused_as_a_problem(caller: Calling) -> None:
    assert problem(caller.post(REQUESTS, NEW)) == (413, "too-large")
