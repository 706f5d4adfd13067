"""The visits of the year with matching in mind, from each team's plan to what they led to.

Figures of `follow_up`: seventy-four, thirty-three by the team for adults and forty-one by the one
for children; fifty-nine to units under framework agreements, seven to partnerships and eight to
directly procured ones; three together with quality and control. All were found fit.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Final

from providers.actions.control import visits
from providers.domain.control.visits import VisitOutcome
from providers.models import CareUnit, RegisterChange, RegisterEdition, SiteVisit
from providers.models.control.choices import VisitForm
from providers.queries.control.visits import questions_for
from spink.accounts.models import User
from spink.catalogue import queries as catalogue
from spink.foundation import clock
from spink.foundation.clock import STOCKHOLM
from spink.sample.control import words
from spink.sample.control.shown import workday
from spink.sample.control.year import FOR_CHILDREN, Year, at_work
from spink.sample.drawing import Draw
from spink.sample.register.document import is_bought_by_award
from spink.sample.register.plans import Unit
from spink.sample.register.stops import YEAR

Scene = Callable[[], None]
TEAMS: Final = {
    "vuxna": {"framework": 25, "iop": 7, "direct_award": 1},
    "barn-och-unga": {"framework": 34, "direct_award": 7},
}
JOINT: Final = (7, 31, 60)
"""Places in the year's order of those that were made together with quality and control."""
CANCELLED: Final = (
    "Verksamheten ställde in på grund av sjukdom.",
    "Boendet byter lokaler. Planeras om till nästa år.",
)
TEMPLATES_AT: Final = datetime(YEAR - 1, 12, 14, 13, 30, tzinfo=STOCKHOLM)
PLANNED_ON: Final = date(YEAR, 1, 15)
DIGITAL: Final = 0.2
LED_TO_CHANGE: Final = 0.4


@dataclass(frozen=True)
class _Case:
    unit: Unit
    team: str
    day: date
    cancelled: str = ""


def templates(year: Year) -> None:
    """The questions of every service, with some of its own."""
    with clock.frozen(TEMPLATES_AT):
        for service in catalogue.all_services():
            visits.write_template(
                service_type=service.code,
                valid_from=date(YEAR, 1, 1),
                questions=[*words.QUESTIONS, *words.QUESTIONS_OF.get(service.code, ())],
                by=year.keeper(0).actor,
            )


def scenes(year: Year) -> list[Scene]:
    cases = sorted(_cases(year), key=lambda case: (case.day, case.unit.code))
    made = [case for case in cases if not case.cancelled]
    return [
        partial(templates, year),
        *(partial(_visit, year, case, is_joint=n in JOINT) for n, case in enumerate(made)),
        *(partial(_cancel, year, case) for case in cases if case.cancelled),
    ]


def _cases(year: Year) -> Iterator[_Case]:
    for team, forms in TEAMS.items():
        draw = year.draw("visits", team)
        for form, count in forms.items():
            for unit in draw.some(_units(year, team, form), count):
                yield _Case(unit, team, _day(draw))
    draw = year.draw("visits that were cancelled")
    for team, because in zip(TEAMS, CANCELLED, strict=True):
        yield _Case(draw.one(_units(year, team, "framework")), team, _day(draw), because)


def _day(draw: Draw) -> date:
    """In the terms: nobody visits in July."""
    number = draw.whole(0, 265)
    begins = date(YEAR, 2, 1) if number < 140 else date(YEAR, 3, 25)
    return workday(begins + timedelta(days=number))


def _units(year: Year, team: str, form: str) -> list[Unit]:
    """On the rung all year, and never stopped."""
    return [
        unit
        for unit in year.units
        if (unit.profile.key in FOR_CHILDREN) == (team == "barn-och-unga")
        and not unit.stops
        and unit.known_from is None
        and _stands_on(year, unit, form)
    ]


def _stands_on(year: Year, unit: Unit, form: str) -> bool:
    if form == "direct_award":
        return is_bought_by_award(unit, date(YEAR, 12, 31), year.seed)
    days = (PLANNED_ON, date(YEAR, 12, 31))
    return all(year.is_on_rung(unit, form, day) for day in days)


def _visit(year: Year, case: _Case, *, is_joint: bool) -> None:
    draw, unit = year.draw("visit", case.unit.code), year.row(case.unit)
    mode = VisitForm.DIGITAL if draw.chance(DIGITAL) else VisitForm.ON_SITE
    team = year.staff.teams[case.team]
    officer = draw.one(year.staff.officers[team.pk])
    visit = _plan(year, case, unit, officer, draw, mode=mode, is_joint=is_joint)
    made_at = at_work(case.day, draw)
    with clock.frozen(made_at):
        asked = questions_for(unit, clock.today())
        visits.make_visit(
            visit_id=visit.pk,
            made_on=clock.today(),
            mode=mode,
            is_joint=is_joint,
            answers=[(one, draw.one(words.REPLIES.get(one, words.REPLIES_ELSE))) for one in asked],
            notes=draw.one(words.NOTES),
            outcome=VisitOutcome.FIT,
            by=officer.actor,
        )
    if draw.chance(LED_TO_CHANGE):
        _complete(visit, unit, made_at, officer)


def _plan(
    year: Year,
    case: _Case,
    unit: CareUnit,
    officer: User,
    draw: Draw,
    *,
    mode: VisitForm,
    is_joint: bool,
) -> SiteVisit:
    """When the team plans its year; the day that is planned is not always the one that it is."""
    moved = timedelta(days=draw.whole(-9, 9) if draw.chance(0.3) else 0)
    with clock.frozen(at_work(PLANNED_ON, draw)):
        return visits.plan_visit(
            care_unit=unit,
            team=year.staff.teams[case.team],
            planned_on=workday(case.day + moved),
            mode=mode,
            is_joint=is_joint,
            by=officer.actor,
        )


def _complete(visit: SiteVisit, unit: CareUnit, made_at: datetime, officer: User) -> None:
    """With the register's next change of the unit, which its keepers made for the visit."""
    of_unit = RegisterChange.objects.filter(unit_id=unit.pk).values("edition")
    edition = RegisterEdition.objects.filter(pk__in=of_unit, at__gt=made_at).order_by("pk").first()
    if edition is None:
        return
    day = edition.at.astimezone(STOCKHOLM).date()
    with clock.frozen(datetime.combine(day, time(13, 15), STOCKHOLM)):
        written = SiteVisit.objects.get(pk=visit.pk)
        visits.complete_visit(
            visit_id=visit.pk,
            notes=f"{written.notes} Platser och kontaktuppgifter är ändrade i registret.",
            outcome=VisitOutcome.FIT,
            register_number=edition.pk,
            by=officer.actor,
        )


def _cancel(year: Year, case: _Case) -> None:
    draw, unit = year.draw("cancelled visit", case.unit.code), year.row(case.unit)
    team = year.staff.teams[case.team]
    officer = draw.one(year.staff.officers[team.pk])
    mode = VisitForm.ON_SITE
    visit = _plan(year, case, unit, officer, draw, mode=mode, is_joint=False)
    with clock.frozen(at_work(case.day - timedelta(days=3), draw)):
        visits.cancel_visit(visit_id=visit.pk, because=case.cancelled, by=officer.actor)
