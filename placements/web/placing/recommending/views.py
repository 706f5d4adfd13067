from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from placements import actions
from placements.domain.lifecycle import Step
from placements.domain.recommending import CannotRecommend
from placements.domain.standard_texts import Purpose
from placements.models import PlacementRequest
from placements.web.placing.opening import about_request
from placements.web.placing.recommending.forms import RecommendForm
from placements.web.placing.recommending.review import problem_text, review_of
from placements.web.placing.steps import sent, step_page, taken
from placements.web.shared.need_facts import need_facts
from placements.web.shared.standard_texts import is_asked_for, texts_in, with_text
from spink.accounts.middleware import WallRequest

TEMPLATE = "recommend"
UNPROCESSABLE = 422


@require_http_methods(["GET", "POST"])
@about_request
def recommend(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    """Read through what the social worker will read, then send it."""
    wanted = (request.POST if request.method == "POST" else request.GET).getlist("unit")
    review = review_of(placement, wanted)
    codes = review.codes
    context: dict[str, Any] = {
        "review": review,
        "codes": codes,
        "needs": need_facts(review.reading.asked, names=review.reading.names),
        "current": "match",
        **texts_in(placement, Purpose.RECOMMENDATION),
    }
    asks_reason = bool(review.passed or review.passed_units)
    has_household = review.reading.asked is not placement
    is_other_than_typed = request.method == "POST" and bool(review.dropped)
    if request.POST.get("preview") or is_asked_for(request) or is_other_than_typed:
        typed = request.POST.copy()
        if is_asked_for(request):
            names = [offer.name for offer in review.offers]
            typed = with_text(
                request, placement, Purpose.RECOMMENDATION, field="message", units=names
            )
        form = RecommendForm(
            None,
            placement,
            asks_reason=asks_reason,
            exceptions=review.exceptions,
            has_household=has_household,
            typed=typed,
        )
        asked = request.POST.get("preview") or is_asked_for(request)
        context["preview"] = typed.get("message", "") if asked else ""
        response = step_page(request, placement, form, TEMPLATE, **context)
        if is_other_than_typed:
            response.status_code = UNPROCESSABLE
        return response
    form = RecommendForm(
        sent(request),
        placement,
        asks_reason=asks_reason,
        exceptions=review.exceptions,
        has_household=has_household,
    )
    form.problems = review.problems
    numbers: list[int] = []

    def act() -> None:
        numbers.append(_send(request, placement, codes, form))

    try:
        refused = taken(request, placement, form, Step.RECOMMEND, TEMPLATE, act, **context)
    except CannotRecommend as problem:
        form.add_error(None, problem_text(problem, review.reading, review.facts))
        refused = step_page(request, placement, form, TEMPLATE, **context)
    if refused:
        return refused
    named = {"name": placement.created_by}
    messages.success(request, _("The recommendation is sent to %(name)s.") % named)
    return redirect("placements:recommendation", placement.reference, *numbers)


def _send(
    request: WallRequest, placement: PlacementRequest, codes: Sequence[str], form: RecommendForm
) -> int:
    to_all = form.cleaned_data.get("whole_household", False)
    send = actions.recommend_to_household if to_all else actions.recommend
    kept = send(
        request_id=placement.pk,
        units=codes,
        message=form.cleaned_data["message"],
        skipped_rung_reason=form.cleaned_data.get("skipped_rung_reason", ""),
        exceptions=form.asked_exceptions,
        by=request.user.actor,
        version=form.seen,
    )
    return kept.number
