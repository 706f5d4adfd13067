"""The rows of a handled request, before they are written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple

from placements.domain.age import ADULT
from placements.domain.lifecycle import State
from placements.domain.values import Answer, Result, RetentionClass
from placements.matching import RULES_VERSION
from placements.models import (
    InformationRequest,
    OutcomeFeedback,
    Person,
    PersonIdentity,
    PlacementRequest,
    ProviderInquiry,
    Recommendation,
    RecommendedUnit,
)
from spink.accounts.models import User
from spink.foundation.encryption import keyed_hash
from spink.sample.drawing import Draw
from spink.sample.persons import Somebody
from spink.sample.requests.calendar import office_time_after
from spink.sample.requests.handling import Handled, Recommended
from spink.sample.requests.plan import Planned
from spink.sample.requests.services import SERVICES
from spink.sample.requests.staff import Staff

QUESTIONS: Final = (
    "Finns det uppgifter om tidigare placeringar som vi bör känna till?",
    "Hur ser behovet av tillsyn ut nattetid?",
    "Kan startdatumet flyttas några dagar om rätt plats blir ledig då?",
    "Behöver boendet ligga nära skola eller daglig verksamhet?",
)
ANSWERS: Final = (
    "Inga tidigare placeringar. Övrigt framgår av förfrågan.",
    "Tillsyn två gånger per natt räcker. Larm fungerar.",
    "Ja, upp till en vecka senare går bra.",
    "Gärna inom en halvtimme med kollektivtrafik, men det är inget krav.",
)


REFUSALS: Final = ("full", "target_group", "staffing")


class UnitNames(NamedTuple):
    name: str
    provider: str


class Rate(NamedTuple):
    unit: str
    since: str | None


@dataclass
class Filed:
    """A request that is about to be written, with who handles it."""

    request: PlacementRequest
    planned: Planned
    filer: User
    officer: User
    draw: Draw


@dataclass
class Finished:
    """A handled request with its match: the need, the register's number, what came out."""

    filed: Filed
    handled: Handled
    need: dict[str, Any]
    register_number: int
    rungs: list[dict[str, Any]]
    digest: str
    rates: Mapping[str, Rate]


def person_of(somebody: Somebody, *, unit_id: int, filer: User, at: datetime) -> Person:
    return Person(
        unit_id=unit_id,
        number_kind=somebody.number_kind,
        number_hash=keyed_hash(somebody.number) if somebody.number else "",
        initials=somebody.initials,
        protection=somebody.protection,
        created_at=at,
        created_by=filer,
    )


def identity_of(person: Person, somebody: Somebody) -> PersonIdentity:
    return PersonIdentity(
        person=person,
        given_name=somebody.given_name,
        family_name=somebody.family_name,
        number=somebody.number,
    )


def file_request(planned: Planned, reference: str, staff: Staff, draw: Draw) -> Filed:
    """The request as it was sent. Its person and its end are added later."""
    asked = planned.asked
    unit = staff.units[planned.case.department, planned.case.unit]
    team = staff.team_for(SERVICES[asked.service_type].team)
    filer = draw.one(staff.filers[unit.pk])
    label, latitude, longitude, within = asked.near or ("", None, None, None)
    request = PlacementRequest(
        reference=reference,
        municipality_id=staff.municipality,
        department=unit.department,
        unit=unit,
        created_by=filer,
        created_at=planned.sent_at,
        changed_at=planned.sent_at,
        age=asked.age,
        gender=asked.gender,
        service_type=asked.service_type,
        subtype=asked.subtype,
        legal_basis=asked.legal_basis,
        decision_date=asked.decision_date,
        wanted_start=asked.wanted_start,
        urgency=asked.urgency,
        sis_shortage=asked.sis_shortage,
        drug_free=asked.drug_free,
        companions=list(asked.companions),
        needs_required=list(asked.needs_required),
        needs_wished=list(asked.needs_wished),
        near_label=label,
        near_latitude=latitude,
        near_longitude=longitude,
        within_km=within,
        avoid_municipalities=list(asked.avoid_municipalities),
        description=asked.description,
        disclosure_basis=asked.disclosure_basis,
        submitted_at=planned.sent_at,
        submitted_by=filer,
        placement_function=staff.function,
        team=team,
    )
    if asked.age < ADULT:
        request.retention_class = RetentionClass.KEPT
    return Filed(request, planned, filer, draw.one(staff.officers[team.pk]), draw)


