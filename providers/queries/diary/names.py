"""What the numbers in the diary's images are called now: a query for each kind, however many."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from providers.models import (
    Agreement,
    AgreementLot,
    AgreementUnit,
    CareUnit,
    CorporateGroup,
    Provider,
)
from spink.accounts import queries as accounts
from spink.catalogue import queries as catalogue

NEEDS = ("needs_met", "needs_refused", "priority_needs")
MUNICIPALITIES = ("municipality", "operated_by", "parties")
CODES = {
    **dict.fromkeys(NEEDS, "need"),
    "service_type": "service",
    "subtypes": "subtype",
    "reason_code": "stop",
}
"""Columns that hold codes of the catalogue, and what they are codes of."""


class Row(Protocol):
    """A change of the diary, or what several come to."""

    @property
    def table_name(self) -> str: ...
    @property
    def row_pk(self) -> int: ...
    @property
    def unit_id(self) -> int | None: ...
    @property
    def before(self) -> Any: ...
    @property
    def after(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Names:
    units: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    """Code and name."""
    providers: Mapping[int, str] = field(default_factory=dict)
    groups: Mapping[int, str] = field(default_factory=dict)
    agreements: Mapping[int, str] = field(default_factory=dict)
    lots: Mapping[int, tuple[int, str]] = field(default_factory=dict)
    """The agreement's id, and what the lot is called."""
    places: Mapping[int, int] = field(default_factory=dict)
    """The lot of each unit's place in an agreement."""
    services: Mapping[int, str] = field(default_factory=dict)
    """Of the catalogue's rungs, which know them by number."""
    municipalities: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def names_in(rows: Iterable[Row]) -> Names:
    images = [
        (row, image) for row in rows for image in (row.before, row.after) if image is not None
    ]
    found = _Found()
    for row, image in images:
        found.add(row, image)
    places = _places(found.ids["agreement_unit_id"])
    lots = _lots(found.ids["lot_id"] | set(places.values()))
    agreements = found.ids["agreement_id"] | {agreement for agreement, _name in lots.values()}
    return Names(
        units={
            pk: (code, name)
            for pk, code, name in CareUnit.objects.filter(pk__in=found.ids["unit_id"]).values_list(
                "pk", "code", "name"
            )
        },
        providers=_names(Provider, found.ids["provider_id"]),
        groups=_names(CorporateGroup, found.ids["group_id"]),
        agreements={
            pk: name or code
            for pk, name, code in Agreement.objects.filter(pk__in=agreements).values_list(
                "pk", "name", "code"
            )
        },
        lots=lots,
        places=places,
        services=_services() if found.has_rungs else {},
        municipalities=accounts.municipality_names(found.municipalities),
        codes=catalogue.names_of_many(found.codes),
    )


def _names(model: Any, ids: set[int]) -> dict[int, str]:
    return dict(model.objects.filter(pk__in=ids).values_list("pk", "name"))


def _services() -> dict[int, str]:
    return {service.pk: service.name for service in catalogue.all_services()}


def _places(ids: set[int]) -> dict[int, int]:
    return dict(AgreementUnit.objects.filter(pk__in=ids).values_list("pk", "lot_id"))


def _lots(ids: set[int]) -> dict[int, tuple[int, str]]:
    rows = AgreementLot.objects.filter(pk__in=ids)
    return {
        pk: (agreement, name or code)
        for pk, agreement, name, code in rows.values_list("pk", "agreement_id", "name", "code")
    }


RUNG = "catalogue_servicerung"
OWN_ID = {
    "providers_careunit": "unit_id",
    "providers_provider": "provider_id",
    "providers_corporategroup": "group_id",
    "providers_agreement": "agreement_id",
    "providers_agreementlot": "lot_id",
    "providers_agreementunit": "agreement_unit_id",
}


class _Found:
    """The ids and codes that stand in images."""

    def __init__(self) -> None:
        self.ids: dict[str, set[int]] = {name: set() for name in OWN_ID.values()}
        self.codes: dict[str, set[str]] = {of: set() for of in CODES.values()}
        self.municipalities: set[str] = set()
        self.has_rungs = False

    def add(self, row: Row, image: Mapping[str, Any]) -> None:
        self.has_rungs = self.has_rungs or row.table_name == RUNG
        if row.table_name in OWN_ID:
            self.ids[OWN_ID[row.table_name]].add(row.row_pk)
        if row.unit_id is not None:
            self.ids["unit_id"].add(row.unit_id)
        for name, ids in self.ids.items():
            if image.get(name) is not None:
                ids.add(image[name])
        for name, of in CODES.items():
            self.codes[of].update(_codes(image.get(name)))
        for name in MUNICIPALITIES:
            self.municipalities.update(_codes(image.get(name)))


def _codes(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []
