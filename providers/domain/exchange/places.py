"""A unit's places in agreements, as a register file lists them."""

from datetime import date

from providers.domain.exchange import values
from providers.domain.exchange.entries import (
    Agreement,
    AgreementPlace,
    Entry,
    Known,
    Lot,
    Period,
    RegisterFile,
)
from providers.domain.exchange.faults import Faults
from providers.domain.exchange.prices import prices_of
from spink.foundation import fields
from spink.foundation.fields import Document


def period_of(faults: Faults, given: Document, begins: str, ends: str) -> Period:
    return faults.read(values.period, given, begins, ends) or (None, None)


def service_of(entry: Document, known: Known, faults: Faults) -> tuple[str | None, tuple[str, ...]]:
    """A service of the catalogue, with subtypes of it."""
    service_type = faults.read(fields.code, entry, "service_type")
    if service_type is not None and service_type not in known.subtypes:
        faults.add(f"{service_type} is no service of the catalogue", "service_type")
        return None, ()
    subtypes = known.subtypes.get(service_type or "")
    if subtypes is None:
        return None, faults.read(fields.codes, entry, "subtypes") or ()
    read = faults.read(values.all_known(subtypes, "subtype"), entry, "subtypes")
    return service_type, read or ()


class PlacesReader:
    def __init__(self, register: RegisterFile, known: Known, faults: Faults) -> None:
        self.register, self.known, self.faults = register, known, faults

    def read(self, unit: str, provider: str, given: Document) -> list[AgreementPlace]:
        """The entries of one lot are one place in it, whose prices follow one another."""
        places: dict[tuple[str, str], list[tuple[int | None, Entry]]] = {}
        for number, entry in enumerate(self.faults.parts(given, "agreements")):
            before = len(self.faults.found)
            named = self.faults.read(values.code(80), entry, "agreement")
            code = named or f"{unit}#{number + 1}"
            lot = self.faults.read(values.code(60), entry, "lot") or ""
            read = self._entry(entry)
            rank = self.faults.read(values.whole(values.LARGEST), entry, "rank")
            self._tie(entry, code, named is not None, lot, read.period, provider)
            if len(self.faults.found) == before:
                places.setdefault((code, lot), []).append((rank, read))
        return [self._place(key, entries) for key, entries in places.items()]

    def _entry(self, entry: Document) -> Entry:
        period = period_of(self.faults, entry, "valid_from", "valid_to")
        rate = self.faults.read(values.kronor, entry, "rate")
        unit = self.faults.read(values.code(20), entry, "rate_unit") or "day"
        rate_from = self.faults.read(values.day, entry, "rate_from")
        return (
            Entry(period, None, "day", None)
            if rate is None
            else Entry(period, rate, unit, rate_from)
        )

    def _tie(
        self, entry: Document, code: str, named: bool, lot: str, period: Period, provider: str
    ) -> None:
        """To the agreement that the file or the register has; else it is made of the entries."""
        form = self.faults.read(fields.among, entry, "provision_form", ("iop", "framework")) or ""
        parties = self.faults.read(values.municipalities, entry, "parties") or ()
        service_type, subtypes = service_of(entry, self.known, self.faults)
        agreement = self.register.agreements.get(code)
        if agreement is None and named:
            agreement = self.known.agreements.get(code)
        if agreement is None:
            agreement = Agreement(code, form, parties, period, {}, provider, {}, derived=True)
            self.register.agreements[code] = agreement
        if agreement.derived:
            agreement.period = _widest(agreement.period, period)
            agreement.lots.setdefault(lot, Lot(lot, service_type, subtypes))
        self._compare(agreement, lot, (form, set(parties), service_type, set(subtypes)))

    def _compare(
        self,
        agreement: Agreement,
        lot: str,
        given: tuple[str, set[str], str | None, set[str]],
    ) -> None:
        there = agreement.lots.get(lot)
        if there is None:
            self.faults.add(f"{lot} is no lot of {agreement.code}", "lot")
            return
        has = (
            agreement.provision_form,
            set(agreement.parties),
            there.service_type,
            set(there.subtypes),
        )
        names = ("provision_form", "parties", "service_type", "subtypes")
        for name, value, expected in zip(names, given, has, strict=True):
            if value != expected:
                self.faults.add(f"differs from the agreement {agreement.code}", name)

    def _place(
        self, key: tuple[str, str], entries: list[tuple[int | None, Entry]]
    ) -> AgreementPlace:
        agreement, lot = key
        if len({rank for rank, _ in entries}) > 1:
            self.faults.add(f"several ranks in {agreement}", "agreements")
        in_turn = sorted((e for _, e in entries), key=lambda e: e.period[0] or date.min)
        return AgreementPlace(agreement, lot, entries[0][0], prices_of(in_turn), in_turn)


def _widest(one: Period, other: Period) -> Period:
    first = min(one[0], other[0]) if one[0] and other[0] else None
    last = max(one[1], other[1]) if one[1] and other[1] else None
    return first, last
