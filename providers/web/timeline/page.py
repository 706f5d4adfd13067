"""A provider's timeline: everything in order of time, and first what ends soon."""

from dataclasses import dataclass
from itertools import groupby
from typing import Final

from providers.models import Provider
from providers.web.timeline import of_control, of_register
from providers.web.timeline.happening import SOON, Asked, Happening, Teller
from spink.accounts.domain.reach import Reach
from spink.foundation import clock

TELLERS: Final[tuple[Teller, ...]] = (
    of_register.units,
    of_register.permits,
    of_register.agreements,
    of_register.direct_awards,
    of_register.stops,
    of_register.plans,
    of_register.changes,
    of_control.findings,
    of_control.vettings,
    of_control.checks,
    of_control.reviews,
    of_control.incident_visits,
    of_control.visits,
    of_control.complaints,
)
"""Whoever knows something of a provider adds its teller here: of a day, the latest first."""


@dataclass(frozen=True, slots=True)
class Year:
    year: int
    happenings: list[Happening]


@dataclass(frozen=True, slots=True)
class Timeline:
    """`to_come` has the nearest first, the years the latest."""

    ending: list[Happening]
    to_come: list[Happening]
    years: list[Year]


def timeline_of(provider: Provider, reach: Reach) -> Timeline:
    asked = Asked(provider, reach, clock.today())
    latest = sorted(
        (one for teller in reversed(TELLERS) for one in teller(asked)),
        key=lambda happening: happening.day,
        reverse=True,
    )
    nearest = latest[::-1]
    past = [one for one in latest if one.day <= asked.today]
    return Timeline(
        ending=[one for one in nearest if one.ends and one.day <= asked.today + SOON],
        to_come=[one for one in nearest if one.day > asked.today],
        years=[
            Year(year, list(of_year)) for year, of_year in groupby(past, lambda one: one.day.year)
        ],
    )
