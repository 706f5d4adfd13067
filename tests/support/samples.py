"""A small sample for tests: its moment, its size, and progress that is only counted."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from spink.foundation.clock import STOCKHOLM
from spink.sample.loading import Advance

NOW = datetime(2025, 3, 4, 10, 30, tzinfo=STOCKHOLM)
SHARE = 0.02


class Quiet:
    """Counts the steps of each part."""

    def __init__(self) -> None:
        self.steps: dict[str, tuple[int, int]] = {}

    @contextmanager
    def part(self, name: str, steps: int) -> Iterator[Advance]:
        done: list[int] = []
        yield done.append
        self.steps[name] = (steps, sum(done))


class BrokenOff(Exception):
    pass


class Breaking(Quiet):
    """Breaks off in the middle of the register."""

    @contextmanager
    def part(self, name: str, steps: int) -> Iterator[Advance]:
        left = steps // 2

        def advance(done: int) -> None:
            nonlocal left
            left -= done
            if left <= 0:
                raise BrokenOff

        yield advance
