"""What would fit a need that is not filed: the match itself, and nothing kept of the need."""

from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse

from placements import queries
from placements.models import Person, PlacementRequest
from providers.diary import changing_register
from providers.models import CareUnit
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.models import AccessEntry, KeptAnswer
from spink.accounts.wall import opened_for_job
from tests.factories import providers as made
from tests.integration.api.conftest import NEED, NEW
from tests.support.api_clients import REQUESTS, Calling, problem
from tests.support.small_world import CHEAPER, DIRECT, FRAMEWORK, OWN

pytestmark = pytest.mark.django_db

PREVIEWS = "match-previews"


def faults(answer: HttpResponse) -> list[str]:
    assert problem(answer) == (422, "invalid-fields")
    return sorted(fault["pointer"] for fault in answer.json()["errors"])  # type: ignore[attr-defined]


def test_preview_is_what_the_officer_would_see_of_the_same_request(caller: Calling) -> None:
    answer = caller.post(PREVIEWS, NEED)
    told = answer.json()  # type: ignore[attr-defined]
    filed = caller.post(REQUESTS, NEW).json()["reference"]  # type: ignore[attr-defined]
    with opened_for_job(SystemJob.LOAD_SAMPLE):
        request = PlacementRequest.objects.get(reference=filed)
        outcome = queries.match_now(request).outcome
    assert (answer.status_code, told) == (200, outcome.to_dict("near"))
    assert [one["unit"] for rung in told["rungs"] for one in rung["candidates"]] == [
        FRAMEWORK,
        CHEAPER,
        DIRECT,
    ]
    assert told["excluded"] == [{"unit": OWN, "reasons": ["no_free_place"]}]


def test_nothing_is_kept_of_the_need_but_that_it_was_asked(caller: Calling) -> None:
    caller.post(PREVIEWS, NEED)
    with opened_for_job(SystemJob.LOAD_SAMPLE):
        assert (PlacementRequest.objects.count(), Person.objects.count()) == (0, 0)
    with opened_for_job(SystemJob.REVIEW_ACCESS_LOG):
        entry = AccessEntry.objects.get()
    assert (entry.route, entry.subjects) == (f"/api/v1/{PREVIEWS}", [])


def test_same_key_is_answered_anew_and_belongs_to_one_need(caller: Calling) -> None:
    caller.post(PREVIEWS, NEED, key="once")
    made.StopFactory(unit=CareUnit.objects.get(code=DIRECT), valid_from=date(2025, 3, 3))
    again = caller.post(PREVIEWS, NEED, key="once")
    assert "Idempotency-Replayed" not in again
    assert again.json()["counts"]["by_reason"] == {"no_free_place": 1, "stopped": 1}  # type: ignore[attr-defined]
    kept = KeptAnswer.objects.get()
    assert (kept.status, kept.headers, kept.body, kept.subjects) == (None, {}, "", [])
    other = caller.post(PREVIEWS, NEED | {"age": 17}, key="once")
    assert problem(other) == (422, "idempotency-key-reused")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"subtype": "Träningslägenhet"}, ["/subtype"]),
        ({"subtype": ""}, ["/subtype"]),
        ({"service_type": "hotel"}, ["/service_type"]),
        ({"needs_required": ["supervision"]}, ["/needs_wished"]),
        ({"within_km": 10}, ["/near"]),
        ({"person": {"given_name": "Astrid"}, "description": "Hej"}, ["/description", "/person"]),
        ({"excluded_limit": 1001}, ["/excluded_limit"]),
    ],
)
def test_what_no_request_would_be_filed_with_is_refused(
    caller: Calling, change: dict[str, Any], expected: list[str]
) -> None:
    assert faults(caller.post(PREVIEWS, NEED | change)) == expected


def test_excluded_are_listed_as_many_as_are_asked_for(caller: Calling) -> None:
    for number in range(3):
        made.CareUnitFactory(code=f"A-{number}")

    def listed(**asked: Any) -> list[str]:
        told = caller.post(PREVIEWS, NEED | asked).json()  # type: ignore[attr-defined]
        assert told["counts"]["excluded"] == 4
        return [one["unit"] for one in told["excluded"]]

    assert listed(excluded="none") == []
    assert listed(excluded="all") == ["A-0", "A-1", "A-2", OWN]
    assert listed(excluded="all", excluded_limit=2) == ["A-0", "A-1"]


def test_stop_that_is_to_come_is_not_told_by_a_later_start(caller: Calling) -> None:
    before = caller.post(PREVIEWS, NEED).json()  # type: ignore[attr-defined]
    unit = CareUnit.objects.get(code=DIRECT)
    stop = made.StopFactory(unit=unit, valid_from=date(2025, 3, 4))
    assert caller.post(PREVIEWS, NEED).json() == before  # type: ignore[attr-defined]
    with changing_register(by=made.TESTS):
        stop.valid_from = date(2025, 3, 3)
        stop.save()
    counts = caller.post(PREVIEWS, NEED).json()["counts"]  # type: ignore[attr-defined]
    assert counts["by_reason"] == {"no_free_place": 1, "stopped": 1}


def test_what_is_avoided_does_not_tell_where_protected_housing_lies(caller: Calling) -> None:
    shelter = made.CareUnitFactory(code="skydd", municipality="1481")
    made.CareUnitServiceFactory(unit=shelter)
    made.CareUnitServiceFactory(unit=shelter, service_type_id="protected_housing")
    made.DirectAwardVettingFactory(unit=shelter)
    near = {"near": None, "excluded": "all"}

    def told(*avoided: str) -> Any:
        body = NEED | near | {"avoid_municipalities": list(avoided)}
        return caller.post(PREVIEWS, body).json()  # type: ignore[attr-defined]

    def where(answer: Any) -> list[str]:
        found = [one["unit"] for rung in answer["rungs"] for one in rung["candidates"]]
        return [unit for unit in found if unit == "skydd"]

    assert (where(told()), where(told("1481")), where(told("1482"))) == (["skydd"], [], [])
    assert told("1481") == told("1482")
