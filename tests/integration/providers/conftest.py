import pytest

from spink.accounts.domain.roles import Role
from spink.accounts.models import User
from spink.catalogue.actions import load_catalogue
from tests.factories.accounts import MunicipalityFactory, holding
from tests.support.register_edits import next_transaction


@pytest.fixture
def catalogue(db: None) -> None:
    load_catalogue()
    next_transaction()


@pytest.fixture
def keeper() -> User:
    MunicipalityFactory(code="1480", name="Göteborg")
    MunicipalityFactory(code="1481", name="Mölndal")
    return holding(Role.QUALITY_CONTROLLER)
