from collections.abc import Iterator

import pytest
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from spink.foundation import clock
from spink.sample import loading
from spink.sample.loading import Sample, Wanted
from tests.support.samples import NOW, SHARE, Breaking, BrokenOff, Quiet


@pytest.fixture(scope="module")
def progress() -> Quiet:
    return Quiet()


@pytest.fixture(scope="module")
def sample(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, progress: Quiet
) -> Iterator[Sample]:
    """A small sample, loaded once and committed: its tests may add to it, and it is thrown away.

    The first attempt is broken off, so that every test sees what goes on where that one was.
    """
    with django_db_blocker.unblock(), clock.frozen(NOW):
        with pytest.raises(BrokenOff):
            loading.load(Wanted(history=SHARE), Breaking())
        yield loading.load(Wanted(history=SHARE), progress)
    with django_db_blocker.unblock():
        TransactionTestCase._fixture_teardown(None)  # type: ignore[arg-type]
