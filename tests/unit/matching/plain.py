"""A second reading of the match format: one unit after the other, as slow and plain as it reads.

It is written from the text alone and shares no code with the product. It takes documents that
have been found to be right; dates stay texts, which compare as dates do.
"""

from datetime import date
from math import asin, cos, radians, sin, sqrt
from typing import Any

Document = dict[str, Any]

LADDER = ["in_house", "iop", "framework", "direct_award"]
TALKED_ABOUT = {
    "not_open",
    "age",
    "companion",
    "gender",
    "drug_free",
    "need_refused",
    "need_not_met",
    "no_free_place",
    "no_agreement",
    "agreement_expired",
    "too_far",
}
LAST = float("inf")


def match(need: Document, register: Document) -> Document:
    rungs: dict[str, list[tuple[Any, Document]]] = {
        form: [] for form in LADDER if form in register["provision_forms"][need["service_type"]]
    }
    excluded, near_misses = [], []
    by_reason: dict[str, int] = {}
    for unit in sorted(register["units"], key=lambda unit: unit["id"]):
        reasons = reasons_against(unit, need, register)
        if not reasons:
            form = first_rung(unit, need, register)
            rungs[form].append(candidate(unit, form, need))
            continue
        excluded.append({"unit": unit["id"], "reasons": reasons})
        if len(reasons) == 1 and reasons[0] in TALKED_ABOUT:
            near_misses.append(unit["id"])
        for reason in reasons:
            by_reason[reason] = by_reason.get(reason, 0) + 1
    return {
        "rungs": [
            {"provision_form": form, "candidates": [shown for _, shown in sorted(found, key=first)]}
            for form, found in rungs.items()
        ],
        "excluded": excluded,
        "near_misses": near_misses,
        "counts": {
            "units": len(register["units"]),
            "excluded": len(excluded),
            "by_reason": {code: by_reason[code] for code in CODES if code in by_reason},
        },
    }


CODES = [
    "wrong_service",
    "wrong_subtype",
    "not_open",
    "age",
    "companion",
    "gender",
    "drug_free",
    "need_refused",
    "need_not_met",
    "permit",
    "no_free_place",
    "stopped",
    "no_agreement",
    "agreement_expired",
    "excluded_area",
    "too_far",
    "excluded_unit",
]


def reasons_against(  # noqa: C901, PLR0912, PLR0915 - the table of the text, from top to bottom
    unit: Document, need: Document, register: Document
) -> list[str]:
    start = need["wanted_start"]
    services = [
        service
        for service in unit.get("services") or []
        if service.get("service_type") == need["service_type"]
    ]
    if not services:
        return ["wrong_service"]
    reasons = []

    subtype = need.get("subtype")
    if subtype is not None and all(
        service.get("subtypes") and subtype not in service["subtypes"] for service in services
    ):
        reasons.append("wrong_subtype")

    if not holds_on(start, unit.get("open_from"), unit.get("open_to")):
        reasons.append("not_open")

    ages = unit.get("ages")
    if need.get("age") is not None and outside(need["age"], ages):
        reasons.append("age")

    companion_ages = unit.get("companion_ages")
    if companion_ages is None:
        companion_ages = ages
    if any(outside(age, companion_ages) for age in need.get("companions") or []):
        reasons.append("companion")

    genders = unit.get("genders") or ["woman", "man", "other"]
    if need.get("gender") is not None and need["gender"] not in genders:
        reasons.append("gender")

    sayings = {need.get("drug_free"), unit.get("drug_free")}
    if sayings == {True, False}:
        reasons.append("drug_free")

    required, wished = need.get("needs_required") or [], need.get("needs_wished") or []
    if any(code in (unit.get("needs_refused") or []) for code in required + wished):
        reasons.append("need_refused")
    if any(code not in (unit.get("needs_met") or []) for code in required):
        reasons.append("need_not_met")

    permit = unit.get("permit") or {}
    if permit.get("required"):
        held = permit.get("valid_from") is not None
        if not held or not holds_on(start, permit["valid_from"], permit.get("valid_to")):
            reasons.append("permit")

    if not has_enough_places(unit, need) and within_horizon(need, register):
        reasons.append("no_free_place")

    opened = open_rungs(unit, need, register)
    if opened and not not_closed(opened, unit, need, register):
        reasons.append("stopped")
    if not opened:
        some_day = open_rungs(unit, need, register, on_any_day=True)
        reasons.append("agreement_expired" if some_day else "no_agreement")

    avoided = need.get("not_in_municipalities") or []
    municipality = (unit.get("location") or {}).get("municipality")
    if avoided and (municipality is None or municipality in avoided):
        reasons.append("excluded_area")

    within_km = (need.get("near") or {}).get("within_km")
    metres = distance(unit, need)
    if within_km is not None and metres is not None and metres / 1000 > within_km:
        reasons.append("too_far")

    if unit["id"] in (need.get("not_units") or []):
        reasons.append("excluded_unit")
    return reasons


def holds_on(day: str, first: str | None, last: str | None) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


def outside(age: int, ages: list[int | None] | None) -> bool:
    if ages is None:
        return False
    youngest, oldest = ages
    return (youngest is not None and age < youngest) or (oldest is not None and age > oldest)


