"""What can be judged only when the whole file is read."""

from dataclasses import replace
from uuid import uuid5

from providers.domain.exchange.entries import AgreementPlace, Known, RegisterFile
from providers.domain.exchange.faults import Faults
from providers.domain.exchange.prices import alike, entries_of


def settle(register: RegisterFile, known: Known, faults: Faults) -> None:
    for unit in register.units.values():
        faults.place = f"units[{unit.number}]"
        for place in unit.agreements:
            _check_prices(place, register, known, faults)
    faults.place = ""
    _take_over_stops(register, known)


def _check_prices(
    place: AgreementPlace, register: RegisterFile, known: Known, faults: Faults
) -> None:
    """Prices follow one another through the agreement's period, and so do the entries."""
    agreement = register.agreements.get(place.agreement) or known.agreements[place.agreement]
    froms = [price.valid_from for price in place.prices]
    if len(set(froms)) < len(froms):
        faults.add(f"two rates in {place.agreement} are from the same day", "agreements")
    elif not alike(place.entries, entries_of(agreement.period, place.prices)):
        faults.add(
            f"the periods in {place.agreement} do not follow from its own and from rate_from",
            "agreements",
        )


def _take_over_stops(register: RegisterFile, known: Known) -> None:
    """A stop of a provider or a group that nobody else knows stays at least on its unit."""
    for stop in register.inherited:
        if stop.reference not in register.stops and stop.reference not in known.stops:
            own = uuid5(stop.reference, stop.target)
            register.stops[own] = replace(stop, reference=own)
