"""The scenarios that officers read: `tests/scenarios/`, one thing shown by each."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from placements.matching import Need, Reason, match
from providers.domain.register import Register
from spink.catalogue.domain.ladder import LADDER
from tests.unit.matching import plain

FOLDER = Path(__file__).parents[2] / "scenarios"
SCENARIOS = {path.stem: json.loads(path.read_bytes()) for path in sorted(FOLDER.glob("*.json"))}


@pytest.mark.parametrize("name", SCENARIOS)
def test_scenario_gives_its_outcome(name: str) -> None:
    scenario = SCENARIOS[name]
    register = Register.from_document(scenario["register"], place=name)
    types = register.provision_forms
    need = Need.from_document(scenario["need"], place=name, service_types=types)

    outcome = match(need, register).to_dict()

    assert outcome == scenario["outcome"]
    assert json.dumps(outcome) == json.dumps(scenario["outcome"])  # keys in the same order


@pytest.mark.parametrize("name", SCENARIOS)
def test_scenario_is_read_the_same_way_a_second_time(name: str) -> None:
    scenario = SCENARIOS[name]
    assert plain.match(scenario["need"], scenario["register"]) == scenario["outcome"]


@pytest.mark.parametrize("name", SCENARIOS)
def test_scenario_says_in_one_line_what_it_shows(name: str) -> None:
    scenario = SCENARIOS[name]
    assert list(scenario) == ["visar", "register", "need", "outcome"]
    assert scenario["visar"].endswith(".")
    assert "\n" not in scenario["visar"]


def test_every_reason_is_the_only_one_in_some_scenario() -> None:
    alone = Counter(
        entry["reasons"][0]
        for scenario in SCENARIOS.values()
        for entry in scenario["outcome"]["excluded"]
        if len(entry["reasons"]) == 1
    )
    assert set(alone) == set(Reason)


def test_every_rung_holds_a_candidate_in_some_scenario() -> None:
    def holds(scenario: dict[str, Any]) -> set[str]:
        rungs = scenario["outcome"]["rungs"]
        return {rung["provision_form"] for rung in rungs if rung["candidates"]}

    assert set().union(*map(holds, SCENARIOS.values())) == set(LADDER)
