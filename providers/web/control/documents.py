"""The documents that a check rests on: a list, one more, one opened, one removed."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from providers.actions.control import documents as actions
from providers.domain.control.checks import OF_COURTS
from providers.domain.control.documents import MOST, TooManyDocuments
from providers.domain.control.review import UNDER_WAY, ReviewStepNotAllowed
from providers.domain.control.vetting import TO_DO, WORKED_ON, VettingStepNotAllowed
from providers.models import CheckDocument, ProviderCheck, Vetting
from providers.queries.control import documents as queries
from providers.web.control.shown_documents import shown_documents
from providers.web.control.vetting_words import check_name
from providers.web.trail import Crumb
from spink.accounts.access_log import log_reading
from spink.accounts.domain.capabilities import Capability
from spink.accounts.domain.reach import Reach
from spink.accounts.middleware import WallRequest
from spink.accounts.policies import can
from spink.accounts.web.opening import for_those_who
from spink.foundation.bad_input import BadInput
from spink.foundation.files.scanning import scanner
from spink.foundation.files.states import Document
from spink.web.files.field import DocumentField
from spink.web.files.given_out import given_out
from spink.web.forms import Form

GONE_ON = (VettingStepNotAllowed, ReviewStepNotAllowed, BadInput)


class AddForm(Form):
    document = DocumentField(label=gettext_lazy("Document"))


class RemoveForm(Form):
    because = forms.CharField(
        label=gettext_lazy("Why is the document removed?"),
        help_text=gettext_lazy("No personal data of clients."),
        max_length=300,
        widget=forms.TextInput(),
        error_messages={"required": gettext_lazy("Say why the document is removed")},
    )


def _found(reach: Reach, check_id: int) -> ProviderCheck:
    """404 where there is no such check, 403 for those who may not read what it is a part of."""
    made = queries.check_by_id(check_id)
    if made is None:
        raise Http404
    needed = Capability.READ_VETTINGS if made.vetting_id else Capability.READ_REVIEWS
    is_of_court = made.check_code in OF_COURTS
    if not can(reach, needed) or (is_of_court and not can(reach, Capability.READ_OFFENCES)):
        raise PermissionDenied
    return made


def _may_change(reach: Reach, made: ProviderCheck) -> bool:
    needed = Capability.VET_PROVIDERS if made.vetting_id else Capability.REVIEW_PROVIDERS
    return can(reach, needed)


def can_add_documents(reach: Reach, made: ProviderCheck) -> bool:
    states = WORKED_ON if made.vetting_id else UNDER_WAY
    return made.is_latest and made.part_of.state in states and _may_change(reach, made)


def _can_remove(reach: Reach, made: ProviderCheck) -> bool:
    return made.part_of.state in (TO_DO if made.vetting_id else UNDER_WAY) and _may_change(
        reach, made
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who(Capability.READ_VETTINGS)
def documents(request: WallRequest, provider_check_id: int) -> HttpResponse:
    made = _found(request.reach, provider_check_id)
    if request.method != "POST":
        return _listed(request, made, AddForm())
    if not _may_change(request.reach, made):
        raise PermissionDenied
    form = AddForm(request.POST, request.FILES)
    if scanner() is None or not form.is_valid():
        return _listed(request, made, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    document: Document = form.cleaned_data["document"]
    try:
        actions.add_document(check_id=made.pk, document=document, by=request.user.actor)
    except TooManyDocuments:
        text = _("There are %(most)s documents already. Put several into one file")
        form.add_error("document", text % {"most": MOST})
        return _listed(request, made, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except GONE_ON:
        messages.warning(request, _("The check has gone on since. The document was not added."))
        return redirect("providers:check-documents", made.pk)
    messages.success(request, _("The document is added. It can be opened once it is checked."))
    if document.held_a_number:
        messages.warning(request, _("An identity number was taken away from the file's name."))
    return redirect("providers:check-documents", made.pk)


def _listed(
    request: WallRequest, made: ProviderCheck, form: AddForm, *, status: int = 200
) -> HttpResponse:
    found = queries.documents_of([made.pk])[made.pk]
    context: dict[str, Any] = {
        "made": made,
        "name": check_name(made.check_code),
        "about": made.part_of.provider.name,
        "documents": shown_documents(found, can_remove=_can_remove(request.reach, made)),
        "is_checking": any(one.is_checking for one in found),
        "is_of_court": made.check_code in OF_COURTS,
        "can_add": can_add_documents(request.reach, made) and scanner() is not None,
        "has_no_scanner": scanner() is None,
        "form": form,
        "back": _back(made),
        "trail": [*_trail(made), Crumb(check_name(made.check_code))],
    }
    return render(request, "providers/control/documents.html", context, status=status)


def _back(made: ProviderCheck) -> str:
    name = "providers:vetting" if made.vetting_id else "providers:review"
    return reverse(name, args=[made.part_of.pk])


def _trail(made: ProviderCheck) -> list[Crumb]:
    of = made.part_of
    if isinstance(of, Vetting):
        first, page = Crumb(_("Vettings"), "providers:vettings"), "providers:vetting"
    else:
        first, page = Crumb(_("In-depth reviews"), "providers:reviews"), "providers:review"
    return [first, Crumb(of.reference, page, (of.pk,))]


@require_safe
@for_those_who(Capability.READ_VETTINGS)
def document(request: WallRequest, provider_check_id: int, document_id: UUID) -> HttpResponse:
    """The document itself. Every reading is logged."""
    made = _found(request.reach, provider_check_id)
    found = _document(made, document_id)
    if not found.may_be_opened:
        raise Http404
    log_reading(request.reading, [made.reference])
    return given_out(found)


@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who(Capability.READ_VETTINGS)
def remove(request: WallRequest, provider_check_id: int, document_id: UUID) -> HttpResponse:
    """Until what the check is a part of is decided; that it was there stands on record."""
    made = _found(request.reach, provider_check_id)
    if not _may_change(request.reach, made):
        raise PermissionDenied
    found = _document(made, document_id)
    form = RemoveForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _asked(request, made, found, form)
    try:
        actions.remove_document(
            check_id=made.pk,
            document_id=found.pk,
            because=form.cleaned_data["because"],
            by=request.user.actor,
        )
    except actions.NotRemovable:
        messages.warning(request, _("The document is not there any more."))
    except GONE_ON:
        messages.warning(request, _("It is decided: what the decision rests on stays."))
    else:
        messages.success(request, _("The document is removed."))
    return redirect("providers:check-documents", made.pk)


def _asked(
    request: WallRequest, made: ProviderCheck, found: CheckDocument, form: RemoveForm
) -> HttpResponse:
    here = Crumb(check_name(made.check_code), "providers:check-documents", (made.pk,))
    context = {
        "made": made,
        "document": found,
        "form": form,
        "can_remove": _can_remove(request.reach, made) and not found.removed_at,
        "cancel_url": reverse("providers:check-documents", args=[made.pk]),
        "consequences": [
            _("The file is gone for good."),
            _("That it was there, who removed it and why stays on record."),
        ],
        "trail": [*_trail(made), here, Crumb(_("Remove a document"))],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "providers/control/remove_document.html", context, status=status)


def _document(made: ProviderCheck, document_id: UUID) -> CheckDocument:
    """404 for a document of another check, as for one that does not exist."""
    found = queries.document_of(made.pk, document_id)
    if found is None:
        raise Http404
    return found
