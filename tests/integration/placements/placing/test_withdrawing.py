"""A recommendation that is taken back stays on record, and cannot be chosen any more."""

import pytest
from django.test import Client

from placements import actions
from placements.domain.lifecycle import State, StepNotAllowed
from placements.models import PlacementRequest, Recommendation
from spink.foundation.models import AuditEntry
from tests.integration.placements.conftest import CHEAPER, DIRECT, FRAMEWORK, Filed, World
from tests.integration.placements.placing.conftest import logged_in, page_of, text_of, version_in

pytestmark = pytest.mark.usefixtures("units")


def recommended(world: World, taken: Filed, *units: str) -> PlacementRequest:
    """With one recommendation for each unit."""
    request = taken()
    with world.behind_wall_of(world.officer):
        for unit in units:
            actions.recommend(
                request_id=request.pk,
                units=[unit],
                skipped_rung_reason="safety",
                by=world.officer.actor,
            )
    return request


def withdraw(world: World, request: PlacementRequest, number: int) -> Recommendation:
    with world.behind_wall_of(world.officer):
        return actions.withdraw_recommendation(
            request_id=request.pk, number=number, reason="place_gone", by=world.officer.actor
        )


def now(world: World, request: PlacementRequest) -> PlacementRequest:
    with world.behind_wall_of(world.officer):
        return PlacementRequest.objects.get(pk=request.pk)


def test_request_is_matched_again_once_nothing_stands(world: World, taken: Filed) -> None:
    request = recommended(world, taken, FRAMEWORK, CHEAPER)
    withdraw(world, request, 1)
    first = now(world, request).state
    withdraw(world, request, 2)
    assert (first, now(world, request).state) == (State.RECOMMENDED, State.IN_PROGRESS)


def test_what_is_withdrawn_cannot_be_withdrawn_again(world: World, taken: Filed) -> None:
    request = recommended(world, taken, FRAMEWORK, CHEAPER)
    withdraw(world, request, 1)
    with pytest.raises(actions.NotStanding):
        withdraw(world, request, 1)
    withdraw(world, request, 2)
    with pytest.raises(StepNotAllowed):
        withdraw(world, request, 2)


def test_who_buys_sees_the_request_as_long_as_a_purchase_is_recommended(
    world: World, taken: Filed
) -> None:
    request = recommended(world, taken, FRAMEWORK, DIRECT)
    seen = [now(world, request).has_purchase]
    for number in (1, 2):
        withdraw(world, request, number)
        seen.append(now(world, request).has_purchase)
    assert seen == [True, True, False]


def test_trail_names_the_recommendation_and_the_reason(world: World, taken: Filed) -> None:
    request = recommended(world, taken, FRAMEWORK)
    withdraw(world, request, 1)
    entry = AuditEntry.objects.get(action="withdraw_last_recommendation")
    assert (entry.reference, entry.details["number"], entry.details["reason"]) == (
        request.reference,
        1,
        "place_gone",
    )


def test_social_worker_reads_why_and_can_choose_it_no_more(world: World, taken: Filed) -> None:
    request = recommended(world, taken, FRAMEWORK, CHEAPER)
    chosen = f"?unit={FRAMEWORK}"
    before = text_of(logged_in(world.social_worker).get(page_of(request, "request")))
    officer = logged_in(world.officer)
    address = page_of(request, "withdraw-recommendation", 1)
    sent = officer.post(
        address,
        {"version": version_in(text_of(officer.get(address))), "reason": "place_gone"},
    )
    after = text_of(logged_in(world.social_worker).get(page_of(request, "request")))
    told = "Platsen är inte ledig längre"
    assert sent.status_code == 302
    assert [(chosen in page, told in page) for page in (before, after)] == [
        (True, False),
        (False, True),
    ]


def test_withdrawing_asks_for_a_reason_and_keeps_what_was_typed(
    world: World, officer: Client, taken: Filed
) -> None:
    request = recommended(world, taken, FRAMEWORK)
    address = page_of(request, "withdraw-recommendation", 1)
    given = {"version": version_in(text_of(officer.get(address))), "text": "Ringde i dag"}
    answer = officer.post(address, given)
    page = text_of(answer)
    assert answer.status_code == 422
    assert ("Välj varför den dras tillbaka" in page, "Ringde i dag" in page) == (True, True)
    assert now(world, request).state == State.RECOMMENDED


def test_recommendation_that_does_not_stand_is_not_found(
    world: World, officer: Client, taken: Filed
) -> None:
    request = recommended(world, taken, FRAMEWORK, CHEAPER)
    withdraw(world, request, 1)
    found = [
        officer.get(page_of(request, "withdraw-recommendation", number)).status_code
        for number in (1, 2, 3)
    ]
    assert found == [404, 200, 404]


def test_withdrawing_that_comes_after_another_change_saves_nothing(
    world: World, officer: Client, taken: Filed
) -> None:
    request = recommended(world, taken, FRAMEWORK)
    answer = officer.post(
        page_of(request, "withdraw-recommendation", 1), {"version": "1", "reason": "wrong_unit"}
    )
    assert (answer.status_code, now(world, request).state) == (409, State.RECOMMENDED)
