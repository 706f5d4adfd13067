"""A recommendation as it was sent, and the outcome that it rests on, shown again from the diary."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from placements import policies, queries
from placements.domain.lifecycle import Step
from placements.matching import RULES_VERSION
from placements.models import PlacementRequest, Recommendation
from placements.queries.matching import Matched
from placements.web.placing.match.reasons import CountedReason
from placements.web.placing.match.units import distance_text, unit_url
from placements.web.placing.opening import about_request
from placements.web.placing.words import reason_word
from placements.web.shared import recommendations
from placements.web.shared.head import head_of
from providers import queries as register
from spink.accounts.middleware import WallRequest
from spink.catalogue import queries as catalogue
from spink.catalogue.wording import rung_name
from spink.web import wording

SHOWN_A_RUNG = 15


@dataclass(frozen=True, slots=True)
class ShownCandidate:
    name: str
    url: str
    met: list[str]
    is_certain: bool
    rate: str
    distance: str
    rank: str
    is_recommended: bool


@dataclass(frozen=True, slots=True)
class ShownRung:
    step: int
    title: str
    candidates: list[ShownCandidate]
    count: int


@dataclass(frozen=True, slots=True)
class Replay:
    """The same need against the register as it was; `is_same` by its digest of every byte."""

    is_same: bool
    digest: str
    has_other_rules: bool
    rungs: list[ShownRung]
    reasons: list[CountedReason]
    excluded: int
    units: int


@require_safe
@about_request
def recommendation(request: WallRequest, placement: PlacementRequest, number: int) -> HttpResponse:
    kept = _kept(placement, number)
    shown = next(one for one in recommendations.shown_of(placement) if one.number == number)
    context = {
        "head": head_of(placement, current=""),
        "kept": kept,
        "shown": shown,
        "replay": _replay(kept),
        "can_withdraw": kept.withdrawn_at is None
        and policies.can_take_step(Step.WITHDRAW_RECOMMENDATION, placement, request.reach),
    }
    return render(request, "placements/placing/recommendation.html", context)


def _kept(placement: PlacementRequest, number: int) -> Recommendation:
    found = queries.recommendations_of(placement)
    kept = next((one for one in found if one.number == number), None)
    if kept is None:
        raise Http404
    return kept


def _replay(kept: Recommendation) -> Replay:
    matched = queries.replayed(
        kept.need, register_number=kept.register_number, instant=kept.instant
    )
    counts = matched.outcome.counts()
    return Replay(
        is_same=matched.digest == kept.outcome_digest,
        digest=kept.outcome_digest,
        has_other_rules=kept.rules_version != RULES_VERSION,
        rungs=_rungs(matched, {unit.unit_code for unit in kept.units.all()}),
        reasons=[
            CountedReason(reason_word(code), count, "")
            for code, count in counts["by_reason"].items()
        ],
        excluded=counts["excluded"],
        units=counts["units"],
    )


def _rungs(matched: Matched, recommended: set[str]) -> list[ShownRung]:
    shown = [(rung, rung["candidates"][:SHOWN_A_RUNG]) for rung in matched.rungs]
    listed = [candidate for _rung, candidates in shown for candidate in candidates]
    named = register.named_units(candidate["unit"] for candidate in listed)
    names = {code: unit.name for code, unit in named.items()}
    needs = catalogue.names({n for candidate in listed for n in candidate["wished_met"]}, of="need")
    return [
        ShownRung(
            step=step,
            title=rung_name(rung["provision_form"]),
            candidates=[_candidate(one, names, needs, recommended) for one in candidates],
            count=len(rung["candidates"]),
        )
        for step, (rung, candidates) in enumerate(shown, start=1)
    ]


def _candidate(
    candidate: dict[str, Any],
    names: dict[str, str],
    needs: dict[str, str],
    recommended: set[str],
) -> ShownCandidate:
    code, rate, rank = candidate["unit"], candidate["rate"], candidate["rank"]
    return ShownCandidate(
        name=names.get(code, code),
        url=unit_url(code) if code in names else "",
        met=[needs[need] for need in candidate["wished_met"]],
        is_certain=candidate["places_certain"],
        rate="" if rate is None else wording.kronor(rate),
        distance=distance_text(candidate["distance_km"]),
        rank="" if rank is None else str(rank),
        is_recommended=code in recommended,
    )
