"""Turning any comparison in the rules around makes a scenario or a made-up case fail."""

from types import ModuleType
from typing import Any

import pytest

from tests.unit.matching import plain
from tests.unit.matching.cases import case
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
    return True


def goes_unnoticed(turn: Turn, cases: list[Case]) -> bool:
    try:
        with turned(turn) as package:
            return gives_all(package, cases)
    except Exception:  # a rule that cannot even run is noticed
        return False


def test_rules_as_they_stand_give_every_known_outcome(known: list[Case]) -> None:
    with turned(Turn("nothing.at_all", 0, 0, "")) as package:
        assert gives_all(package, known)


@pytest.mark.parametrize("module", RULES)
def test_no_comparison_can_be_turned_unnoticed(module: str, known: list[Case]) -> None:
    assert [str(turn) for turn in turns(module) if goes_unnoticed(turn, known)] == []


def test_there_is_something_to_turn() -> None:
    assert sum(len(turns(module)) for module in RULES) > 100
