"""A finding that somebody notes by hand: what no source that is asked can tell."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from providers.actions.control.findings import note_finding
from providers.domain.control.facts import Severity
from providers.queries import pages
from providers.web.control.forms import NoteForm
from providers.web.trail import Crumb
from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.web.opening import for_those_who

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who(Capability.TRIAGE_FINDINGS)
def note(request: WallRequest, provider_id: int) -> HttpResponse:
    provider = pages.provider_by_id(provider_id)
    if provider is None:
        raise Http404
    form = NoteForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        finding, is_new = note_finding(
            provider_id=provider.pk,
            severity=Severity(said["severity"]),
            title=said["title"],
            link=said["link"],
            day=said["day"],
            by=request.user.actor,
        )
        if is_new:
            messages.success(request, _("The finding is noted, and is yours."))
        else:
            messages.info(request, _("The same has been noted before. Here it is."))
        return redirect("providers:finding", finding.pk)
    context = {
        "provider": provider,
        "form": form,
        "trail": [
            Crumb(_("Providers"), "providers:providers"),
            Crumb(provider.name, "providers:provider", (provider.pk,)),
            Crumb(_("Note a finding")),
        ],
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "providers/control/note.html", context, status=status)
