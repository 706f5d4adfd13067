"""Making the units: each profile's own, partnered, contracted and directly procured ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from spink.sample import facts, names
from spink.sample.drawing import Draw
from spink.sample.places import (
    AROUND,
    AWAY,
    GOTEBORG,
    IN_MUNICIPALITY,
    MEMBERS,
    NEIGHBOURS,
    Place,
    position_in,
)
from spink.sample.register.applications import ASKING, Application, arrived_on, begun_on
from spink.sample.register.frameworks import Chain, chain_of
from spink.sample.register.needs import needs_of
from spink.sample.register.plans import Provider, Unit
from spink.sample.register.profiles import PROFILES, Profile
from spink.sample.register.providers import Providers

AREA_OF_SERVICE: Final = {
    "supported_accommodation": "barn",
    "foster_home": "barn",
    "residential_care_home": "barn",
    "outpatient_care": "barn",
    "short_term_housing": "funktion",
    "short_term_stay": "funktion",
    "special_service_housing": "funktion",
}
PERIODS: Final = 4
FULLNESS: Final = {"own": (0.84, 1.0), "contract": (0.72, 1.0), "": (0.55, 0.97)}
DEAREST_DIRECT: Final = 1.35

MunicipalWeights = dict[str, float]
MEMBER_WEIGHTS: Final[MunicipalWeights] = {
    code: 9.0 if code == GOTEBORG else 1.0 for code in MEMBERS
}


@dataclass(frozen=True)
class OwnForm:
    """Göteborg's own units of one form of housing, as the published occupancy counts them."""

    name: str
    profile: str
    subtypes: tuple[str, ...]
    units: int


OWN_FORMS: Final = (
    OwnForm("Akutboende", "social", ("akutboende",), 2),
    OwnForm(
        "Kort- och långsiktigt lägenhetsboende",
        "social",
        ("kortsiktigt lägenhet", "långsiktigt lägenhet"),
        7,
    ),
    OwnForm("Kortsiktigt kollektiv", "social", ("kortsiktigt kollektivt",), 5),
    OwnForm("Långsiktigt kollektiv", "social", ("långsiktigt kollektivt",), 3),
    OwnForm("Nödbiståndsboende", "emergency", (), 3),
    OwnForm("Stödboende", "youth_housing", (), 4),
    OwnForm("HVB", "children_home", (), 3),
    OwnForm("BmSS/SÄBO", "special_adults", ("vuxna",), 12),
)
SHORT_TERM_PLACES: Final = 19
"""Göteborg's one own unit of short-term housing, before it grew."""
SHORT_TERM_NEEDS: Final = (
    "disability_or_ill_health",
    "neuropsychiatric",
    "intellectual_disability",
    "mobility",
    "supervision",
)


