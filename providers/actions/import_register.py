"""Importing a register file: checked whole, then written in one transaction under one number."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import connection, transaction

from providers.actions.import_stops import Targets, import_stops
from providers.actions.rows import bring_up, remove
from providers.diary import changing_register
from providers.domain.exchange import RegisterFile, read_register
from providers.domain.exchange.entries import Agreement as AgreementEntry
from providers.domain.exchange.entries import Price as PriceEntry
from providers.domain.exchange.entries import Unit as UnitEntry
from providers.domain.exchange.prices import entries_of
from providers.models import (
    Agreement,
    AgreementLot,
    AgreementUnit,
    CareUnit,
    CareUnitAddress,
    CareUnitService,
    CorporateGroup,
    DirectAwardVetting,
    Permit,
    Price,
    Provider,
    RegisterSetting,
)
from providers.queries import current_number
from providers.queries.known import known_to_the_register
from spink.foundation import audit
from spink.foundation.actor import Actor
from spink.foundation.bad_input import BadInput

Progress = Callable[[int, int], None]

STEPS: Final = 6
"""The file is checked; providers and agreements; units; their parts; places and prices; stops."""


class BadRegisterFile(ValueError):
    """A file of which nothing was taken; `faults` are all that is wrong with it."""

    def __init__(self, faults: list[BadInput]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Imported:
    """The register's number afterwards, and how many of each kind the file held."""

    number: int
    counts: dict[str, int]


def check_register(document: object) -> RegisterFile:
    """Raises BadRegisterFile with every fault."""
    register, faults = read_register(document, known_to_the_register())
    if faults:
        raise BadRegisterFile(faults)
    return register


def import_register(
    *,
    document: object,
    by: Actor,
    note: str = "",
    dated: datetime | None = None,
    progress: Progress | None = None,
) -> Imported:
    """Take the file's units and all that they name; what the file does not name stays as it is.

    A unit of the file is as the file says wherever the match format speaks; of the further keys
    only those that it names. A stop is added or made wider, by those who may decide it, and never
    lifted. Raises BadRegisterFile, and then has changed nothing. `dated` is for loading sample data
    alone. `progress` is told how many of the steps are done.
    """
    with changing_register(by=by, note=note, dated=dated):
        register = check_register(document)
        restores = dated is not None or not CareUnit.objects.exists()
        counts = _write(register, progress or _untold, by=by, restores=restores)
        number = current_number()
        audit.record(
            action="import_register",
            by=by,
            subject="register",
            subject_id=str(number),
            details=counts,
        )
    return Imported(number, counts)


def try_import(*, document: object, by: Actor) -> Imported:
    """Import the file and take it back: what the database alone knows, and who decides the stops,
    is checked as well, and nothing is left of it. Raises BadRegisterFile."""
    with transaction.atomic():
        imported = import_register(document=document, by=by)
        connection.check_constraints()
        transaction.set_rollback(True)
    return imported


def _untold(_done: int, _total: int) -> None:
    """Nobody waits to hear how far it has come."""


def _write(
    register: RegisterFile, progress: Progress, *, by: Actor, restores: bool
) -> dict[str, int]:
    if register.settings:
        RegisterSetting.objects.update_or_create(id=1, defaults=register.settings)
    progress(1, STEPS)
    providers = _providers(register, _groups(register))
    agreements = _agreements(register, providers)
    progress(2, STEPS)
    units = _units(register, providers)
    progress(3, STEPS)
    _parts(register, units)
    progress(4, STEPS)
    _places(register, units, agreements, _lots(register, agreements))
    progress(5, STEPS)
    groups = _by_code(CorporateGroup, {stop.target for stop in register.stops.values()})
    targets = Targets(units, providers, groups)
    if faults := import_stops(register, targets, by=by, restores=restores):
        raise BadRegisterFile(faults)
    progress(6, STEPS)
    return dict(
        Counter(
            groups=len(register.groups),
            providers=len(register.providers),
            agreements=len(register.agreements),
            units=len(register.units),
            stops=len(register.stops),
        )
    )


