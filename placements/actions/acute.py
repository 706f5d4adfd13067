"""Out of hours: the worker on duty writes down the least and places; the unit completes it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from placements.actions import stepping
from placements.actions.drafts import (
    Incomplete,
    address,
    keep_by_age,
    save_section,
    start_draft,
)
from placements.actions.handling import end, lapse_proposals
from placements.actions.persons import PersonDetails, save_person
from placements.actions.recommending import direct_award_reason, recommendation_of, save_units
from placements.domain import recommending
from placements.domain.lifecycle import Step
from placements.domain.night import check_out_of_hours
from placements.domain.sections import Section
from placements.domain.values import Result, Urgency
from placements.models import AcutePlacement, OutcomeFeedback, PlacementRequest, RecommendedUnit
from placements.queries.acute import acute_offer
from placements.queries.completeness import problems_of
from placements.queries.office import office_of
from providers import queries as register_queries
from spink.catalogue.domain.ladder import PURCHASED
from spink.catalogue.models import ReasonKind
from spink.foundation import clock
from spink.foundation.actor import Actor


@transaction.atomic
def begin_acute(
    *,
    unit_id: int,
    creation_key: UUID,
    details: PersonDetails,
    sections: Mapping[Section, Mapping[str, Any]],
    by: Actor,
) -> PlacementRequest:
    """A draft with what a match needs, wanted from today. The same key twice is the same draft.

    `unit_id` is the unit that will complete it. Raises KeyTaken.
    """
    draft = start_draft(unit_id=unit_id, creation_key=creation_key, by=by)
    if draft.person_id is not None:
        return draft
    save_person(request_id=draft.pk, details=details, by=by)
    decision = {"urgency": Urgency.ACUTE, "wanted_start": clock.today()}
    for section, values in {**sections, Section.DECISION: decision}.items():
        draft = save_section(request_id=draft.pk, section=section, values=values, by=by)
    return draft


def place_acute(
    *,
    request_id: int,
    unit: str,
    reason: str,
    placed_at: datetime,
    skipped_rung_reason: str = "",
    text: str = "",
    by: Actor,
    version: int | None = None,
) -> AcutePlacement:
    """Record that the unit took the person out of hours, and why that could not wait.

    The order of the ladder holds among units that take acute admissions: raises CannotRecommend
    (`not_a_candidate`, `answered_no`, `reason_needed`). Raises NotOutOfHours, StepNotAllowed,
    Outdated.
    """
    with stepping.taking_step(
        Step.PLACE_ACUTE, request_id=request_id, by=by, version=version
    ) as change:
        request, now = change.request, clock.now()
        office = office_of(request.municipality_id)
        check_out_of_hours(placed_at, now=now, office=office)
        if request.submitted_at is None:
            address(request, by)
        request.urgency = Urgency.ACUTE
        request.due_at, request.due_hours = office.end_of_next_day(now), None
        chosen = _recommend(request, unit, skipped_rung_reason, by)
        request.has_purchase = chosen.provision_form in PURCHASED
        _report(request, chosen, text, by)
        lapse_proposals(request, by)
        change.text = text
        change.facts = {
            "unit": chosen.unit_name,
            "reason": reason,
            "reason_kind": ReasonKind.ACUTE_PLACEMENT,
        }
        change.details = {"unit": unit, "reason": reason}
        return AcutePlacement.objects.create(
            request=request,
            unit_code=unit,
            reason=reason,
            placed_at=placed_at,
            registered_by_id=by.user_id,
        )


def _recommend(
    request: PlacementRequest, unit: str, skipped_rung_reason: str, by: Actor
) -> RecommendedUnit:
    """What is kept of the choice is what a recommendation keeps: it can be replayed like one."""
    register_queries.hold_register()
    found = acute_offer(request)
    chosen = recommending.in_ladder_order([unit], found.offer)
    passed = recommending.passed_over([unit], found.offer)
    if passed and not skipped_rung_reason:
        raise recommending.CannotRecommend("reason_needed")
    reason = skipped_rung_reason if passed else ""
    sent = recommendation_of(request, found.matched, message="", reason=reason, by=by)
    sent.direct_award_reason = direct_award_reason(chosen, found.offer, reason)
    sent.save()
    candidates = {unit: found.matched.candidate(unit)}
    (row,) = save_units(sent, chosen, candidates, request)
    return row


def _report(request: PlacementRequest, chosen: RecommendedUnit, text: str, by: Actor) -> None:
    OutcomeFeedback.objects.create(
        request=request,
        result=Result.CHOSEN,
        unit_code=chosen.unit_code,
        unit_name=chosen.unit_name,
        provision_form=chosen.provision_form,
        was_recommended=True,
        text=text,
        reported_by_id=by.user_id,
    )


def complete_request(*, request_id: int, by: Actor, version: int | None = None) -> PlacementRequest:
    """What was left out at night is filled in: the request is closed.

    Raises Incomplete with all that is missing, StepNotAllowed, Outdated.
    """
    with stepping.taking_step(
        Step.COMPLETE, request_id=request_id, by=by, version=version
    ) as change:
        problems = problems_of(change.request, on=clock.today())
        if problems:
            raise Incomplete(problems)
        keep_by_age(change.request)
        end(change.request, by)
    return change.request
