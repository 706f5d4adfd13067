"""Made-up registers and needs in which little things decide.

Every value is drawn near the one that it is compared with: most units fit but for one thing,
days lie on, before and after the bounds, and units are alike enough for the last keys to order.
The source of chance is a `random.Random`, Hypothesis's own as well.
"""

from datetime import date, timedelta
from random import Random
from typing import Any

from tests.unit.matching import plain

Document = dict[str, Any]

HOME, NEXT, FAR = "1480", "1481", "1402"
SERVICES = ["short_term_housing", "protected_housing", "treatment"]
SUBTYPES = ["akut", "långsiktig"]
UNKNOWN_SUBTYPE = "som ingen har"
NEEDS = ["mobility", "supervision", "self_harm"]
UNKNOWN_NEED = "that_nobody_knows"
PLACES_ON_EARTH = [(57.70, 11.97), (57.72, 11.97), (57.65, 12.02), (57.70, 12.30)]
BEGINNING = date(2026, 3, 3)


class Maker:
    """One case: the units are made around the need that is asked first."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.instant = BEGINNING
        self.start = self.instant + timedelta(days=random.choice([-1, 0, 1, 2, 20, 21, 22]))
        self.need = self._need()

    def case(self) -> tuple[Document, list[Document]]:
        units = [self.unit(f"U{n}") for n in self.random.sample(range(1, 40), self._size())]
        register = {
            "instant": self.instant.isoformat(),
            "provision_forms": {service: self._forms() for service in SERVICES},
            "units": units,
        }
        self._maybe(register, "places_horizon_days", self._horizon, 0.8)
        self._set_bound_on_distance(units)
        return register, [self.need, *(self._other_need() for _ in range(2))]

    # Chance

    def _happens(self, share: float) -> bool:
        return self.random.random() < share

    def _maybe(self, part: Document, key: str, make: Any, share: float) -> None:
        """Given, given as null, or missing."""
        if self._happens(share):
            part[key] = make()
        elif self._happens(0.3):
            part[key] = None

    def _size(self) -> int:
        return self.random.choice([0, 2, 4, 8, 12])

    def _day(self) -> str:
        near = self.random.choice([self.start, self.start, self.instant])
        return (near + timedelta(days=self.random.choice([-30, -1, 0, 1, 30]))).isoformat()

    def _period(self, part: Document, first: str, last: str, tight: float) -> None:
        """Mostly around the wanted start; else with its bounds anywhere near."""
        if self._happens(tight):
            days = sorted([self._day(), self._day()])
        else:
            day = self.start.isoformat()
            earlier, later = [day, "2025-01-01"], [day, "2027-12-31"]
            days = [self.random.choice(earlier), self.random.choice(later)]
        self._maybe(part, first, lambda: days[0], 0.8)
        self._maybe(part, last, lambda: days[1], 0.8)

    def _some(self, codes: list[str], share: float) -> list[str]:
        chosen = [code for code in codes if self._happens(share)]
        return [*chosen, *chosen[:1]] if self._happens(0.1) else chosen

    # The need

    def _need(self) -> Document:
        random = self.random
        need: Document = {
            "municipality": HOME,
            "service_type": random.choice([*SERVICES, SERVICES[0], SERVICES[0]]),
            "wanted_start": self.start.isoformat(),
        }
        self._maybe(need, "subtype", self._subtype, 0.55)
        self._maybe(need, "age", lambda: random.choice([17, 18, 34, 64, 65]), 0.8)
        self._maybe(need, "gender", lambda: random.choice(["woman", "man", "other"]), 0.6)
        self._maybe(need, "drug_free", lambda: self._happens(0.5), 0.5)
        self._maybe(need, "companions", self._companions, 0.4)
        self._maybe(need, "places", lambda: random.choice([0, 1, 1, 2]), 0.2)
        self._maybe(need, "needs_required", lambda: self._codes_of_needs(0.3), 0.6)
        self._maybe(need, "needs_wished", lambda: self._codes_of_needs(0.5), 0.7)
        self._maybe(need, "near", self._near, 0.7)
        self._maybe(need, "not_in_municipalities", self._avoided, 0.4)
        self._maybe(need, "not_units", lambda: random.sample(["U1", "U2", "U3", "U99"], 2), 0.5)
        return need

    def _other_need(self) -> Document:
        fresh = self._need()
        keys = self.random.sample(sorted(fresh), self.random.randint(0, len(fresh)))
        other = self.need | {key: fresh[key] for key in keys}
        return other | {"municipality": NEXT} if self._happens(0.2) else other

    def _subtype(self) -> str:
        return UNKNOWN_SUBTYPE if self._happens(0.05) else self.random.choice(SUBTYPES)

    def _companions(self) -> list[int]:
        return self.random.choices([0, 5, 17, 18, 40], k=self.random.choice([0, 1, 1, 2]))

    def _codes_of_needs(self, share: float) -> list[str]:
        codes = self._some(NEEDS, share)
        self.random.shuffle(codes)
        return [*codes, UNKNOWN_NEED] if self._happens(0.03) else codes

    def _avoided(self) -> list[str]:
        return self._some([NEXT, FAR, "0000"], 0.3)

    def _near(self) -> Document:
        near: Document = {}
        lat, lon = self.random.choice(PLACES_ON_EARTH)
        self._maybe(near, "lat", lambda: lat, 0.95)
        self._maybe(near, "lon", lambda: lon, 0.95)
        self._maybe(near, "within_km", lambda: self.random.choice([0, 5.5, 6, 40]), 0.4)
        return near

    def _set_bound_on_distance(self, units: list[Document]) -> None:
        """To the metre as far as one of the units, or just not."""
        near = self.need.get("near")
        metres = [m for m in (plain.distance(unit, self.need) for unit in units) if m]
        if near and metres and self._happens(0.4):
            off = self.random.choice([-1, 0, 0, 1])
            near["within_km"] = (self.random.choice(metres) + off) / 1000

    # The register

    def _forms(self) -> list[str]:
        if self._happens(0.4):
            return list(plain.LADDER)
        return self._some(plain.LADDER, 0.7)

    def _horizon(self) -> int:
        ahead = (self.start - self.instant).days
        return max(0, self.random.choice([ahead - 1, ahead - 1, ahead, ahead + 1, 0]))

    def unit(self, unit_id: str) -> Document:
        random = self.random
        unit: Document = {"id": unit_id, "colour": "unknown keys are ignored"}
        self._maybe(unit, "name", lambda: f"Verksamhet {unit_id}", 0.5)
        self._maybe(unit, "provider", lambda: "P1", 0.5)
        self._maybe(unit, "operated_by", lambda: random.choice([HOME, HOME, NEXT]), 0.3)
        self._maybe(unit, "services", self._services, 0.98)
        self._maybe(unit, "ages", lambda: self._span([17, 18, 19], [64, 65]), 0.5)
        self._maybe(unit, "companion_ages", lambda: self._span([0, 1], [17, 18]), 0.3)
        self._maybe(unit, "genders", lambda: self._some(["woman", "man", "other"], 0.7), 0.4)
        self._maybe(unit, "drug_free", lambda: self._happens(0.5), 0.3)
        self._maybe(unit, "needs_met", lambda: self._some(NEEDS, 0.75), 0.9)
        self._maybe(unit, "needs_refused", lambda: self._some(NEEDS, 0.1), 0.6)
        if self._happens(0.2):
            self._period(unit, "open_from", "open_to", tight=0.7)
        self._maybe(unit, "permit", self._permit, 0.4)
        self._maybe(unit, "places", self._places, 0.8)
        self._maybe(unit, "location", self._location, 0.9)
        self._maybe(unit, "agreements", self._agreements, 0.75)
        self._maybe(unit, "in_house_rate", lambda: random.choice([0, 2600, 2600.5]), 0.5)
        self._maybe(unit, "direct_award", self._direct_award, 0.5)
        self._maybe(unit, "stops", self._stops, 0.25)
        return unit

    def _services(self) -> list[Document]:
        asked = self.need["service_type"]
        others = [s for s in SERVICES if s != asked]
        types = [asked] if self._happens(0.9) else []
        types += [service for service in [*others, asked] if self._happens(0.08)]
        services = [self._service(service) for service in types]
        if self._happens(0.03):
            services.append({"service_type": None, "subtypes": ["akut"]})
        return services

    def _service(self, service_type: str) -> Document:
        service: Document = {"service_type": service_type}
        self._maybe(service, "subtypes", lambda: self._some(SUBTYPES, 0.75), 0.6)
        return service

    def _span(self, low: list[int], high: list[int]) -> list[int | None]:
        return [
            None if self._happens(0.15) else self.random.choice(bounds) for bounds in (low, high)
        ]

    def _permit(self) -> Document:
        permit: Document = {}
        self._maybe(permit, "required", lambda: self._happens(0.8), 0.9)
        self._period(permit, "valid_from", "valid_to", tight=0.3)
        return permit

    def _places(self) -> Document:
        random = self.random
        places: Document = {}
        asked = plain.places_asked(self.need)
        taken, closed = random.choice([0, 3]), random.choice([0, 0, 1])
        free = asked + random.choice([-2, -1, 0, 0, 0, 1, 2])
        self._maybe(places, "total", lambda: max(0, taken + closed + free), 0.92)
        self._maybe(places, "occupied", lambda: taken, 0.9)
        self._maybe(places, "unavailable", lambda: closed, 0.8)
        self._maybe(places, "next_free_on", self._day, 0.35)
        return places

    def _location(self) -> Document:
        location: Document = {}
        lat, lon = self.random.choice(PLACES_ON_EARTH)
        municipality = self.random.choice([HOME, HOME, NEXT, FAR])
        self._maybe(location, "municipality", lambda: municipality, 0.92)
        self._maybe(location, "lat", lambda: lat, 0.92)
        self._maybe(location, "lon", lambda: lon, 0.95)
        return location

    def _agreements(self) -> list[Document]:
        return [self._agreement() for _ in range(self.random.choice([0, 1, 1, 2, 3]))]

    def _agreement(self) -> Document:
        random = self.random
        agreement: Document = {}
        forms = ["framework", "framework", "framework", "iop", "iop", "direct_award", "in_house"]
        types = [self.need["service_type"]] * 12 + SERVICES
        self._maybe(agreement, "provision_form", lambda: random.choice(forms), 0.97)
        self._maybe(agreement, "parties", lambda: self._some([HOME, HOME, NEXT, FAR], 0.7), 0.97)
        self._maybe(agreement, "service_type", lambda: random.choice(types), 0.97)
        self._maybe(agreement, "subtypes", lambda: self._some(SUBTYPES, 0.8), 0.4)
        self._period(agreement, "valid_from", "valid_to", tight=0.3)
        self._maybe(agreement, "rank", lambda: random.choice([1, 1, 2]), 0.7)
        self._rate(agreement, [2900, 2900, 2950.5])
        return agreement

    def _rate(self, part: Document, rates: list[float]) -> None:
        self._maybe(part, "rate", lambda: self.random.choice(rates), 0.85)
        self._maybe(part, "rate_unit", lambda: self.random.choice(["day", "day", "month"]), 0.4)

    def _direct_award(self) -> Document:
        award: Document = {}
        self._period(award, "vetted_from", "vetted_to", tight=0.3)
        self._rate(award, [3400, 3500])
        return award

    def _stops(self) -> list[Document]:
        return [self._stop() for _ in range(self.random.choice([0, 1, 1, 2]))]

    def _stop(self) -> Document:
        stop: Document = {}
        kinds = ["recommendation_stop", "order_stop", "paused", "unpublished", "av annat slag"]
        self._maybe(stop, "kind", lambda: self.random.choice(kinds), 0.95)
        self._period(stop, "from", "to", tight=0.8)
        return stop


def case(seed: int) -> tuple[Document, list[Document]]:
    return Maker(Random(seed)).case()
