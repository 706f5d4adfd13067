"""What every call can rely on: keys, versions, problems, parts of lists, limits, tokens."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from oauth2_provider.models import get_access_token_model

from placements import actions
from placements.models import PlacementRequest, RecommendedUnit
from spink.accounts import queries, wall
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.models import KeptAnswer, Unit
from spink.accounts.tasks import forget_api_leftovers
from spink.accounts.wall import opened_for_job
from spink.foundation import clock
from tests.integration.api.conftest import NEW
from tests.integration.placements.conftest import SECTIONS
from tests.support.api_clients import REQUESTS, Calling, ask_token, calling, problem
from tests.support.filing import file_draft
from tests.support.small_world import CHEAPER, FRAMEWORK, World

pytestmark = pytest.mark.django_db


def places(answer: HttpResponse) -> list[str]:
    faults = answer.json()["errors"]  # type: ignore[attr-defined]
    return [fault.get("pointer") or fault["parameter"] for fault in faults]


def filed_count() -> int:

    with opened_for_job(SystemJob.LOAD_SAMPLE):
        return PlacementRequest.objects.count()


def test_same_key_again_answers_the_same_and_files_nothing(caller: Calling) -> None:
    first = caller.post(REQUESTS, NEW, key="once")
    again = caller.post(REQUESTS, NEW, key="once")
    assert (again.status_code, again.content) == (201, first.content)
    assert [again[name] for name in ("Location", "ETag")] == [first["Location"], first["ETag"]]
    assert (first.get("Idempotency-Replayed"), again["Idempotency-Replayed"]) == (None, "true")
    assert filed_count() == 1


def test_key_with_another_body_is_refused(caller: Calling) -> None:
    caller.post(REQUESTS, NEW, key="once")
    other = caller.post(REQUESTS, NEW | {"urgency": "planned"}, key="once")
    assert problem(other) == (422, "idempotency-key-reused")
    assert filed_count() == 1


def test_key_is_the_own_clients_alone(caller: Calling, unit: Unit) -> None:
    other = calling(unit, name="Another system")
    first = caller.post(REQUESTS, NEW, key="once").json()["reference"]
    second = other.post(REQUESTS, NEW, key="once").json()["reference"]
    assert first != second


def test_key_is_free_again_after_two_days(caller: Calling, unit: Unit) -> None:
    first = caller.post(REQUESTS, NEW, key="once").json()["reference"]
    with clock.frozen(clock.now() + timedelta(hours=48, minutes=1)):
        caller.token = ask_token(caller.client.client_id, caller.secret).json()["access_token"]
        second = caller.post(REQUESTS, NEW, key="once").json()["reference"]
    assert first != second


def test_failed_call_leaves_its_key_free(caller: Calling) -> None:
    wrong = caller.post(REQUESTS, NEW | {"urgency": "at once"}, key="once")
    assert problem(wrong) == (422, "invalid-fields")
    assert caller.post(REQUESTS, NEW, key="once").status_code == 201


def test_kept_answer_is_unreadable_in_the_database(caller: Calling) -> None:
    secret = "Hon har flytt från Sjövik"
    caller.post(REQUESTS, NEW | {"description": secret}, key="once")

    with wall.opened_for(queries.reach_of_user(caller.client.user)):
        assert secret in KeptAnswer.objects.get().body
        with connection.cursor() as cursor:
            cursor.execute("SELECT body FROM accounts_keptanswer")
            assert [secret in body for (body,) in cursor.fetchall()] == [False]


def test_answers_and_tokens_are_forgotten_when_their_time_is_over(caller: Calling) -> None:
    caller.post(REQUESTS, NEW, key="old")
    with clock.frozen(clock.now() + timedelta(hours=49)):
        newer = calling(caller.client.unit, name="Newer")
        newer.post(REQUESTS, NEW, key="new")
        forget_api_leftovers()
        assert list(KeptAnswer.objects.values_list("key", flat=True)) == ["new"]
        assert get_access_token_model().objects.get().application_id == newer.client.pk


def test_post_without_key_is_refused(caller: Calling) -> None:
    answer = caller.post(REQUESTS, NEW, headers={"Idempotency-Key": ""})
    assert problem(answer) == (400, "idempotency-key-missing")
    assert filed_count() == 0


def test_step_for_an_older_version_is_refused_with_the_new_one(caller: Calling) -> None:
    filed = caller.post(REQUESTS, NEW)
    address = f"{REQUESTS}/{filed.json()['reference']}"
    body = {"reason": "solved_otherwise"}
    stale = caller.post(f"{address}/withdrawal", body, headers={"If-Match": '"1"'})
    assert problem(stale) == (412, "changed-meanwhile")
    assert stale["ETag"] == filed["ETag"] == caller.get(address)["ETag"]
    blind = caller.post(f"{address}/withdrawal", body)
    assert problem(blind) == (428, "if-match-missing")
    done = caller.post(f"{address}/withdrawal", body, headers={"If-Match": filed["ETag"]})
    assert (done.status_code, done.json()["state"]) == (200, "withdrawn")


@pytest.mark.parametrize("weak", ['W/"3"', "*", "3", '""', '"x"', '"99999999999"'])
def test_if_match_that_is_no_version_of_ours_is_refused(caller: Calling, weak: str) -> None:
    filed = caller.post(REQUESTS, NEW).json()["reference"]
    answer = caller.post(
        f"{REQUESTS}/{filed}/withdrawal",
        {"reason": "solved_otherwise"},
        headers={"If-Match": weak},
    )
    assert problem(answer) == (412, "changed-meanwhile")


WRONG: dict[str, tuple[dict[str, Any], list[str]]] = {
    "choice": ({"urgency": "at once"}, ["/urgency"]),
    "unknown service": ({"service_type": "hotel"}, ["/service_type"]),
    "unknown need": ({"needs_required": ["sauna"]}, ["/needs_required"]),
    "unknown field": ({"servicetype": "hvb"}, ["/servicetype"]),
    "two at once": ({"urgency": 1, "decision_date": "1 mars"}, ["/decision_date", "/urgency"]),
    "inside the person": ({"person": NEW["person"] | {"number": "12"}}, ["/person/number"]),
    "person missing": ({"person": None}, ["/person"]),
    "age in a list": ({"companions": [3, 121]}, ["/companions/1"]),
    "other service's subtype": ({"subtype": "Träningslägenhet"}, ["/subtype"]),
    "need twice": ({"needs_required": ["supervision"]}, ["/needs_wished"]),
    "distance from nowhere": ({"within_km": 10}, ["/near"]),
    "decided tomorrow": ({"decision_date": "2999-01-01"}, ["/decision_date", "/legal_basis"]),
    "disclosure missing": ({"disclosure_basis": ""}, ["/disclosure_basis"]),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_body_is_told_at_its_field_and_files_nothing(caller: Calling, name: str) -> None:
    change, expected = WRONG[name]
    answer = caller.post(REQUESTS, NEW | change)
    assert (problem(answer), sorted(places(answer))) == ((422, "invalid-fields"), expected)
    assert filed_count() == 0


@pytest.mark.parametrize("body", ["{", "[]", '"x"', "null", "[" * 10_000])
def test_body_that_is_no_object_is_refused(caller: Calling, body: str) -> None:
    status, _ = problem(caller.post(REQUESTS, body))
    assert status in (400, 422)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"stat": "closed"}, (400, "unknown-parameter", ["stat"])),
        ({"state": "gone"}, (400, "invalid-parameter", ["state"])),
        ({"limit": "0"}, (400, "invalid-parameter", ["limit"])),
        ({"limit": "101"}, (400, "invalid-parameter", ["limit"])),
        ({"limit": "٣"}, (400, "invalid-parameter", ["limit"])),
        ({"page": "1", "offset": "0"}, (400, "invalid-parameter", ["offset"])),
        ({"offset": "-1"}, (400, "invalid-parameter", ["offset"])),
        ({"sort": "person"}, (400, "invalid-parameter", ["sort"])),
        ({"fields": "reference,name"}, (400, "invalid-parameter", ["fields"])),
        ({"state": ["closed", "submitted"]}, (400, "invalid-parameter", ["state"])),
        ({"changed_from": "igår"}, (400, "invalid-parameter", ["changed_from"])),
        (
            {"changed_from": "0001-01-01T00:00:00+23:59"},
            (400, "invalid-parameter", ["changed_from"]),
        ),
    ],
)
def test_wrong_parameter_is_named(
    caller: Calling, query: dict[str, Any], expected: tuple[int, str, list[str]]
) -> None:
    answer = caller.get(REQUESTS, **query)
    assert (*problem(answer), places(answer)) == expected


def test_list_is_cut_sorted_and_made_short(caller: Calling) -> None:
    filed = [caller.post(REQUESTS, NEW).json()["reference"] for _ in range(3)]
    part = caller.get(REQUESTS, limit="2", page="2", sort="submitted_at", fields="reference,state")
    assert part.json() == {
        "total": 3,
        "limit": 2,
        "offset": 2,
        "results": [{"reference": filed[2], "state": "submitted"}],
    }


def test_times_are_answered_in_utc(caller: Calling) -> None:
    filed = caller.post(REQUESTS, NEW).json()
    assert filed["submitted_at"] == "2025-03-03T08:00:00Z"


def test_body_is_read_as_utf_8_whatever_it_says_of_itself(caller: Calling) -> None:
    told = caller.headers(**{"Idempotency-Key": "said-otherwise"})
    answer = caller.browser.generic(
        "POST",
        f"/api/v1/{REQUESTS}",
        json.dumps(NEW),
        content_type="application/json; charset=punycode",
        headers=told,
    )
    assert answer.status_code == 201


def test_half_a_sign_is_refused_like_any_other_fault(caller: Calling) -> None:
    answer = caller.post(REQUESTS, '{"\\ud800": 1}')
    assert problem(answer) == (422, "invalid-fields")


@pytest.mark.parametrize("step", ["withdrawal", "outcome-feedback"])
def test_reason_that_is_no_code_is_refused(caller: Calling, step: str) -> None:
    filed = caller.post(REQUESTS, NEW)
    body = {"reason": "Astrid Lund ville inte"}
    body |= {"unit_code": ""} if step == "outcome-feedback" else {}
    address = f"{REQUESTS}/{filed.json()['reference']}/{step}"
    answer = caller.post(address, body, headers={"If-Match": filed["ETag"]})
    assert (problem(answer), places(answer)) == ((422, "invalid-fields"), ["/reason"])


def test_nothing_tells_where_a_protected_person_lives(world: World, caller: Calling) -> None:
    person = NEW["person"] | {"protection": "confidentiality_marking"}
    near = {"near": "partille", "avoid_municipalities": ["1402"], "avoid_units": [CHEAPER]}
    filed = caller.post(REQUESTS, NEW | near | {"person": person}).json()
    (listed,) = caller.get(REQUESTS).json()["results"]
    assert [listed[name] for name in ("municipality", "department", "unit")] == [None] * 3
    hidden = ("municipality", "department", "unit", *near)
    assert [filed[name] for name in hidden] == [None] * 6
    with world.behind_wall_of(world.officer):
        request = PlacementRequest.objects.get(reference=filed["reference"])
        actions.take_request(request_id=request.pk, by=world.officer.actor)
        actions.recommend(request_id=request.pk, units=[FRAMEWORK], by=world.officer.actor)
        RecommendedUnit.objects.update(distance_km=12)
    (told,) = caller.get(f"{REQUESTS}/{filed['reference']}/recommendations").json()["results"]
    assert [unit["distance_km"] for unit in told["units"]] == [None]


def test_unknown_address_and_unknown_request_are_both_not_found(caller: Calling) -> None:
    assert problem(caller.get("patients")) == (404, "not-found")
    assert problem(caller.get(f"{REQUESTS}/2099-00001")) == (404, "not-found")


def test_method_that_is_not_used_names_those_that_are(caller: Calling) -> None:
    answer = caller.browser.delete(f"/api/v1/{REQUESTS}", headers=caller.headers())
    assert problem(answer) == (405, "method-not-allowed")  # type: ignore[arg-type]
    assert answer["Allow"] == "GET, POST, HEAD, OPTIONS"


def test_body_in_another_format_is_refused(caller: Calling) -> None:
    answer = caller.browser.post(
        f"/api/v1/{REQUESTS}", {"a": "b"}, headers=caller.headers(**{"Idempotency-Key": "k"})
    )
    assert problem(answer) == (415, "unsupported-media-type")  # type: ignore[arg-type]


def test_draft_of_the_department_is_not_found(caller: Calling, world: World) -> None:
    draft = file_draft(world, world.social_worker, SECTIONS)
    assert problem(caller.get(f"{REQUESTS}/{draft.reference}")) == (404, "not-found")
    assert caller.get(REQUESTS).json()["total"] == 0


def test_field_that_is_not_known_is_told_by_its_pointer(caller: Calling) -> None:
    answer = caller.post(REQUESTS, NEW | {"a/b~c": 1})
    assert places(answer) == ["/a~1b~0c"]
