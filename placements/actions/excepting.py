"""Recommending units that the match excluded: checked by the one table, kept with their trace."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from placements.domain import exceptions
from placements.domain.exceptions import Confirmation, Excluded, Kind
from placements.domain.recommending import CannotRecommend
from placements.models import PlacementRequest, Recommendation, RecommendationException
from placements.queries import excepting, matching
from providers.actions.corrections import ask_correction
from providers.models import Fact
from spink.catalogue import queries as catalogue
from spink.catalogue.domain.ladder import ProvisionForm
from spink.catalogue.models import ReasonKind
from spink.foundation import clock
from spink.foundation.actor import Actor

FACTS: dict[Kind, Fact] = {
    Kind.PLACES: Fact.PLACES,
    Kind.AGE: Fact.AGES,
    Kind.NEEDS: Fact.NEEDS,
    Kind.DISTANCE: Fact.POSITION,
}


@dataclass(frozen=True, slots=True)
class AskedException:
    """Why an excluded unit should be recommended. Who confirmed it, and when, is left out where
    the unit has answered an inquiry with yes."""

    reason: str
    note: str
    confirmed_by: str = ""
    confirmed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Granted:
    excluded: Excluded
    asked: AskedException
    confirmation: Confirmation
    candidate: Mapping[str, Any]
    """As what the unit would have stood on its rung."""

    @property
    def form(self) -> ProvisionForm:
        return self.excluded.form


def grant(
    asked: Mapping[str, AskedException],
    units: Iterable[str],
    matched: matching.Matched,
    request: PlacementRequest,
) -> dict[str, Granted]:
    """Those of the asked exceptions that are for a chosen unit which does not fit, by unit.

    Raises CannotRecommend, as `domain.exceptions.check`; `never_excepted` too for a unit that is
    not in the register or of another service.
    """
    chosen = [unit for unit in units if unit in asked]
    found = excepting.excluded_among(chosen, matched)
    for unit in chosen:
        if unit not in found and not matched.has_candidate(unit):
            raise CannotRecommend("never_excepted", unit)
    if not found:
        return {}
    confirmations = excepting.confirmations(request)
    known = {one.code for one in catalogue.reasons(ReasonKind.EXCEPTION, clock.today())}
    return {
        unit: _granted(one, asked[unit], confirmations.get(unit), known, matched, request)
        for unit, one in found.items()
    }


def _granted(
    one: excepting.Beside,
    asked: AskedException,
    answered: Confirmation | None,
    known: Collection[str],
    matched: matching.Matched,
    request: PlacementRequest,
) -> Granted:
    confirmation = answered or (
        Confirmation(asked.confirmed_by, asked.confirmed_on) if asked.confirmed_on else None
    )
    exceptions.check(
        one.excluded,
        excepting.person_of(matched.outcome.need),
        reason=asked.reason if asked.reason in known else "",
        note=asked.note,
        confirmation=confirmation,
        since=excepting.came_on(request),
        today=clock.today(),
    )
    assert confirmation is not None  # noqa: S101 - checked just now
    return Granted(one.excluded, asked, confirmation, one.candidate)


def keep(sent: Recommendation, granted: Iterable[Granted]) -> None:
    """Before the units themselves: the database takes no excluded unit without its exception."""
    RecommendationException.objects.bulk_create(
        RecommendationException(
            recommendation=sent,
            unit_code=one.excluded.unit,
            excluded_for=[str(reason) for reason in one.excluded.reasons],
            reason=one.asked.reason,
            note=one.asked.note.strip(),
            confirmed_by=one.confirmation.by.strip(),
            confirmed_on=one.confirmation.on,
            inquiry_id=one.confirmation.inquiry_id,
        )
        for one in granted
    )


def ask_corrections(granted: Iterable[Granted], names: Mapping[str, str], *, by: Actor) -> None:
    """Of the unit alone: nothing of the one that it was found out for."""
    for one in granted:
        unit, reason = one.excluded.unit, one.asked.reason
        ask_correction(
            unit_code=unit,
            unit_name=names[unit],
            facts=[
                FACTS[kind] for kind in exceptions.to_correct(one.excluded.reasons, reason=reason)
            ],
            confirmed_by=one.confirmation.by.strip(),
            confirmed_on=one.confirmation.on,
            by=by,
        )
