"""The in-depth reviews of the year, each from what called for it to its decision.

Figures of `follow_up`: twenty-four, of which fifteen paused or removed the provider, and four
visits that something had called for, one of them at INK's request.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final

from providers.actions.control import reviews
from providers.actions.control.findings import note_finding, send_to_review
from providers.actions.control.reviews import Opening, Verdict
from providers.domain.control.facts import Severity
from providers.domain.control.review import STOPPING, Decision
from providers.models import Review
from providers.models.control.choices import VisitForm
from spink.accounts.models import User
from spink.foundation import clock
from spink.sample.control.shown import answer_to, workday
from spink.sample.control.stopping import follows_a_review, stop_unit
from spink.sample.control.themes import MILD, THEMES, Theme
from spink.sample.control.year import Telling, Year, at_work
from spink.sample.drawing import Draw
from spink.sample.register.document import is_bought_by_award
from spink.sample.register.plans import StopPlan, Unit
from spink.sample.register.stops import AUTUMN, INKS, OWN, YEAR

DECISIONS: Final = {"paused": Decision.PAUSED, "unpublished": Decision.REMOVED}
DECIDED_BEFORE: Final = timedelta(minutes=25)
"""The stop is set when it has been seen what it touches."""
FOLLOWED_UP: Final = timedelta(days=150)
FOLLOWED_UP_WITH: Final = "Bokslutet är lämnat och utan anmärkning. Vi slutar bevaka."
NOTES: Final = (
    (
        "Oanmält besök sent på kvällen. En person i tjänst, schemat säger två. Ingen kände till"
        " rutinen för händelser."
    ),
    (
        "Föreståndaren var inte på plats och nåddes inte på telefon. Tre av åtta journaler saknade"
        " anteckningar för de senaste två veckorna."
    ),
    "Två vikarier utan introduktion. Läkemedelsskåpet var olåst. Lokalerna är hela och rena.",
)
FOR_INK: Final = (
    "INK ber om ett besök efter uppgifter om bemanningen på kvällar och helger.",
    (
        "Besök tillsammans med INK. Bemanningen följer avtalet på vardagar men inte på helger."
        " Anteckningarna är överlämnade till INK."
    ),
    "Iakttagelserna är överlämnade till INK, som beslutar.",
)
QUESTION: Final = "Räcker underlaget för ett beslut, och vad ska utföraren få yttra sig över?"
VIEW: Final = (
    "Underlaget räcker. Utföraren har fått del av uppgifterna och en vecka att yttra sig. Skriv i"
    " beslutet vilka uppgifter det vilar på."
)


@dataclass(frozen=True)
class _Case:
    unit: Unit
    theme: Theme
    decision: Decision
    decided_at: datetime
    stop: StopPlan | None = None
    """The one that follows on it."""
    notes: str = ""
    """Of the visit that was made, if one was."""
    is_asked: bool = False
    """Whether the lawyer is asked."""


def tellings(year: Year) -> Iterator[Telling]:
    cases = [*_stopping(year), *_mild(year)]
    for number, case in enumerate(sorted(cases, key=lambda case: case.decided_at)):
        do = partial(_review, year, case, year.keeper(number))
        at = case.stop.decided_at if case.stop else case.decided_at
        yield Telling(at, do, changes_register=case.stop is not None)
        if case.decision is Decision.WATCHED:
            again = partial(_follow_up, year, case, year.keeper(number + 1))
            yield Telling(case.decided_at + FOLLOWED_UP, again, changes_register=False)
    asked, visit = _visit_for_ink(year)
    yield Telling(asked, visit, changes_register=False)


def _stopping(year: Year) -> Iterator[_Case]:
    """Those that a stop of the year followed on."""
    visited = iter(NOTES)
    for unit, stop in _stops_of(year):
        if not follows_a_review(stop):
            continue
        decision, is_own = DECISIONS[stop.kind], stop.reason == OWN
        yield _Case(
            unit,
            THEMES[stop.reason],
            decision,
            stop.decided_at - DECIDED_BEFORE,
            stop,
            next(visited, "") if is_own else "",
            is_asked=decision is Decision.REMOVED or is_own,
        )


def _stops_of(year: Year) -> Iterator[tuple[Unit, StopPlan]]:
    for unit in year.units:
        for stop in unit.stops:
            if stop.decided_at.year == YEAR:
                yield unit, stop


def _mild(year: Year) -> Iterator[_Case]:
    """Of providers that nothing has stopped."""
    stopped = {unit.provider.code for unit in year.units if unit.stops}
    calm = {
        unit.provider.code: unit
        for unit in year.units
        if unit.provider.code not in stopped
        and unit.provider.number
        and is_bought_by_award(unit, AUTUMN, year.seed)
    }
    draw = year.draw("reviews without a stop")
    for unit, (decision, theme) in zip(
        draw.some(list(calm.values()), len(MILD)), MILD, strict=True
    ):
        decided_at = at_work(AUTUMN + timedelta(days=draw.whole(0, 105)), draw)
        yield _Case(unit, theme, decision, decided_at)


def _review(year: Year, case: _Case, keeper: User) -> None:
    """The stop is set at the moment that the act has."""
    draw = year.draw("review", case.unit.code)
    decided = case.decided_at.date()
    opened = workday(decided - timedelta(days=draw.whole(18, 40)))
    review = _open(year, case, opened, keeper, draw)
    _check(review, case.theme, opened, keeper, draw)
    if case.notes:
        _visit(review, opened + timedelta(days=9), case.notes, keeper, draw)
    if case.is_asked:
        _ask(year, review, decided, keeper, draw)
    with clock.frozen(case.decided_at):
        _decide(review, case, keeper)
    if case.stop:
        stop_unit(case.unit, case.stop, keeper, review.pk)


def _open(year: Year, case: _Case, opened: date, keeper: User, draw: Draw) -> Review:
    theme, provider = case.theme, year.row(case.unit).provider
    finding_id = None
    at = at_work(opened, draw)
    if theme.found:
        seen = workday(opened - timedelta(days=draw.whole(1, 4)))
        severity = Severity.SERIOUS if case.decision in STOPPING else Severity.NOTICE
        with clock.frozen(at_work(seen, draw)):
            finding, _ = note_finding(
                provider_id=provider.pk,
                severity=severity,
                title=theme.found,
                link="",
                day=seen,
                by=keeper.actor,
            )
            finding_id = finding.pk
        with clock.frozen(at):
            send_to_review(finding_id=finding_id, text="", by=keeper.actor)
    with clock.frozen(at):
        checks = (*(check for check, _ in theme.failing), *theme.passing)
        opening = Opening(theme.reason, checks, finding_id)
        return reviews.open_review(provider_id=provider.pk, opening=opening, by=keeper.actor)


def _check(review: Review, theme: Theme, opened: date, keeper: User, draw: Draw) -> None:
    made = [*theme.failing, *((check, "") for check in theme.passing)]
    for check, failing in made:
        day = workday(opened + timedelta(days=draw.whole(2, 12)))
        with clock.frozen(max(at_work(day, draw), review.opened_at)):
            answer = answer_to(check, day, draw, failing)
            reviews.record_review_check(
                review_id=review.pk, check=check, answer=answer, by=keeper.actor
            )


def _visit(review: Review, day: date, notes: str, keeper: User, draw: Draw) -> None:
    day = workday(day)
    with clock.frozen(at_work(day + timedelta(days=3), draw)):
        reviews.record_visit(
            review_id=review.pk, day=day, form=VisitForm.ON_SITE, notes=notes, by=keeper.actor
        )


def _ask(year: Year, review: Review, decided: date, keeper: User, draw: Draw) -> None:
    with clock.frozen(at_work(decided - timedelta(days=5), draw)):
        reviews.ask_lawyer(review_id=review.pk, text=QUESTION, by=keeper.actor)
    with clock.frozen(at_work(decided - timedelta(days=2), draw)):
        reviews.give_legal_view(review_id=review.pk, text=VIEW, by=year.lawyer.actor)


def _decide(review: Review, case: _Case, keeper: User) -> None:
    theme = case.theme
    is_watched = case.decision is Decision.WATCHED
    verdict = Verdict(
        decision=case.decision,
        reason_codes=theme.codes,
        text=theme.verdict,
        follow_up_on=clock.today() + FOLLOWED_UP if is_watched else None,
    )
    reviews.decide_review(review_id=review.pk, verdict=verdict, by=keeper.actor)


def _follow_up(year: Year, case: _Case, keeper: User) -> None:
    provider = year.row(case.unit).provider
    review = Review.objects.get(provider=provider, decision=case.decision)
    reviews.follow_up_review(
        review_id=review.pk, text=FOLLOWED_UP_WITH, again_on=None, by=keeper.actor
    )


def _visit_for_ink(year: Year) -> tuple[datetime, Callable[[], None]]:
    """At the first of the homes whose orders INK stopped after an investigation of its own."""
    unit, stop = next((unit, stop) for unit, stop in _stops_of(year) if stop.reason == INKS)
    draw, keeper = year.draw("visit for INK"), year.keeper(0)
    asked_at = at_work(stop.decided_at.date() - timedelta(days=30), draw)

    def visit() -> None:
        reason, notes, verdict = FOR_INK
        review = reviews.open_review(
            provider_id=year.row(unit).provider_id,
            opening=Opening(reason, inks_reference=stop.inks_reference),
            by=keeper.actor,
        )
        _visit(review, asked_at.date() + timedelta(days=8), notes, keeper, draw)
        with clock.frozen(at_work(asked_at.date() + timedelta(days=12), draw)):
            reviews.decide_review(
                review_id=review.pk,
                verdict=Verdict(Decision.TOLD_INK, ("shortcomings_at_visit",), verdict),
                by=keeper.actor,
            )

    return asked_at, visit
