"""Who decides which stop: one table, for the form that explains it and the action that holds it.

Source: domain README, "The register and the control of providers". Spink may stop recommending
those that it buys from by direct award; INK owns the framework agreements and decides order stops.
A pause and an unpublishing close the framework as well, so there INK decides, too.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from providers.domain.register.unit_document import RUNG_BIT, closed_by
from spink.catalogue.domain.ladder import LADDER, ProvisionForm

INK = "Inköps- och upphandlingsförvaltningen (INK)"


class Ruling(StrEnum):
    SPINK_DECIDES = "spink_decides"
    INK_DECIDES = "ink_decides"
    """Recorded here, with the reference and the day of INK's decision."""
    NOT_BY_DIRECT_AWARD = "not_by_direct_award"
    NOT_ON_FRAMEWORK = "not_on_framework"
    NOT_ONES_TASK = "not_ones_task"
    """For whoever does not keep the register."""


REFUSED = frozenset({Ruling.NOT_BY_DIRECT_AWARD, Ruling.NOT_ON_FRAMEWORK, Ruling.NOT_ONES_TASK})


def ruling(kind: str, forms: Collection[ProvisionForm]) -> Ruling:
    """`forms` are the rungs on which the units that the stop would reach stand, or will stand."""
    on_framework = ProvisionForm.FRAMEWORK in forms
    if kind == "recommendation_stop":
        by_award = ProvisionForm.DIRECT_AWARD in forms
        return Ruling.SPINK_DECIDES if by_award else Ruling.NOT_BY_DIRECT_AWARD
    if kind == "order_stop":
        return Ruling.INK_DECIDES if on_framework else Ruling.NOT_ON_FRAMEWORK
    return Ruling.INK_DECIDES if on_framework else Ruling.SPINK_DECIDES


def rungs_closed_by(kind: str) -> list[ProvisionForm]:
    """Those on which nobody is to be had while a stop of the kind holds, in the ladder's order."""
    return [form for form in LADDER if closed_by(kind) & RUNG_BIT[form]]


@dataclass(frozen=True, slots=True)
class InksDecision:
    reference: str
    day: date


class StopRefused(Exception):
    """`why` is what the table says; INK_DECIDES where the decision is missing or is to come."""

    def __init__(self, why: Ruling) -> None:
        super().__init__(why.value)
        self.why = why


def check_lift(inks_stop: bool, decision: InksDecision | None, *, today: date) -> None:
    """Whoever decided it decides that it is over. Raises StopRefused."""
    if inks_stop and not _is_given(decision, today):
        raise StopRefused(Ruling.INK_DECIDES)


def _is_given(decision: InksDecision | None, today: date) -> bool:
    return decision is not None and bool(decision.reference.strip()) and decision.day <= today


def check(
    kind: str,
    forms: Collection[ProvisionForm],
    decision: InksDecision | None,
    *,
    today: date,
) -> Ruling:
    """Raises StopRefused."""
    why = ruling(kind, forms)
    if why in REFUSED:
        raise StopRefused(why)
    if why is Ruling.INK_DECIDES and not _is_given(decision, today):
        raise StopRefused(why)
    return why
