"""The runs' own promise: nothing is left out in silence."""

import os
import subprocess
import sys
from pathlib import Path

TESTS = """
import pytest

@pytest.mark.browser
def test_in_a_browser(page): ...

@pytest.mark.redis
def test_with_redis(redis_url): ...

def test_plain(): ...
"""


def run(checkout: Path, folder: Path, *options: str, **environment: str) -> str:
    """What pytest prints of three tests on a machine that has neither program."""
    (folder / "test_three.py").write_text(TESTS)
    command = [sys.executable, "-m", "pytest", str(folder / "test_three.py"), *options]
    settings = [
        "-c",
        str(checkout / "pyproject.toml"),
        "-p",
        "tests.conftest",
        "-p",
        "no:cacheprovider",
    ]
    clean = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
    done = subprocess.run(
        [*command, *settings, "--color=no"],
        env={**clean, "PATH": str(folder), **environment},
        cwd=checkout,
        capture_output=True,
        check=False,
        text=True,
    )
    return done.stdout + done.stderr


def test_left_out_tests_are_named_with_the_way_to_get_them(checkout: Path, tmp_path: Path) -> None:
    for workers in ("-n0", "-n1"):
        said = run(checkout, tmp_path, workers, SPINK_REQUIRE_ALL="")
        assert (
            "1 tests marked `browser`: Chromium was not found."
            " On Debian or Ubuntu: apt-get install chromium\n"
            "1 tests marked `redis`: redis-server was not found."
            " On Debian or Ubuntu: apt-get install redis-server\n"
        ) in said
        assert "1 passed" in said


def test_left_out_tests_fail_where_all_are_required(checkout: Path, tmp_path: Path) -> None:
    said = run(checkout, tmp_path, "-n0", SPINK_REQUIRE_ALL="1")
    assert "left out" not in said
    assert "1 passed, 2 errors" in said
