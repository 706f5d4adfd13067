"""May this person do this now? `check_can_x` raises with the reason, `can_x` is for templates."""

from django.utils.translation import gettext_lazy as _

from placements.domain.deviations import may_handle_deviation
from placements.domain.lifecycle import EDITABLE, ENDED, TRANSITIONS, Side, State, Step, is_possible
from placements.models import Attachment, Person, PlacementRequest, ProcessDeviation
from spink.accounts.domain.capabilities import Capability
from spink.accounts.domain.reach import Reach
from spink.accounts.policies import NotAllowed, can, check_can
from spink.foundation.actor import Actor


def sides_of(reach: Reach, request: PlacementRequest) -> frozenset[Side]:
    """The sides of the request on which the reader may act; none for one who only reads it."""
    filing = (
        request.unit_id in reach.filing_unit_ids
        or request.municipality_id in reach.duty_municipality_codes
    )
    placing = (
        request.submitted_at is not None
        and request.placement_function_id in reach.placement_function_ids
    )
    return frozenset(
        side for side, holds in ((Side.FILING, filing), (Side.PLACING, placing)) if holds
    )


def check_can_file(reach: Reach) -> None:
    if not reach.filing_unit_ids:
        raise NotAllowed(_("Only social workers file placement requests."))


def can_file(reach: Reach) -> bool:
    return bool(reach.filing_unit_ids)


def check_can_take_step(step: Step, request: PlacementRequest, reach: Reach) -> None:
    """The reader stands on the side that takes the step, and the request is in a state for it."""
    if TRANSITIONS[step].side not in sides_of(reach, request):
        raise NotAllowed(_("This step is taken by the other side of the request."))
    if not is_possible(step, State(request.state)):
        raise NotAllowed(_("The request is in a state in which this cannot be done."))


def can_take_step(step: Step, request: PlacementRequest, reach: Reach) -> bool:
    try:
        check_can_take_step(step, request, reach)
    except NotAllowed:
        return False
    return True


def check_can_edit_draft(request: PlacementRequest, reach: Reach) -> None:
    if Side.FILING not in sides_of(reach, request):
        raise NotAllowed(_("Only the unit's own social workers edit its drafts."))
    if request.state not in EDITABLE:
        raise NotAllowed(_("The request has been sent and can no longer be edited."))


def check_can_edit_person(request: PlacementRequest, reach: Reach) -> None:
    """What may not be seen is not written over either."""
    check_can_edit_draft(request, reach)
    if request.person is not None and not may_see_identity(request.person, request, reach):
        raise NotAllowed(_("Only the one who began this request may see whom it concerns."))


def check_can_add_child(request: PlacementRequest, reach: Reach) -> None:
    check_can_act_for_filer(request, reach)
    if request.state in ENDED:
        raise NotAllowed(_("The request has ended: begin a new one."))


def check_can_link(request: PlacementRequest, reach: Reach) -> None:
    if not sides_of(reach, request):
        raise NotAllowed(_("Only those who file or match the request link it with others."))


def check_can_match(request: PlacementRequest, reach: Reach) -> None:
    """Officers of the placement function that the request was sent to, as long as it is open."""
    if Side.PLACING not in sides_of(reach, request):
        raise NotAllowed(_("Only the placement function that has the request matches it."))


def check_can_act_for_filer(request: PlacementRequest, reach: Reach) -> None:
    """Social workers of the unit that files it; the request's state is asked when they act."""
    if Side.FILING not in sides_of(reach, request):
        raise NotAllowed(_("Only the unit's own social workers do this."))


def check_can_complain(request: PlacementRequest, reach: Reach) -> None:
    """About a provider, by reason of a request of the own unit."""
    check_can(reach, Capability.FILE_COMPLAINT)
    if request.unit_id not in reach.filing_unit_ids:
        raise NotAllowed(_("Only the unit's own social workers do this."))
    if request.state == State.DRAFT:
        raise NotAllowed(_("A draft has met no provider yet."))


def can_complain(request: PlacementRequest, reach: Reach) -> bool:
    try:
        check_can_complain(request, reach)
    except NotAllowed:
        return False
    return True


def can_follow_complaints(request: PlacementRequest, reach: Reach) -> bool:
    return can(reach, Capability.FOLLOW_COMPLAINTS) and request.unit_id in reach.unit_ids


