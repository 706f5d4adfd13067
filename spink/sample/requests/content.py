"""What is asked for: services with their ages, needs, bases and wishes, drawn one by one."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from placements.domain.values import Urgency
from spink.sample import facts
from spink.sample.drawing import Draw
from spink.sample.places import GOTEBORG, IN_MUNICIPALITY, MEMBERS
from spink.sample.requests.services import Service, needs_asked

OLD_LAW_ENDS: Final = date(2025, 6, 30)
"""The last day of the old Socialtjänstlagen."""
NEW_LAW: Final = {"sol_4_1": "sol_2025", "sol_6_1a": "sol_2025_placement"}
URGENCIES: Final = {Urgency.ACUTE: 0.22, Urgency.SOON: 0.45, Urgency.PLANNED: 0.33}
AHEAD: Final = {Urgency.ACUTE: (0, 1), Urgency.SOON: (2, 12), Urgency.PLANNED: (14, 60)}
DECIDED_BEFORE: Final = {Urgency.ACUTE: (0, 0), Urgency.SOON: (0, 4), Urgency.PLANNED: (0, 14)}
NEAR: Final = 0.3
WITHIN_KM: Final = (25, 40, 60, None, None)
COMPULSORY: Final = frozenset({"lvu_2", "lvu_3", "lvu_6"})


@dataclass(frozen=True)
class Asked:
    """The content of a request; who the person is stands elsewhere."""

    service_type: str
    subtype: str
    age: int
    gender: str
    legal_basis: str
    decision_date: date
    wanted_start: date
    urgency: Urgency
    drug_free: bool | None
    companions: tuple[int, ...]
    needs_required: tuple[str, ...]
    needs_wished: tuple[str, ...]
    near: tuple[str, float, float, int | None] | None
    avoid_municipalities: tuple[str, ...]
    disclosure_basis: str
    description: str
    sis_shortage: bool = False


def asked(
    service: Service,
    *,
    subtype: str,
    age: int,
    gender: str,
    day: date,
    draw: Draw,
    municipality: str = GOTEBORG,
    drug_free: bool | None = None,
    sis_shortage: bool = False,
    urgency: Urgency | None = None,
) -> Asked:
    """Drawn as of the day on which it is sent. `drug_free` is given where the service asks it."""
    urgency = urgency or draw.weighted(_urgencies(subtype))
    decided = day - timedelta(days=draw.whole(*DECIDED_BEFORE[urgency]))
    basis = _basis(service, age, decided, draw)
    required, wished = needs_asked(service, subtype, drug_free, draw)
    return Asked(
        service_type=service.code,
        subtype=subtype,
        age=age,
        gender=gender,
        legal_basis=basis,
        decision_date=decided,
        wanted_start=day + timedelta(days=draw.whole(*AHEAD[urgency])),
        urgency=urgency,
        drug_free=drug_free,
        companions=_companions(service, draw),
        needs_required=required,
        needs_wished=wished,
        near=_near(service, municipality, draw),
        avoid_municipalities=_avoided(service, municipality, draw),
        disclosure_basis=_disclosure(basis, age, draw),
        description=draw.one(service.descriptions),
        sis_shortage=sis_shortage,
    )


def _urgencies(subtype: str) -> dict[Urgency, float]:
    if "akut" in subtype or subtype == "jourhem":
        return {Urgency.ACUTE: 0.6, Urgency.SOON: 0.35, Urgency.PLANNED: 0.05}
    return URGENCIES


def _basis(service: Service, age: int, decided: date, draw: Draw) -> str:
    basis = draw.weighted(service.legal_bases)
    if basis in COMPULSORY and age > 20:
        basis = "sol_4_1"
    return NEW_LAW.get(basis, basis) if decided > OLD_LAW_ENDS else basis


def _companions(service: Service, draw: Draw) -> tuple[int, ...]:
    if not draw.chance(service.companions):
        return ()
    return tuple(draw.whole(0, 15) for _ in range(draw.weighted({1: 6, 2: 3, 3: 1})))


def _near(
    service: Service, municipality: str, draw: Draw
) -> tuple[str, float, float, int | None] | None:
    """Never for protected housing, where closeness is a danger."""
    if service.code == "protected_housing" or not draw.chance(NEAR):
        return None
    place = draw.one(IN_MUNICIPALITY[municipality])
    return place.name, place.latitude, place.longitude, draw.one(WITHIN_KM)


def _avoided(service: Service, municipality: str, draw: Draw) -> tuple[str, ...]:
    share = 0.3 if service.code == "protected_housing" else 0.015
    if not draw.chance(share):
        return ()
    others = [code for code in MEMBERS if code != municipality]
    return (municipality if draw.chance(0.5) and share > 0.1 else draw.one(others),)


def _disclosure(basis: str, age: int, draw: Draw) -> str:
    if basis in COMPULSORY:
        return "urgent_compulsory"
    if draw.chance(0.08):
        return "necessary"
    return "consent_guardian" if age < 15 else "consent"


def subtype_counts(service: Service, total: int, year: int) -> dict[str, int]:
    """How many requests of each subtype: the published numbers where there are any."""
    return apportioned(total, subtype_weights(service, year))


def subtype_weights(service: Service, year: int) -> dict[str, float]:
    """Published ones where there are any; one without a name for a service that has none."""
    return facts.subtype_weights(service.code, year) or service.subtypes or {"": 1.0}


def apportioned(total: int, weights: dict[str, float]) -> dict[str, int]:
    """Whole numbers in proportion to the weights that add up to the total (largest remainders)."""
    whole = sum(weights.values())
    shares = {name: total * weight / whole for name, weight in weights.items()}
    counts = {name: int(share) for name, share in shares.items()}
    left = total - sum(counts.values())
    by_remainder = sorted(shares, key=lambda name: counts[name] - shares[name])
    for name in by_remainder[:left]:
        counts[name] += 1
    return counts
