"""How a request of the past was handled: matched in the register as it was, asked, recommended,
reported back. Pure: the same lots give the same story.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from placements.domain.due import due_of, feedback_due_on
from placements.domain.recommending import Offer, direct_award_reason, passed_over
from placements.domain.reporting import reason_kind
from placements.domain.values import Answer, Urgency
from placements.domain.working_time import Office
from placements.matching import Outcome
from spink.catalogue.domain.ladder import PURCHASED, ProvisionForm
from spink.foundation.clock import STOCKHOLM
from spink.sample.drawing import Draw
from spink.sample.requests.calendar import office_time_after
from spink.sample.requests.plan import Planned

OFFICE: Final = Office()
WITHDRAWN: Final = 0.03
ASKS_INFORMATION: Final = 0.1
SKIPS: Final = 0.05
"""The share in which a rung with a fitting unit is passed, with a coded reason."""
SAYS_NO: Final = {ProvisionForm.IN_HOUSE: 0.42, ProvisionForm.DIRECT_AWARD: 0.12}
SAYS_NO_ELSE: Final = 0.22
SAYS_LATER: Final = 0.06
RESULTS: Final = {"first": 0.74, "later": 0.11, "other": 0.03, "none": 0.12}
REASONS: Final = {
    "none_chosen": {
        "client_declined": 4.0,
        "no_place_after_all": 2.0,
        "need_changed": 2.0,
        "solved_otherwise": 2.0,
        "does_not_fit": 1.0,
        "decision_revoked": 0.5,
        "price": 0.3,
    },
    "other_chosen": {"client_wish": 3.0, "place_found_elsewhere": 3.0, "recommended_said_no": 2.0},
    "lower_rung_chosen": {
        "higher_rung_full": 3.0,
        "higher_rung_declined": 3.0,
        "client_wish": 2.0,
        "better_fit": 2.0,
    },
    "withdrawn": {"solved_otherwise": 4.0, "client_declined": 3.0, "need_changed": 2.0},
    "skipped_rung": {
        "no_answer": 2.0,
        "closer_to_network": 2.0,
        "continuity": 2.0,
        "safety": 1.0,
        "competence": 2.0,
        "group_composition": 1.0,
        "earlier_breakdown": 1.0,
    },
}
LONGEST_ASKED: Final = 4

Rungs = list[dict[str, Any]]


@dataclass(frozen=True)
class Inquiry:
    unit: str
    form: ProvisionForm
    asked_at: datetime
    answered_at: datetime
    answer: Answer
    place_from: date | None = None


@dataclass(frozen=True)
class Recommended:
    sent_at: datetime
    units: tuple[tuple[str, ProvisionForm], ...]
    skipped_rung_reason: str
    direct_award_reason: str


@dataclass(frozen=True)
class Reported:
    at: datetime
    unit: str
    form: ProvisionForm | None
    was_recommended: bool
    reason: str
    reason_kind: str


@dataclass
class Handled:
    """`recommended` None: it was withdrawn, for `withdrawal_reason`."""

    planned: Planned
    taken_at: datetime
    asked_information_at: datetime | None
    due_at: datetime
    due_hours: int
    recommend_at: datetime
    inquiries: list[Inquiry] = field(default_factory=list)
    recommended: Recommended | None = None
    reported: Reported | None = None
    ended_at: datetime | None = None
    withdrawal_reason: str = ""

    @property
    def matched_on(self) -> date:
        return self.recommend_at.astimezone(STOCKHOLM).date()

    @property
    def feedback_due_on(self) -> date | None:
        return feedback_due_on(self.matched_on, OFFICE) if self.recommended else None

    @property
    def has_purchase(self) -> bool:
        if self.withdrawal_reason:
            return False
        if self.reported:
            return self.reported.form in PURCHASED
        forms = [form for _, form in self.recommended.units] if self.recommended else []
        return bool(PURCHASED.intersection(forms))


HOURS_UNTIL_TAKEN: Final = {
    Urgency.ACUTE: (0.05, 0.6),
    Urgency.SOON: (0.2, 3.0),
    Urgency.PLANNED: (0.5, 9.0),
}
HOURS_TO_WORK: Final = {
    Urgency.ACUTE: (0.5, 3.4),
    Urgency.SOON: (1.0, 8.5),
    Urgency.PLANNED: (4.0, 36.0),
}


def taken(planned: Planned, draw: Draw) -> Handled:
    """The times until the recommendation, most of them before it is due."""
    urgency = planned.asked.urgency
    due = due_of(planned.sent_at, urgency, OFFICE)
    taken_at = office_time_after(planned.sent_at, draw.between(*HOURS_UNTIL_TAKEN[urgency]))
    asks = draw.chance(ASKS_INFORMATION)
    work = draw.between(*HOURS_TO_WORK[urgency]) + (draw.between(1, 9) if asks else 0)
    return Handled(
        planned=planned,
        taken_at=taken_at,
        asked_information_at=office_time_after(taken_at, 0.3) if asks else None,
        due_at=due.at,
        due_hours=due.hours,
        recommend_at=office_time_after(taken_at, work),
    )


def conclude(
    handled: Handled, outcome: Outcome, rungs: Rungs, *, own_share_reached: bool, draw: Draw
) -> Handled:
    """Decide by the outcome what was asked, recommended and chosen; `rungs` are its document's."""
    candidates = {
        ProvisionForm(rung["provision_form"]): [unit["unit"] for unit in rung["candidates"]]
        for rung in rungs
    }
    if draw.chance(WITHDRAWN) or not any(candidates.values()):
        return _withdraw(handled, draw)
    first = _first_rung(candidates, own_share_reached, draw)
    handled.inquiries = _ask(handled, candidates, first, draw)
    offer = Offer(
        candidates=candidates,
        answers={one.unit: one.answer for one in handled.inquiries},
        own_share_reached=own_share_reached,
    )
    units = _chosen(handled.inquiries, offer, draw)
    if not units:
        return _withdraw(handled, draw)
    if units[-1][1] is ProvisionForm.DIRECT_AWARD:
        offer = replace(offer, full_higher=_full_higher(outcome))
    handled.recommended = _recommend(handled, units, offer, draw)
    handled.reported = _report(handled, handled.recommended, offer, draw)
    handled.ended_at = handled.reported.at
    return handled


