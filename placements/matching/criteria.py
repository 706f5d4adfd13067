"""The criteria: one function a reason, which says of every unit whether the reason holds.

The table of the match format is the source of every rule here.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Final

import numpy as np

from placements.matching.asked import Asked, Value
from placements.matching.bits import holds_any, lacks_any
from placements.matching.distance import metres
from placements.matching.ladder import Standing, standing
from placements.matching.reasons import Reason
from providers.domain.register.offering import Offering


class Case:
    """The units of a service, what is asked of them, and what follows from both."""

    def __init__(self, offering: Offering, asked: Asked) -> None:
        self.offering = offering
        self.units = offering.units
        self.asked = asked
        self.standing: Standing = standing(offering, asked)

    @cached_property
    def places_uncertain(self) -> Value:
        """Neither enough places now nor the one that is asked for free by the wanted start."""
        asked = self.asked
        freed = (self.units.next_free_on <= asked.wanted_start) & (asked.places == 1)
        return (self.units.free < asked.places) & ~freed

    @cached_property
    def metres(self) -> Value:
        asked, units = self.asked, self.units
        return metres(asked.latitude, asked.longitude, units.latitude, units.longitude)


def wrong_subtype(case: Case) -> Value:
    offering = case.offering
    if not case.asked.names_subtype:
        return False
    return ~(offering.any_subtype | holds_any(offering.subtypes, case.asked.subtype))


def not_open(case: Case) -> Value:
    start = case.asked.wanted_start
    return (start < case.units.open_from) | (start > case.units.open_to)


def age(case: Case) -> Value:
    asked, units = case.asked, case.units
    return (asked.youngest < units.age_from) | (asked.oldest > units.age_to)


def companion(case: Case) -> Value:
    asked, units = case.asked, case.units
    too_young = asked.youngest_companion < units.companion_from
    return too_young | (asked.oldest_companion > units.companion_to)


def gender(case: Case) -> Value:
    return (case.units.genders & case.asked.gender) == 0


def drug_free(case: Case) -> Value:
    """Yes and no are a bit each: only together do they give both."""
    return (case.units.drug_free | case.asked.drug_free) == 3


def need_refused(case: Case) -> Value:
    return holds_any(case.offering.needs_refused, case.asked.named)


def need_not_met(case: Case) -> Value:
    return lacks_any(case.offering.needs_met, case.asked.required)


def permit(case: Case) -> Value:
    start = case.asked.wanted_start
    return (start < case.units.permit_from) | (start > case.units.permit_to)


def no_free_place(case: Case) -> Value:
    return case.places_uncertain & case.asked.within_horizon


def stopped(case: Case) -> Value:
    return (case.standing.open != 0) & (case.standing.left == 0)


def no_agreement(case: Case) -> Value:
    return case.standing.open_some_day == 0


def agreement_expired(case: Case) -> Value:
    return (case.standing.open == 0) & (case.standing.open_some_day != 0)


def excluded_area(case: Case) -> Value:
    avoids = case.asked.avoids
    return False if avoids is None else avoids[..., case.units.municipality]


def too_far(case: Case) -> Value:
    """An unknown distance is NaN, and NaN is not farther than anything."""
    if np.all(case.asked.within_km == np.inf):
        return False
    return case.metres / 1000 > case.asked.within_km


def excluded_unit(case: Case) -> Value:
    if case.asked.not_rows is None:
        return False
    return np.array([np.isin(case.offering.rows, rows) for rows in case.asked.not_rows])


CRITERIA: Final[tuple[tuple[Reason, Callable[[Case], Value]], ...]] = (
    (Reason.WRONG_SUBTYPE, wrong_subtype),
    (Reason.NOT_OPEN, not_open),
    (Reason.AGE, age),
    (Reason.COMPANION, companion),
    (Reason.GENDER, gender),
    (Reason.DRUG_FREE, drug_free),
    (Reason.NEED_REFUSED, need_refused),
    (Reason.NEED_NOT_MET, need_not_met),
    (Reason.PERMIT, permit),
    (Reason.NO_FREE_PLACE, no_free_place),
    (Reason.STOPPED, stopped),
    (Reason.NO_AGREEMENT, no_agreement),
    (Reason.AGREEMENT_EXPIRED, agreement_expired),
    (Reason.EXCLUDED_AREA, excluded_area),
    (Reason.TOO_FAR, too_far),
    (Reason.EXCLUDED_UNIT, excluded_unit),
)
"""In the order in which reasons are told. `wrong_service` is not among them: units of another
service are not even looked at."""