def check_can_remark(request: PlacementRequest, reach: Reach) -> None:
    """On how a request that one sees has been handled."""
    check_can(reach, Capability.FILE_DEVIATION)
    if request.state == State.DRAFT:
        raise NotAllowed(_("A draft has not been handled yet."))


def can_remark(request: PlacementRequest, reach: Reach) -> bool:
    return can(reach, Capability.FILE_DEVIATION) and request.state != State.DRAFT


def may_handle(deviation: ProcessDeviation, user_id: int | None) -> bool:
    return may_handle_deviation(
        user_id, filed_by_id=deviation.filed_by_id, handlers=deviation.handlers
    )


def check_may_handle_deviation(deviation: ProcessDeviation, by: Actor) -> None:
    if not may_handle(deviation, by.user_id):
        raise NotAllowed(
            _("You have filed it yourself, or it is about your own work: somebody else handles it.")
        )


def check_can_write(request: PlacementRequest, reach: Reach) -> None:
    if not sides_of(reach, request):
        raise NotAllowed(_("Only those who file or match the request write on it."))
    if request.state == State.DRAFT:
        raise NotAllowed(_("A draft has no timeline yet."))


def can_write(request: PlacementRequest, reach: Reach) -> bool:
    return bool(sides_of(reach, request)) and request.state != State.DRAFT


def attaching_side(request: PlacementRequest, reach: Reach) -> Side:
    """The side on which the reader hands in documents. Raises NotAllowed."""
    sides = sides_of(reach, request)
    if not sides:
        raise NotAllowed(_("Only those who file or match the request add documents to it."))
    if request.state in ENDED:
        raise NotAllowed(_("The request has ended: no document is added to it any more."))
    return Side.FILING if Side.FILING in sides else Side.PLACING


def can_attach(request: PlacementRequest, reach: Reach) -> bool:
    return bool(sides_of(reach, request)) and request.state not in ENDED


def check_can_see_attachments(request: PlacementRequest, reach: Reach) -> None:
    if request.state == State.DRAFT and Side.FILING not in sides_of(reach, request):
        raise NotAllowed(_("A draft is opened by those who file it."))


def can_take_back(attachment: Attachment, request: PlacementRequest, reach: Reach) -> bool:
    """Of a draft, whoever added it; after that the side that it came from, with a reason."""
    if request.state == State.DRAFT:
        return attachment.added_by_id == reach.user_id
    return Side(attachment.side) in sides_of(reach, request)


def check_can_take_back(attachment: Attachment, request: PlacementRequest, reach: Reach) -> None:
    if not can_take_back(attachment, request, reach):
        raise NotAllowed(_("A document is taken back by those who added it."))


def may_see_identity(person: Person, request: PlacementRequest, reach: Reach) -> bool:
    """A protected person's name, number and address are for the filing social worker alone."""
    return not person.is_protected or request.created_by_id == reach.user_id


def check_can_begin_acute(reach: Reach) -> None:
    if not reach.is_on_duty:
        raise NotAllowed(_("Only out-of-hours workers on duty place out of hours."))


def check_can_place_acute(request: PlacementRequest, reach: Reach) -> None:
    """On duty in the municipality; the request's state and the hour are asked when it is placed."""
    if request.municipality_id not in reach.duty_municipality_codes:
        raise NotAllowed(_("Only out-of-hours workers on duty place out of hours."))


def can_place_acute(request: PlacementRequest, reach: Reach) -> bool:
    on_duty = request.municipality_id in reach.duty_municipality_codes
    return on_duty and is_possible(Step.PLACE_ACUTE, State(request.state))


def check_can_follow_decisions(reach: Reach) -> None:
    """Social workers and managers of units; the placing side reads no decisions as such."""
    if not can_follow_decisions(reach):
        raise NotAllowed(_("Only social workers and unit managers follow their unit's decisions."))


def can_follow_decisions(reach: Reach) -> bool:
    return bool(reach.unit_ids)


def check_can_explain_delay(request: PlacementRequest, reach: Reach) -> None:
    if not can_explain_delay(request, reach):
        raise NotAllowed(_("Only the unit's own social workers do this."))


def can_explain_delay(request: PlacementRequest, reach: Reach) -> bool:
    return request.unit_id in reach.filing_unit_ids
