"""What is done about a stop by a button in its banner."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placements import actions, policies
from placements.models import PlacementRequest
from placements.web.shared.opening import about_readable_request
from spink.accounts.middleware import WallRequest

PICK = "pick"


@require_POST
@about_readable_request
def stop_touch(request: WallRequest, placement: PlacementRequest, touch_id: int) -> HttpResponse:
    """The filing side goes on with the next best; the placing side says that nothing is left."""
    by = request.user.actor
    try:
        if request.POST.get("do") == PICK:
            policies.check_can_act_for_filer(placement, request.reach)
            touch = actions.pick_alternative(request_id=placement.pk, touch_id=touch_id, by=by)
            text = _("The officer is told that you want to go on with %(name)s.")
            messages.success(request, text % {"name": touch.alternative_name})
        else:
            policies.check_can_match(placement, request.reach)
            actions.settle_touch(request_id=placement.pk, touch_id=touch_id, by=by)
            messages.success(request, _("Saved."))
    except actions.TouchSettled:
        messages.info(request, _("This has been taken care of already."))
    return redirect("placements:request", placement.reference)
