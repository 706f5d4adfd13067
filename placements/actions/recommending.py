"""Sending a recommendation: matched anew at that moment, and kept with all that fixes it."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from placements.actions import excepting, stepping
from placements.actions.alternatives import settle_by_recommending
from placements.actions.excepting import AskedException
from placements.domain import recommending
from placements.domain.due import feedback_due_on
from placements.domain.lifecycle import Step
from placements.models import PlacementRequest, Recommendation, RecommendedUnit
from placements.queries import matching
from placements.queries.office import office_of
from providers import queries as register_queries
from spink.catalogue.domain.ladder import PURCHASED, ProvisionForm
from spink.foundation import clock
from spink.foundation.actor import Actor
from spink.foundation.money import kronor


def recommend(
    *,
    request_id: int,
    units: Sequence[str],
    message: str = "",
    skipped_rung_reason: str = "",
    exceptions: Mapping[str, AskedException] | None = None,
    by: Actor,
    version: int | None = None,
) -> Recommendation:
    """Recommend units to the social worker, in the order of the ladder.

    A unit that the match excludes is recommended only with its own of the `exceptions`, which then
    stands beside the outcome, on the rung where the unit would have been.

    The register is held while this is decided, so that a stop either comes before, and the unit
    is no candidate, or after. Raises CannotRecommend (codes `nothing_chosen`, `not_a_candidate`,
    `answered_no`, `reason_needed`, and those of `domain.exceptions.check`), StepNotAllowed,
    Outdated.
    """
    with stepping.taking_step(
        Step.RECOMMEND, request_id=request_id, by=by, version=version
    ) as change:
        register_queries.hold_register()
        matched = matching.match_now(change.request)
        offer = matching.offer_of(matched, change.request)
        granted = excepting.grant(exceptions or {}, units, matched, change.request)
        wider = offer.widened({unit: one.form for unit, one in granted.items()})
        chosen = recommending.in_ladder_order(units, wider)
        passed = recommending.passed_over(units, wider)
        if passed and not skipped_rung_reason:
            raise recommending.CannotRecommend("reason_needed")
        reason = skipped_rung_reason if passed else ""
        sent = recommendation_of(change.request, matched, message=message, reason=reason, by=by)
        sent.direct_award_reason = direct_award_reason(chosen, offer, reason)
        sent.save()
        settle_by_recommending(request_id)
        excepting.keep(sent, granted.values())
        candidates = {
            unit: granted[unit].candidate if unit in granted else matched.candidate(unit)
            for unit, _form in chosen
        }
        rows = save_units(sent, chosen, candidates, change.request)
        _note_on_request(change, chosen, rows, excepted=granted)
        names = {row.unit_code: row.unit_name for row in rows}
        excepting.ask_corrections(granted.values(), names, by=by)
    return sent


def recommendation_of(
    request: PlacementRequest,
    matched: matching.Matched,
    *,
    message: str,
    reason: str,
    by: Actor,
) -> Recommendation:
    return Recommendation(
        request=request,
        number=request.recommendations.count() + 1,
        sent_at=clock.now(),
        sent_by_id=by.user_id,
        message=message,
        skipped_rung_reason=reason,
        need=matched.need_document,
        register_number=matched.register_number,
        instant=matched.instant,
        rules_version=matched.rules_version,
        rungs=matched.rungs,
        outcome_digest=matched.digest,
    )


def direct_award_reason(
    chosen: Sequence[tuple[str, ProvisionForm]], offer: recommending.Offer, reason: str
) -> str:
    if ProvisionForm.DIRECT_AWARD not in {form for _, form in chosen}:
        return ""
    return recommending.direct_award_reason(offer, skipped_rung_reason=reason)


def save_units(
    sent: Recommendation,
    chosen: Sequence[tuple[str, ProvisionForm]],
    candidates: Mapping[str, Mapping[str, Any]],
    request: PlacementRequest,
) -> list[RecommendedUnit]:
    codes = [unit for unit, _ in chosen]
    named = register_queries.named_units(codes)
    prices = _prices(chosen, candidates, request)
    rows = [
        unit_row(position, form, candidates[unit], named[unit], prices.get(unit))
        for position, (unit, form) in enumerate(chosen, start=1)
    ]
    for row in rows:
        row.recommendation = sent
    return RecommendedUnit.objects.bulk_create(rows)


def _prices(
    chosen: Sequence[tuple[str, ProvisionForm]],
    candidates: Mapping[str, Mapping[str, Any]],
    request: PlacementRequest,
) -> dict[str, register_queries.PriceDate]:
    return register_queries.price_dates(
        [placed(form, candidates[unit]) for unit, form in chosen],
        municipality=request.municipality_id,
        service_type=request.service_type,
        day=request.wanted_start or clock.today(),
    )


def placed(form: ProvisionForm, candidate: Mapping[str, Any]) -> register_queries.Placed:
    """A candidate of an outcome as the register asks for it when it looks up a price."""
    return register_queries.Placed(candidate["unit"], form, candidate["rank"], _rate(candidate))


def _rate(candidate: Mapping[str, Any]) -> Decimal | None:
    return None if candidate["rate"] is None else kronor(str(candidate["rate"]))


def unit_row(
    position: int,
    form: ProvisionForm,
    candidate: Mapping[str, Any],
    unit: register_queries.NamedUnit | register_queries.UnitCard,
    price: register_queries.PriceDate | None,
) -> RecommendedUnit:
    """What is kept of a recommended unit, not yet saved: a page shows it before it is sent."""
    kilometres = candidate["distance_km"]
    return RecommendedUnit(
        position=position,
        unit_code=unit.code,
        unit_name=unit.name,
        provider_name=unit.provider_name,
        provision_form=form,
        rank=candidate["rank"],
        rate=_rate(candidate),
        rate_unit=price.rate_unit if price else "day",
        rate_from=price.rate_from if price else None,
        places_certain=candidate["places_certain"],
        wished_met=candidate["wished_met"],
        distance_km=None if kilometres is None else Decimal(str(kilometres)),
    )


def _note_on_request(
    change: stepping.Change,
    chosen: Sequence[tuple[str, ProvisionForm]],
    rows: Sequence[RecommendedUnit],
    *,
    excepted: Collection[str],
) -> None:
    request = change.request
    request.feedback_due_on = feedback_due_on(clock.today(), office_of(request.municipality_id))
    request.has_purchase = request.has_purchase or any(form in PURCHASED for _, form in chosen)
    change.facts = {"units": [row.unit_name for row in rows]}
    change.details = {"units": [row.unit_code for row in rows]}
    if excepted:
        change.facts["excepted"] = [row.unit_name for row in rows if row.unit_code in excepted]
        change.details["excepted"] = sorted(excepted)
