"""`manage.py match` on files: what it prints, and that bad input prints nothing at all."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.unit.matching import plain
from tests.unit.matching.made import listing
from tests.unit.matching.test_scenarios import SCENARIOS

ROOT = Path(__file__).parents[3]
EXAMPLE = SCENARIOS["exempel"]


@pytest.fixture
def register(tmp_path: Path) -> str:
    return write(tmp_path / "register.json", EXAMPLE["register"])


@pytest.fixture
def need(tmp_path: Path) -> str:
    return write(tmp_path / "need.json", EXAMPLE["need"])


def write(path: Path, *documents: Any) -> str:
    path.write_text("\n".join(map(json.dumps, documents)), encoding="utf-8")
    return str(path)


def printed(*arguments: str) -> list[Any]:
    out = io.StringIO()
    call_command("match", *arguments, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def refused(*arguments: str) -> str:
    out = io.StringIO()
    with pytest.raises(CommandError) as error:
        call_command("match", *arguments, stdout=out)
    assert error.value.returncode == 2
    assert out.getvalue() == ""
    return str(error.value)


@pytest.mark.parametrize("excluded", ["none", "near", "all"])
def test_outcome_lists_the_excluded_that_are_asked_for(
    register: str, need: str, excluded: str
) -> None:
    found = printed("--register", register, "--need", need, "--excluded", excluded)
    assert found == [listing(EXAMPLE["outcome"], excluded)]


def test_all_excluded_are_listed_unless_said(register: str, need: str) -> None:
    assert printed("--register", register, "--need", need) == [EXAMPLE["outcome"]]


def test_many_needs_give_a_line_each_in_their_order(register: str, tmp_path: Path) -> None:
    needs = [
        EXAMPLE["need"] | {"age": age, "subtype": sub} for age in (17, 34) for sub in (None, "x")
    ]
    path = write(tmp_path / "needs.jsonl", *needs)
    expected = [plain.match(one, EXAMPLE["register"]) for one in needs]
    assert printed("--register", register, "--needs", path) == expected


def test_no_needs_give_no_lines(register: str, tmp_path: Path) -> None:
    assert printed("--register", register, "--needs", write(tmp_path / "needs.jsonl")) == []


def test_one_bad_need_of_many_prints_nothing(register: str, tmp_path: Path) -> None:
    path = write(tmp_path / "needs.jsonl", EXAMPLE["need"], EXAMPLE["need"] | {"age": -3})
    said = refused("--register", register, "--needs", path)
    assert said == f"{path}: line 2: age: must be a whole number from 0"


def test_bad_register_names_the_file_the_unit_and_the_field(need: str, tmp_path: Path) -> None:
    unit = {"id": "U1", "agreements": [{"valid_from": "2026-02-30"}]}
    path = write(tmp_path / "bad.json", EXAMPLE["register"] | {"units": [unit]})
    said = refused("--register", path, "--need", need)
    place = f"{path}: units[0]: agreements[0].valid_from"
    assert said == f"{place}: must be a date (YYYY-MM-DD)"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "--need, --needs or --request: one of them must be given"),
        (
            ["--need", "a", "--needs", "b"],
            "--need, --needs or --request: one of them must be given",
        ),
        (["--need", "a", "--excluded", "some"], "--excluded: must be none, near or all"),
        (
            ["--register", "r", "--need", "a", "--as-of", "2026-03-03T12:00"],
            "--as-of: says when to read the database, not a file",
        ),
        (["--need", "a", "--as-of", "noon"], "--as-of: must be a time (2026-03-03T12:00)"),
        (["--register", "nowhere.json", "--need", "a"], "nowhere.json: cannot be read"),
    ],
)
def test_arguments_that_do_not_go_together_are_refused(arguments: list[str], said: str) -> None:
    assert refused(*arguments) == said


@pytest.mark.parametrize("folder", ["register", "need"])
def test_folder_instead_of_a_file_is_refused(
    register: str, need: str, folder: str, tmp_path: Path
) -> None:
    files = {"register": register, "need": need} | {folder: str(tmp_path)}
    arguments = [word for name, path in files.items() for word in (f"--{name}", path)]
    assert refused(*arguments) == f"{tmp_path}: cannot be read"


def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, str(ROOT / "manage.py"), "match", *arguments]
    environment = os.environ | {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    return subprocess.run(command, capture_output=True, env=environment, check=False)


def test_program_ends_with_status_2_and_one_line_for_bad_input(
    register: str, tmp_path: Path
) -> None:
    path = write(tmp_path / "need.json", EXAMPLE["need"] | {"gender": "ingen\nalls"})
    done = run("--register", register, "--need", path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == f"CommandError: {path}: gender: is not known\n"


def test_program_prints_utf8_wherever_it_runs(tmp_path: Path) -> None:
    scenario = SCENARIOS["ordning-id-sist"]
    register = write(tmp_path / "r.json", scenario["register"])
    done = run("--register", register, "--need", write(tmp_path / "n.json", scenario["need"]))
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode("utf-8")) == scenario["outcome"]
