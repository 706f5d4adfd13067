"""What a register file holds, checked: values by the names of the register's fields."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

Values = dict[str, Any]
Period = tuple[date | None, date | None]
"""First and last day, both within; None is open."""


@dataclass(frozen=True, slots=True)
class Price:
    valid_from: date | None
    rate: Decimal
    rate_unit: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What the match format lists: one period of a place with one rate."""

    period: Period
    rate: Decimal | None
    rate_unit: str
    rate_from: date | None


@dataclass(slots=True)
class Lot:
    code: str
    service_type: str | None
    subtypes: tuple[str, ...]
    name: str | None = None
    """None: the file does not say."""


@dataclass(slots=True)
class Agreement:
    code: str
    provision_form: str
    parties: tuple[str, ...]
    period: Period
    lots: dict[str, Lot] = field(default_factory=dict)
    provider: str | None = None
    extra: Values = field(default_factory=dict)
    derived: bool = False
    """Made of the units' own entries, since no list of agreements names it."""


@dataclass(slots=True)
class AgreementPlace:
    """A unit's place in a lot, with its prices."""

    agreement: str
    lot: str
    rank: int | None
    prices: list[Price]
    entries: list[Entry] = field(default_factory=list)


@dataclass(slots=True)
class Stop:
    """`on` is unit, provider or group, and `target` its code."""

    reference: UUID
    kind: str
    period: Period
    on: str
    target: str
    details: Values = field(default_factory=dict)


@dataclass(slots=True)
class Unit:
    number: int
    code: str
    provider: str
    values: Values
    services: dict[str, tuple[str, ...]]
    agreements: list[AgreementPlace]
    permit: Values | None
    direct_award: Values | None
    address: Values | None
    says_address: bool


@dataclass(slots=True)
class RegisterFile:
    settings: Values = field(default_factory=dict)
    groups: dict[str, Values] = field(default_factory=dict)
    providers: dict[str, Values] = field(default_factory=dict)
    agreements: dict[str, Agreement] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    stops: dict[UUID, Stop] = field(default_factory=dict)
    inherited: list[Stop] = field(default_factory=list)
    """Stops that a unit names as its provider's or group's."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a file may name because it is there already.

    `subtypes` are the catalogue's, by service; `codes` those of groups, providers and units.
    """

    subtypes: dict[str, frozenset[str]]
    needs: frozenset[str]
    groups: frozenset[str] = frozenset()
    providers: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    agreements: dict[str, Agreement] = field(default_factory=dict)
    stops: frozenset[UUID] = frozenset()
    numbers: dict[str, str] = field(default_factory=dict)
    """Whose an organisation number is."""
