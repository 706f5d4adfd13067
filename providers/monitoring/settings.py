"""What the operators' settings say of sources: a table each, and what may stand in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from limits import parse as parse_rate

from providers.domain.control.facts import KINDS, Fact
from providers.monitoring.asking import Pace
from providers.monitoring.bolagsverket import Access, Bolagsverket
from providers.monitoring.feeds import Feed
from providers.monitoring.files import Files, Handed
from providers.monitoring.source import Source
from providers.monitoring.web import MEBIBYTE, Bounds

COMMON: Final = frozenset(
    {"kind", "name", "hours", "everyone", "rate", "seconds", "megabytes", "private"}
)
OWN: Final = {
    "bolagsverket": frozenset({"url", "token_url", "client_id", "client_secret"}),
    "files": frozenset({"folder", "url", "columns", "complete", "at_least", "days"}),
    "feed": frozenset({"url"}),
}
RATES: Final = {"bolagsverket": "60/minute", "files": "", "feed": ""}


class BadSettings(ValueError):
    """A source cannot be asked as the settings tell; the text says which and why."""


@dataclass(frozen=True, slots=True)
class Told:
    """A source as the settings tell of it. `everyone`: also who is not procured directly."""

    code: str
    name: str
    kind: str
    hours: int
    everyone: bool
    pace: Pace
    bounds: Bounds
    own: Mapping[str, Any]

    def source(self) -> Source:
        if self.kind == "bolagsverket":
            return Bolagsverket(Access(**self.own), self.bounds)
        if self.kind == "feed":
            return Feed(self.own["url"], self.bounds)
        return Files(_handed(self.own), self.bounds)


def sources(tables: Mapping[str, Mapping[str, Any]]) -> dict[str, Told]:
    """Raises BadSettings."""
    return {code: _told(code, table) for code, table in tables.items()}


def _told(code: str, table: Mapping[str, Any]) -> Told:
    kind = table.get("kind", "")
    if kind not in OWN:
        raise BadSettings(f"{code}: kind is one of {', '.join(OWN)}")
    if unknown := set(table) - COMMON - OWN[kind]:
        raise BadSettings(f"{code}: what is {', '.join(sorted(unknown))}?")
    try:
        told = Told(
            code=code,
            name=str(table.get("name", code)),
            kind=kind,
            hours=int(table.get("hours", 24)),
            everyone=bool(table.get("everyone", False)),
            pace=Pace(rate=_rate(str(table.get("rate", RATES[kind])))),
            bounds=Bounds(
                seconds_between=float(table.get("seconds", 10)),
                bytes=int(table.get("megabytes", 50 if kind == "files" else 2)) * MEBIBYTE,
                private=bool(table.get("private", False)),
            ),
            own={name: value for name, value in table.items() if name in OWN[kind]},
        )
        told.source()
    except (KeyError, TypeError, ValueError) as error:
        raise BadSettings(f"{code}: {error}") from None
    return told


def _rate(rate: str) -> str:
    if rate:
        parse_rate(rate)
    return rate


def _handed(own: Mapping[str, Any]) -> Handed:
    if bool(own.get("folder")) == bool(own.get("url")):
        raise ValueError("either folder or url")
    return Handed(
        folder=str(own.get("folder", "")),
        url=str(own.get("url", "")),
        columns=tuple(
            (str(name).lower(), _fact(fact)) for fact, name in own.get("columns", {}).items()
        ),
        complete=frozenset(_fact(name) for name in own.get("complete", ())),
        at_least=int(own.get("at_least", 1)),
        days=int(own.get("days", 45)),
    )


def _fact(name: str) -> Fact:
    fact = Fact(name)
    if fact not in KINDS:
        raise ValueError(f"{name} is no fact that holds")
    return fact
