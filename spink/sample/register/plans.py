"""What is fixed about providers and units over the years; what changes is drawn by day."""

from dataclasses import dataclass
from datetime import date, datetime

from spink.sample.places import Place
from spink.sample.register.profiles import Profile


@dataclass(frozen=True)
class Group:
    code: str
    name: str


@dataclass(frozen=True)
class Provider:
    code: str
    name: str
    legal_form: str
    ownership: str
    number: str
    """Empty for authorities, and for sole traders, whose number is a person's."""
    municipality: str
    contact: str
    phone: str
    email: str
    group: str = ""
    known_from: date | None = None
    """None: it is in the register from its beginning."""


@dataclass(frozen=True)
class StopPlan:
    """When and why it is decided, and when it is lifted, if that is planned."""

    kind: str
    decided_at: datetime
    reason: str
    lifted_at: datetime | None = None
    inks_reference: str = ""
    """Of the decision that INK has taken."""


@dataclass(frozen=True)
class Unit:
    code: str
    name: str
    provider: Provider
    profile: Profile
    subtypes: tuple[str, ...]
    operated_by: str
    place: Place
    position: tuple[float, float]
    ages: tuple[int, int | None]
    genders: tuple[str, ...]
    drug_free: bool | None
    needs_met: tuple[str, ...]
    needs_refused: tuple[str, ...]
    methods: tuple[str, ...]
    places: int | None
    fullness: float
    """The share of its places that are taken on an ordinary day."""
    rate: int
    contracts: frozenset[int] = frozenset()
    """Numbers of the generations of its framework that it has a contract in."""
    contract_form: str = ""
    direct: bool = False
    vetted_from: date | None = None
    """Of one whose vetting the sample tells: from when that lets it into direct award."""
    known_from: date | None = None
    """None: it is in the register from its beginning."""
    permit_from: date | None = None
    permit_to: date | None = None
    stops: tuple[StopPlan, ...] = ()
    housing_form: str = ""
    """The line of the published occupancy that counts it: Göteborg's own units only."""
    priority_group: str = ""
    priority_ages: tuple[int, int] | None = None
    priority_needs: tuple[str, ...] = ()
    acute: bool = False

    @property
    def is_protected(self) -> bool:
        return self.profile.service_type == "protected_housing"
