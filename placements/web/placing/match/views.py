from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from placements import notifications, policies, queries
from placements.domain.lifecycle import Step
from placements.models import PlacementRequest
from placements.web.placing.match.earlier import earlier_of
from placements.web.placing.match.excluded import NEAR
from placements.web.placing.match.ladder import plan, shown_rungs
from placements.web.placing.match.near import SHOWN as NEAR_MISSES
from placements.web.placing.match.near import near_misses
from placements.web.placing.match.reading import Reading, facts_of, match_of
from placements.web.placing.match.reasons import counted_reasons
from placements.web.placing.opening import about_request
from placements.web.shared.head import head_of
from placements.web.shared.household import household_of
from placements.web.shared.need_facts import need_facts
from placements.web.shared.proposals import can_propose, continuation_of, proposal_of
from placements.web.shared.same_person import same_person
from placements.web.shared.stops import banners_of
from spink.accounts.middleware import WallRequest
from spink.foundation import clock


@require_safe
@about_request
def match(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    """The need beside the ladder, matched against the register as it is now."""
    unread = notifications.mark_all_but_messages_read(
        request_id=placement.pk, user_id=request.user.pk
    )
    reading = match_of(placement)
    context = {
        "head": head_of(
            placement,
            current="match",
            service=reading.names.service,
            asked=len(reading.inquiries),
        ),
        "same": same_person(request, placement),
        "proposal": proposal_of(placement, request.reach),
        "continuation": continuation_of(request, placement),
        "household": household_of(placement, request.reading),
        "needs": need_facts(reading.asked, names=reading.names),
        "placement": placement,
        "stops": banners_of(placement, policies.sides_of(request.reach, placement)),
        "unread_messages": unread,
        "hand_over_notes": queries.hand_over_notes(placement, request.reach),
        "shown_at": clock.now(),
        **_outcome(request, placement, reading),
        **_steps(request, placement),
    }
    return render(request, "placements/placing/match.html", context)


def _outcome(request: WallRequest, placement: PlacementRequest, reading: Reading) -> dict[str, Any]:
    matched, differences, telling = reading.matched, reading.differences, reading.telling
    earlier = earlier_of(placement)
    plans = plan(matched, differences, whole=request.GET.get("show", ""))
    near = differences.nearest(NEAR_MISSES)
    named = [*near, *(one.nearest for one in plans if one.nearest is not None)]
    facts = facts_of(
        placement,
        reading,
        [(one.form, candidate) for one in plans for candidate in one.candidates],
        [differences.unit(row) for row in named],
        earlier.units,
    )
    counts = matched.outcome.counts()
    return {
        "declined": earlier.declined,
        "rungs": shown_rungs(plans, differences, facts, telling),
        "near": near_misses(
            near,
            differences,
            facts,
            telling,
            reference=placement.reference,
            can_recommend=policies.can_take_step(Step.RECOMMEND, placement, request.reach),
        ),
        "near_total": len(differences.outcome.near),
        "near_count": len(differences.outcome.near) - differences.long_ago,
        "long_ago_count": differences.long_ago,
        "excluded_count": counts["excluded"],
        "units_count": counts["units"],
        "reasons": counted_reasons(counts["by_reason"], placement.reference),
        "register_number": matched.register_number,
        "can_choose": any(one.count for one in plans),
        "chosen": set(request.GET.getlist("unit")),
    }


def _steps(request: WallRequest, placement: PlacementRequest) -> dict[str, Any]:
    """What this officer may do now with the request; the address of each is empty where not."""
    can = {
        step: policies.can_take_step(step, placement, request.reach)
        for step in (
            Step.TAKE,
            Step.ASSIGN,
            Step.HAND_OVER,
            Step.ASK_INFORMATION,
            Step.ASK_PROVIDER,
            Step.RECOMMEND,
        )
    }
    can_ask = can[Step.ASK_INFORMATION] and placement.service_proposed_at is None
    return {
        "can_take": can[Step.TAKE],
        "can_ask": can[Step.ASK_PROVIDER],
        "can_recommend": can[Step.RECOMMEND],
        "ask_url": _url("ask-information", placement) if can_ask else "",
        "propose_url": _url("propose-service", placement)
        if can_propose(placement, request.reach)
        else "",
        "give_url": _give_url(placement, can),
        "near_url": f"{_url('excluded', placement)}?reason={NEAR}",
    }


def _give_url(placement: PlacementRequest, can: dict[Step, bool]) -> str:
    if can[Step.ASSIGN]:
        return _url("assign", placement)
    return _url("hand-over", placement) if can[Step.HAND_OVER] else ""


def _url(name: str, placement: PlacementRequest) -> str:
    return reverse(f"placements:{name}", args=[placement.reference])
