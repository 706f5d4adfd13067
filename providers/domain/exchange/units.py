"""One care unit of a register file."""

from typing import Final
from uuid import NAMESPACE_OID, UUID, uuid5

from providers.domain.exchange import values
from providers.domain.exchange.entries import Known, Period, RegisterFile, Stop, Unit, Values
from providers.domain.exchange.faults import Faults
from providers.domain.exchange.places import PlacesReader, period_of, service_of
from spink.catalogue.domain.services import PROTECTED_HOUSING
from spink.foundation import fields
from spink.foundation.fields import Document

GENDERS: Final = ("woman", "man", "other")

FURTHER: Final[dict[str, values.Reader]] = {
    "priority_group": values.text(),
    "takes_acute_admissions": lambda given, key: bool(fields.truth(given, key)),
    "district": values.text(80),
    "methods": values.texts,
    "staffing": values.text(),
    "unit_director": values.text(120),
    "contact_person": values.text(120),
    "phone": values.text(40),
    "email": values.text(254),
    "website": values.website,
    "in_house_rate_from": values.day,
}
"""What the match does not ask for: left as it is where the file does not name it."""
PERMIT_FURTHER: Final[dict[str, values.Reader]] = {
    "number": values.text(60),
    "activity": values.text(200),
    "evidence": values.text(200),
    "evidence_date": values.day,
    "checked_at": values.moment,
    "checked_by": values.text(200),
}
AWARD_FURTHER: Final[dict[str, values.Reader]] = {
    "rate_from": values.day,
    "decision": values.text(200),
}
ADDRESS: Final = {"street": 200, "postal_code": 10, "city": 80}


