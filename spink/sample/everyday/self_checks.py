"""Half a year of self-checks: each month checked by colleagues and locked, the last begun."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from placements import actions
from placements.actions import CheckedAs
from placements.domain.sampling import month_after
from placements.models import CheckAnswer, RecommendedUnit, SelfCheck, SelfCheckItem
from placements.queries.self_checks import handled_requests
from spink.accounts import queries as accounts
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.models import User
from spink.accounts.wall import opened_for, opened_for_job
from spink.catalogue.domain.ladder import PURCHASED, ProvisionForm
from spink.catalogue.models import CheckedPart
from spink.foundation import clock
from spink.foundation.clock import STOCKHOLM
from spink.sample.drawing import Draw
from spink.sample.everyday.stage import Stage
from spink.sample.register.document import REGISTER_BEGINS

MONTHS, SIZE, BEGUN = 6, 12, 5
DRAWN_AFTER: Final = timedelta(days=2)
SHORT: Final[dict[str, tuple[float, float]]] = {
    CheckedPart.LADDER: (0.05, 0.02),
    CheckedPart.PRICE: (0.3, 0.08),
    CheckedPart.TIMELINE: (0.35, 0.1),
    CheckedPart.DIRECT_AWARD: (0.3, 0.1),
}
"""The share with a shortcoming in the first month and the last: remarks led to closer checks."""
NOTES: Final[dict[str, tuple[str, ...]]] = {
    CheckedPart.LADDER: ("Skälet till att ramavtalet hoppades över är svårt att följa.",),
    CheckedPart.PRICE: (
        "Priset var från förra året och stämdes inte av.",
        "Det framgår inte när priset lämnades.",
    ),
    CheckedPart.TIMELINE: (
        "Det står inte varför den andra verksamheten valdes bort.",
        "Två veckor utan en rad, fast verksamheter kontaktades per telefon.",
        "Meddelandet till socialsekreteraren saknar det som kom fram i samtalet.",
    ),
    CheckedPart.DIRECT_AWARD: (
        "Bara en utförare tillfrågades.",
        "Det saknas vilka som tillfrågades innan.",
    ),
}


def self_checks(stage: Stage) -> None:
    """By the officers of Göteborg's placement function in turn."""
    officers = [one for team in stage.staff.teams.values() for one in stage.staff.officers[team.pk]]
    with opened_for_job(SystemJob.LOAD_SAMPLE):
        months = _latest_months(stage)
    for number, month in enumerate(months):
        _month(stage, month, number, officers)


def _latest_months(stage: Stage) -> list[date]:
    """The last of the past in which requests ended: history is of years that are given."""
    handled = handled_requests(
        stage.staff.function.pk, since=REGISTER_BEGINS, before=stage.now.date().replace(day=1)
    )
    found = handled.datetimes("ended_at", "month", order="DESC")
    return [moment.date() for moment in found[:MONTHS]][::-1]


def _month(stage: Stage, month: date, number: int, officers: Sequence[User]) -> None:
    by = officers[number % len(officers)]
    day = month_after(month) + DRAWN_AFTER
    at = min(datetime.combine(day, time(9, 10), STOCKHOLM), stage.now)
    draw = stage.draw("self-check", month)
    with opened_for(accounts.reach_of_user(by)), clock.frozen(at):
        check = actions.draw_self_check(
            function_id=stage.staff.function.pk, month=month, size=SIZE, by=by.actor
        )
        is_last = number == MONTHS - 1
        items = list(check.items.all())
        for item in items[:BEGUN] if is_last else items:
            _check(item, check, officers, number / (MONTHS - 1), draw)
        if not is_last:
            actions.lock_self_check(check_id=check.pk, by=by.actor, version=check.version)


def _check(
    item: SelfCheckItem, check: SelfCheck, officers: Sequence[User], part: float, draw: Draw
) -> None:
    """By a colleague; `part` says how far into the half year it is, from 0 to 1."""
    colleagues = [one for one in officers if one.pk not in item.handlers]
    sent = RecommendedUnit.objects.filter(recommendation__request=item.request_id)
    forms = set(sent.values_list("provision_form", flat=True))
    answers = {one.pk: _answer(one.about, forms, part, draw) for one in check.questions.all()}
    actions.check_request(
        item_id=item.pk, answers=answers, by=draw.one(colleagues).actor, version=0
    )


def _answer(about: str, forms: set[str], part: float, draw: Draw) -> CheckedAs:
    is_about: dict[str, bool] = {
        CheckedPart.LADDER: bool(forms),
        CheckedPart.PRICE: bool(forms & PURCHASED),
        CheckedPart.DIRECT_AWARD: ProvisionForm.DIRECT_AWARD in forms,
    }
    first, last = SHORT.get(about, (0.0, 0.0))
    is_short = draw.chance(first + (last - first) * part)
    if not is_about.get(about, True):
        return CheckedAs(CheckAnswer.NOT_APPLICABLE)
    if is_short:
        return CheckedAs(CheckAnswer.NO, draw.one(NOTES[about]))
    return CheckedAs(CheckAnswer.YES)
