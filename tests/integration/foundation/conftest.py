from uuid import UUID

import pytest

from spink.foundation import outbox


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
