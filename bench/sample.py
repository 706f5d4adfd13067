"""Registers and needs of any size for the benchmarks, in the match format.

The mix follows the figures of 2024: services by their share of requests, the rungs that exist
for each, own units with few free places, agreements that most members are parties to.
"""

from datetime import date, timedelta
from random import Random
from typing import Any, Final

Document = dict[str, Any]

INSTANT: Final = date(2026, 3, 3)
MEMBERS: Final = ("1480", "1440", "1401", "1482", "1441", "1481", "1402", "1415", "1419", "1407")

REQUESTS: Final = {
    "supported_social_housing": 4080,
    "emergency_aid_housing": 319,
    "treatment": 168,
    "protected_housing": 467,
    "housing_first": 113,
    "residential_care_home": 664,
    "supported_accommodation": 138,
    "foster_home": 358,
    "outpatient_care": 85,
    "short_term_stay": 125,
    "short_term_housing": 908,
}
"""A year's requests for each service: 7 425 in all."""

PROVISION_FORMS: Final = {
    "supported_social_housing": ["in_house", "framework", "direct_award"],
    "emergency_aid_housing": ["in_house", "direct_award"],
    "treatment": ["framework", "direct_award"],
    "protected_housing": ["in_house", "iop", "framework", "direct_award"],
    "housing_first": ["in_house", "framework"],
    "residential_care_home": ["in_house", "framework", "direct_award"],
    "supported_accommodation": ["in_house", "framework", "direct_award"],
    "foster_home": ["framework", "direct_award"],
    "outpatient_care": ["framework", "direct_award"],
    "short_term_stay": ["in_house", "framework", "direct_award"],
    "short_term_housing": ["in_house", "framework", "direct_award"],
}

SUBTYPES: Final = {
    "supported_social_housing": [
        "akutboende",
        "kortsiktigt kollektivt",
        "kortsiktigt lägenhet",
        "långsiktigt kollektivt",
        "långsiktigt lägenhet",
        "förstärkt kollektivt",
    ],
    "treatment": ["förstärkt familjehemsvård", "behandlingshem (HVB)", "öppenvård"],
    "protected_housing": ["våld i nära relation eller hedersrelaterat våld", "avhoppare"],
    "residential_care_home": ["akut", "behandling", "utredning"],
    "foster_home": ["familjehem", "jourhem"],
    "short_term_stay": ["korttidshem", "lägerverksamhet"],
    "short_term_housing": ["psykiska funktionsnedsättningar", "fysiska funktionsnedsättningar"],
}

NEEDS: Final = {
    "active_substance_use": 0.5,
    "sober_since": 0.3,
    "disability_or_ill_health": 0.35,
    "criminality": 0.2,
    "neuropsychiatric": 0.15,
    "consequences_of_use": 0.1,
    "intimate_partner_violence": 0.1,
    "self_harm": 0.08,
    "acting_out": 0.1,
    "suicidal_acts": 0.07,
    "threats_or_violence": 0.08,
    "opioid_substitution": 0.07,
    "intellectual_disability": 0.04,
    "mobility": 0.04,
    "supervision": 0.03,
    "lss_person": 0.02,
}


def register(units: int, seed: int = 1) -> Document:
    random = Random(seed)  # noqa: S311 - made-up units
    return {
        "instant": INSTANT.isoformat(),
        "places_horizon_days": 21,
        "provision_forms": PROVISION_FORMS,
        "units": [unit(random, number) for number in range(units)],
    }


def needs(count: int, seed: int = 2) -> list[Document]:
    random = Random(seed)  # noqa: S311 - made-up needs
    return [need(random) for _ in range(count)]