def _by_code(model: Any, codes: Iterable[str]) -> dict[str, Any]:
    return {row.code: row for row in model.objects.filter(code__in=list(codes))}


def _named(code: str, values: dict[str, Any], existing: Any) -> dict[str, Any]:
    """Without a name in the file it keeps its own; a new one is called by its code."""
    name = values["name"]
    if name is None:
        name = existing.name if existing else code
    return {"code": code, **values, "name": name}


def _groups(register: RegisterFile) -> dict[str, CorporateGroup]:
    named = {str(values["group"]) for values in register.providers.values() if values.get("group")}
    named |= {stop.target for stop in register.stops.values() if stop.on == "group"}
    existing = _by_code(CorporateGroup, register.groups.keys() | named)
    wanted = {
        code: _named(code, values, existing.get(code)) for code, values in register.groups.items()
    }
    return existing | bring_up(CorporateGroup, existing, wanted)


def _providers(register: RegisterFile, groups: dict[str, Any]) -> dict[str, Provider]:
    """Those of the list, and those that come into being because a unit names them."""
    named = {unit.provider for unit in register.units.values()}
    named |= {stop.target for stop in register.stops.values() if stop.on == "provider"}
    named |= {entry.provider for entry in register.agreements.values() if entry.provider}
    existing = _by_code(Provider, named | register.providers.keys())
    wanted: dict[str, dict[str, Any]] = {
        code: {"code": code, "name": code} for code in sorted(named - existing.keys())
    }
    for code, values in register.providers.items():
        wanted[code] = _named(code, _grouped(values, groups), existing.get(code))
    return existing | bring_up(Provider, existing, wanted)


def _grouped(values: dict[str, Any], groups: dict[str, Any]) -> dict[str, Any]:
    further = {key: value for key, value in values.items() if key != "group"}
    if "group" in values:
        group = groups.get(values["group"] or "")
        further["group_id"] = group.pk if group else None
    return further


def _agreements(register: RegisterFile, providers: dict[str, Provider]) -> dict[str, Agreement]:
    wanted = {code: _agreement(entry, providers) for code, entry in register.agreements.items()}
    named = {place.agreement for unit in register.units.values() for place in unit.agreements}
    existing = _by_code(Agreement, wanted.keys() | named)
    return existing | bring_up(Agreement, existing, wanted)


def _agreement(entry: AgreementEntry, providers: dict[str, Provider]) -> dict[str, Any]:
    valid_from, valid_to = entry.period
    return {
        "code": entry.code,
        "provision_form": entry.provision_form,
        "parties": list(entry.parties),
        "valid_from": valid_from,
        "valid_to": valid_to,
        "provider_id": providers[entry.provider].pk if entry.provider else None,
        **entry.extra,
    }


def _lots(
    register: RegisterFile, agreements: dict[str, Agreement]
) -> dict[tuple[str, str], AgreementLot]:
    ids = {agreement.pk: code for code, agreement in agreements.items()}
    existing = {
        (ids[lot.agreement_id], lot.code): lot
        for lot in AgreementLot.objects.filter(agreement_id__in=ids)
    }
    wanted = {
        (code, lot.code): {
            "agreement_id": agreements[code].pk,
            "code": lot.code,
            "service_type_id": lot.service_type,
            "subtypes": list(lot.subtypes),
            **({} if lot.name is None else {"name": lot.name}),
        }
        for code, entry in register.agreements.items()
        for lot in entry.lots.values()
    }
    return existing | bring_up(AgreementLot, existing, wanted)


def _units(register: RegisterFile, providers: dict[str, Provider]) -> dict[str, CareUnit]:
    named = {stop.target for stop in register.stops.values() if stop.on == "unit"}
    existing = _by_code(CareUnit, register.units.keys() | named)
    wanted = {
        code: {
            "provider_id": providers[entry.provider].pk,
            **_named(code, entry.values, existing.get(code)),
        }
        for code, entry in register.units.items()
    }
    return existing | bring_up(CareUnit, existing, wanted)