def places_asked(need: Document) -> int:
    if need.get("places") is not None:
        return int(need["places"])
    return 1 + len(need.get("companions") or [])


def has_enough_places(unit: Document, need: Document) -> bool:
    places = unit.get("places") or {}
    if places.get("total") is None:
        return True
    free = places["total"] - (places.get("occupied") or 0) - (places.get("unavailable") or 0)
    if free >= places_asked(need):
        return True
    next_free_on = places.get("next_free_on")
    return (
        next_free_on is not None
        and next_free_on <= need["wanted_start"]
        and places_asked(need) == 1
    )


def within_horizon(need: Document, register: Document) -> bool:
    horizon = register.get("places_horizon_days")
    if horizon is None:
        return True
    start, instant = need["wanted_start"], register["instant"]
    return (date.fromisoformat(start) - date.fromisoformat(instant)).days <= int(horizon)


def open_rungs(
    unit: Document, need: Document, register: Document, on_any_day: bool = False
) -> list[str]:
    opened = []
    for form in LADDER:
        if form not in register["provision_forms"][need["service_type"]]:
            continue
        if form == "in_house":
            is_open = unit.get("operated_by") == need["municipality"]
        elif form == "direct_award":
            vetting = unit.get("direct_award")
            is_open = vetting is not None and (
                on_any_day
                or holds_on(
                    need["wanted_start"], vetting.get("vetted_from"), vetting.get("vetted_to")
                )
            )
        else:
            is_open = bool(fitting_agreements(unit, form, need, on_any_day))
        if is_open:
            opened.append(form)
    return opened


def fitting_agreements(
    unit: Document, form: str, need: Document, on_any_day: bool = False
) -> list[Document]:
    return [
        agreement
        for agreement in unit.get("agreements") or []
        if agreement.get("provision_form") == form
        and need["municipality"] in (agreement.get("parties") or [])
        and agreement.get("service_type") == need["service_type"]
        and (
            need.get("subtype") is None
            or not agreement.get("subtypes")
            or need["subtype"] in agreement["subtypes"]
        )
        and (
            on_any_day
            or holds_on(
                need["wanted_start"], agreement.get("valid_from"), agreement.get("valid_to")
            )
        )
    ]


def not_closed(opened: list[str], unit: Document, need: Document, register: Document) -> list[str]:
    closed: set[str] = set()
    for stop in unit.get("stops") or []:
        days = [register["instant"], need["wanted_start"]]
        if any(holds_on(day, stop.get("from"), stop.get("to")) for day in days):
            if stop.get("kind") == "recommendation_stop":
                closed |= {"direct_award"}
            elif stop.get("kind") == "order_stop":
                closed |= {"framework", "direct_award"}
            else:
                closed |= set(LADDER)
    return [form for form in opened if form not in closed]


def first_rung(unit: Document, need: Document, register: Document) -> str:
    return not_closed(open_rungs(unit, need, register), unit, need, register)[0]


def distance(unit: Document, need: Document) -> int | None:
    for service in unit.get("services") or []:
        if service.get("service_type") == "protected_housing":
            return None
    here, there = need.get("near") or {}, unit.get("location") or {}
    if any(place.get(key) is None for place in (here, there) for key in ("lat", "lon")):
        return None
    lat1, lon1, lat2, lon2 = (
        radians(degrees) for degrees in (here["lat"], here["lon"], there["lat"], there["lon"])
    )
    a = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return round(2 * 6371.0088 * 1000 * asin(min(1.0, sqrt(a))))


def candidate(unit: Document, form: str, need: Document) -> tuple[Any, Document]:
    """What orders it within its rung, and what is shown of it."""
    rank, rate, rate_per_day = None, None, None
    if form == "in_house":
        rate = unit.get("in_house_rate")
    elif form == "direct_award":
        rate = unit["direct_award"].get("rate")
        rate_per_day = per_day(unit["direct_award"])
    else:
        counts = agreement_that_counts(fitting_agreements(unit, form, need), need)
        rank, rate, rate_per_day = counts.get("rank"), counts.get("rate"), per_day(counts)
    wished = list(dict.fromkeys(need.get("needs_wished") or []))
    wished_met = [code for code in wished if code in (unit.get("needs_met") or [])]
    certain = has_enough_places(unit, need)
    metres = distance(unit, need)
    order = (
        none_last(rank) if need.get("subtype") is not None else 0,
        not certain,
        -len(wished_met),
        none_last(rate_per_day) if form != "in_house" else 0,
        none_last(metres),
        unit["id"],
    )
    return order, {
        "unit": unit["id"],
        "rank": rank,
        "places_certain": certain,
        "wished_met": wished_met,
        "rate": rate,
        "distance_km": None if metres is None else (metres + 50) // 100 / 10,
    }


def agreement_that_counts(agreements: list[Document], need: Document) -> Document:
    def order(agreement: Document) -> tuple[float, float]:
        rank = none_last(agreement.get("rank")) if need.get("subtype") is not None else 0
        return rank, none_last(per_day(agreement))

    return min(agreements, key=order)  # the first of several that are alike


def per_day(terms: Document) -> float | None:
    return terms.get("rate") if (terms.get("rate_unit") or "day") == "day" else None


def none_last(value: float | None) -> float:
    return LAST if value is None else value


def first(ordered: tuple[Any, Document]) -> Any:
    return ordered[0]