def unit(random: Random, number: int) -> Document:
    services = _services(random)
    service_type = services[0]["service_type"]
    forms = PROVISION_FORMS[service_type]
    own = "in_house" in forms and random.random() < 0.2
    bought = [form for form in forms if form not in ("in_house", "direct_award")]
    framed = not own and bool(bought) and random.random() < 0.6
    places = random.choice([4, 6, 8, 10, 12, 16, 20])
    document: Document = {
        "id": f"U{number:06d}",
        "name": f"Verksamhet {number}",
        "provider": f"P{number // 3}",
        "operated_by": _municipality(random) if own else None,
        "services": services,
        "ages": _ages(random, service_type),
        "genders": random.choice([[], [], [], ["woman"], ["man"]]),
        "drug_free": random.choice([None, True, True, False]),
        "needs_met": [code for code in NEEDS if random.random() < 0.6],
        "needs_refused": [code for code in NEEDS if random.random() < 0.04],
        "permit": {"required": True, "valid_from": "2024-01-01", "valid_to": _end(random)},
        "places": {
            "total": places,
            "occupied": random.randint(places // 2, places),
            "unavailable": random.choice([0, 0, 0, 1]),
            "next_free_on": _soon(random) if random.random() < 0.2 else None,
        },
        "location": {
            "municipality": _municipality(random),
            "lat": round(random.uniform(57.5, 58.1), 5),
            "lon": round(random.uniform(11.6, 12.6), 5),
        },
        "agreements": [_agreement(random, service_type, form) for form in bought if framed],
        "stops": [_stop(random)] if random.random() < 0.03 else [],
    }
    if own:
        document["in_house_rate"] = random.randint(1200, 3000)
    if not own and not framed and "direct_award" in forms:
        document["direct_award"] = {
            "vetted_from": "2025-06-01",
            "vetted_to": _end(random),
            "rate": random.randint(1800, 5200),
            "rate_unit": "day",
        }
    return document


def need(random: Random) -> Document:
    service_type = random.choices(list(REQUESTS), weights=list(REQUESTS.values()))[0]
    subtypes = SUBTYPES.get(service_type)
    wanted = [code for code, share in NEEDS.items() if random.random() < share]
    return {
        "municipality": "1480" if random.random() < 0.7 else _municipality(random),
        "service_type": service_type,
        "subtype": random.choice(subtypes) if subtypes and random.random() < 0.8 else None,
        "wanted_start": _soon(random),
        "age": random.randint(*_span(service_type)),
        "gender": random.choice(["woman", "man", None]),
        "drug_free": random.choice([None, True, False]),
        "companions": [random.randint(0, 17)] if random.random() < 0.05 else [],
        "needs_required": wanted[:2],
        "needs_wished": wanted[2:],
        "near": {
            "lat": round(random.uniform(57.6, 57.8), 5),
            "lon": round(random.uniform(11.8, 12.1), 5),
            "within_km": random.choice([None, None, 20, 50]),
        },
        "not_in_municipalities": [_municipality(random)] if random.random() < 0.1 else [],
        "not_units": [],
    }


def _services(random: Random) -> list[Document]:
    count = 2 if random.random() < 0.05 else 1
    chosen = random.choices(list(REQUESTS), weights=list(REQUESTS.values()), k=count)
    return [
        {
            "service_type": service_type,
            "subtypes": [s for s in SUBTYPES.get(service_type, []) if random.random() < 0.5],
        }
        for service_type in dict.fromkeys(chosen)
    ]


def _agreement(random: Random, service_type: str, form: str) -> Document:
    return {
        "provision_form": form,
        "parties": list(MEMBERS) if random.random() < 0.8 else ["1480"],
        "service_type": service_type,
        "subtypes": [s for s in SUBTYPES.get(service_type, []) if random.random() < 0.5],
        "valid_from": "2025-02-01",
        "valid_to": _end(random),
        "rank": random.randint(1, 30),
        "rate": random.randint(900, 4000),
    }


def _stop(random: Random) -> Document:
    kind = random.choice(["recommendation_stop", "order_stop", "paused"])
    return {"kind": kind, "from": "2026-02-01", "to": random.choice([None, "2026-03-10"])}


def _municipality(random: Random) -> str:
    return random.choice(MEMBERS)


def _end(random: Random) -> str:
    return random.choice(["2026-03-01", "2026-12-31", "2027-12-31", "2028-06-30", "2029-01-31"])


def _soon(random: Random) -> str:
    return (INSTANT + timedelta(days=random.randint(0, 45))).isoformat()


def _span(service_type: str) -> tuple[int, int]:
    young = ("residential_care_home", "foster_home", "outpatient_care", "supported_accommodation")
    return (6, 20) if service_type in young else (18, 70)


def _ages(random: Random, service_type: str) -> list[int | None]:
    low, high = _span(service_type)
    return [random.choice([low, low, low + 3]), random.choice([None, high, high - 5])]
