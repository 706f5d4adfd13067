"""The database goes down under load and comes back; it is lost, and comes back from its backup."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from psycopg import sql
from pytest_django import DjangoDbBlocker

from placements.models import PersonIdentity, PlacementRequest
from spink.accounts import wall
from spink.foundation.embedded.access import binaries
from spink.foundation.embedded.cluster import Cluster, Running
from tests.drill.conftest import Report, Town, make_town
from tests.drill.delivery import TWO_MINUTES, delivery, waiting
from tests.drill.filing import file_request, filing
from tests.support.workers import Jobs, wait_until

pytestmark = [pytest.mark.drill]

FAST, IMMEDIATE = signal.SIGINT, signal.SIGQUIT
RESTARTS = (FAST, IMMEDIATE, FAST, IMMEDIATE, FAST, IMMEDIATE)
ONE_MINUTE = 60


@pytest.fixture
def cluster(
    tmp_path: Path, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Cluster]:
    """A server of this test's own, durable as in production, to be knocked about."""
    before = dict(connection.settings_dict)
    own = {"FOLDER": tmp_path / "postgres", "DURABLE": True, "NAME": "spink"}
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict.update(own)
        call_command("migrate", verbosity=0)
        made = Cluster(own["FOLDER"], binaries(), durable=True)
        yield made
        connection.close()
        stop(made, FAST)
        connection.settings_dict.update(before)


def server_of(cluster: Cluster) -> Running:
    running = cluster.running()
    assert running is not None
    return running


def stop(cluster: Cluster, how: signal.Signals) -> None:
    os.kill(server_of(cluster).pid, how)


@pytest.mark.redis
def test_database_restarted_while_requests_are_filed(
    cluster: Cluster, jobs: Jobs, report: Report
) -> None:
    town = make_town()
    longest_down = 0.0
    with jobs.worker("--pool=prefork", "--concurrency=2"), jobs.beat():
        with filing(town, pause=0.1) as load:
            for how in RESTARTS:
                wait_for_more(load.acknowledged, seconds=ONE_MINUTE)
                stop(cluster, how)
                began = time.monotonic()
                wait_for_more(load.acknowledged, seconds=ONE_MINUTE)
                longest_down = max(longest_down, time.monotonic() - began)
        connection.close()  # this thread's own, which the first restart broke
        wait_until(lambda: waiting() == 0, seconds=TWO_MINUTES)
    found = delivery(load, jobs)
    report(
        restarts=len(RESTARTS),
        longest_down=round(longest_down, 1),
        errors=len(load.errors),
        **asdict(found),
    )

    assert (found.lost, found.not_once, found.not_mailed) == (0, 0, 0)
    assert longest_down < ONE_MINUTE
    assert load.errors != []


def wait_for_more(acknowledged: list[str], *, seconds: float) -> None:
    """Ten more: those that were on their way when this began do not count as recovered."""
    enough = len(acknowledged) + 10
    wait_until(lambda: len(acknowledged) >= enough, seconds=seconds)


def test_database_restored_from_its_backup_is_the_same(
    cluster: Cluster, tmp_path: Path, report: Report
) -> None:
    town = make_town()
    references = sorted(file_request(town) for _ in range(20))
    let_superuser_in(cluster)
    backup = tmp_path / "spink.dump"
    program(cluster, "pg_dump", "--format=custom", f"--file={backup}", "spink")
    assert refuses_half_a_dump(cluster)
    program(cluster, "createdb", "--owner=spink", "restored")
    program(cluster, "pg_restore", "--exit-on-error", "--dbname=restored", str(backup))
    before, after = tables_of(cluster, "spink"), tables_of(cluster, "restored")
    report(tables=len(after), rows=sum(count for count, _ in after.values()))

    assert after == before
    assert after["placements_placementrequest"][0] == len(references)
    connection.close()
    connection.settings_dict["NAME"] = "restored"
    assert filed(town) == references
    assert PlacementRequest.objects.count() == 0  # without the wall opened nothing is seen


def let_superuser_in(cluster: Cluster) -> None:
    """Whose dump alone is whole: row security hides the rows from the application's own role."""
    with (cluster.data / "pg_hba.conf").open("a") as rules:
        rules.write("local all postgres trust\n")
    os.kill(server_of(cluster).pid, signal.SIGHUP)
    wait_until(lambda: can_connect(cluster))


def can_connect(cluster: Cluster) -> bool:
    try:
        superuser(cluster, "postgres").close()
    except psycopg.OperationalError:
        return False
    return True


def superuser(cluster: Cluster, database: str) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(host=server_of(cluster).sockets, user="postgres", dbname=database)


def program(cluster: Cluster, name: str, *arguments: str) -> None:
    access = [f"--host={server_of(cluster).sockets}", "--username=postgres"]
    subprocess.run([str(cluster.binaries / name), *access, *arguments], check=True)


def refuses_half_a_dump(cluster: Cluster) -> bool:
    """The application's own role, from which rows are hidden, fails instead of leaving them out."""
    access = [f"--host={server_of(cluster).sockets}", "--username=spink", "--file=/dev/null"]
    tried = subprocess.run(
        [str(cluster.binaries / "pg_dump"), *access, "spink"],
        check=False,
        capture_output=True,
        text=True,
        env={"LC_ALL": "C"},
    )
    return tried.returncode != 0 and "row-level security" in tried.stderr


def tables_of(cluster: Cluster, database: str) -> dict[str, tuple[int, str]]:
    """Number and checksum of the rows of every table."""
    with superuser(cluster, database) as server:
        names = server.execute(
            "SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
            " WHERE relkind = 'r' AND nspname = 'public' ORDER BY relname"
        ).fetchall()
        return {str(name): rows_of(server, str(name)) for (name,) in names}


def rows_of(server: "psycopg.Connection[tuple[object, ...]]", table: str) -> tuple[int, str]:
    statement = sql.SQL(
        "SELECT count(*), md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {} t"
    )
    row = server.execute(statement.format(sql.Identifier(table))).fetchone()
    assert row is not None
    return int(str(row[0])), str(row[1])


def filed(town: Town) -> list[str]:
    """The references that the filer sees, whose persons can be read with the keys."""
    with wall.opened_for(town.reach):
        names = {identity.given_name for identity in PersonIdentity.objects.all()}
        assert names == {"Astrid"}
        return sorted(PlacementRequest.objects.values_list("reference", flat=True))
