"""Turning any comparison in the rules around makes a scenario or a made-up case fail."""

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest

from spink.foundation.bad_input import BadInput
from tests.unit.matching import plain
from tests.unit.matching.cases import case
from tests.unit.matching.test_bad_input import (
    BAD_FILES,
    BAD_REGISTERS,
    BAD_UNITS,
    GOOD_UNITS,
    register_document,
    spoilt,
)
from tests.unit.matching.test_scenarios import SCENARIOS
from tests.unit.matching.turned import Turn, turned, turns

RULES = [
    "placements.matching.asked",
    "placements.matching.bits",
    "placements.matching.block",
    "placements.matching.criteria",
    "placements.matching.distance",
    "placements.matching.ladder",
    "placements.matching.order",
    "placements.matching.outcome",
    "providers.domain.register.offering",
    "providers.domain.register.tables",
    "providers.domain.register.unit_document",
]
READING = [
    "spink.foundation.fields",
    "spink.foundation.strict_json",
    "providers.domain.register.register_document",
]
SEEDS = range(120)

Case = tuple[plain.Document, list[plain.Document], list[plain.Document]]


@pytest.fixture(scope="module")
def known() -> list[Case]:
    """Registers, needs and what they give; the scenarios first, since they are the quickest."""
    cases: list[Case] = [(s["register"], [s["need"]], [s["outcome"]]) for s in SCENARIOS.values()]
    for seed in SEEDS:
        register, needs = case(seed)
        cases.append((register, needs, [plain.match(need, register) for need in needs]))
    return cases


def gives_all(package: ModuleType, cases: list[Case]) -> bool:
    matching: Any = package
    for register, needs, outcomes in cases:
        read = matching.Register.from_document(register, place="register.json")
        types = read.provision_forms
        asked = [
            matching.Need.from_document(need, place="need.json", service_types=types)
            for need in needs
        ]
        if matching.match(asked[0], read).to_dict() != outcomes[0]:
            return False
        if [outcome.to_dict() for outcome in matching.match_all(asked, read)] != outcomes:
            return False
        if _next_best(asked, read) != [_first_kept(outcome, read.ids) for outcome in outcomes]:
            return False
    return True


def _next_best(needs: list[Any], register: Any) -> list[str | None]:
    """Of a register without every second unit, by its columns restricted to the others."""
    without: Any = import_module("placements.matching.without")
    left = without.next_best(needs, register, register.ids[::2])
    return [None if one is None else one.unit for one in left]


def _first_kept(outcome: plain.Document, ids: Sequence[str]) -> str | None:
    candidates = [one["unit"] for rung in outcome["rungs"] for one in rung["candidates"]]
    return next((unit for unit in candidates if unit in ids[1::2]), None)


def goes_unnoticed(turn: Turn, holds: Callable[[ModuleType], bool]) -> bool:
    try:
        with turned(turn) as package:
            return holds(package)
    except Exception:  # a rule that cannot even run is noticed
        return False


def refuses_all(package: ModuleType) -> bool:
    """Each bad input with its words, and no good one."""
    read: Any = package.Register.from_document
    parse: Any = import_module("spink.foundation.strict_json").parse
    for unit in GOOD_UNITS:
        read(register_document(**unit), place="register.json")
    refused = [
        *((register_document(**unit), f"units[1]: {said}") for unit, said in BAD_UNITS),
        *((spoilt(given), said) for given, said in BAD_REGISTERS),
    ]
    return all(
        words(partial(read, document, place="register.json")) == f"register.json: {said}"
        for document, said in refused
    ) and all(words(partial(parse, raw, place="f")) == said for raw, said in BAD_FILES)


def words(read: Callable[[], object]) -> str:
    try:
        read()
    except BadInput as bad:
        return str(bad)
    return "taken"


def test_rules_as_they_stand_give_every_known_outcome(known: list[Case]) -> None:
    with turned(Turn("nothing.at_all", 0, 0, "")) as package:
        assert gives_all(package, known)
        assert refuses_all(package)


@pytest.mark.parametrize("module", RULES)
def test_no_comparison_can_be_turned_unnoticed(module: str, known: list[Case]) -> None:
    holds = partial(gives_all, cases=known)
    assert [str(turn) for turn in turns(module) if goes_unnoticed(turn, holds)] == []


@pytest.mark.parametrize("module", READING)
def test_no_check_of_the_input_can_be_turned_unnoticed(module: str, known: list[Case]) -> None:
    def holds(package: ModuleType) -> bool:
        return refuses_all(package) and gives_all(package, known[: len(SCENARIOS)])

    assert [str(turn) for turn in turns(module) if goes_unnoticed(turn, holds)] == []


def test_there_is_something_to_turn() -> None:
    assert sum(len(turns(module)) for module in RULES) > 100
