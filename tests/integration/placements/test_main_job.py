"""A request from its first line to its end, through the actions that every page uses."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from placements import actions
from placements.domain.lifecycle import State, StepNotAllowed
from placements.domain.recommending import CannotRecommend
from placements.domain.values import Answer
from placements.models import PlacementRequest, Recommendation, TimelineEntry
from placements.queries import matching
from spink.accounts import queries as accounts
from tests.factories import providers as register
from tests.integration.placements.conftest import (
    CHEAPER,
    DIRECT,
    FRAMEWORK,
    OWN,
    Filed,
    World,
)

pytestmark = pytest.mark.usefixtures("units")


def recommend(world: World, request: PlacementRequest, *units: str, **more: str) -> Recommendation:
    with world.behind_wall_of(world.officer):
        return actions.recommend(request_id=request.pk, units=units, by=world.officer.actor, **more)


def test_recommended_units_stand_in_ladder_order_with_price_and_its_date(
    world: World, taken: Filed
) -> None:
    request = taken()
    sent = recommend(world, request, CHEAPER, FRAMEWORK)
    with world.behind_wall_of(world.social_worker):
        rows = list(
            sent.units.values_list("unit_code", "provision_form", "rate", "rate_from", "wished_met")
        )
    since = date(2025, 3, 1)
    assert rows == [
        (FRAMEWORK, "framework", Decimal("2950.00"), since, ["supervision"]),
        (CHEAPER, "framework", Decimal("2900.00"), since, []),
    ]


@pytest.mark.django_db(transaction=True)  # a number of the diary for each change
def test_kept_outcome_is_shown_again_byte_for_byte_after_the_register_changed(
    world: World, taken: Filed
) -> None:
    sent = recommend(world, taken(), FRAMEWORK)
    late = register.CareUnitFactory(code="U-late", operated_by="1480")
    register.CareUnitServiceFactory(unit=late)
    again = matching.replayed(sent.need, register_number=sent.register_number, instant=sent.instant)
    assert (again.digest, again.rungs) == (sent.outcome_digest, sent.rungs)


def test_direct_award_past_fitting_framework_needs_a_reason_which_is_kept(
    world: World, taken: Filed
) -> None:
    request = taken()
    with pytest.raises(CannotRecommend) as refused:
        recommend(world, request, DIRECT)
    assert refused.value.code == "reason_needed"
    sent = recommend(world, request, DIRECT, skipped_rung_reason="safety")
    assert (sent.skipped_rung_reason, sent.direct_award_reason) == ("safety", "skipped_with_reason")


def test_direct_award_needs_no_reason_when_all_framework_units_answered_no(
    world: World, taken: Filed
) -> None:
    request = taken()
    with world.behind_wall_of(world.officer):
        asked = actions.ask_providers(
            request_id=request.pk,
            units=[
                actions.AskedUnit(FRAMEWORK, "Ekhagen", "framework"),
                actions.AskedUnit(CHEAPER, "Sävlunda", "framework"),
            ],
            by=world.officer.actor,
        )
        for inquiry in asked:
            actions.note_answer(
                request_id=request.pk,
                inquiry_id=inquiry.pk,
                answer=Answer.NO,
                reason="full",
                by=world.officer.actor,
            )
    sent = recommend(world, request, DIRECT)
    assert (sent.skipped_rung_reason, sent.direct_award_reason) == ("", "all_answered_no")


def test_unit_that_is_no_candidate_cannot_be_recommended(world: World, taken: Filed) -> None:
    with pytest.raises(CannotRecommend) as refused:
        recommend(world, taken(), OWN)
    assert (refused.value.code, refused.value.unit) == ("not_a_candidate", OWN)


def test_chosen_unit_closes_the_request_without_a_reason(world: World, taken: Filed) -> None:
    request = taken()
    recommend(world, request, FRAMEWORK)
    with world.behind_wall_of(world.social_worker):
        feedback = actions.report_outcome(
            request_id=request.pk, unit_code=FRAMEWORK, by=world.social_worker.actor
        )
        request.refresh_from_db()
        kinds = list(TimelineEntry.objects.order_by("id").values_list("kind", flat=True))
    assert (request.state, request.has_purchase, feedback.provision_form) == (
        State.CLOSED,
        True,
        "framework",
    )
    assert kinds == ["submit", "take", "recommend", "report_chosen"]


def test_choosing_none_needs_a_reason_and_may_ask_for_a_new_match(
    world: World, taken: Filed
) -> None:
    request = taken()
    recommend(world, request, FRAMEWORK)
    by = world.social_worker.actor
    with world.behind_wall_of(world.social_worker), pytest.raises(actions.ReasonNeeded):
        actions.report_outcome(request_id=request.pk, by=by)
    with world.behind_wall_of(world.social_worker):
        actions.report_outcome(
            request_id=request.pk, reason="client_declined", asks_new_match=True, by=by
        )
        request.refresh_from_db()
    assert request.state == State.IN_PROGRESS


def test_request_taken_twice_goes_to_the_first_officer(world: World, taken: Filed) -> None:
    request = taken()
    with world.behind_wall_of(world.second_officer), pytest.raises(StepNotAllowed):
        actions.take_request(request_id=request.pk, by=world.second_officer.actor)
    with world.behind_wall_of(world.officer):
        request.refresh_from_db()
    assert request.assigned_to_id == world.officer.pk


def test_second_officer_with_an_old_version_overwrites_nothing(world: World, taken: Filed) -> None:
    request = taken()
    recommend(world, request, FRAMEWORK)
    with world.behind_wall_of(world.second_officer), pytest.raises(actions.Outdated):
        actions.recommend(
            request_id=request.pk,
            units=[CHEAPER],
            by=world.second_officer.actor,
            version=request.version,
        )
    with world.behind_wall_of(world.officer):
        assert Recommendation.objects.count() == 1


def test_draft_started_twice_with_one_key_is_one_draft(world: World) -> None:
    key = uuid4()
    (unit_id,) = accounts.reach_of_user(world.social_worker).filing_unit_ids
    with world.behind_wall_of(world.social_worker):
        drafts = {
            actions.start_draft(
                unit_id=unit_id, creation_key=key, by=world.social_worker.actor
            ).reference
            for _ in range(2)
        }
    assert drafts == {"2025-00001"}


def test_incomplete_draft_is_not_sent_and_says_what_is_missing(world: World) -> None:
    by = world.social_worker.actor
    (unit_id,) = accounts.reach_of_user(world.social_worker).filing_unit_ids
    with world.behind_wall_of(world.social_worker):
        request = actions.start_draft(unit_id=unit_id, creation_key=uuid4(), by=by)
        with pytest.raises(actions.Incomplete) as refused:
            actions.submit_request(request_id=request.pk, by=by)
    assert [(one.section, one.field) for one in refused.value.problems] == [
        ("person", "person_id"),
        ("person", "age"),
        ("person", "gender"),
        ("service", "service_type"),
        ("decision", "legal_basis"),
        ("decision", "decision_date"),
        ("decision", "wanted_start"),
        ("decision", "urgency"),
        ("more", "disclosure_basis"),
    ]
