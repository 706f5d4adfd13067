"""The publisher before a broker that is not well: nobody who waits for a page waits for it."""

import socket
import time
from collections.abc import Iterator

import pytest

from spink.foundation import clock, outbox
from spink.foundation.models import OutboxEvent
from tests.support.events import SUBMITTED, after, effects, leave_an_effect, published
from tests.support.programs import free_port

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_handlers")]


@pytest.fixture
def silent_port() -> Iterator[int]:
    """Takes connections and never answers, as a broker does whose machine is out of memory."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@pytest.fixture(params=["closed", "silent"])
def sick_broker(
    request: pytest.FixtureRequest, silent_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = silent_port if request.param == "silent" else free_port()
    monkeypatch.setenv("CELERY_BROKER_URL", f"redis://127.0.0.1:{port}/0")


@pytest.mark.usefixtures("sick_broker")
def test_publish_with_a_sick_broker_returns_at_once_and_the_sweep_delivers() -> None:
    outbox.handles(SUBMITTED)(leave_an_effect)
    first = published()  # the queue's library is loaded with it
    began = time.monotonic()
    published()
    took = time.monotonic() - began

    assert took < 1
    with clock.frozen(after(60, first.created_at)):
        assert outbox.sweep(seconds=60) == 2
    assert effects() == 2
    assert OutboxEvent.objects.filter(handled_at=None).count() == 0
