"""Uploading a file to the register: its faults, or what it would change, and then the import."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from providers.actions import (
    NotWaiting,
    RegisterChanged,
    confirm_upload,
    discard_upload,
    forget_expired_uploads,
    review_upload_again,
    upload_register_file,
)
from providers.domain.tables.faults import Unreadable
from providers.models import RegisterUpload, UploadState
from providers.queries.tables import table_sheets
from providers.queries.uploads import own_upload, own_uploads
from providers.web.files.fault_words import in_words
from providers.web.trail import Crumb, register_tabs
from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.web.opening import for_those_who
from spink.web.forms import Form

FAULTS_A_PAGE = 100
ROWS_A_PAGE = 100


class UploadForm(Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("A workbook (XLSX), or one kind as CSV. At most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "required": gettext_lazy("Choose a file"),
            "empty": gettext_lazy("The file is empty."),
        },
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > settings.REGISTER_FILE_MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 10 MB. Divide it into several."))
        return file


@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who(Capability.KEEP_REGISTER)
def files(request: WallRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file: UploadedFile[bytes] = form.cleaned_data["file"]
        try:
            upload = upload_register_file(
                content=file.read(), filename=str(file.name), by=request.user.actor
            )
            return redirect("providers:upload", upload.pk)
        except Unreadable as bad:
            form.add_error("file", in_words(bad.reason))
    forget_expired_uploads()
    context = {
        "form": form,
        "tabs": register_tabs("files", request.reach),
        "kinds": [(sheet.slug, sheet.title) for sheet in table_sheets().all],
        "uploads": own_uploads(request.user.pk),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "providers/files.html", context, status=status)


@dataclass(frozen=True, slots=True)
class ShownFault:
    where: str
    line: int
    heading: str
    reason: str


@require_safe
@for_those_who(Capability.KEEP_REGISTER)
def upload_page(request: WallRequest, upload_id: UUID) -> HttpResponse:
    upload = own_upload(request.user.pk, upload_id)
    if upload is None:
        raise Http404
    context = {
        "upload": upload,
        "faults": _faults(upload, request),
        "sheets": upload.review["sheets"],
        "changed": _changed(upload, request),
        "changes_anything": _changes_anything(upload),
        "progress": getattr(upload, "progress", None),
        "trail": [
            Crumb(_("Register"), "providers:units"),
            Crumb(_("Import and export"), "providers:files"),
            Crumb(upload.filename),
        ],
    }
    part = "providers/parts/upload_progress.html"
    page = part if request.headers.get("HX-Request") and _runs(upload) else "providers/upload.html"
    response = render(request, page, context)
    if request.headers.get("HX-Request") and not _runs(upload):
        response.headers["HX-Refresh"] = "true"
    return response


def _runs(upload: RegisterUpload) -> bool:
    return upload.state == UploadState.CONFIRMED


def _faults(upload: RegisterUpload, request: WallRequest) -> Page[ShownFault]:
    shown = [
        ShownFault(one["sheet"], one["line"], one["heading"], in_words(one["reason"]))
        for one in upload.review["faults"]
    ]
    return Paginator(shown, FAULTS_A_PAGE).get_page(request.GET.get("page"))


def _changed(upload: RegisterUpload, request: WallRequest) -> Page[dict[str, Any]]:
    """New and changed rows of all sheets, those that are changed first."""
    rows = [
        {"sheet": sheet["title"], "is_new": kind == "new", **row}
        for kind in ("changed", "new")
        for sheet in upload.review["sheets"]
        for row in sheet[kind]
    ]
    return Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))


def _changes_anything(upload: RegisterUpload) -> bool:
    return any(sheet["new"] or sheet["changed"] for sheet in upload.review["sheets"])


@require_POST
@for_those_who(Capability.KEEP_REGISTER)
def confirm(request: WallRequest, upload_id: UUID) -> HttpResponse:
    try:
        confirm_upload(upload_id=upload_id, by=request.user.actor)
    except RegisterChanged:
        messages.warning(request, _("The register was changed meanwhile. Review the file again."))
    except NotWaiting:
        messages.warning(request, _("The file is imported already, or its time is up."))
        if own_upload(request.user.pk, upload_id) is None:
            return redirect("providers:files")
    return redirect("providers:upload", upload_id)


@require_POST
@for_those_who(Capability.KEEP_REGISTER)
def review_again(request: WallRequest, upload_id: UUID) -> HttpResponse:
    try:
        review_upload_again(upload_id=upload_id, by=request.user.actor)
    except NotWaiting:
        messages.warning(request, _("The file is imported already, or its time is up."))
        return redirect("providers:files")
    return redirect("providers:upload", upload_id)


@require_POST
@for_those_who(Capability.KEEP_REGISTER)
def discard(request: WallRequest, upload_id: UUID) -> HttpResponse:
    discard_upload(upload_id=upload_id, by=request.user.actor)
    messages.success(request, _("The file is thrown away. Nothing was changed."))
    return redirect("providers:files")
