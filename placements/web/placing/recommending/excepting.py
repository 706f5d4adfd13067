"""Chosen units that do not fit: what speaks against each, and what an exception of it asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from placements.domain import exceptions
from placements.domain.exceptions import OF_PRIORITY_GROUP, Confirmation, Excluded, Person
from placements.matching.reasons import Reason
from placements.models import PlacementRequest
from placements.queries import excepting
from placements.queries.excepting import Beside
from placements.web.placing.match.differing import group_words, reasons_text
from placements.web.placing.match.reading import Reading
from placements.web.placing.match.units import Facts
from spink.catalogue import queries as catalogue
from spink.catalogue.models import ReasonKind
from spink.foundation import clock
from spink.web import wording


@dataclass(frozen=True, slots=True)
class AskedFor:
    """`kept_for` says why there is no exception: the places are kept for others."""

    code: str
    name: str
    why: str
    answered: str
    """That the unit has answered yes; then nobody is asked who confirmed it."""
    group: str
    kept_for: str
    reasons: list[tuple[str, str]]
    likely_reason: str
    since: date


def exceptions_asked_for(
    placement: PlacementRequest, reading: Reading, beside: Mapping[str, Beside], facts: Facts
) -> list[AskedFor]:
    if not beside:
        return []
    person = excepting.person_of(reading.matched.outcome.need)
    answered = excepting.confirmations(placement)
    known = [(one.code, one.name) for one in catalogue.reasons(ReasonKind.EXCEPTION, clock.today())]
    return [
        AskedFor(
            code=code,
            name=facts.name(code),
            why=_why(code, reading),
            answered=_answered(answered.get(code)),
            group=group_text(one.excluded, reading.names.needs),
            kept_for=_kept_for(one.excluded, person, facts.name(code), reading),
            reasons=_reasons(one.excluded, known),
            likely_reason=_likely(one.excluded, person),
            since=excepting.came_on(placement),
        )
        for code, one in beside.items()
    ]


def _why(code: str, reading: Reading) -> str:
    row = reading.differences.row(code)
    return "" if row is None else reasons_text(reading.differences, row, reading.telling)


def _answered(confirmation: Confirmation | None) -> str:
    if confirmation is None:
        return ""
    return _("The unit answered yes %(day)s, noted by %(who)s") % {
        "day": wording.day(confirmation.on),
        "who": confirmation.by,
    }


def group_text(excluded: Excluded, needs: Mapping[str, str]) -> str:
    """For whom a full own unit keeps its places; empty where it keeps none."""
    if excluded.group is None or Reason.NO_FREE_PLACE not in excluded.reasons:
        return ""
    return group_words(excluded.group, needs)


def _kept_for(excluded: Excluded, person: Person, name: str, reading: Reading) -> str:
    if not exceptions.keeps_places_from(excluded, person):
        return ""
    return _(
        "%(name)s is full and keeps its places for its priority group: %(group)s. "
        "The person does not belong to it by age or needs."
    ) % {"name": name, "group": group_text(excluded, reading.names.needs)}


def _reasons(excluded: Excluded, known: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Belonging to the group is a reason where a full own unit has one, and the only one where
    nobody but the officer can judge it."""
    has_group = excluded.group is not None and Reason.NO_FREE_PLACE in excluded.reasons
    if exceptions.is_judged_by_people(excluded):
        return [pair for pair in known if pair[0] == OF_PRIORITY_GROUP]
    return [pair for pair in known if has_group or pair[0] != OF_PRIORITY_GROUP]


def _likely(excluded: Excluded, person: Person) -> str:
    group = excluded.group
    belongs = group is not None and group.includes(age=person.age, needs=person.needs)
    return OF_PRIORITY_GROUP if belongs and Reason.NO_FREE_PLACE in excluded.reasons else ""
