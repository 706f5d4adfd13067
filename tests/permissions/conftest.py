"""The world of two municipalities, built once a module, and who asks for its pages."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from spink.catalogue.actions import load_catalogue
from tests.factories.accounts import TeamServiceFactory
from tests.permissions.asking import Asked
from tests.support import two_municipalities as worlds
from tests.support.small_register import settle_register
from tests.support.two_municipalities import World


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """One transaction for the module; every question is asked in a savepoint that is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_catalogue()
        settle_register()
        built = worlds.build()
        TeamServiceFactory(team=built.places["A1"].team)
        yield built
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def asked(world: World) -> Iterator[Asked]:
    """Nobody is logged out meanwhile, however long the table takes on a busy machine."""
    with override_settings(SESSION_SECONDS_IDLE=settings.SESSION_COOKIE_AGE):
        yield Asked(world, "A1")
