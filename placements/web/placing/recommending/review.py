"""What is about to be recommended, as the social worker will read it, and what hinders it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from placements.actions.recommending import unit_row
from placements.domain import recommending
from placements.domain.recommending import CannotRecommend, Passed
from placements.domain.recommending import Offer as Offered
from placements.matching import Reason
from placements.models import PlacementRequest, RecommendedUnit
from placements.queries import excepting
from placements.queries.matching import offer_of
from placements.web.placing.match.differing import reasons_text
from placements.web.placing.match.reading import Chosen, Reading, facts_of, match_of
from placements.web.placing.match.units import Facts
from placements.web.placing.recommending.excepting import AskedFor, exceptions_asked_for
from placements.web.shared.recommendations import Offer, offers_of
from spink.catalogue.domain.ladder import ProvisionForm
from spink.catalogue.wording import rung_name


@dataclass(frozen=True, slots=True)
class Review:
    """`problems` keep the recommendation from being sent; `passed` are the rungs passed,
    `passed_units` those that a ranking puts before a chosen one."""

    reading: Reading
    facts: Facts
    offers: list[Offer]
    problems: list[str]
    passed: list[str]
    passed_units: list[str]
    has_direct_award: bool
    codes: list[str]
    dropped: list[str]
    """Chosen units that a stop has taken out of the draft, in words; `codes` are those left."""
    exceptions: list[AskedFor]
    """The chosen units that do not fit, and may be recommended by exception."""


def review_of(placement: PlacementRequest, wanted: Sequence[str]) -> Review:
    """Matched anew, so that the page says what holds now. Nobody stopped is left in the draft."""
    reading = match_of(placement)
    stopped = [code for code in wanted if _is_stopped(code, reading)]
    codes = [code for code in wanted if code not in stopped]
    beside = excepting.excluded_among(codes, reading.matched)
    offered = offer_of(reading.matched, placement).widened(
        {code: one.excluded.form for code, one in beside.items()}
    )
    chosen = [
        (form, beside[code].candidate if code in beside else reading.matched.candidate(code))
        for form in offered.forms
        for code in offered.candidates[form]
        if code in codes
    ]
    passed = _passed(codes, offered)
    facts = facts_of(placement, reading, chosen, [*wanted, *passed.units])
    asked = exceptions_asked_for(placement, reading, beside, facts)
    return Review(
        reading=reading,
        facts=facts,
        offers=offers_of(
            placement,
            _unsent(chosen, facts),
            {code: one.excluded.reasons for code, one in beside.items()},
        ),
        problems=[
            *_problems(codes, offered, reading, facts),
            *(one.kept_for for one in asked if one.kept_for),
        ],
        passed=[rung_name(form) for form in passed.rungs],
        passed_units=[_ranked(unit, offered, facts) for unit in passed.units],
        has_direct_award=ProvisionForm.DIRECT_AWARD in {form for form, _candidate in chosen},
        codes=codes,
        dropped=[_dropped(facts, code) for code in stopped],
        exceptions=[one for one in asked if not one.kept_for],
    )


def _is_stopped(code: str, reading: Reading) -> bool:
    row = reading.differences.row(code)
    return row is not None and Reason.STOPPED in reading.differences.reasons(row)


def _dropped(facts: Facts, code: str) -> str:
    return _("%(name)s is stopped and has been taken out.") % {"name": facts.name(code)}


def _unsent(chosen: Chosen, facts: Facts) -> list[RecommendedUnit]:
    """The rows as they would be kept; nothing is saved."""
    return [
        unit_row(
            position,
            form,
            candidate,
            facts.cards[candidate["unit"]],
            facts.prices.get(candidate["unit"]),
        )
        for position, (form, candidate) in enumerate(chosen, start=1)
    ]


def _passed(codes: Sequence[str], offered: Offered) -> Passed:
    try:
        return recommending.passed_over(codes, offered)
    except CannotRecommend:
        return Passed((), ())


def _ranked(unit: str, offered: Offered, facts: Facts) -> str:
    return _("%(name)s (rank %(rank)d)") % {"name": facts.name(unit), "rank": offered.ranks[unit]}


def _problems(codes: Sequence[str], offered: Offered, reading: Reading, facts: Facts) -> list[str]:
    """Of every chosen unit, not only of the first that is in the way."""
    found = []
    for chosen in [[code] for code in dict.fromkeys(codes)] or [[]]:
        try:
            recommending.in_ladder_order(chosen, offered)
        except CannotRecommend as problem:
            found.append(problem_text(problem, reading, facts))
    return found


def problem_text(problem: CannotRecommend, reading: Reading, facts: Facts) -> str:
    """Why it cannot be recommended, in words that name the unit and what changed."""
    card = facts.cards.get(problem.unit)
    name = card.name if card else problem.unit
    texts: Mapping[str, str] = {
        "nothing_chosen": _("Choose at least one unit on the match page"),
        "answered_no": _("%(name)s has answered no and cannot be recommended"),
        "kept_for_priority_group": _(
            "%(name)s is full and keeps its places for its priority group"
        ),
        "exception_reason": _("Choose why %(name)s is recommended by exception"),
        "exception_note": _("Write why %(name)s is recommended by exception"),
        "not_confirmed": _("Say who at %(name)s has confirmed it, and on which day"),
        "reason_needed": _("Choose why you pass those that come first"),
    }
    if problem.code in texts:
        return texts[problem.code] % {"name": name}
    why = _why_not(problem.unit, reading)
    return _("%(name)s does not fit any more. %(why)s") % {"name": name, "why": why}


def _why_not(code: str, reading: Reading) -> str:
    row = reading.differences.row(code)
    if row is None:
        return _("It does not give the service.")
    return reasons_text(reading.differences, row, reading.telling)
