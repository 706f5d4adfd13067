"""A register file, checked whole: what it holds, and every fault in it."""

from collections.abc import Iterator
from typing import Any

from providers.domain.exchange import values
from providers.domain.exchange.entries import Agreement, Known, Lot, RegisterFile, Stop, Values
from providers.domain.exchange.faults import Faults
from providers.domain.exchange.settle import settle
from providers.domain.exchange.units import UnitReader
from spink.catalogue.domain.ladder import LADDER
from spink.foundation import fields
from spink.foundation.bad_input import BadInput
from spink.foundation.fields import Document
from spink.foundation.identity_numbers import NotAnIdentityNumber, organisation_number

PROVIDER_TEXTS: dict[str, values.Reader] = {
    "contact_person": values.text(120),
    "phone": values.text(40),
    "email": values.text(254),
    "website": values.website,
}
LEGAL_FORMS = frozenset(
    (
        "company",
        "trading_partnership",
        "economic_association",
        "association",
        "foundation",
        "sole_trader",
        "municipality",
        "region",
        "state",
    )
)
OWNERSHIPS = frozenset(
    (
        "own_municipality",
        "other_municipality",
        "municipal_company",
        "idea_based",
        "private",
        "state",
    )
)


def read_register(document: object, known: Known) -> tuple[RegisterFile, list[BadInput]]:
    """The file's entries, and its faults: where there is one, nothing may be written."""
    faults = Faults()
    given = faults.read(fields.document, document)
    register = RegisterFile()
    if given is not None:
        _head(given, register, faults)
        _groups(given, register, faults)
        _providers(given, register, known, faults)
        _agreements(given, register, known, faults)
        _units(given, register, known, faults)
        _stops(given, register, known, faults)
        if not faults.found:
            settle(register, known, faults)
    return register, faults.found


def _head(given: Document, register: RegisterFile, faults: Faults) -> None:
    faults.read(values.day, given, "instant")
    horizon = faults.read(values.whole(values.LARGEST_SMALL), given, "places_horizon_days")
    if "places_horizon_days" in given:
        register.settings["places_horizon_days"] = horizon
    forms = faults.part(given, "provision_forms") or {}
    for service_type in forms:
        with faults.inside("provision_forms"):
            faults.read(fields.all_among, forms, service_type, LADDER)


def _coded(
    given: Document, key: str, taken: dict[str, Any], faults: Faults, longest: int = 60
) -> Iterator[tuple[str, Document]]:
    """The entries of a list with their codes; a missing or repeated one is a fault."""
    for entry in faults.entries(given, key):
        code = faults.read(fields.required, values.code(longest), entry, "id")
        if code in taken:
            faults.add("is the id of another entry too", "id")
        elif code is not None:
            yield code, entry


def _groups(given: Document, register: RegisterFile, faults: Faults) -> None:
    for code, entry in _coded(given, "groups", register.groups, faults):
        register.groups[code] = {"name": faults.read(values.optional_text(200), entry, "name")}


def _providers(given: Document, register: RegisterFile, known: Known, faults: Faults) -> None:
    taken: dict[str, str] = {}
    for code, entry in _coded(given, "providers", register.providers, faults):
        register.providers[code] = read = _provider(entry, register, known, faults)
        _number_is_free(read.get("organisation_number"), code, taken, known, faults)


def _number_is_free(
    number: str | None, code: str, taken: dict[str, str], known: Known, faults: Faults
) -> None:
    """Of this file, and of the register: a number that another provider gives up is free later."""
    if number and {taken.setdefault(number, code), known.numbers.get(number, code)} != {code}:
        faults.add("is the number of another provider too", "organisation_number")


def _provider(entry: Document, register: RegisterFile, known: Known, faults: Faults) -> Values:
    read: Values = {"name": faults.read(values.optional_text(200), entry, "name")}
    for key, reader in PROVIDER_TEXTS.items():
        if key in entry:
            read[key] = faults.read(reader, entry, key)
    for key, choices in (("legal_form", LEGAL_FORMS), ("ownership", OWNERSHIPS)):
        if key in entry:
            read[key] = faults.read(fields.among, entry, key, choices) or ""
    if "municipality" in entry:
        read["municipality"] = faults.read(values.municipality, entry, "municipality")
    if "group" in entry:
        read["group"] = _named(entry, "group", {*register.groups, *known.groups}, faults)
    if "organisation_number" in entry:
        read["organisation_number"] = faults.read(_number, entry, read.get("legal_form"))
    return read


