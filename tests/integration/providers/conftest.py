import pytest

from spink.catalogue.actions import load_catalogue


@pytest.fixture
def catalogue(db: None) -> None:
    load_catalogue()
