"""Documents on a request: a list, handing one in, opening it, taking it back."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from placements import actions, policies, queries
from placements.domain.attachments import MOST, TooManyAttachments
from placements.domain.lifecycle import Side, State
from placements.models import Attachment, PlacementRequest
from placements.web.shared.attachments.forms import AttachmentForm, TakeBackForm
from placements.web.shared.attachments.shown import shown
from placements.web.shared.head import head_of
from placements.web.shared.opening import about_readable_request
from spink.accounts.middleware import WallRequest
from spink.foundation.files.scanning import scanner
from spink.foundation.files.states import Document
from spink.web.files.given_out import given_out

LAST_LOOK = 8
"""So often the list asks by itself how a check goes, each time after a longer while."""
LONGEST_WAIT = 30


@about_readable_request
def documents(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    """All documents, those that are being checked among them, and a form to add one."""
    policies.check_can_see_attachments(placement, request.reach)
    if request.method != "POST":
        return _listed(request, placement, AttachmentForm())
    side = policies.attaching_side(placement, request.reach)
    form = AttachmentForm(request.POST, request.FILES)
    if scanner() is None or not form.is_valid():
        return _listed(request, placement, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    document: Document = form.cleaned_data["document"]
    try:
        actions.add_attachment(
            request_id=placement.pk,
            document=document,
            side=side,
            by=request.user.actor,
        )
    except TooManyAttachments:
        text = _("There are %(most)s documents already. Withdraw one, or put several into one file")
        form.add_error("document", text % {"most": MOST})
        return _listed(request, placement, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except actions.AttachmentsClosed:
        messages.warning(request, _("The request has ended. The document was not added."))
        return redirect("placements:documents", placement.reference)
    messages.success(request, _("The document is added. It can be opened once it is checked."))
    if document.held_a_number:
        messages.warning(request, _("An identity number was taken away from the file's name."))
    return redirect("placements:documents", placement.reference)


def _listed(
    request: WallRequest, placement: PlacementRequest, form: AttachmentForm, *, status: int = 200
) -> HttpResponse:
    found = queries.attachments_of(placement)
    looked = _looked(request)
    context: dict[str, Any] = {
        "placement": placement,
        "documents": shown(found, placement, request.reach),
        "is_checking": any(one.is_checking for one in found),
        "looks_again": looked < LAST_LOOK,
        "next_look": looked + 1,
        "seconds": min(2**looked, LONGEST_WAIT),
    }
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "placements/shared/document_list.html", context)
    sides = policies.sides_of(request.reach, placement)
    is_draft = placement.state == State.DRAFT
    context |= {
        "head": None if is_draft else head_of(placement, current="documents"),
        "is_draft": is_draft,
        "is_placing": Side.PLACING in sides,
        "can_add": policies.can_attach(placement, request.reach) and scanner() is not None,
        "has_no_scanner": scanner() is None,
        "is_protected": queries.shown_label(placement).is_protected,
        "form": form,
    }
    return render(request, "placements/shared/documents.html", context, status=status)


def _looked(request: WallRequest) -> int:
    """How often the list has asked by itself."""
    said = request.GET.get("looked", "0")
    return min(int(said), LAST_LOOK) if said.isascii() and said.isdigit() else 0


@require_safe
@about_readable_request
def document(
    request: WallRequest, placement: PlacementRequest, attachment_id: UUID
) -> HttpResponse:
    """The document itself, to be saved and never to be shown as a page of ours."""
    policies.check_can_see_attachments(placement, request.reach)
    attachment = _found(placement, attachment_id)
    if not attachment.may_be_opened:
        raise Http404
    return given_out(attachment)


@about_readable_request
def take_back(
    request: WallRequest, placement: PlacementRequest, attachment_id: UUID
) -> HttpResponse:
    """Of a draft the document is removed; of a request that is sent, withdrawn with a reason."""
    attachment = _found(placement, attachment_id)
    policies.check_can_take_back(attachment, placement, request.reach)
    is_draft = placement.state == State.DRAFT
    form = None if is_draft else TakeBackForm(request.POST or None)
    if request.method != "POST" or (form is not None and not form.is_valid()):
        return _asked(request, placement, attachment, form)
    given: dict[str, Any] = {
        "request_id": placement.pk,
        "attachment_id": attachment_id,
        "by": request.user.actor,
    }
    try:
        if form is None:
            actions.remove_attachment(**given)
        else:
            actions.withdraw_attachment(**given, reason=form.cleaned_data["reason"])
    except actions.NotWithdrawable:
        messages.warning(request, _("The document is not there any more."))
    else:
        said = _("The document is removed.") if is_draft else _("The document is withdrawn.")
        messages.success(request, said)
    return redirect("placements:documents", placement.reference)


def _asked(
    request: WallRequest,
    placement: PlacementRequest,
    attachment: Attachment,
    form: TakeBackForm | None,
) -> HttpResponse:
    context = {
        "placement": placement,
        "attachment": attachment,
        "form": form,
        "is_draft": form is None,
        "consequences": [
            _("It is gone for good.")
            if form is None
            else _("Nobody can open it any more. It is kept as long as the request."),
        ],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form is not None and form.errors else HTTPStatus.OK
    return render(request, "placements/shared/take_back.html", context, status=status)


def _found(placement: PlacementRequest, attachment_id: UUID) -> Attachment:
    """404 for a document of another request, as for one that does not exist."""
    found = queries.attachments_of(placement)
    attachment = next((one for one in found if one.pk == attachment_id), None)
    if attachment is None:
        raise Http404
    return attachment