def _number(entry: Document, legal_form: str | None) -> str:
    value = fields.text(entry, "organisation_number") or ""
    if not value:
        return ""
    if legal_form == "sole_trader":
        raise BadInput("of a sole trader is personal", field="organisation_number")
    try:
        return organisation_number(value)
    except NotAnIdentityNumber as error:
        raise BadInput(
            f"is no organisation number ({error.reason})", field="organisation_number"
        ) from None


def _named(entry: Document, key: str, known: set[str], faults: Faults) -> str | None:
    value = faults.read(fields.code, entry, key)
    if value is not None and value not in known:
        faults.add(f"{value} is not known", key)
    return value


def _agreements(given: Document, register: RegisterFile, known: Known, faults: Faults) -> None:
    providers = {*register.providers, *known.providers, *_units_providers(given)}
    for code, entry in _coded(given, "agreements", register.agreements, faults, longest=80):
        form = faults.read(fields.among, entry, "provision_form", ("iop", "framework"))
        agreement = Agreement(
            code=code,
            provision_form=form or "",
            parties=faults.read(values.municipalities, entry, "parties") or (),
            period=faults.read(values.period, entry, "valid_from", "valid_to") or (None, None),
            provider=_named(entry, "provider", providers, faults),
            extra={
                "reference": faults.read(values.text(80), entry, "reference"),
                "name": faults.read(values.text(200), entry, "name"),
            },
        )
        for part in faults.parts(entry, "lots"):
            _lot(part, agreement, known, faults)
        register.agreements[code] = agreement


def _units_providers(given: Document) -> set[str]:
    """Providers that come into being because a unit names them."""
    units = given.get("units")
    listed = units if type(units) is list else []
    named = [unit.get("provider") for unit in listed if type(unit) is dict]
    return {provider for provider in named if type(provider) is str}


def _lot(part: Document, agreement: Agreement, known: Known, faults: Faults) -> None:
    code = faults.read(values.code(60), part, "id") or ""
    service_type = faults.read(fields.among, part, "service_type", known.subtypes)
    subtypes = known.subtypes.get(service_type or "", frozenset())
    lot = Lot(
        code,
        service_type,
        faults.read(values.all_known(subtypes, "subtype"), part, "subtypes") or (),
        faults.read(values.text(200), part, "name") or "",
    )
    if code in agreement.lots:
        faults.add("is the id of another lot too", "id")
    agreement.lots[code] = lot


def _units(given: Document, register: RegisterFile, known: Known, faults: Faults) -> None:
    reader = UnitReader(register, known, faults)
    for code, entry in _coded(given, "units", register.units, faults):
        register.units[code] = reader.read(faults.number, code, entry)


def _stops(given: Document, register: RegisterFile, known: Known, faults: Faults) -> None:
    targets = {
        "unit": {*register.units, *known.units},
        "provider": {*register.providers, *known.providers, *_units_providers(given)},
        "group": {*register.groups, *known.groups},
    }
    for entry in faults.entries(given, "stops"):
        named = {key: _named(entry, key, codes, faults) for key, codes in targets.items()}
        on = [(key, code) for key, code in named.items() if code is not None]
        if len(on) != 1:
            faults.add("is on exactly one unit, provider or group", "unit")
            continue
        reference = faults.read(fields.required, values.reference, entry, "reference")
        if reference is None:
            continue
        period = faults.read(values.period, entry, "from", "to") or (None, None)
        kind = faults.read(values.code(40), entry, "kind") or "unknown"
        details = _stop_details(entry, faults)
        register.stops[reference] = Stop(reference, kind, period, *on[0], details)


def _stop_details(entry: Document, faults: Faults) -> Values:
    read: Values = {"reason_code": faults.read(values.text(60), entry, "reason_code")}
    for step in ("decided", "ended"):
        at = faults.read(values.moment, entry, f"{step}_at")
        by = faults.read(values.text(200), entry, f"{step}_by")
        if (at is None) != (not by):
            faults.add("the time and who belong together", f"{step}_by")
        read |= {f"{step}_at": at, f"{step}_by": by}
    read["decision_reference"] = faults.read(values.text(100), entry, "decision_reference")
    read["decided_on"] = faults.read(values.day, entry, "decided_on")
    return read
