from collections.abc import Iterator

import pytest

from tests.support.receivers import Receiver, receiving


@pytest.fixture(scope="session")
def one_receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def receiver(one_receiver: Receiver) -> Receiver:
    """Whoever is sent webhooks; one server for all tests."""
    one_receiver.begin_anew()
    return one_receiver
