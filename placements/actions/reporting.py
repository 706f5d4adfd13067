"""The social worker reports back: which unit was chosen, or that none was, and why."""

from placements.actions import stepping
from placements.actions.handling import end
from placements.domain.lifecycle import Step
from placements.domain.reporting import reason_kind
from placements.domain.values import Result
from placements.models import OutcomeFeedback, PlacementRequest, RecommendedUnit
from placements.queries.stops import closing_stop_of
from providers import queries as register_queries
from spink.catalogue.domain.ladder import PURCHASED, ProvisionForm
from spink.foundation import clock
from spink.foundation.actor import Actor


class ReasonNeeded(Exception):
    """The choice asks for a coded reason of this kind."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class UnknownUnit(Exception):
    """No such unit in the register."""


class StoppedUnit(Exception):
    """The unit is stopped: choosing it all the same takes a word of one's own."""


def report_outcome(
    *,
    request_id: int,
    unit_code: str = "",
    reason: str = "",
    text: str = "",
    asks_new_match: bool = False,
    despite_stop: bool = False,
    by: Actor,
    version: int | None = None,
) -> OutcomeFeedback:
    """Report the choice; an empty unit code means that none was chosen.

    That closes the request, or sends it back for a new match. The placing department decides where
    the placement is made, a stopped unit too: `despite_stop` says that it knows of the stop, and
    `text` why. Raises ReasonNeeded, UnknownUnit, StoppedUnit, StepNotAllowed, Outdated.
    """
    step = _step(unit_code, asks_new_match)
    with stepping.taking_step(step, request_id=request_id, by=by, version=version) as change:
        recommended = standing_units(change.request)
        kind = reason_kind(
            unit_code,
            {code: ProvisionForm(unit.provision_form) for code, unit in recommended.items()},
        )
        if kind and not reason:
            raise ReasonNeeded(kind)
        feedback = _feedback(change.request, recommended, unit_code)
        feedback.reason = reason if kind else ""
        feedback.text = text
        feedback.asks_new_match = asks_new_match
        stop = _stop_of(change.request, feedback)
        if stop and not (despite_stop and text.strip()):
            raise StoppedUnit(unit_code)
        feedback.reported_by_id = by.user_id
        feedback.save()
        _conclude(change, feedback, kind, by)
        if stop:
            change.facts["despite_stop"] = True
            change.details["despite_stop"] = stop.stop_id
    return feedback


def standing_units(request: PlacementRequest) -> dict[str, RecommendedUnit]:
    """Units of recommendations, neither withdrawn nor stopped, by code; the newest word counts."""
    units = RecommendedUnit.objects.filter(
        recommendation__request=request, recommendation__withdrawn_at=None, stopped_at=None
    ).order_by("recommendation__number")
    return {unit.unit_code: unit for unit in units}


def _stop_of(
    request: PlacementRequest, feedback: OutcomeFeedback
) -> register_queries.ClosingStop | None:
    if not feedback.unit_code:
        return None
    form = feedback.provision_form if feedback.was_recommended else None
    return closing_stop_of(request, feedback.unit_code, form=form)


def _step(unit_code: str, asks_new_match: bool) -> Step:
    if unit_code:
        return Step.REPORT_CHOSEN
    return Step.ASK_NEW_MATCH if asks_new_match else Step.REPORT_NONE


def _feedback(
    request: PlacementRequest, recommended: dict[str, RecommendedUnit], unit_code: str
) -> OutcomeFeedback:
    feedback = OutcomeFeedback(request=request, reported_at=clock.now())
    if not unit_code:
        feedback.result = Result.NONE_CHOSEN
        return feedback
    feedback.result = Result.CHOSEN
    feedback.unit_code = unit_code
    unit = recommended.get(unit_code)
    if unit is None:
        feedback.unit_name = _name_in_register(unit_code)
        return feedback
    feedback.was_recommended = True
    feedback.unit_name = unit.unit_name
    feedback.provision_form = unit.provision_form
    return feedback


def _name_in_register(unit_code: str) -> str:
    found = register_queries.named_units([unit_code])
    if unit_code not in found:
        raise UnknownUnit(unit_code)
    return found[unit_code].name


def _conclude(
    change: stepping.Change, feedback: OutcomeFeedback, kind: str | None, by: Actor
) -> None:
    change.facts = {
        "unit": feedback.unit_name,
        "reason": feedback.reason,
        "reason_kind": kind if feedback.reason else None,
    }
    change.text = feedback.text
    change.details = {"unit": feedback.unit_code, "reason": feedback.reason}
    change.request.has_purchase = _is_purchase(change.request, feedback)
    if not feedback.asks_new_match:
        end(change.request, by)


def _is_purchase(request: PlacementRequest, feedback: OutcomeFeedback) -> bool:
    """Who buys for the department sees the request from the recommendation on, and no longer once
    nothing is bought. Of a unit that was not recommended the rung is not known."""
    if feedback.result == Result.NONE_CHOSEN:
        return False
    if not feedback.provision_form:
        return request.has_purchase
    return feedback.provision_form in PURCHASED
