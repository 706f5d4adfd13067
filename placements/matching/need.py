"""What a match is asked: one person's need, as the match format has it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from providers.domain.register.unit_document import GENDERS
from spink.foundation import fields
from spink.foundation.bad_input import BadInput
from spink.foundation.fields import Document


@dataclass(frozen=True, slots=True)
class Near:
    """Degrees, and whole or broken kilometres; `within_km` None excludes nobody."""

    lat: float
    lon: float
    within_km: float | None = None


@dataclass(frozen=True, slots=True)
class Need:
    municipality: str
    service_type: str
    wanted_start: date
    subtype: str | None = None
    age: int | None = None
    gender: str | None = None
    drug_free: bool | None = None
    companions: tuple[int, ...] = ()
    """The ages of those who come along."""
    places: int | None = None
    """None: one, and one for each companion."""
    needs_required: tuple[str, ...] = ()
    needs_wished: tuple[str, ...] = ()
    near: Near | None = None
    not_in_municipalities: tuple[str, ...] = ()
    not_units: tuple[str, ...] = ()

    @property
    def places_asked(self) -> int:
        return 1 + len(self.companions) if self.places is None else self.places

    @classmethod
    def from_document(
        cls, document: object, *, place: str, service_types: Collection[str]
    ) -> "Need":
        """Raises BadInput with place and field. `service_types` are those of the register."""
        try:
            return _read(fields.document(document), service_types)
        except BadInput as bad:
            raise bad.at(place) from None

    def to_document(self) -> dict[str, object]:
        """The document that gives this need again; what is not said is left out."""
        near = self.near and {
            "lat": self.near.lat,
            "lon": self.near.lon,
            "within_km": self.near.within_km,
        }
        document: dict[str, object] = {
            "municipality": self.municipality,
            "service_type": self.service_type,
            "subtype": self.subtype,
            "wanted_start": self.wanted_start.isoformat(),
            "age": self.age,
            "gender": self.gender,
            "drug_free": self.drug_free,
            "companions": list(self.companions),
            "places": self.places,
            "needs_required": list(self.needs_required),
            "needs_wished": list(self.needs_wished),
            "near": near,
            "not_in_municipalities": list(self.not_in_municipalities),
            "not_units": list(self.not_units),
        }
        return {key: value for key, value in document.items() if value not in (None, [])}


def _read(given: Document, service_types: Collection[str]) -> Need:
    return Need(
        municipality=fields.required(fields.code, given, "municipality"),
        service_type=_service_type(given, service_types),
        wanted_start=date.fromordinal(fields.required(fields.day, given, "wanted_start")),
        subtype=fields.code(given, "subtype"),
        age=fields.whole(given, "age"),
        gender=fields.among(given, "gender", GENDERS),
        drug_free=fields.truth(given, "drug_free"),
        companions=fields.wholes(given, "companions"),
        places=fields.whole(given, "places"),
        needs_required=fields.codes(given, "needs_required"),
        needs_wished=fields.codes(given, "needs_wished"),
        near=fields.inside(given, "near", _near),
        not_in_municipalities=fields.codes(given, "not_in_municipalities"),
        not_units=fields.codes(given, "not_units"),
    )


def _service_type(given: Document, service_types: Collection[str]) -> str:
    fields.required(fields.code, given, "service_type")
    return fields.required(
        lambda part, key: fields.among(part, key, service_types), given, "service_type"
    )


def _near(given: Document) -> Near | None:
    position = fields.position(given)
    within_km = fields.number(given, "within_km")
    return None if position is None else Near(*position, within_km)
