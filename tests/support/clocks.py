"""The clock as every thread sees it: a browser's test has a server with threads of its own."""

from datetime import datetime
from typing import Self

import pytest

from spink.foundation import clock


class ClockOnTheWall:
    def __init__(self, shows: datetime) -> None:
        self.shows = shows

    def get(self) -> datetime:
        return self.shows

    def hung_up(self, monkeypatch: pytest.MonkeyPatch) -> Self:
        monkeypatch.setattr(clock, "_frozen_at", self)
        return self
