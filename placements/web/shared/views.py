"""The request's own page, its timeline, and writing on it: for both sides and those who read."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from placements import actions, notifications, policies, queries
from placements.domain.lifecycle import Side, State, Step
from placements.domain.standard_texts import Purpose
from placements.domain.values import Audience
from placements.models import PlacementRequest
from placements.web.shared import need_facts, recommendations, steps, todo, working_time
from placements.web.shared.acute import acute_of
from placements.web.shared.attachments.shown import shown
from placements.web.shared.conversation import conversation_of
from placements.web.shared.forms import MessageForm, NoteForm
from placements.web.shared.head import head_of
from placements.web.shared.household import household_of
from placements.web.shared.opening import about_readable_request
from placements.web.shared.proposals import can_propose, continuation_of, proposal_of
from placements.web.shared.same_person import same_person
from placements.web.shared.standard_texts import is_asked_for, texts_in, with_text
from placements.web.shared.stops import banners_of
from placements.web.shared.timeline import rows_of
from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.policies import NotAllowed, can

UNPROCESSABLE = 422
LATEST = 8


@require_safe
@about_readable_request
def request_page(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    """Where the request stands, what is expected of the reader, and all that was said."""
    sides = policies.sides_of(request.reach, placement)
    if placement.state == State.DRAFT and Side.FILING in sides:
        return redirect("placements:edit", placement.reference)
    if placement.state == State.DRAFT:
        raise NotAllowed(_("A draft is opened by those who file it."))
    notifications.mark_request_read(request_id=placement.pk, user_id=request.user.pk)
    return _shown(request, placement)


def _shown(
    request: WallRequest,
    placement: PlacementRequest,
    *,
    form: MessageForm | None = None,
    note_form: NoteForm | None = None,
    status: int = 200,
) -> HttpResponse:
    sides = policies.sides_of(request.reach, placement)
    entries = queries.timeline_of(placement, reach=request.reach)
    rows = rows_of(entries, reader_id=request.reach.user_id)
    whole = request.GET.get("messages") == "all"
    names = need_facts.names_of(placement)
    same = same_person(request, placement)
    continuation = continuation_of(request, placement)
    context = {
        "placement": placement,
        "head": head_of(placement, current="request", service=names.service),
        "is_filing": Side.FILING in sides,
        "is_placing": Side.PLACING in sides,
        "same": same,
        "creation_key": uuid4(),
        "household": household_of(placement, request.reading),
        "person": queries.shown_person(placement, request.reach),
        "facts": [
            *need_facts.need_facts(placement, names=names),
            *working_time.due_facts(placement),
        ],
        "jour": _jour(request, placement),
        "steps": steps.steps_of(placement, entries),
        "stops": banners_of(placement, sides),
        "todo": todo.todo_of(
            placement,
            sides,
            to_close=same.to_close,
            goes_on_at=continuation.goes_on_at if continuation else "",
        ),
        "proposal": proposal_of(placement, request.reach),
        "continuation": continuation,
        "can_propose": can_propose(placement, request.reach),
        "recommendations": recommendations.shown_of(
            placement,
            can_report=policies.can_take_step(Step.REPORT_CHOSEN, placement, request.reach),
        ),
        "feedback": recommendations.feedback_of(placement),
        "question": queries.open_question(placement),
        "hand_over_notes": queries.hand_over_notes(placement, request.reach),
        "documents": shown(queries.attachments_of(placement), placement, request.reach),
        "can_attach": policies.can_attach(placement, request.reach),
        "timeline": rows[:LATEST],
        "has_more": len(rows) > LATEST,
        "said": conversation_of(placement, entries, request.reach, whole=whole),
        "form": form or MessageForm(),
        "note_form": note_form or NoteForm(),
        "can_write": policies.can_write(placement, request.reach),
        **(texts_in(placement, Purpose.MESSAGE) if Side.PLACING in sides else {}),
        "acute_url": _acute_url(request, placement),
        "acute": acute_of(placement, entries),
        "complaints": queries.complaints_about_request(placement)
        if policies.can_follow_complaints(placement, request.reach)
        else [],
        "deviations": queries.deviations_about_request(placement),
        "can_remark": policies.can_remark(placement, request.reach),
        "can_complain": policies.can_complain(placement, request.reach),
        "can_withdraw": policies.can_take_step(Step.WITHDRAW, placement, request.reach),
        "may_review": can(request.reach, Capability.REVIEW_ACCESS_LOG),
    }
    return render(request, "placements/shared/request.html", context, status=status)


def _jour(request: WallRequest, placement: PlacementRequest) -> working_time.OutOfHours | None:
    """Said to those who filed it; whoever is on duty is the one that they call."""
    is_filer = placement.unit_id in request.reach.filing_unit_ids
    if not is_filer or request.reach.is_on_duty:
        return None
    return working_time.out_of_hours(placement)


def _acute_url(request: WallRequest, placement: PlacementRequest) -> str:
    if not policies.can_place_acute(placement, request.reach):
        return ""
    return reverse("placements:acute", args=[placement.reference])


@require_safe
@about_readable_request
def timeline_page(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    if placement.state == State.DRAFT:
        raise NotAllowed(_("A draft has no timeline yet."))
    entries = queries.timeline_of(placement, reach=request.reach)
    context = {
        "placement": placement,
        "head": head_of(placement, current="timeline"),
        "is_placing": Side.PLACING in policies.sides_of(request.reach, placement),
        "timeline": rows_of(entries, reader_id=request.reach.user_id),
    }
    return render(request, "placements/shared/timeline.html", context)


@about_readable_request
def write(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    """A message to the other side, or an internal note of one's own."""
    policies.check_can_write(placement, request.reach)
    if request.method != "POST":
        return redirect("placements:request", placement.reference)
    if is_asked_for(request) and Side.PLACING in policies.sides_of(request.reach, placement):
        typed = with_text(request, placement, Purpose.MESSAGE, field="text")
        return _shown(request, placement, form=MessageForm(initial=typed.dict()))
    internal = "internal" in request.POST
    note_form = NoteForm(request.POST) if internal else None
    form = None if internal else MessageForm(request.POST)
    words = note_form or form
    if words is None or not words.is_valid():
        return _shown(request, placement, form=form, note_form=note_form, status=UNPROCESSABLE)
    side = _side(request, placement)
    actions.write(
        request_id=placement.pk,
        text=words.cleaned_data["text"],
        audience=Audience(side.value) if internal else Audience.BOTH,
        by=request.user.actor,
        side=side,
    )
    messages.success(request, _("The note is saved.") if internal else _("The message is sent."))
    page = reverse("placements:request", args=[placement.reference])
    return redirect(f"{page}#{'notes' if internal else 'messages'}")


def _side(request: WallRequest, placement: PlacementRequest) -> Side:
    sides = policies.sides_of(request.reach, placement)
    return Side.PLACING if Side.PLACING in sides else Side.FILING