class UnitMaker:
    """Makes units one after the other; every trait is drawn by the unit's own code."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._names = names.unit_names(Draw(seed, "unit names"))
        self.providers = Providers(seed)
        self._made = 0
        self._stay_providers: list[Provider] = []
        self.applications: list[Application] = []

    def every(self) -> list[Unit]:
        made = [unit for profile in PROFILES for unit in self._of(profile)]
        return [*made, *self._others(), *self._newcomers(), *self._applicants()]

    def _of(self, profile: Profile) -> Iterator[Unit]:
        yield from self._own(profile)
        for _ in range(profile.counts.own_elsewhere):
            yield self._run_by_municipality(profile, Draw(self._seed, self._made).one(NEIGHBOURS))
        for _ in range(profile.counts.iop):
            yield self._make(profile, form="iop", idea_based=True)
        yield from self._contracted(profile)
        for _ in range(profile.counts.direct):
            yield self._make(profile, form="")

    def _own(self, profile: Profile) -> Iterator[Unit]:
        forms = [form for form in OWN_FORMS if form.profile == profile.key]
        for form in forms:
            total = facts.occupancy()[form.name].total
            for places in split_evenly(total, form.units, Draw(self._seed, "own", form.name)):
                given: dict[str, Any] = {"places": places, "housing_form": form.name}
                if form.subtypes:
                    given["subtypes"] = form.subtypes
                yield self._run_by_municipality(profile, GOTEBORG, **given)
        for _ in range(0 if forms else profile.counts.own):
            given = {}
            if profile.key == "short_term_physical":
                given = {
                    "places": SHORT_TERM_PLACES,
                    "ages": (18, 64),
                    "needs_met": SHORT_TERM_NEEDS,
                    "needs_refused": ("active_substance_use",),
                    "priority_group": "Yngre personer och personer med stora omvårdnadsbehov",
                    "priority_ages": (18, 45),
                    "priority_needs": ("supervision",),
                }
            yield self._run_by_municipality(profile, GOTEBORG, **given)

    def _contracted(self, profile: Profile) -> Iterator[Unit]:
        """Camps are run by those who also run short-term homes (four suppliers, two of both)."""
        for number in range(profile.counts.contracts):
            unit = self._make(
                profile,
                form="framework",
                provider=self._stay_providers[number] if profile.key == "camp" else None,
                alone=profile.key in ("short_term_stay", "housing_first"),
            )
            if profile.key == "short_term_stay":
                self._stay_providers.append(unit.provider)
            yield unit

    def _others(self) -> Iterator[Unit]:
        """Owners that the lots above do not bring: a municipal company, the state, others."""
        homes, foster, youth, treatment, family = (
            profile_named(key)
            for key in (
                "children_home",
                "foster",
                "youth_housing",
                "treatment_home",
                "reinforced_family",
            )
        )
        company = self.providers.municipal_company()
        for profile in (homes, homes, foster, youth):
            yield self._make(profile, form="framework", provider=company)
        yield self._make(treatment, form="", provider=self.providers.state())
        for place, profile in zip(AROUND, (homes, youth, treatment), strict=True):
            provider = self.providers.municipality(place.municipality)
            yield self._make(
                profile, form="", provider=provider, place=place, operated_by=place.municipality
            )
        for profile in (foster, family):
            yield self._make(profile, form="", provider=self.providers.sole_trader(GOTEBORG))

    def _newcomers(self) -> Iterator[Unit]:
        """Two that the renewals of 2025 brought, both idea-based (reserved procurement)."""
        known_from = date(2025, 1, 7)
        for key, subtypes in (("social", ("förstärkt kollektivt",)), ("housing_first", ())):
            yield self._make(
                profile_named(key),
                form="framework",
                idea_based=True,
                alone=True,
                subtypes=subtypes,
                known_from=known_from,
                contracts=frozenset({1, 2, 3}),
            )

    def _applicants(self) -> Iterator[Unit]:
        """The units of those that are added; those that are refused come with no unit."""
        for number, asking in enumerate(ASKING):
            draw = Draw(self._seed, "application", number)
            profile, begun = profile_named(asking.profile), begun_on(number)
            decided = begun + timedelta(days=draw.whole(16, 25))
            decided -= timedelta(days=max(0, decided.weekday() - 4))
            provider = self.providers.applicant(asking.idea_based, known_from=arrived_on(begun))
            unit = "" if asking.reasons else f"V{1001 + self._made}"
            if unit:
                yield self._make(
                    profile,
                    form="",
                    provider=provider,
                    contracts=frozenset(),
                    contract_form="",
                    direct=False,
                    known_from=arrived_on(begun),
                    vetted_from=decided + timedelta(days=1),
                )
            needs_permit = bool(profile.permit)
            self.applications.append(
                Application(provider, needs_permit, begun, decided, asking.reasons, unit)
            )

    def _run_by_municipality(self, profile: Profile, municipality: str, **given: Any) -> Unit:
        draw = Draw(self._seed, "own place", self._made)
        return self._make(
            profile,
            form="own",
            provider=self.providers.municipality(municipality),
            operated_by=municipality,
            place=draw.one(IN_MUNICIPALITY[municipality]),
            **given,
        )

    def _make(
        self,
        profile: Profile,
        *,
        form: str,
        provider: Provider | None = None,
        idea_based: bool | None = None,
        alone: bool = False,
        place: Place | None = None,
        **given: Any,
    ) -> Unit:
        code = f"V{1001 + self._made}"
        self._made += 1
        draw = Draw(self._seed, "unit", code)
        place = place or _place(profile, form, draw)
        if provider is None:
            provider = self.providers.for_unit(
                area=AREA_OF_SERVICE.get(profile.service_type, "vuxen"),
                idea_based=draw.chance(profile.idea_based) if idea_based is None else idea_based,
                municipality=place.municipality,
                alone=alone,
            )
        traits = _traits(profile, form, draw) | given
        return Unit(
            code=code,
            name=next(self._names),
            provider=provider,
            profile=profile,
            operated_by=traits.pop("operated_by", ""),
            place=place,
            position=position_in(place, draw),
            **traits,
        )


def profile_named(key: str) -> Profile:
    return next(profile for profile in PROFILES if profile.key == key)


def _traits(profile: Profile, form: str, draw: Draw) -> dict[str, Any]:
    chain = chain_of(profile.key, form or "framework")
    drug_free = None if profile.drug_free is None else draw.chance(profile.drug_free)
    met, refused = needs_of(profile, drug_free, draw)
    subtypes = draw.weighted(profile.subtypes)
    contracts, direct = _contracts(chain, form, draw)
    while contracts and chain and chain.lots and not set(subtypes) & set(chain.lots):
        subtypes = draw.weighted(profile.subtypes)
    low, high = profile.rate
    dearer = draw.between(1.06, DEAREST_DIRECT) if not form else 1.0
    return {
        "subtypes": subtypes,
        "ages": draw.weighted(profile.ages),
        "genders": draw.weighted(profile.genders),
        "drug_free": drug_free,
        "needs_met": met,
        "needs_refused": refused,
        "methods": tuple(draw.some(profile.methods, draw.whole(1, 3))),
        "places": None if profile.places is None else draw.whole(*profile.places),
        "fullness": draw.between(*FULLNESS.get(form, FULLNESS["contract"])),
        "rate": round(draw.between(low, high) * dearer / 10) * 10,
        "contracts": contracts,
        "contract_form": chain.form if chain and contracts else "",
        "direct": direct,
        "acute": draw.chance(0.25),
        "permit_from": _permit_from(profile, form, draw),
    }


def _contracts(chain: Chain | None, form: str, draw: Draw) -> tuple[frozenset[int], bool]:
    """The periods of its framework that the unit has a contract in, and whether it is vetted.

    Nine of ten win the next procurement again. Some that lose are vetted for direct award
    instead, and some that were directly procured win a contract at the first renewal.
    """
    if form == "own":
        return frozenset(), False
    if not form:
        wins = chain is not None and draw.chance(0.12)
        return frozenset(range(1, PERIODS) if wins else ()), True
    kept = 1
    while kept < PERIODS and draw.chance(0.9):
        kept += 1
    return frozenset(range(kept)), form == "framework" and draw.chance(0.6)


def _permit_from(profile: Profile, form: str, draw: Draw) -> date | None:
    """None where no permit is held; protected housing needs one since April 2024."""
    begins = date(draw.whole(2013, 2021), draw.whole(1, 12), draw.whole(1, 28))
    if not profile.permit or form == "own" or draw.chance(0.01):
        return None
    if profile.permit_needed_from:
        return None if draw.chance(0.06) else date(2024, draw.whole(1, 3), draw.whole(1, 28))
    return begins


def _place(profile: Profile, form: str, draw: Draw) -> Place:
    if draw.chance(profile.far) and form != "iop":
        return draw.one(AROUND + AWAY)
    return draw.one(IN_MUNICIPALITY[draw.weighted(MEMBER_WEIGHTS)])


def split_evenly(total: int, parts: int, draw: Draw) -> list[int]:
    """Whole numbers of about the same size that add up to the total."""
    least = [total // parts + (1 if number < total % parts else 0) for number in range(parts)]
    for _ in range(parts):
        give, take = draw.whole(0, parts - 1), draw.whole(0, parts - 1)
        moved = min(least[give] // 4, 6)
        least[give] -= moved
        least[take] += moved
    return least
