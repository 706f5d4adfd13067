"""Framework agreements and IOPs as chains of periods: when one ends the next has been procured.

Periods that the sources give stand as they are; where they give none, and for every renewal after
the last that they name, the sample invents four more years.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from spink.sample import facts
from spink.sample.places import GOTEBORG, MEMBERS

KNOWN_AHEAD: Final = timedelta(days=100)
"""A contract or a price stands in the register this long before it begins to hold."""
YEARS: Final = 4

SHORT_TERM_PARTIES: Final = ("1480", "1401", "1402", "1441", "1481", "1482")
ADULT_PARTIES: Final = ("1480", "1402", "1481")

Ranks = dict[tuple[str, int, str], int]
"""By unit, number of the generation, and lot."""


@dataclass(frozen=True)
class Generation:
    """One period of a framework: `number` 0 is the one in force when the register begins."""

    number: int
    valid_from: date
    valid_to: date


@dataclass(frozen=True)
class Chain:
    key: str
    name: str
    profiles: tuple[str, ...]
    parties: tuple[str, ...]
    first: tuple[date, date]
    lots: tuple[str, ...] = ()
    """One a subtype; none: one lot that covers all."""
    form: str = "framework"
    later_lots: tuple[str, ...] = ()
    """Lots that exist from the first renewal on."""

    @cache  # noqa: B019 - there are a dozen chains, and they last as long as the program
    def generations(self, known_on: date) -> list[Generation]:
        """Those in the register on the day: the first, and each renewal procured by then."""
        found = [Generation(0, *self.first)]
        while (begins := found[-1].valid_to + timedelta(days=1)) - KNOWN_AHEAD <= known_on:
            ends = years_later(begins, YEARS) - timedelta(days=1)
            found.append(Generation(len(found), begins, ends))
        return found

    def lots_of(self, generation: int) -> tuple[str, ...]:
        return self.lots + (self.later_lots if generation else ())


def years_later(day: date, years: int) -> date:
    return day.replace(year=day.year + years)


def _sourced(service_type: str, *lots: str) -> tuple[date, date]:
    for row in facts.frameworks():
        if row.service_type == service_type and set(lots) <= set(row.lots):
            return row.valid_from, row.valid_to
    raise LookupError(service_type)


def _invented(begins: str) -> tuple[date, date]:
    first = date.fromisoformat(begins)
    return first, years_later(first, YEARS) - timedelta(days=1)


CHAINS: Final = (
    Chain(
        "social",
        "Socialt boende med stöd",
        ("social",),
        ADULT_PARTIES,
        _sourced("supported_social_housing"),
        ("akutboende", "kortsiktigt kollektivt", "kortsiktigt lägenhet"),
        later_lots=("förstärkt kollektivt",),
    ),
    Chain(
        "housing_first",
        "Bostad först",
        ("housing_first",),
        (GOTEBORG, "1481"),
        _sourced("housing_first"),
    ),
    Chain(
        "treatment",
        "Behandlingsinsatser vuxna",
        ("work_cooperative", "reinforced_family", "treatment_home", "adult_outpatient"),
        MEMBERS,
        _sourced("treatment", "öppenvård"),
        ("arbetskooperativ", "förstärkt familjehemsvård", "behandlingshem (HVB)", "öppenvård"),
    ),
    Chain(
        "special",
        "Bostad med särskild service",
        ("special_children", "special_adults"),
        MEMBERS,
        _sourced("special_service_housing", "vuxna"),
        ("barn", "vuxna"),
    ),
    Chain(
        "short_term_stay",
        "Korttidsvistelse LSS",
        ("short_term_stay", "camp"),
        (GOTEBORG, "1402", "1481"),
        _sourced("short_term_stay"),
        ("korttidshem", "lägerverksamhet"),
    ),
    Chain(
        "short_term_housing",
        "Korttidsboende SoL",
        ("short_term_psychiatric", "short_term_physical"),
        SHORT_TERM_PARTIES,
        _sourced("short_term_housing"),
        ("psykiska funktionsnedsättningar", "fysiska funktionsnedsättningar"),
    ),
    Chain(
        "shelter",
        "Skyddat boende",
        ("shelter",),
        MEMBERS,
        _invented("2021-10-01"),
        ("våld i nära relation eller hedersrelaterat våld", "avhoppare", "annan orsak"),
    ),
    Chain(
        "youth_housing",
        "Stödboende barn och unga",
        ("youth_housing",),
        MEMBERS,
        _invented("2022-06-01"),
    ),
    Chain(
        "foster",
        "Konsulentstödda familjehem",
        ("foster",),
        MEMBERS,
        _invented("2021-05-01"),
        ("familjehem", "jourhem"),
    ),
    Chain(
        "children_home",
        "HVB barn och unga",
        ("children_home",),
        MEMBERS,
        _invented("2022-03-01"),
        ("akut", "behandling", "utredning"),
    ),
    Chain(
        "child_outpatient",
        "Öppenvård barn och unga",
        ("child_outpatient",),
        MEMBERS,
        _invented("2022-09-01"),
    ),
    Chain(
        "shelter_iop",
        "Kvinnojourer (IOP)",
        ("shelter",),
        MEMBERS,
        _invented("2022-01-01"),
        form="iop",
    ),
    Chain(
        "assignment_iop",
        "Anvisningsboenden (IOP)",
        ("assignment_home",),
        (GOTEBORG,),
        _invented("2022-04-01"),
        form="iop",
    ),
)


@cache
def chain_of(profile: str, form: str) -> Chain | None:
    for chain in CHAINS:
        if profile in chain.profiles and chain.form == form:
            return chain
    return None
