"""One care unit's document (docs: the match format), checked and turned into a row of numbers.

Everything the format leaves open is decided here once: what a missing key means, which dates
stand for "always" and "never", and which parts can open no rung and are left out.
"""

import math
from collections.abc import Collection
from typing import Final, NamedTuple

from spink.catalogue.domain.ladder import LADDER, ProvisionForm
from spink.catalogue.domain.services import PROTECTED_HOUSING
from spink.foundation import fields
from spink.foundation.fields import FIRST_DAY, LARGEST_WHOLE, LAST_DAY, Document

GENDERS: Final = {"woman": 1, "man": 2, "other": 4}
EVERY_GENDER: Final = 7
DRUG_FREE: Final = {None: 0, True: 1, False: 2}
RUNG_BIT: Final = {form: 1 << number for number, form in enumerate(LADDER)}
EVERY_RUNG: Final = sum(RUNG_BIT.values())

ALWAYS: Final = (FIRST_DAY, LAST_DAY)
NEVER: Final = (LAST_DAY, FIRST_DAY)
EVERY_AGE: Final = (0, LARGEST_WHOLE)
NOT_COUNTED: Final = 2 * LARGEST_WHOLE
"""Free places of a unit that is not counted in places: enough for everybody."""
NO_RANK: Final = LARGEST_WHOLE + 1
NOWHERE: Final = (math.nan, math.nan)

_CLOSED_BY: Final = {
    "recommendation_stop": RUNG_BIT[ProvisionForm.DIRECT_AWARD],
    "order_stop": RUNG_BIT[ProvisionForm.FRAMEWORK] | RUNG_BIT[ProvisionForm.DIRECT_AWARD],
}
_AGREEMENT_FORMS: Final = (ProvisionForm.IOP, ProvisionForm.FRAMEWORK)


class Rate(NamedTuple):
    printed: float
    """As given, whatever its unit; NaN for none."""
    per_day: float
    """What is compared: infinite for none and for a rate of another unit than the day."""


NO_RATE: Final = Rate(math.nan, math.inf)


class Service(NamedTuple):
    service_type: str
    any_subtype: bool
    subtypes: tuple[str, ...]


class Agreement(NamedTuple):
    form: int
    service_type: str
    subtypes: tuple[str, ...]
    parties: tuple[str, ...]
    valid: tuple[int, int]
    rank: int
    rate: Rate


class Stop(NamedTuple):
    closes: int
    holds: tuple[int, int]


class UnitRow(NamedTuple):
    id: str
    operated_by: str | None
    municipality: str | None
    open: tuple[int, int]
    ages: tuple[int, int]
    companion_ages: tuple[int, int]
    genders: int
    drug_free: int
    permit: tuple[int, int]
    free: int
    next_free_on: int
    position: tuple[float, float]
    in_house_rate: float
    vetted: tuple[int, int]
    award_rate: Rate
    needs_met: tuple[str, ...]
    needs_refused: tuple[str, ...]
    services: list[Service]
    agreements: list[Agreement]
    stops: list[Stop]


def read_unit(document: object, service_types: Collection[str]) -> UnitRow:
    """Raises BadInput with the field's path in the document. Unknown keys are ignored."""
    given = fields.document(document)
    unit_id = fields.required(fields.code, given, "id")
    fields.code(given, "provider")
    fields.text(given, "name")
    services = _services(given, service_types)
    ages = fields.span(given, "ages") or EVERY_AGE
    secret = any(service.service_type == PROTECTED_HOUSING for service in services)
    locate = _secret_location if secret else _location
    municipality, position = fields.inside(given, "location", locate) or (None, NOWHERE)
    free, next_free_on = fields.inside(given, "places", _places) or (NOT_COUNTED, LAST_DAY)
    in_house_rate = fields.number(given, "in_house_rate")
    vetted, award_rate = fields.inside(given, "direct_award", _direct_award) or (NEVER, NO_RATE)
    agreements = fields.parts(given, "agreements", lambda a: _agreement(a, service_types))
    return UnitRow(
        unit_id,
        fields.code(given, "operated_by"),
        municipality,
        fields.period(given, "open_from", "open_to"),
        ages,
        fields.span(given, "companion_ages") or ages,
        _genders(given),
        DRUG_FREE[fields.truth(given, "drug_free")],
        fields.inside(given, "permit", _permit) or ALWAYS,
        free,
        next_free_on,
        position,
        math.nan if in_house_rate is None else in_house_rate,
        vetted,
        award_rate,
        fields.codes(given, "needs_met"),
        fields.codes(given, "needs_refused"),
        services,
        [agreement for agreement in agreements if agreement is not None],
        fields.parts(given, "stops", _stop),
    )


