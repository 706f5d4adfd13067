"""What a recommendation may name, when it passes a rung, and why a purchase is a direct award."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from placements.domain.values import Answer
from spink.catalogue.domain.ladder import LADDER, ProvisionForm


@dataclass(frozen=True, slots=True)
class Offer:
    """The ladder as it was matched: candidates by rung in their order, and what was answered.

    `answers` holds each unit's latest answer. `full_higher` says that units were kept off the
    rungs before the last only because they have no free place, `ranks` those of ranked agreements.
    """

    candidates: Mapping[ProvisionForm, Sequence[str]]
    answers: Mapping[str, Answer]
    full_higher: bool = False
    own_share_reached: bool = False
    ranks: Mapping[str, int] = field(default_factory=dict)

    def rung_of(self, unit: str) -> ProvisionForm | None:
        for form, units in self.candidates.items():
            if unit in units:
                return form
        return None

    def widened(self, excepted: Mapping[str, ProvisionForm]) -> "Offer":
        """With excepted units, each after the candidates of the rung where it would stand."""
        wider = {form: list(units) for form, units in self.candidates.items()}
        for unit, form in excepted.items():
            wider[form].append(unit)
        return replace(self, candidates=wider)

    @property
    def forms(self) -> tuple[ProvisionForm, ...]:
        return tuple(form for form in LADDER if form in self.candidates)


class CannotRecommend(Exception):
    """`code` names the rule, `unit` the unit that it is about."""

    def __init__(self, code: str, unit: str = "") -> None:
        super().__init__(f"{code} {unit}".strip())
        self.code = code
        self.unit = unit


def in_ladder_order(chosen: Sequence[str], offer: Offer) -> list[tuple[str, ProvisionForm]]:
    """The chosen units with their rungs, in the order of the ladder.

    Raises CannotRecommend: `nothing_chosen`, `not_a_candidate`, `answered_no`.
    """
    if not chosen:
        raise CannotRecommend("nothing_chosen")
    for unit in chosen:
        if offer.rung_of(unit) is None:
            raise CannotRecommend("not_a_candidate", unit)
        if offer.answers.get(unit) is Answer.NO:
            raise CannotRecommend("answered_no", unit)
    wanted = set(chosen)
    return [
        (unit, form) for form in offer.forms for unit in offer.candidates[form] if unit in wanted
    ]


Chosen = Sequence[tuple[str, ProvisionForm]]


@dataclass(frozen=True, slots=True)
class Passed:
    """What comes before the chosen and was not used: whole rungs, and units by their ranking."""

    rungs: tuple[ProvisionForm, ...]
    units: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.rungs or self.units)


def passed_over(chosen: Sequence[str], offer: Offer) -> Passed:
    """What a recommendation passes, for which it must give a reason.

    Sources: the fixed order of the ladder; a framework with a ranking is called off in that order.
    Nothing is passed that has answered no. Raises CannotRecommend as `in_ladder_order`.
    """
    in_order = in_ladder_order(chosen, offer)
    return Passed(_passed_rungs(in_order, offer), _passed_units(in_order, offer))


def _passed_rungs(in_order: Chosen, offer: Offer) -> tuple[ProvisionForm, ...]:
    """Rungs with a unit that could be used, before the last that is recommended.

    A rung of which a unit is recommended beside is passed by a direct award all the same. Own units
    are not passed where a decided split gives the next assignment to external ones (domain: Bostad
    först 50/50).
    """
    used = {form for _, form in in_order}
    last = in_order[-1][1]
    return tuple(
        form
        for form in offer.forms
        if LADDER.index(form) < LADDER.index(last)
        and (form not in used or last is ProvisionForm.DIRECT_AWARD)
        and _could_be_used(form, offer)
    )


def _passed_units(in_order: Chosen, offer: Offer) -> tuple[str, ...]:
    """Those of a framework that are ranked before a recommended one and are not recommended."""
    chosen = {unit for unit, _ in in_order}
    last = max((offer.ranks[unit] for unit in chosen & offer.ranks.keys()), default=0)
    return tuple(
        unit
        for unit in offer.candidates.get(ProvisionForm.FRAMEWORK, ())
        if unit not in chosen and offer.ranks.get(unit, last) < last and _is_left(unit, offer)
    )


def _could_be_used(form: ProvisionForm, offer: Offer) -> bool:
    if form is ProvisionForm.IN_HOUSE and offer.own_share_reached:
        return False
    return any(_is_left(unit, offer) for unit in offer.candidates[form])


def _is_left(unit: str, offer: Offer) -> bool:
    return offer.answers.get(unit) is not Answer.NO


def direct_award_reason(offer: Offer, *, skipped_rung_reason: str) -> str:
    """The coded reason that every direct award carries, derived from the outcome.

    Source: leaving a binding framework can be breach of contract, so the file says why it was left.
    """
    higher = [form for form in offer.forms if form is not ProvisionForm.DIRECT_AWARD]
    if skipped_rung_reason:
        return "skipped_with_reason"
    units = [unit for form in higher for unit in offer.candidates[form]]
    if any(_is_left(unit, offer) for unit in units):
        return "own_share_reached"
    if units:
        return "all_answered_no"
    if ProvisionForm.FRAMEWORK not in higher:
        return "no_framework_exists"
    return "no_free_place" if offer.full_higher else "no_fitting_unit"