def _full_higher(outcome: Outcome) -> bool:
    near: Any = outcome.to_dict("near")["excluded"]
    return any(one["reasons"] == ["no_free_place"] for one in near)


def _withdraw(handled: Handled, draw: Draw) -> Handled:
    handled.withdrawal_reason = draw.weighted(REASONS["withdrawn"])
    handled.ended_at = office_time_after(handled.recommend_at, 0.5)
    return handled


def _first_rung(
    candidates: dict[ProvisionForm, list[str]], own_share_reached: bool, draw: Draw
) -> int:
    """The number of the first rung that is used, among those that have a candidate."""
    forms = [form for form, units in candidates.items() if units]
    if own_share_reached and forms[0] is ProvisionForm.IN_HOUSE and len(forms) > 1:
        return 1
    return 1 if len(forms) > 1 and draw.chance(SKIPS) else 0


def _ask(
    handled: Handled, candidates: dict[ProvisionForm, list[str]], first: int, draw: Draw
) -> list[Inquiry]:
    """Rung by rung, in order, until two have said yes or all of them have answered."""
    forms = [form for form, units in candidates.items() if units][first:]
    asked: list[Inquiry] = []
    for form in forms:
        for unit in candidates[form][:LONGEST_ASKED]:
            asked.append(_inquiry(handled, unit, form, draw))
            if sum(one.answer is not Answer.NO for one in asked) == (1 if draw.chance(0.5) else 2):
                return asked
        if any(one.answer is not Answer.NO for one in asked):
            break
        if len(candidates[form]) > LONGEST_ASKED:
            break
    return asked


def _inquiry(handled: Handled, unit: str, form: ProvisionForm, draw: Draw) -> Inquiry:
    between = (handled.recommend_at - handled.taken_at) / 2
    asked_at = handled.taken_at + between
    answered_at = asked_at + between * draw.between(0.2, 0.9)
    lot, no = draw.part(), SAYS_NO.get(form, SAYS_NO_ELSE)
    if lot < no:
        return Inquiry(unit, form, asked_at, answered_at, Answer.NO)
    if lot < no + SAYS_LATER:
        later = handled.planned.asked.wanted_start + timedelta(days=draw.whole(2, 14))
        return Inquiry(unit, form, asked_at, answered_at, Answer.LATER, later)
    return Inquiry(unit, form, asked_at, answered_at, Answer.YES)


def _chosen(
    inquiries: Sequence[Inquiry], offer: Offer, draw: Draw
) -> tuple[tuple[str, ProvisionForm], ...]:
    """Those that can take the person; where all asked said no, the next that was not asked."""
    can = [(one.unit, one.form) for one in inquiries if one.answer is not Answer.NO]
    if can:
        return tuple(can[:3])
    asked = {one.unit for one in inquiries}
    for form in offer.forms:
        left = [unit for unit in offer.candidates[form] if unit not in asked]
        if left and form in {one.form for one in inquiries}:
            return tuple((unit, form) for unit in left[: draw.whole(1, 2)])
    return ()


def _recommend(
    handled: Handled,
    units: tuple[tuple[str, ProvisionForm], ...],
    offer: Offer,
    draw: Draw,
) -> Recommended:
    passed = passed_over([unit for unit, _ in units], offer)
    reason = draw.weighted(REASONS["skipped_rung"]) if passed else ""
    forms = {form for _, form in units}
    award = (
        direct_award_reason(offer, skipped_rung_reason=reason)
        if ProvisionForm.DIRECT_AWARD in forms
        else ""
    )
    return Recommended(handled.recommend_at, units, reason, award)


def _report(handled: Handled, sent: Recommended, offer: Offer, draw: Draw) -> Reported:
    at = office_time_after(handled.recommend_at, draw.between(0.5, 22.0))
    result = draw.weighted(RESULTS)
    recommended = dict(sent.units)
    unit, form = "", None
    if result == "other":
        unit, form = _other(recommended, offer, draw)
    elif result == "later":
        unit, form = sent.units[-1]
    elif result == "first":
        unit, form = sent.units[0]
    kind = reason_kind(unit, recommended) or ""
    reason = draw.weighted(REASONS[kind]) if kind else ""
    return Reported(at, unit, form, unit in recommended, reason, kind)


def _other(
    recommended: dict[str, ProvisionForm], offer: Offer, draw: Draw
) -> tuple[str, ProvisionForm | None]:
    """A unit that was not recommended; none where there is no other."""
    others = [
        (unit, form)
        for form in offer.forms
        for unit in offer.candidates[form]
        if unit not in recommended
    ]
    return draw.one(others) if others else ("", None)
