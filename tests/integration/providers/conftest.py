import pytest

from spink.catalogue.actions import load_catalogue
from tests.support.register_edits import next_transaction


@pytest.fixture
def catalogue(db: None) -> None:
    load_catalogue()
    next_transaction()
