"""The complaints of the year, each from the social worker's words to its outcome.

Figures of `follow_up`: forty-three on providers in house, in partnerships and bought by direct
award, most of them on documentation and then on the delivery of support; one led to a stop, of
consultant-supported foster care. Those on framework providers are INK's and are no part of them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Final
from uuid import UUID

from providers.actions.control import complaints
from providers.models import Complaint
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.models import User
from spink.accounts.wall import opened_for_job
from spink.foundation import clock
from spink.sample.control import words
from spink.sample.control.shown import workday
from spink.sample.control.year import Year, at_work
from spink.sample.drawing import Draw
from spink.sample.register.document import is_bought_by_award
from spink.sample.register.plans import Unit
from spink.sample.register.stops import YEAR

Scene = Callable[[], None]
CATEGORIES: Final = {
    "documentation": 12,
    "support": 9,
    "treatment": 6,
    "staffing": 5,
    "cooperation": 4,
    "safety": 3,
    "premises": 2,
    "price": 1,
    "ending": 1,
}
OUTCOMES: Final = {
    "communicated": 29,
    "put_right": 5,
    "unfounded": 2,
    "visit": 1,
    "no_answer": 1,
    "withdrawn": 1,
}
"""Of those that lead to nothing further."""
FORMS: Final = {"in_house": 10, "iop": 4, "direct_award": 25}
"""Of the same."""
SIMILAR: Final = 3
"""On one provider, of one category: they called for a review."""
WITH_INK: Final = 5
ANSWERED_WITHIN: Final = (6, 16)


@dataclass(frozen=True)
class _Case:
    unit: Unit
    category: str
    outcome: str
    filed_on: date
    closed_on: date | None = None
    """None: when the answer has been passed on."""
    text: str = ""
    """Empty: one is drawn."""
    is_inks: bool = False


def scenes(year: Year) -> list[Scene]:
    cases = sorted(_cases(year), key=lambda case: (case.filed_on, case.unit.code))
    return [partial(_complain, year, number, case) for number, case in enumerate(cases)]


def _cases(year: Year) -> Iterator[_Case]:
    draw = year.draw("complaints")
    left = [category for category, count in CATEGORIES.items() for _ in range(count)]
    for case in (_leading_to_the_stop(year), *_leading_to_a_review(year, draw)):
        left.remove(case.category)
        yield case
    outcomes = [outcome for outcome, count in OUTCOMES.items() for _ in range(count)]
    units = [unit for form, count in FORMS.items() for unit in draw.some(_units(year, form), count)]
    drawn = zip(units, draw.shuffled(left), draw.shuffled(outcomes), strict=True)
    for unit, category, outcome in drawn:
        yield _Case(unit, category, outcome, _day(draw))
    for unit in draw.some(_units(year, "framework"), WITH_INK):
        yield _Case(unit, draw.one(list(CATEGORIES)), "communicated", _day(draw), is_inks=True)


def _day(draw: Draw) -> date:
    return workday(date(YEAR, 1, 8) + timedelta(days=draw.whole(0, 345)))


def _leading_to_the_stop(year: Year) -> _Case:
    unit, stopped = _stopped(year, "recommendation_stop")
    return _Case(
        unit,
        "safety",
        "stop",
        workday(stopped - timedelta(days=20)),
        closed_on=stopped + timedelta(days=1),
        text=words.SAID["safety"][0],
    )


def _leading_to_a_review(year: Year, draw: Draw) -> Iterator[_Case]:
    unit, stopped = _stopped(year, "paused")
    for number, text in enumerate(words.SAID["documentation"][:SIMILAR]):
        filed = workday(stopped - timedelta(days=110 - 20 * number - draw.whole(0, 9)))
        yield _Case(unit, "documentation", "in_depth_review", filed, text=text)


def _stopped(year: Year, kind: str) -> tuple[Unit, date]:
    """The unit that complaints have stopped, and when."""
    return next(
        (unit, stop.decided_at.date())
        for unit in year.units
        for stop in unit.stops
        if stop.kind == kind and stop.reason == "serious_complaints"
    )


def _units(year: Year, form: str) -> list[Unit]:
    """Those that were on the rung all year, and that nothing has stopped."""
    found = (unit for unit in year.units if unit.known_from is None and not unit.stops)
    if form == "in_house":
        return [unit for unit in found if unit.operated_by == year.staff.municipality]
    begins, ends = date(YEAR, 1, 1), date(YEAR, 12, 31)
    if form == "direct_award":
        return [unit for unit in found if is_bought_by_award(unit, ends, year.seed)]
    return [
        unit
        for unit in found
        if year.is_on_rung(unit, form, begins) and year.is_on_rung(unit, form, ends)
    ]


def _complain(year: Year, number: int, case: _Case) -> None:
    draw = year.draw("complaint", number)
    filed_at = at_work(case.filed_on, draw)
    with opened_for_job(SystemJob.LOAD_SAMPLE):
        with clock.frozen(filed_at):
            complaint = _file(year, case, draw)
        _handle(_Handling(complaint.pk, case, draw), year.keeper(number))


def _file(year: Year, case: _Case, draw: Draw) -> Complaint:
    row = year.row(case.unit)
    workplace, filer = year.filer_for(case.unit, draw)
    complaint, _ = complaints.file_complaint(
        key=UUID(int=draw.whole(1, 2**120)),
        provider=row.provider,
        care_unit=row,
        unit=workplace,
        category=case.category,
        text=case.text or draw.one(words.SAID[case.category]),
        by=filer.actor,
    )
    return complaint


@dataclass(frozen=True)
class _Handling:
    """The steps of one complaint, each some days after the one before."""

    pk: int
    case: _Case
    draw: Draw


def _handle(one: _Handling, keeper: User) -> None:
    case, draw, by = one.case, one.draw, keeper.actor
    day = case.filed_on + timedelta(days=draw.whole(1, 4))
    if case.outcome != "withdrawn":
        ask = complaints.hand_to_ink if case.is_inks else complaints.send_to_provider
        with clock.frozen(at_work(day, draw)):
            ask(complaint_id=one.pk, text=words.HANDED if case.is_inks else words.SENT, by=by)
    if case.outcome not in ("withdrawn", "no_answer"):
        day += timedelta(days=draw.whole(*ANSWERED_WITHIN))
        with clock.frozen(at_work(day, draw)):
            complaints.record_answer(
                complaint_id=one.pk,
                text=words.INKS_ANSWER if case.is_inks else draw.one(words.ANSWERED),
                procurement_outcome="communicated" if case.is_inks else "",
                by=by,
            )
        day += timedelta(days=3)
        with clock.frozen(at_work(day, draw)):
            complaints.pass_back(complaint_id=one.pk, text=words.TOLD, by=by)
    day = case.closed_on or day + timedelta(days=draw.whole(5, 20))
    with clock.frozen(at_work(day, draw)):
        complaints.close_complaint(
            complaint_id=one.pk, outcome=case.outcome, text=words.CLOSED[case.outcome], by=by
        )
    filed = Complaint.objects.select_related("filed_by").get(pk=one.pk)
    complaints.mark_looked_at(filed, by=filed.filed_by.actor)