class UnitReader:
    def __init__(self, register: RegisterFile, known: Known, faults: Faults) -> None:
        self.register, self.known, self.faults = register, known, faults

    def read(self, number: int, code: str, given: Document) -> Unit:
        services = self._services(given)
        provider = self.faults.read(values.code(60), given, "provider") or code
        self._stops(code, given)
        return Unit(
            number=number,
            code=code,
            provider=provider,
            values=self._values(given, protected=PROTECTED_HOUSING in services),
            services=services,
            agreements=PlacesReader(self.register, self.known, self.faults).read(
                code, provider, given
            ),
            permit=self._permit(given),
            direct_award=self._direct_award(given),
            address=None if PROTECTED_HOUSING in services else self._address(given),
            says_address="address" in given,
        )

    def _values(self, given: Document, *, protected: bool) -> Values:
        read = self.faults.read
        ages = read(values.ages, given, "ages") or (None, None)
        companions = _companion_ages(read(values.ages, given, "companion_ages"))
        opens, closes = read(values.period, given, "open_from", "open_to") or (None, None)
        return {
            "name": read(values.optional_text(200), given, "name"),
            "operated_by": read(values.municipality, given, "operated_by"),
            "age_from": ages[0],
            "age_to": ages[1],
            "companion_age_from": companions[0],
            "companion_age_to": companions[1],
            "genders": list(read(fields.all_among, given, "genders", GENDERS) or ()),
            "drug_free": read(fields.truth, given, "drug_free"),
            "needs_met": self._needs(given, "needs_met"),
            "needs_refused": self._needs(given, "needs_refused"),
            "open_from": opens,
            "open_to": closes,
            "in_house_rate": read(values.kronor, given, "in_house_rate"),
            **self._priority_group(given),
            **self._places(given),
            **self._location(given, protected=protected),
            **self._further(given, FURTHER),
        }

    def _needs(self, given: Document, key: str) -> list[str]:
        return list(self.faults.read(values.all_known(self.known.needs, "need"), given, key) or ())

    def _priority_group(self, given: Document) -> Values:
        """Its words are among the further values; what the file does not name stays as it is."""
        found: Values = {}
        if "priority_ages" in given:
            ages = self.faults.read(values.ages, given, "priority_ages") or (None, None)
            found |= {"priority_age_from": ages[0], "priority_age_to": ages[1]}
        if "priority_needs" in given:
            found["priority_needs"] = self._needs(given, "priority_needs")
        return found

    def _further(self, given: Document, readers: dict[str, values.Reader]) -> Values:
        return {
            key: self.faults.read(read, given, key) for key, read in readers.items() if key in given
        }

    def _places(self, given: Document) -> Values:
        places = self.faults.part(given, "places") or {}
        with self.faults.inside("places"):
            whole = values.whole(values.LARGEST)
            read: Values = {
                "places_total": self.faults.read(whole, places, "total"),
                "places_occupied": self.faults.read(whole, places, "occupied") or 0,
                "places_unavailable": self.faults.read(whole, places, "unavailable") or 0,
                "next_free_on": self.faults.read(values.day, places, "next_free_on"),
            }
            if {"confirmed_at", "confirmed_by"} & places.keys():
                read |= self._pair(places, "confirmed_at", "confirmed_by", "places_")
        return read

    def _pair(self, given: Document, at_key: str, by_key: str, prefix: str = "") -> Values:
        at = self.faults.read(values.moment, given, at_key)
        by = self.faults.read(values.text(200), given, by_key)
        if (at is None) != (not by):
            self.faults.add("the time and who belong together", by_key)
        return {prefix + at_key: at, prefix + by_key: by}

    def _location(self, given: Document, *, protected: bool) -> Values:
        location = self.faults.part(given, "location") or {}
        with self.faults.inside("location"):
            municipality = self.faults.read(values.municipality, location, "municipality")
            position = None if protected else self.faults.read(fields.position, location)
        latitude, longitude = position or (None, None)
        return {"municipality": municipality, "latitude": latitude, "longitude": longitude}

    def _address(self, given: Document) -> Values | None:
        address = self.faults.part(given, "address")
        if address is None:
            return None
        with self.faults.inside("address"):
            return {
                key: self.faults.read(values.text(longest), address, key)
                for key, longest in ADDRESS.items()
            }

    def _services(self, given: Document) -> dict[str, tuple[str, ...]]:
        """One a service type; an entry without subtypes means all of them."""
        read: dict[str, tuple[str, ...]] = {}
        for entry in self.faults.parts(given, "services"):
            service_type, subtypes = service_of(entry, self.known, self.faults)
            if service_type is not None:
                both = (*read.get(service_type, subtypes), *subtypes)
                all_of_them = not subtypes or not read.get(service_type, subtypes)
                read[service_type] = () if all_of_them else tuple(dict.fromkeys(both))
        return read

    def _permit(self, given: Document) -> Values | None:
        permit = self.faults.part(given, "permit")
        if permit is None:
            return None
        with self.faults.inside("permit"):
            first, last = period_of(self.faults, permit, "valid_from", "valid_to")
            further = self._further(permit, PERMIT_FURTHER)
            if (further.get("checked_at") is None) != (not further.get("checked_by")):
                self.faults.add("the time and who belong together", "checked_by")
            required = bool(self.faults.read(fields.truth, permit, "required"))
        return {"required": required, "valid_from": first, "valid_to": last, **further}

    def _direct_award(self, given: Document) -> Values | None:
        award = self.faults.part(given, "direct_award")
        if award is None:
            return None
        with self.faults.inside("direct_award"):
            first, last = period_of(self.faults, award, "vetted_from", "vetted_to")
            return {
                "vetted_from": first,
                "vetted_to": last,
                "rate": self.faults.read(values.kronor, award, "rate"),
                "rate_unit": self.faults.read(values.code(20), award, "rate_unit") or "day",
                **self._further(award, AWARD_FURTHER),
            }

    def _stops(self, unit: str, given: Document) -> None:
        for entry in self.faults.parts(given, "stops"):
            kind = self.faults.read(values.code(40), entry, "kind") or "unknown"
            period = period_of(self.faults, entry, "from", "to")
            reference = self.faults.read(values.reference, entry, "reference")
            via = self.faults.read(fields.among, entry, "on", ("unit", "provider", "group"))
            reference = reference or _reference(unit, kind, period)
            stop = Stop(reference, kind, period, "unit", unit)
            if via in (None, "unit"):
                self.register.stops[reference] = stop
            else:
                self.register.inherited.append(stop)


def _companion_ages(given: tuple[int | None, int | None] | None) -> tuple[int | None, int | None]:
    """Open at both ends is from nought: with neither end kept, the unit's own ages would hold."""
    if given is None:
        return None, None
    return (0, None) if given == (None, None) else given


def _reference(unit: str, kind: str, period: Period) -> UUID:
    """The same stop of the same unit is known again when its file is read once more."""
    return uuid5(NAMESPACE_OID, f"spink stop {unit} {kind} {period[0]} {period[1]}")
