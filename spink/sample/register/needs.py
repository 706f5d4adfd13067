"""Which special needs a unit meets and which it refuses, after both published columns."""

from typing import Final

from spink.sample import facts
from spink.sample.drawing import Draw
from spink.sample.register.profiles import Profile

LEAST: Final = 0.5
MOST: Final = 0.96
KNOWN: Final = 0.95
REFUSED_BY_KIND: Final = 0.45
OFTEN_REFUSED: Final = {
    "threats_or_violence": 0.30,
    "acting_out": 0.25,
    "suicidal_acts": 0.18,
    "opioid_substitution": 0.22,
    "self_harm": 0.12,
    "mobility": 0.12,
    "criminality": 0.10,
}
CHILD_SERVICES: Final = frozenset(
    {
        "supported_accommodation",
        "foster_home",
        "residential_care_home",
        "outpatient_care",
        "short_term_stay",
    }
)


def needs_of(
    profile: Profile, drug_free: bool | None, draw: Draw
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Needs met and needs refused; no need is both. What is asked for often is met often."""
    met, refused = [], []
    for need, shares in facts.special_needs().items():
        if draw.chance(_meets(need, profile, drug_free, shares)):
            met.append(need)
        elif draw.chance(_refuses(need, profile, drug_free)):
            refused.append(need)
    return tuple(met), tuple(refused)


def _meets(need: str, profile: Profile, drug_free: bool | None, shares: dict[bool, float]) -> float:
    if need in profile.knows:
        return KNOWN
    if need == "active_substance_use":
        return _meets_use(profile, drug_free)
    share = sum(shares.values()) / 2 if drug_free is None else shares[drug_free]
    return min(MOST, LEAST + 1.1 * share)


def _meets_use(profile: Profile, drug_free: bool | None) -> float:
    if drug_free is not None:
        return 0.08 if drug_free else 0.98
    return 0.12 if profile.service_type in CHILD_SERVICES else 0.35


def _refuses(need: str, profile: Profile, drug_free: bool | None) -> float:
    if need == "active_substance_use" and drug_free:
        return 0.75
    if need in profile.refuses:
        return REFUSED_BY_KIND
    return OFTEN_REFUSED.get(need, 0.02)
