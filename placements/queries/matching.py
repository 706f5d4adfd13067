"""Matching a request: its need as a document, the register now, and the outcome that belongs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, cast

from placements.domain.recommending import Offer
from placements.domain.values import Answer
from placements.matching import RULES_VERSION, Need, Outcome, match
from placements.models import OutcomeFeedback, PlacementRequest, ProviderInquiry
from placements.queries.households import as_one, living_together
from providers import queries as register_queries
from providers.domain.register import Register
from spink.catalogue import queries as catalogue
from spink.catalogue.domain.ladder import ProvisionForm
from spink.catalogue.domain.services import PROTECTED_HOUSING
from spink.foundation import clock


@dataclass(frozen=True)
class Matched:
    """An outcome with all that fixes it."""

    need_document: dict[str, Any]
    register: Register
    outcome: Outcome
    rules_version: str = RULES_VERSION

    @property
    def register_number(self) -> int:
        return self.register.number or 0

    @property
    def instant(self) -> date:
        return self.register.instant

    @cached_property
    def rungs(self) -> list[dict[str, Any]]:
        return cast("list[dict[str, Any]]", self.outcome.to_dict("none")["rungs"])

    @property
    def digest(self) -> str:
        return self.outcome.digest()

    def has_candidate(self, unit: str) -> bool:
        return any(one["unit"] == unit for rung in self.rungs for one in rung["candidates"])

    def candidate(self, unit: str) -> dict[str, Any]:
        """The candidate of that code. Raises KeyError."""
        for rung in self.rungs:
            for candidate in rung["candidates"]:
                if candidate["unit"] == unit:
                    return cast("dict[str, Any]", candidate)
        raise KeyError(unit)


def need_of(request: PlacementRequest) -> dict[str, Any]:
    """The need as the contract of a match has it: who the person is stays out of it.

    The match wants a service and a start; a draft without them raises ValueError.
    """
    if not request.service_type or request.wanted_start is None:
        raise ValueError(f"{request.reference} has no service or no wanted start yet")
    return {
        "municipality": request.municipality_id,
        "service_type": request.service_type,
        "subtype": request.subtype or None,
        "wanted_start": request.wanted_start.isoformat(),
        "age": request.age,
        "gender": request.gender or None,
        "drug_free": request.drug_free,
        "companions": list(request.companions),
        "needs_required": list(request.needs_required),
        "needs_wished": list(request.needs_wished),
        "near": _near(request),
        "not_in_municipalities": list(request.avoid_municipalities),
        "not_units": list(request.avoid_units),
    }


def _near(request: PlacementRequest) -> dict[str, Any] | None:
    if request.near_latitude is None:
        return None
    return {
        "lat": request.near_latitude,
        "lon": request.near_longitude,
        "within_km": request.within_km,
    }


def need_of_reference(reference: str) -> dict[str, Any]:
    """The need of a request that the caller may see. Raises DoesNotExist."""
    return need_of(as_one(PlacementRequest.objects.get(reference=reference)))


def match_now(request: PlacementRequest) -> Matched:
    """Match the request, with the household that it lives with, against the register now."""
    return match_one(as_one(request))


def match_one(whole: PlacementRequest) -> Matched:
    """The same, where the household has been made one already (`queries.as_one`)."""
    return match_in(need_of(whole), register_queries.current_register())


def preview(need: PlacementRequest) -> Matched:
    """What a request would be matched with now, that is not filed. Whoever asks may know neither
    where protected housing lies nor which stops are to come, and finds out neither by asking for
    what is to be avoided or for a later start."""
    register = register_queries.current_register().without_stops_to_come()
    if need.avoid_municipalities:
        register = register.without_municipality_of(PROTECTED_HOUSING)
    return match_in(need_of(need), register)


def match_in(need_document: Mapping[str, Any], register: Register) -> Matched:
    need = Need.from_document(
        need_document, place="request", service_types=register.provision_forms
    )
    return Matched(dict(need_document), register, match(need, register))


def replayed(need_document: Mapping[str, Any], *, register_number: int, instant: date) -> Matched:
    """The outcome of an old match, from the diary: the same bytes as then, by the same rules."""
    register = register_queries.register_at_number(register_number, instant=instant)
    return match_in(need_document, register)


def offer_of(matched: Matched, request: PlacementRequest) -> Offer:
    """Ranks of different lots do not compare: they count where the need names a subtype."""
    candidates = {
        ProvisionForm(rung["provision_form"]): [one["unit"] for one in rung["candidates"]]
        for rung in matched.rungs
    }
    return Offer(
        candidates=candidates,
        answers=latest_answers(request),
        full_higher=_kept_off_by_places(matched),
        own_share_reached=own_share_reached(
            request.service_type, municipality=request.municipality_id
        ),
        ranks={
            candidate["unit"]: candidate["rank"]
            for rung in matched.rungs
            for candidate in rung["candidates"]
            if candidate["rank"] is not None and request.subtype
        },
    )


def latest_answers(request: PlacementRequest) -> dict[str, Answer]:
    """What each asked unit answered last; a unit that has not answered is not among them. It was
    asked about all who are to live together."""
    rows = (
        ProviderInquiry.objects.filter(request__in=living_together(request))
        .exclude(answer="")
        .order_by("answered_at", "id")
        .values_list("unit_code", "answer")
    )
    return {unit: Answer(answer) for unit, answer in rows}


def _kept_off_by_places(matched: Matched) -> bool:
    """Whether some unit fits but for a free place."""
    near = cast("list[dict[str, Any]]", matched.outcome.to_dict("near")["excluded"])
    return any(one["reasons"] == ["no_free_place"] for one in near)


def own_share_reached(service_type: str, *, municipality: str) -> bool:
    """Whether own units have had the decided share of this year's choices; False if none is."""
    share = catalogue.own_share(service_type, clock.today())
    if share is None:
        return False
    chosen = OutcomeFeedback.objects.filter(
        request__service_type=service_type,
        request__municipality_id=municipality,
        reported_at__gte=clock.now().replace(month=1, day=1, hour=0, minute=0, second=0),
    ).exclude(unit_code="")
    total = chosen.count()
    own = chosen.filter(provision_form=ProvisionForm.IN_HOUSE).count()
    return total > 0 and own >= share * total
