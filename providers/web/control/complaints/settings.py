"""What is set for complaints, and several similar ones noted as a finding."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from providers.actions.control import complaints as actions
from providers.actions.control.findings import note_finding
from providers.domain.control.facts import Severity
from providers.queries.control import complaints as queries
from providers.web.control.complaints.forms import SettingForm
from providers.web.control.complaints.rows import shown_rows
from providers.web.trail import Crumb
from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.web.opening import for_those_who
from spink.foundation import clock

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who(Capability.HANDLE_COMPLAINTS)
def settings(request: WallRequest) -> HttpResponse:
    form = SettingForm(request.POST or None, instance=queries.setting())
    if form.is_bound and form.is_valid():
        actions.change_complaint_setting(by=request.user.actor, **form.cleaned_data)
        messages.success(request, _("The settings are saved."))
        return redirect("providers:complaint-settings")
    context = {
        "form": form,
        "trail": [
            Crumb(_("Complaints"), "providers:complaints"),
            Crumb(_("Settings of complaints")),
        ],
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "providers/control/complaints/settings.html", context, status=status)


@require_POST
@for_those_who(Capability.HANDLE_COMPLAINTS)
def propose_review(request: WallRequest, complaint_id: int) -> HttpResponse:
    """Several similar complaints become a finding; whoever judges it begins the review."""
    complaint = queries.complaint_by_id(queries.complaints(), complaint_id)
    if complaint is None:
        raise Http404
    row = shown_rows(
        [complaint],
        similar=queries.similar(clock.today(), provider_id=complaint.provider_id),
    )[0]
    if not row.similar:
        messages.warning(request, _("There are not so many similar complaints any more."))
        return redirect("providers:complaint", complaint.pk)
    finding, _is_new = note_finding(
        provider_id=complaint.provider_id,
        severity=Severity.SERIOUS,
        title=_("%(similar)s: %(category)s") % {"similar": row.similar, "category": row.category},
        link="",
        day=clock.today(),
        by=request.user.actor,
    )
    messages.success(
        request, _("The similar complaints are a finding. Judge here whether a review begins.")
    )
    return redirect("providers:finding", finding.pk)
