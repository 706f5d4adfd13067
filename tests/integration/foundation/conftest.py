from pathlib import Path
from uuid import UUID

import pytest

from spink.foundation import outbox
from tests.support.workers import Jobs


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """The ids that a publisher was told of; no other publisher is."""
    ids: list[UUID] = []
    monkeypatch.setattr(outbox, "_publishers", [ids.append])
    return ids


@pytest.fixture
def no_handlers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the test's own handlers are registered."""
    monkeypatch.setattr(outbox, "_handlers", {})


@pytest.fixture
def jobs(redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Jobs:
    """The test's own process tells the broker too."""
    monkeypatch.setenv("CELERY_BROKER_URL", redis_url)
    return Jobs(redis_url, tmp_path)
