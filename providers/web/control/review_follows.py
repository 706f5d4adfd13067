"""What a decided review leads to: a stop that is set, or a day when somebody looks at it again."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from providers.actions.control import reviews as actions
from providers.domain.control.review import ReviewStepNotAllowed
from providers.models import Review, Stop
from providers.models.control.choices import ReviewDecision
from providers.queries import keeping
from providers.queries.control import reviews as queries
from providers.web import words
from providers.web.keeping.opening import or_404
from spink.accounts.domain.capabilities import Capability
from spink.accounts.domain.reach import Reach
from spink.accounts.middleware import WallRequest
from spink.accounts.policies import can
from spink.accounts.web.opening import for_those_who
from spink.foundation import clock
from spink.foundation.bad_input import BadInput


@dataclass(frozen=True, slots=True)
class ShownStop:
    pk: int
    kind: str
    name: str
    period: str
    is_lifted: bool


@dataclass(frozen=True, slots=True)
class Follows:
    waits_for_stop: bool
    stop_url: str
    """Where it is previewed and set, for those who may."""
    stops: list[ShownStop]
    to_name: list[ShownStop]
    """Stops of the provider that may be the one that the decision asks for."""
    is_watched: bool
    is_due: bool
    can_follow_up: bool


def following_on(review: Review, reach: Reach) -> Follows:
    waits, is_watched = review.waits_for_stop, review.is_watched
    can_stop = can(reach, Capability.KEEP_REGISTER) and can(reach, Capability.REVIEW_PROVIDERS)
    stops = queries.stops_of_review(review) if review.asks_for_stop else []
    day = review.follow_up_on
    return Follows(
        waits_for_stop=waits,
        stop_url=_stop_url(review) if waits and can_stop else "",
        stops=[_shown(one) for one in stops],
        to_name=[_shown(one) for one in queries.stops_to_name(review)]
        if waits and can_stop
        else [],
        is_watched=is_watched,
        is_due=is_watched and day is not None and day <= clock.today(),
        can_follow_up=is_watched and can(reach, Capability.REVIEW_PROVIDERS),
    )


def _stop_url(review: Review) -> str:
    kind = "paused" if review.decision == ReviewDecision.PAUSED else "unpublished"
    url = reverse("providers:provider_stop", args=[review.provider_id])
    return f"{url}?kind={kind}&review={review.reference}"


def _shown(stop: Stop) -> ShownStop:
    on = stop.unit or stop.provider or stop.group
    return ShownStop(
        stop.pk,
        words.stop_kind(stop),
        on.name if on else "",
        words.period(stop.valid_from, stop.valid_to),
        stop.ended_at is not None,
    )


@require_POST
@for_those_who(Capability.REVIEW_PROVIDERS)
def name_stop(request: WallRequest, in_depth_id: int, stop_id: int) -> HttpResponse:
    """The stop was set before the review was decided."""
    review = or_404(queries.review_by_id(in_depth_id))
    stop = or_404(keeping.stop_by_id(stop_id))
    try:
        actions.name_stop(review_id=review.pk, stop=stop, by=request.user.actor)
    except (ReviewStepNotAllowed, BadInput):
        messages.info(request, _("This has been taken care of already."))
    else:
        messages.success(request, _("The stop is that of the review."))
    return redirect("providers:review", review.pk)
