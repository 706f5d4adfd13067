from collections.abc import Iterator
from typing import Any

import pytest

from providers.queries.control import sources
from spink.catalogue.actions import load_catalogue
from tests.support.register_edits import next_transaction
from tests.support.sources import Server, serving


@pytest.fixture
def catalogue(db: None) -> None:
    load_catalogue()
    next_transaction()


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture
def monitored(server: Server, settings: Any) -> Iterator[Server]:
    """The settings tell of this source alone, and nobody has asked it yet."""
    sources._asker.cache_clear()
    settings.MONITORING_SOURCES = {"bolagsverket": server.settings}
    yield server
    sources._asker.cache_clear()
