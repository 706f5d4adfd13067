"""What a recommendation may name, when it passes a rung, and why a purchase is a direct award."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from placements.domain.values import Answer
from spink.catalogue.domain.ladder import LADDER, ProvisionForm


@dataclass(frozen=True, slots=True)
class Offer:
    """The ladder as it was matched: candidates by rung in their order, and what was answered.

    `answers` holds each unit's latest answer. `full_higher` says that units were kept off the
    rungs before the last only because they have no free place.
    """

    candidates: Mapping[ProvisionForm, Sequence[str]]
    answers: Mapping[str, Answer]
    full_higher: bool = False
    own_share_reached: bool = False

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


def passed_rungs(chosen: Sequence[str], offer: Offer) -> tuple[ProvisionForm, ...]:
    """Rungs that have a fitting unit and come before a chosen one, but have none chosen.

    A rung is not passed where every unit of it has answered no, and own units are not passed
    where a decided split gives the next assignment to external ones (domain: Bostad först 50/50).
    """
    forms = [form for _, form in in_ladder_order(chosen, offer)]
    lowest = LADDER.index(forms[-1])
    return tuple(
        form
        for form in offer.forms
        if LADDER.index(form) < lowest and form not in forms and _could_be_used(form, offer)
    )


def _could_be_used(form: ProvisionForm, offer: Offer) -> bool:
    if form is ProvisionForm.IN_HOUSE and offer.own_share_reached:
        return False
    return any(offer.answers.get(unit) is not Answer.NO for unit in offer.candidates[form])


def direct_award_reason(offer: Offer, *, skipped_rung_reason: str) -> str:
    """The coded reason that every direct award carries, derived from the outcome.

    Source: leaving a binding framework can be breach of contract, so the file says why it was left.
    """
    higher = [form for form in offer.forms if form is not ProvisionForm.DIRECT_AWARD]
    if skipped_rung_reason:
        return "skipped_with_reason"
    if any(offer.candidates[form] for form in higher):
        return "all_answered_no"
    if ProvisionForm.FRAMEWORK not in higher:
        return "no_framework_exists"
    return "no_free_place" if offer.full_higher else "no_fitting_unit"
