"""The embedded server through an hour of bad luck, in a minute or two."""

import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import psycopg
import pytest

from tests.support.embedded import (
    ROOT,
    USE,
    User,
    cluster_in,
    is_stopped,
    keeper_of,
    wait_until,
)
from tests.support.programs import free_port
from tests.support.servers import ask, running

pytestmark = pytest.mark.drill

ROUNDS = 60
DURABLE = USE.replace("durable=False", "durable=True")
NOT_OF_A_CHECKOUT = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".*_cache")


def test_nothing_committed_is_lost_whoever_is_killed(tmp_path: Path) -> None:
    """Users, keeper and server are killed in any order while others write."""
    folder = tmp_path / "pg"
    chance = random.Random(7)
    acknowledged = 0
    for number in range(ROUNDS):
        with User(folder, DURABLE) as user:
            server = user.server()
            acknowledged += write(folder, number)
            victims = {"user": None, "server": server, "keeper": keeper_of(folder)}
            for victim in chance.sample(sorted(victims), chance.randint(0, 3)):
                kill(victims[victim] or user.pid)
    with User(folder, DURABLE) as user:
        user.server()
        with connect(folder) as connection:
            rows = connection.execute("SELECT count(DISTINCT number), count(*) FROM written")
            assert rows.fetchone() == (acknowledged, acknowledged)
    assert acknowledged == ROUNDS
    assert wait_until(lambda: is_stopped(folder))


def kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def connect(folder: Path) -> psycopg.Connection[tuple[object, ...]]:
    found = cluster_in(folder).running()
    assert found
    return psycopg.connect(host=found.sockets, user="spink", dbname="spink", autocommit=True)


def write(folder: Path, number: int) -> int:
    with connect(folder) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS written (number integer)")
        return connection.execute("INSERT INTO written VALUES (%s)", [number]).rowcount


@pytest.fixture
def checkouts(tmp_path: Path) -> Iterator[list[Path]]:
    places = [tmp_path / "första å", tmp_path / "second checkout"]
    for place in places:
        shutil.copytree(ROOT, place, ignore=NOT_OF_A_CHECKOUT)
    yield places
    for place in places:
        assert wait_until(partial(is_stopped, place / "var/postgres"))


def test_two_checkouts_serve_with_two_workers_each_and_never_meet(
    checkouts: list[Path], tmp_path: Path
) -> None:
    environment = {
        "DJANGO_SETTINGS_MODULE": "spink.settings.demo",
        "DATABASE_URL": "",
        "PYTHONPATH": "",
    }
    servers = []
    for place in checkouts:
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
            cwd=place,
            env=os.environ | environment,
            check=True,
        )
        command = [sys.executable, "-m", "gunicorn", "--workers", "2", "--no-control-socket"]
        port = free_port()
        with running(
            [*command, "--bind", f"127.0.0.1:{port}", "spink.wsgi"],
            environment,
            tmp_path / "log",
            cwd=place,
        ) as arbiter:
            assert wait_until(partial(answers, port), seconds=60)
            for worker in children(arbiter.pid):
                kill(worker)
            assert wait_until(partial(answers, port), seconds=60)
            found = cluster_in(place / "var/postgres").running()
            assert found
            servers.append(found.pid)
    assert len(set(servers)) == 2


def answers(port: int) -> bool:
    try:
        return ask(port, "/readyz").status == 200
    except OSError:
        return False


def children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    assert len(listed) == 2
    return [int(child) for child in listed]
