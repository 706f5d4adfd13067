"""The web server of a trial, as `manage.py serve` starts it."""

import socket
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction

from spink.foundation import clock, outbox
from spink.foundation.events import Event, EventName
from spink.foundation.models import OutboxEvent
from tests.support.databases import database_url
from tests.support.embedded import wait_until
from tests.support.servers import ask, running

SERVE = (sys.executable, "manage.py", "serve", "--port", "0")


@pytest.fixture
def environment() -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "spink.settings.demo",
        "DATABASE_URL": database_url(),
        "REDIS_URL": "",
    }


def port_of(server: subprocess.Popen[str]) -> int:
    assert server.stdout
    return int(server.stdout.readline().rstrip("/\n").rpartition(":")[2])


def left_over_event() -> OutboxEvent:
    """An event whose worker died, a while ago."""
    payload: dict[str, str | int | None] = {"request_id": 0, "reference": "-", "by_user_id": 0}
    with clock.frozen(clock.now() - timedelta(hours=1)), transaction.atomic():
        return outbox.publish(Event(EventName.RECOMMENDATION_WITHDRAWN, payload))


@pytest.mark.django_db(transaction=True)
def test_server_shows_pages_and_files_and_does_the_jobs_that_were_left(
    environment: dict[str, str], tmp_path: Path
) -> None:
    event = left_over_event()
    with running(SERVE, environment, tmp_path / "log") as server:
        port = port_of(server)
        assert ask(port, "/readyz").text == "ok\n"
        page = ask(port, "/login/")
        assert page.status == 200
        assert page.headers["content-language"] == "sv"
        assert "default-src 'self'" in page.headers["content-security-policy"].split("; ")
        assert ask(port, "/static/spink/base.css").status == 200
        assert wait_until(lambda: OutboxEvent.objects.get(id=event.id).attempts > 0)


@pytest.mark.django_db(transaction=True)
def test_two_servers_have_two_ports(environment: dict[str, str], tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    with running(SERVE, environment, one) as first, running(SERVE, environment, other) as second:
        ports = [port_of(first), port_of(second)]
        assert len(set(ports)) == 2
        assert [ask(each, "/healthz").text for each in ports] == ["ok\n", "ok\n"]


def test_taken_port_is_said_in_one_line(checkout: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "manage.py", "serve", "--port", str(port)]
        done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == f"CommandError: 127.0.0.1:{port}: Address already in use\n"