def _parts(register: RegisterFile, units: dict[str, CareUnit]) -> None:
    entries = register.units.values()
    _services(entries, units)
    _one_each(Permit, entries, units, {entry.code: entry.permit for entry in entries})
    _one_each(
        DirectAwardVetting, entries, units, {entry.code: entry.direct_award for entry in entries}
    )
    naming = [entry for entry in entries if entry.says_address]
    _one_each(CareUnitAddress, naming, units, {entry.code: entry.address for entry in naming})


def _services(entries: Iterable[UnitEntry], units: dict[str, CareUnit]) -> None:
    ids = [units[entry.code].pk for entry in entries]
    existing = {
        (service.unit_id, service.service_type_id): service
        for service in CareUnitService.objects.filter(unit_id__in=ids)
    }
    wanted = {
        (units[entry.code].pk, service_type): {
            "unit_id": units[entry.code].pk,
            "service_type_id": service_type,
            "subtypes": list(subtypes),
            "position": position,
        }
        for entry in entries
        for position, (service_type, subtypes) in enumerate(entry.services.items())
    }
    remove(CareUnitService, [row for key, row in existing.items() if key not in wanted])
    bring_up(CareUnitService, existing, wanted)


def _one_each(
    model: Any,
    entries: Iterable[UnitEntry],
    units: dict[str, CareUnit],
    values: dict[str, dict[str, Any] | None],
) -> None:
    """The part that a unit has one of, or none."""
    ids = [units[entry.code].pk for entry in entries]
    existing = {row.unit_id: row for row in model.objects.filter(unit_id__in=ids)}
    wanted = {
        units[code].pk: {"unit_id": units[code].pk, **part}
        for code, part in values.items()
        if part is not None
    }
    remove(model, [row for key, row in existing.items() if key not in wanted])
    bring_up(model, existing, wanted)


def _places(
    register: RegisterFile,
    units: dict[str, CareUnit],
    agreements: dict[str, Agreement],
    lots: dict[tuple[str, str], AgreementLot],
) -> None:
    entries = register.units.values()
    ids = [units[entry.code].pk for entry in entries]
    existing = {
        (place.unit_id, place.lot_id): place
        for place in AgreementUnit.objects.filter(unit_id__in=ids)
    }
    wanted = {}
    listed = {}
    for entry in entries:
        for position, place in enumerate(entry.agreements):
            key = (units[entry.code].pk, lots[place.agreement, place.lot].pk)
            wanted[key] = {
                "unit_id": key[0],
                "lot_id": key[1],
                "rank": place.rank,
                "position": position,
            }
            listed[key] = (place.prices, agreements[place.agreement])
    remove(AgreementUnit, [row for key, row in existing.items() if key not in wanted])
    places = bring_up(AgreementUnit, existing, wanted)
    _prices({places[key].pk: named for key, named in listed.items()})


def _prices(listed: dict[int, tuple[list[PriceEntry], Agreement]]) -> None:
    """By the place; prices outside of the agreement's period, which no file can name, are kept."""
    existing: dict[int, dict[date | None, Price]] = {}
    for price in Price.objects.filter(agreement_unit_id__in=listed):
        existing.setdefault(price.agreement_unit_id, {})[price.valid_from] = price
    wanted = {
        (place, price.valid_from): {
            "agreement_unit_id": place,
            "valid_from": price.valid_from,
            "rate": price.rate,
            "rate_unit": price.rate_unit,
        }
        for place, (prices, _) in listed.items()
        for price in prices
    }
    named = {place: _nameable(existing.get(place, {}), listed[place][1]) for place in existing}
    remove(
        Price,
        [
            price
            for place, prices in existing.items()
            for day, price in prices.items()
            if (place, day) not in wanted and day in named[place]
        ],
    )
    rows = {(place, day): row for place, days in existing.items() for day, row in days.items()}
    bring_up(Price, rows, wanted)


def _nameable(prices: dict[date | None, Price], agreement: Agreement) -> set[date | None]:
    """From which days on a price is in force at any time of the agreement."""
    known = [PriceEntry(day, price.rate, price.rate_unit) for day, price in prices.items()]
    period = (agreement.valid_from, agreement.valid_to)
    return {entry.rate_from for entry in entries_of(period, known)}
