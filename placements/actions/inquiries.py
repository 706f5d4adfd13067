"""Asking providers whether they can take the person, and noting what they answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from placements.actions import stepping
from placements.actions.reporting import ReasonNeeded
from placements.domain.lifecycle import Step
from placements.domain.values import Answer, Audience
from placements.models import ProviderInquiry
from providers import queries as register_queries
from spink.catalogue import queries as catalogue
from spink.catalogue.models import ReasonKind
from spink.foundation import clock
from spink.foundation.actor import Actor

OTHER_REASON: Final = "other"


class NoteNeeded(Exception):
    """The reason says nothing by itself."""


@dataclass(frozen=True, slots=True)
class AskedUnit:
    code: str
    name: str
    provision_form: str


class StoppedUnits(Exception):
    """Units that Spink does not ask, each with the stop that says so."""

    def __init__(self, stops: Mapping[str, register_queries.ClosingStop]) -> None:
        super().__init__(", ".join(sorted(stops)))
        self.stops = stops


def ask_providers(
    *, request_id: int, units: Sequence[AskedUnit], by: Actor, version: int | None = None
) -> list[ProviderInquiry]:
    """Record that the units were asked now; one that has not answered yet is not asked again.

    Raises StoppedUnits, StepNotAllowed, Outdated.
    """
    with stepping.taking_step(
        Step.ASK_PROVIDER, request_id=request_id, by=by, version=version
    ) as change:
        register_queries.hold_register()
        stops = register_queries.closing_stops(
            {unit.code: unit.provision_form for unit in units},
            instant=clock.today(),
            start=change.request.wanted_start,
        )
        if stops:
            raise StoppedUnits(stops)
        waiting = set(
            ProviderInquiry.objects.filter(request_id=request_id, answer="").values_list(
                "unit_code", flat=True
            )
        )
        asked = [
            ProviderInquiry.objects.create(
                request=change.request,
                unit_code=unit.code,
                unit_name=unit.name,
                provision_form=unit.provision_form,
                asked_at=clock.now(),
                asked_by_id=by.user_id,
            )
            for unit in units
            if unit.code not in waiting
        ]
        change.facts = {"units": [inquiry.unit_name for inquiry in asked]}
        change.details = {"units": [inquiry.unit_code for inquiry in asked]}
    return asked


def note_answer(
    *,
    request_id: int,
    inquiry_id: int,
    answer: Answer,
    by: Actor,
    place_from: date | None = None,
    reason: str = "",
    note: str = "",
    version: int | None = None,
) -> ProviderInquiry:
    """Record the answer of an asked unit; `place_from` is needed for a later place.

    A no has a coded reason, and words where that is another. Raises ReasonNeeded, NoteNeeded.
    """
    if answer is Answer.NO:
        _check_reason(reason, note)
    with stepping.taking_step(
        Step.NOTE_PROVIDER_ANSWER, request_id=request_id, by=by, version=version
    ) as change:
        inquiry = ProviderInquiry.objects.select_for_update().get(
            id=inquiry_id, request_id=request_id
        )
        inquiry.answer = answer
        inquiry.place_from = place_from
        inquiry.refusal_reason = reason if answer is Answer.NO else ""
        inquiry.note = note
        inquiry.answered_at = clock.now()
        inquiry.answer_noted_by_id = by.user_id
        inquiry.save()
        change.audience = Audience.BOTH
        change.facts = {
            "units": [inquiry.unit_name],
            "answer": answer,
            "place_from": place_from.isoformat() if place_from else None,
        }
        change.details = {"unit": inquiry.unit_code, "answer": answer}
        if inquiry.refusal_reason:
            change.facts |= {"reason": reason, "reason_kind": ReasonKind.PROVIDER_NO}
            change.details["reason"] = reason
    return inquiry


def _check_reason(reason: str, note: str) -> None:
    known = {one.code for one in catalogue.reasons(ReasonKind.PROVIDER_NO, clock.today())}
    if reason not in known:
        raise ReasonNeeded(ReasonKind.PROVIDER_NO)
    if reason == OTHER_REASON and not note.strip():
        raise NoteNeeded
