"""How many places are taken, by unit and by the day on which they were last counted."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import Final, NamedTuple

from spink.sample import facts
from spink.sample.drawing import Draw
from spink.sample.register.plans import Unit
from spink.sample.register.units import OWN_FORMS

COUNTED: Final = date(2024, 3, 28)
"""The day whose sums for Göteborg's own units are the published ones."""
GROWN: Final = (date(2025, 2, 1), 32)
"""From this day the own unit of short-term housing has so many places."""
CHANGED: Final = 0.18
"""The share of units whose count changes from one quarter to the next."""
FIRST_QUARTER: Final = 2022 * 4 + 3
OLD: Final = 0.08
"""The share of units whose count is some weeks old."""


class Places(NamedTuple):
    total: int
    occupied: int
    unavailable: int
    next_free_on: date | None


def places_of(unit: Unit, *, day: date, seed: int) -> Places | None:
    if unit.places is None or unit.housing_form:
        return None
    total = GROWN[1] if unit.priority_group and day >= GROWN[0] else unit.places
    season = _season(unit, day, seed)
    draw = Draw(seed, "places", unit.code, season)
    unavailable = draw.whole(1, 2) if draw.chance(0.1) and total > 5 else 0
    fullness = min(1.0, unit.fullness + draw.between(-0.1, 0.06))
    occupied = min(round(total * fullness), total - unavailable)
    if unit.priority_group:
        return Places(total, total - unavailable, unavailable, None)
    next_free_on = _next_free(total - occupied - unavailable, _first_day(season), draw)
    if next_free_on and next_free_on <= day:
        next_free_on = None
    return Places(total, occupied, unavailable, next_free_on)


def counted_places(units: Iterable[Unit], *, day: date, seed: int) -> dict[str, Places]:
    """Göteborg's own units by code: on the counted day their sums are the published ones, and on
    every other day they lie near them."""
    found = {}
    for form in OWN_FORMS:
        own = [unit for unit in units if unit.housing_form == form.name]
        found.update(_spread(own, facts.occupancy()[form.name], form.name, day, seed))
    return found


def _spread(
    units: list[Unit], published: facts.Occupancy, form: str, day: date, seed: int
) -> dict[str, Places]:
    draw = Draw(seed, "own places", form, day)
    free, unavailable = published.free, published.unavailable
    if day != COUNTED:
        free = max(0, free + draw.whole(-free // 2, free // 3))
        unavailable = max(0, unavailable + draw.whole(-1, 1))
    room = {unit.code: unit.places or 0 for unit in units}
    frees = _dealt(free, room, draw)
    left = {code: places - frees[code] for code, places in room.items()}
    gone = _dealt(unavailable, left, draw)
    return {
        code: Places(
            places,
            places - frees[code] - gone[code],
            gone[code],
            _next_free(frees[code], day, Draw(seed, "next", code, day)),
        )
        for code, places in room.items()
    }


def _dealt(count: int, room: dict[str, int], draw: Draw) -> dict[str, int]:
    """So many places dealt out one by one, none beyond a unit's room."""
    dealt = dict.fromkeys(room, 0)
    for _ in range(count):
        dealt[draw.one([code for code in room if dealt[code] < room[code]])] += 1
    return dealt


def _next_free(free: int, day: date, draw: Draw) -> date | None:
    """Some full units know when somebody moves out."""
    if free > 0 or not draw.chance(0.4):
        return None
    return day + timedelta(days=draw.whole(4, 45))


def _season(unit: Unit, day: date, seed: int) -> int:
    """The number of the last quarter in which the unit's count changed."""
    return _last_changed(unit.code, day.year * 4 + (day.month - 1) // 3, seed)


@cache
def _last_changed(unit: str, quarter: int, seed: int) -> int:
    if quarter <= FIRST_QUARTER or Draw(seed, unit, quarter).chance(CHANGED):
        return quarter
    return _last_changed(unit, quarter - 1, seed)


def counted_on(unit: Unit, *, day: date, is_last: bool, seed: int) -> date:
    """When the places were last counted: at the last edition of late, before it in its quarter."""
    if is_last:
        draw = Draw(seed, "counted", unit.code, day)
        return day - timedelta(days=draw.whole(20, 70) if draw.chance(OLD) else draw.whole(1, 6))
    if unit.housing_form:
        return day
    return _first_day(_season(unit, day, seed))


def _first_day(quarter: int) -> date:
    return date(quarter // 4, quarter % 4 * 3 + 1, 1)
