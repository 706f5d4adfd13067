"""Lifting a stop."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from providers import actions
from providers.queries import keeping
from providers.queries.stops import Target
from providers.web import words
from providers.web.keeping.opening import for_keepers, or_404
from providers.web.stops.setting import url_of
from providers.web.trail import Crumb
from spink.accounts.middleware import WallRequest


@for_keepers
def lift_stop(request: WallRequest, stop_id: int) -> HttpResponse:
    stop = or_404(keeping.stop_by_id(stop_id))
    on: Target | None = stop.unit or stop.provider or stop.group
    if on is None:
        raise Http404
    if stop.ended_at is not None:
        messages.info(request, _("The stop is lifted already."))
        return redirect(url_of(on))
    if request.method == "POST":
        actions.end_stop(stop_id=stop.pk, by=request.user.actor)
        messages.success(request, _("The stop is lifted. Those whom it touched are told."))
        return redirect(url_of(on))
    context = {
        "on": on,
        "stop": f"{words.stop_kind(stop)}, {words.period(stop.valid_from, stop.valid_to)}. "
        f"{words.stop_on(stop)}.",
        "back": url_of(on),
        "trail": [
            Crumb(_("Register"), "providers:units"),
            Crumb(_("Stops"), "providers:stops"),
            Crumb(_("Lift the stop")),
        ],
        "consequences": [
            _("The units are matched again at once, if nothing else keeps them away."),
            _("The banner is taken away from the requests that the stop touched."),
            _("Those whose recommendation it withdrew are told. Nothing is recommended by itself."),
        ],
    }
    return render(request, "providers/stops/lift.html", context)