def _services(given: Document, service_types: Collection[str]) -> list[Service]:
    """One a service type: the type's subtypes are those of all its entries together."""

    def read(entry: Document) -> Service | None:
        service_type = fields.among(entry, "service_type", service_types)
        subtypes = fields.codes(entry, "subtypes")
        return Service(service_type, not subtypes, subtypes) if service_type is not None else None

    by_type: dict[str, Service] = {}
    for service in fields.parts(given, "services", read):
        if service is not None:
            known = by_type.get(service.service_type, Service(service.service_type, False, ()))
            by_type[service.service_type] = Service(
                service.service_type,
                known.any_subtype or service.any_subtype,
                known.subtypes + service.subtypes,
            )
    return list(by_type.values())


def _genders(given: Document) -> int:
    genders = fields.all_among(given, "genders", GENDERS)
    return sum(GENDERS[gender] for gender in genders) if genders else EVERY_GENDER


def _permit(permit: Document) -> tuple[int, int]:
    """The days on which the unit may run. A permit that is required and begins on no day is
    not held: here alone a missing first day is not open."""
    required = fields.truth(permit, "required")
    valid = fields.period(permit, "valid_from", "valid_to")
    if not required:
        return ALWAYS
    return NEVER if valid[0] == FIRST_DAY else valid


def _places(places: Document) -> tuple[int, int]:
    """Free places (fewer than none where more live there than there are places) and the day
    on which the next one is free."""
    total = fields.whole(places, "total")
    occupied = fields.whole(places, "occupied") or 0
    unavailable = fields.whole(places, "unavailable") or 0
    next_free_on = fields.day(places, "next_free_on")
    free = NOT_COUNTED if total is None else total - occupied - unavailable
    return free, LAST_DAY if next_free_on is None else next_free_on


def _location(location: Document) -> tuple[str | None, tuple[float, float]]:
    return fields.code(location, "municipality"), fields.position(location) or NOWHERE


def _secret_location(location: Document) -> tuple[str | None, tuple[float, float]]:
    """Of protected housing: what is given as its position is not even looked at."""
    return fields.code(location, "municipality"), NOWHERE


def _direct_award(award: Document) -> tuple[tuple[int, int], Rate]:
    return fields.period(award, "vetted_from", "vetted_to"), _rate(award)


def _agreement(agreement: Document, service_types: Collection[str]) -> Agreement | None:
    """None where it can open no rung: of another form, of no service, without parties."""
    form = fields.among(agreement, "provision_form", LADDER)
    service_type = fields.among(agreement, "service_type", service_types)
    subtypes = fields.codes(agreement, "subtypes")
    parties = fields.codes(agreement, "parties")
    valid = fields.period(agreement, "valid_from", "valid_to")
    rank = fields.whole(agreement, "rank")
    rate = _rate(agreement)
    if form not in _AGREEMENT_FORMS or service_type is None or not parties:
        return None
    return Agreement(
        RUNG_BIT[ProvisionForm(form)],
        service_type,
        subtypes,
        parties,
        valid,
        NO_RANK if rank is None else rank,
        rate,
    )


def _rate(part: Document) -> Rate:
    rate = fields.number(part, "rate")
    unit = fields.code(part, "rate_unit") or "day"
    if rate is None:
        return NO_RATE
    return Rate(rate, rate if unit == "day" else math.inf)


def _stop(stop: Document) -> Stop:
    kind = fields.code(stop, "kind") or ""
    return Stop(closed_by(kind), fields.period(stop, "from", "to"))


def closed_by(kind: str) -> int:
    """The rungs, as bits, that a stop of the kind closes."""
    return _CLOSED_BY.get(kind, EVERY_RUNG)
