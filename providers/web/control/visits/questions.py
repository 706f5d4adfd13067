"""The questions of visits, by service: quality and control keep them, in versions by date."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from providers.actions.control import visits as actions
from providers.queries.control import visits as queries
from providers.web.control.visits.forms import TemplateForm
from providers.web.trail import Crumb
from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.policies import can, check_can
from spink.accounts.web.opening import for_those_who
from spink.catalogue import queries as catalogue
from spink.foundation import clock
from spink.foundation.swedish import swedish_key

UNPROCESSABLE = 422


@require_safe
@for_those_who(Capability.READ_VISITS)
def template_list(request: WallRequest) -> HttpResponse:
    today = clock.today()
    now = {
        one.service_type: one for one in reversed(queries.templates().filter(valid_from__lte=today))
    }
    services = sorted(catalogue.all_services(), key=lambda one: swedish_key(one.name))
    context = {
        "rows": [{"service": one, "template": now.get(one.code)} for one in services],
        "trail": [Crumb(_("Visits"), "providers:visits"), Crumb(_("Questions of visits"))],
    }
    return render(request, "providers/control/visits/templates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who(Capability.READ_VISITS)
def template(request: WallRequest, service: str) -> HttpResponse:
    if request.method == "POST":
        check_can(request.reach, Capability.KEEP_REGISTER)
    found = {one.code: one for one in catalogue.all_services()}.get(service)
    if found is None:
        raise Http404
    versions = list(queries.templates().filter(service_type=service))
    questions = "\n".join(versions[0].questions) if versions else ""
    initial = {"valid_from": clock.today(), "questions": questions}
    form = TemplateForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        actions.write_template(service_type=service, by=request.user.actor, **form.cleaned_data)
        messages.success(request, _("The questions are saved."))
        return redirect("providers:visit-templates")
    context = {
        "service": found,
        "form": form,
        "can_keep": can(request.reach, Capability.KEEP_REGISTER),
        "versions": versions,
        "trail": [
            Crumb(_("Visits"), "providers:visits"),
            Crumb(_("Questions of visits"), "providers:visit-templates"),
            Crumb(found.name),
        ],
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "providers/control/visits/template.html", context, status=status)