def finish(filed: Filed, handled: Handled) -> None:
    """The request as it stands after the story."""
    request = filed.request
    request.assigned_to = filed.officer
    request.assigned_at = handled.taken_at
    request.due_at = handled.due_at
    request.due_hours = handled.due_hours
    request.feedback_due_on = handled.feedback_due_on
    request.has_purchase = handled.has_purchase
    request.state = State.WITHDRAWN if handled.withdrawal_reason else State.CLOSED
    request.withdrawal_reason = handled.withdrawal_reason
    request.ended_at = handled.ended_at
    request.ended_by = filed.filer
    request.changed_at = handled.ended_at or handled.recommend_at
    request.version = 4 + 2 * bool(handled.asked_information_at) + 2 * len(handled.inquiries)


def recommendation_of(finished: Finished, sent: Recommended) -> Recommendation:
    return Recommendation(
        request=finished.filed.request,
        number=1,
        sent_at=sent.sent_at,
        sent_by=finished.filed.officer,
        skipped_rung_reason=sent.skipped_rung_reason,
        direct_award_reason=sent.direct_award_reason,
        need=finished.need,
        register_number=finished.register_number,
        instant=finished.handled.matched_on,
        rules_version=RULES_VERSION,
        rungs=finished.rungs,
        outcome_digest=finished.digest,
    )


def units_of(
    finished: Finished, row: Recommendation, sent: Recommended, names: Mapping[str, UnitNames]
) -> Iterator[RecommendedUnit]:
    candidates = {one["unit"]: one for rung in finished.rungs for one in rung["candidates"]}
    for position, (unit, form) in enumerate(sent.units, start=1):
        candidate = candidates[unit]
        rate = finished.rates.get(unit, Rate("day", None))
        yield RecommendedUnit(
            recommendation=row,
            position=position,
            unit_code=unit,
            unit_name=names[unit].name,
            provider_name=names[unit].provider,
            provision_form=form,
            rank=candidate["rank"],
            rate=None if candidate["rate"] is None else Decimal(str(candidate["rate"])),
            rate_unit=rate.unit,
            rate_from=rate.since,
            places_certain=candidate["places_certain"],
            wished_met=candidate["wished_met"],
            distance_km=candidate["distance_km"],
        )


def inquiries_of(finished: Finished, names: Mapping[str, UnitNames]) -> Iterator[ProviderInquiry]:
    for number, one in enumerate(finished.handled.inquiries):
        refusal = REFUSALS[number % len(REFUSALS)] if one.answer is Answer.NO else ""
        yield ProviderInquiry(
            request=finished.filed.request,
            unit_code=one.unit,
            unit_name=names[one.unit].name,
            provision_form=one.form,
            asked_at=one.asked_at,
            asked_by=finished.filed.officer,
            answer=one.answer,
            refusal_reason=refusal,
            place_from=one.place_from,
            answered_at=one.answered_at,
            answer_noted_by=finished.filed.officer,
        )


def feedback_of(finished: Finished, names: Mapping[str, UnitNames]) -> OutcomeFeedback | None:
    reported = finished.handled.reported
    if reported is None:
        return None
    named = reported.form if reported.was_recommended else None
    return OutcomeFeedback(
        request=finished.filed.request,
        result=Result.CHOSEN if reported.unit else Result.NONE_CHOSEN,
        unit_code=reported.unit,
        unit_name=names[reported.unit].name if reported.unit else "",
        provision_form=named or "",
        was_recommended=reported.was_recommended,
        reason=reported.reason,
        reported_at=reported.at,
        reported_by=finished.filed.filer,
    )


def information_of(finished: Finished) -> InformationRequest | None:
    at = finished.handled.asked_information_at
    if at is None:
        return None
    number = finished.filed.draw.whole(0, len(QUESTIONS) - 1)
    return InformationRequest(
        request=finished.filed.request,
        question=QUESTIONS[number],
        answer=ANSWERS[number],
        asked_at=at,
        asked_by=finished.filed.officer,
        answered_at=office_time_after(at, 0.5),
        answered_by=finished.filed.filer,
    )
