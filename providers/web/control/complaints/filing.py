"""A social worker files a complaint, from the page of a care unit or of a provider."""

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from providers.actions.control import complaints as actions
from providers.models import CareUnit, Provider
from providers.queries import pages
from providers.web.control.complaints.forms import FilingForm
from providers.web.trail import Crumb
from spink.accounts import queries as accounts
from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.web.opening import for_those_who

UNPROCESSABLE = 422

for_filers = for_those_who(Capability.FILE_COMPLAINT)


@require_http_methods(["GET", "HEAD", "POST"])
@for_filers
def about_unit(request: WallRequest, code: str) -> HttpResponse:
    care_unit = pages.unit_by_code(code)
    if care_unit is None:
        raise Http404
    return _filing(request, care_unit.provider, care_unit)


@require_http_methods(["GET", "HEAD", "POST"])
@for_filers
def about_provider(request: WallRequest, provider_id: int) -> HttpResponse:
    provider = pages.provider_by_id(provider_id)
    if provider is None:
        raise Http404
    return _filing(request, provider, None)


def _filing(request: WallRequest, provider: Provider, care_unit: CareUnit | None) -> HttpResponse:
    care_units = [] if care_unit else list(pages.units().filter(provider=provider))
    units = accounts.units_with_departments(request.reach.filing_unit_ids)
    form = FilingForm(
        request.POST or None, care_units=care_units, units=units, initial={"key": uuid4()}
    )
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        chosen = {one.pk: one for one in care_units}.get(said.get("care_unit") or 0, care_unit)
        complaint, _is_new = actions.file_complaint(
            key=said["key"],
            provider=provider,
            care_unit=chosen,
            unit={one.pk: one for one in units}[said.get("unit") or units[0].pk],
            category=said["category"],
            text=said["text"],
            by=request.user.actor,
        )
        messages.success(request, _("The complaint is filed. Here you see where it stands."))
        return redirect("providers:own-complaint", complaint.pk)
    context = {
        "provider": provider,
        "care_unit": care_unit,
        "form": form,
        "trail": [
            Crumb(_("Register"), "providers:units"),
            Crumb(provider.name, "providers:provider", (provider.pk,)),
            Crumb(_("File a complaint")),
        ],
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "providers/control/complaints/file.html", context, status=status)
