"""The sheets, their columns, and where in a register file each column's value stands."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from providers.domain.tables.cells import (
    DAY,
    MOMENT,
    NUMBER,
    TEXT,
    TRUTH,
    Kind,
    Names,
    listed,
    named,
)

UNIT: Final = "Verksamhet-id"
PROVIDER: Final = "Utförare-id"
AGREEMENT: Final = "Avtal-id"
LOT: Final = "Delområde-id"
SERVICE: Final = "Insats"
PRICE_FROM: Final = "Priset gäller från"


@dataclass(frozen=True, slots=True)
class Column:
    """`path` leads from the entry to the value: keys, and numbers of places in a list."""

    heading: str
    path: tuple[str | int, ...]
    kind: Kind = TEXT


@dataclass(frozen=True)
class Sheet:
    """`slug` names the CSV file. `key` are the headings that tell one row from another."""

    slug: str
    title: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @cached_property
    def by_heading(self) -> dict[str, Column]:
        return {column.heading.casefold(): column for column in self.columns}

    @property
    def headings(self) -> list[str]:
        return [column.heading for column in self.columns]

    def heading_of(self, path: str) -> str:
        """The heading of the column that `services[0].subtypes[2]` is about; else the first."""
        for column in self.columns:
            if path == _dotted(column.path) or _dotted(column.path[:1]) == path.partition("[")[0]:
                return column.heading
        return self.columns[0].heading


def _dotted(path: Iterable[str | int]) -> str:
    parts = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return parts.removeprefix(".")


@dataclass(frozen=True, slots=True)
class Words:
    """The names of codes, as people write them."""

    services: Names
    subtypes: Names
    needs: Names
    municipalities: Names


GENDERS: Final = {"woman": "Kvinna", "man": "Man", "other": "Annat kön"}
FORMS: Final = {"framework": "Ramavtal", "iop": "IOP"}
RATE_UNITS: Final = {
    "day": "per dygn",
    "hour": "per timme",
    "week": "per vecka",
    "month": "per månad",
    "assignment": "per uppdrag",
}
LEGAL_FORMS: Final = {
    "company": "Aktiebolag",
    "trading_partnership": "Handelsbolag",
    "economic_association": "Ekonomisk förening",
    "association": "Ideell förening",
    "foundation": "Stiftelse",
    "sole_trader": "Enskild näringsidkare",
    "municipality": "Kommun",
    "region": "Region",
    "state": "Staten",
}
OWNERSHIPS: Final = {
    "own_municipality": "Kommunen själv",
    "other_municipality": "Annan kommun",
    "municipal_company": "Kommunalt bolag",
    "idea_based": "Idéburen",
    "private": "Privat",
    "state": "Statlig",
}

UNITS, SERVICES, PERMITS, AWARDS, PRICES, AGREEMENTS, LOTS, PROVIDERS, GROUPS = (
    "verksamheter",
    "insatser",
    "tillstand",
    "direktupphandling",
    "priser",
    "avtal",
    "delomraden",
    "utforare",
    "koncerner",
)


@dataclass(frozen=True)
class Sheets:
    """All of them, in the order of a workbook."""

    words: Words
    all: tuple[Sheet, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "all", _sheets(self.words))

    def __getitem__(self, slug: str) -> Sheet:
        return next(sheet for sheet in self.all if sheet.slug == slug)


def _column(heading: str, path: str, kind: Kind = TEXT) -> Column:
    parts = path.replace("[", ".").replace("]", "").split(".")
    return Column(heading, tuple(int(part) if part.isdigit() else part for part in parts), kind)


def _sheets(words: Words) -> tuple[Sheet, ...]:
    municipality = named(words.municipalities)
    service = _column(SERVICE, "service_type", named(words.services))
    subtypes = _column("Delkategorier", "subtypes", listed(named(words.subtypes)))
    rate_unit = named(RATE_UNITS)
    of_unit = _column(UNIT, "unit")
    of_agreement = _column(AGREEMENT, "agreement")
    return (
        Sheet(UNITS, "Verksamheter", (UNIT,), _unit_columns(words, municipality)),
        Sheet(SERVICES, "Insatser", (UNIT, SERVICE), (of_unit, service, subtypes)),
        Sheet(PERMITS, "Tillstånd", (UNIT,), (of_unit, *_PERMIT)),
        Sheet(
            AWARDS,
            "Direktupphandling",
            (UNIT,),
            (
                of_unit,
                _column("Granskad från", "direct_award.vetted_from", DAY),
                _column("Granskad till", "direct_award.vetted_to", DAY),
                _column("Pris", "direct_award.rate", NUMBER),
                _column("Prisenhet", "direct_award.rate_unit", rate_unit),
                _column("Priset från", "direct_award.rate_from", DAY),
                _column("Beslut", "direct_award.decision"),
            ),
        ),
        Sheet(
            PRICES,
            "Priser",
            (UNIT, AGREEMENT, LOT, PRICE_FROM),
            (
                of_unit,
                of_agreement,
                _column(LOT, "lot"),
                _column("Rangordning", "rank", NUMBER),
                _column("Avtalspris", "rate", NUMBER),
                _column("Prisenhet", "rate_unit", rate_unit),
                _column(PRICE_FROM, "valid_from", DAY),
            ),
        ),
        Sheet(
            AGREEMENTS,
            "Avtal",
            (AGREEMENT,),
            (
                _column(AGREEMENT, "id"),
                _column("Namn", "name"),
                _column("Regiform", "provision_form", named(FORMS)),
                _column("Diarienummer", "reference"),
                _column(PROVIDER, "provider"),
                _column("Avtalsparter", "parties", listed(municipality)),
                _column("Avtalet från", "valid_from", DAY),
                _column("Avtalet till", "valid_to", DAY),
            ),
        ),
        Sheet(
            LOTS,
            "Delområden",
            (AGREEMENT, LOT),
            (of_agreement, _column(LOT, "id"), _column("Namn", "name"), service, subtypes),
        ),
        Sheet(PROVIDERS, "Utförare", (PROVIDER,), _provider_columns(municipality)),
        Sheet(
            GROUPS,
            "Koncerner",
            ("Koncern-id",),
            (_column("Koncern-id", "id"), _column("Namn", "name")),
        ),
    )


_PERMIT: Final = (
    _column("Tillstånd krävs", "permit.required", TRUTH),
    _column("Tillståndsnummer", "permit.number"),
    _column("Tillståndet avser", "permit.activity"),
    _column("Tillstånd från", "permit.valid_from", DAY),
    _column("Tillstånd till", "permit.valid_to", DAY),
    _column("Underlag", "permit.evidence"),
    _column("Underlagets datum", "permit.evidence_date", DAY),
    _column("Kontrollerat", "permit.checked_at", MOMENT),
    _column("Kontrollerat av", "permit.checked_by"),
)


def _unit_columns(words: Words, municipality: Kind) -> tuple[Column, ...]:
    needs = listed(named(words.needs))
    return (
        _column(UNIT, "id"),
        _column("Namn", "name"),
        _column(PROVIDER, "provider"),
        _column("Drivs av kommun", "operated_by", municipality),
        _column("Ålder från", "ages[0]", NUMBER),
        _column("Ålder till", "ages[1]", NUMBER),
        _column("Medföljandes ålder från", "companion_ages[0]", NUMBER),
        _column("Medföljandes ålder till", "companion_ages[1]", NUMBER),
        _column("Kön", "genders", listed(named(GENDERS))),
        _column("Drogfri", "drug_free", TRUTH),
        _column("Möter behov", "needs_met", needs),
        _column("Tar inte emot", "needs_refused", needs),
        _column("Prioriterad grupp", "priority_group"),
        _column("Prioriterad grupp från ålder", "priority_ages[0]", NUMBER),
        _column("Prioriterad grupp till ålder", "priority_ages[1]", NUMBER),
        _column("Prioriterad grupps behov", "priority_needs", needs),
        _column("Tar emot akut", "takes_acute_admissions", TRUTH),
        _column("Öppen från", "open_from", DAY),
        _column("Öppen till", "open_to", DAY),
        _column("Platser", "places.total", NUMBER),
        _column("Belagda", "places.occupied", NUMBER),
        _column("Ej tillgängliga", "places.unavailable", NUMBER),
        _column("Nästa lediga", "places.next_free_on", DAY),
        _column("Platserna räknade", "places.confirmed_at", MOMENT),
        _column("Räknade av", "places.confirmed_by"),
        _column("Kommun", "location.municipality", municipality),
        _column("Stadsområde", "district"),
        _column("Latitud", "location.lat", NUMBER),
        _column("Longitud", "location.lon", NUMBER),
        _column("Gatuadress", "address.street"),
        _column("Postnummer", "address.postal_code"),
        _column("Ort", "address.city"),
        _column("Metoder", "methods", listed(TEXT)),
        _column("Bemanning", "staffing"),
        _column("Föreståndare", "unit_director"),
        _column("Kontaktperson", "contact_person"),
        _column("Telefon", "phone"),
        _column("E-post", "email"),
        _column("Webbplats", "website"),
        _column("Internpris per dygn", "in_house_rate", NUMBER),
        _column("Internpriset från", "in_house_rate_from", DAY),
    )


def _provider_columns(municipality: Kind) -> tuple[Column, ...]:
    return (
        _column(PROVIDER, "id"),
        _column("Namn", "name"),
        _column("Koncern-id", "group"),
        _column("Juridisk form", "legal_form", named(LEGAL_FORMS)),
        _column("Ägarform", "ownership", named(OWNERSHIPS)),
        _column("Organisationsnummer", "organisation_number"),
        _column("Kommun", "municipality", municipality),
        _column("Kontaktperson", "contact_person"),
        _column("Telefon", "phone"),
        _column("E-post", "email"),
        _column("Webbplats", "website"),
    )


PLACE_COLUMNS: Final = frozenset(("Latitud", "Longitud", "Gatuadress", "Postnummer", "Ort"))
"""What tells where a unit is: not kept of protected housing."""


def value_at(entry: Any, path: tuple[str | int, ...]) -> Any:
    """None where nothing stands."""
    for part in path:
        if isinstance(entry, dict):
            entry = entry.get(str(part))
        elif isinstance(entry, list) and isinstance(part, int) and part < len(entry):
            entry = entry[part]
        else:
            return None
    return entry


def put_at(entry: dict[str, Any], path: tuple[str | int, ...], value: Any) -> None:
    """Parts that are missing on the way are made; a number is a bound of two."""
    *way, last = path
    here: Any = entry
    for part, following in zip(way, path[1:], strict=True):
        if here.get(part) is None:
            here[part] = [None, None] if isinstance(following, int) else {}
        here = here[part]
    here[last] = value
