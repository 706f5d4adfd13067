"""The embedded server, with real processes that come, go and are killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from tests.support.embedded import ROOT, USE, User, cluster_in, is_stopped, keeper_of, wait_until


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "pg"
    yield place
    assert wait_until(lambda: is_stopped(place))


def connect(folder: Path, role: str = "spink") -> psycopg.Connection[tuple[object, ...]]:
    running = cluster_in(folder).running()
    assert running
    return psycopg.connect(host=running.sockets, user=role, dbname="spink", autocommit=True)


def said_by_start(folder: Path) -> str:
    """What starting by hand writes when it fails with 1."""
    command = [sys.executable, "-m", "spink.foundation.embedded", str(folder)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 1
    return done.stderr


def test_server_listens_on_no_network_and_lets_in_nobody_else(folder: Path) -> None:
    with User(folder) as user:
        user.server()
        with connect(folder) as connection:
            shown = connection.execute("SHOW listen_addresses").fetchone()
            locale = connection.execute(
                "SELECT datlocprovider, datlocale FROM pg_database WHERE datname = 'spink'"
            ).fetchone()
        with pytest.raises(psycopg.OperationalError, match=r"no pg_hba\.conf entry"):
            connect(folder, "postgres")
        sockets = cluster_in(folder).running()
        assert sockets
        modes = [os.stat(place).st_mode & 0o777 for place in (folder, sockets.sockets)]
    assert shown == ("",)
    assert locale == ("b", "C.UTF-8")
    assert modes == [0o700, 0o700]


def test_server_serves_until_its_last_user_leaves(folder: Path) -> None:
    with User(folder) as first, User(folder) as second:
        assert first.server() == second.server()
        first.leave()
        time.sleep(2)
        with connect(folder) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        second.leave()
        assert wait_until(lambda: is_stopped(folder))


def test_server_stops_when_all_users_are_killed(folder: Path) -> None:
    with User(folder) as first, User(folder) as second:
        first.server()
        second.server()
        first.kill()
        second.kill()
        assert wait_until(lambda: is_stopped(folder))


def test_many_first_users_at_once_start_one_server(folder: Path) -> None:
    with ExitStack() as stack:
        users = [stack.enter_context(User(folder)) for _ in range(5)]
        assert len({user.server() for user in users}) == 1


def test_two_folders_have_two_servers(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    with User(folder) as here, User(other) as there:
        assert here.server() != there.server()
    assert wait_until(lambda: is_stopped(other))


@pytest.mark.parametrize("name", ["två ord å", 'a,b "c" $HOME', "long" * 40])
def test_any_path_will_do(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name / "pg"
    with User(folder) as user:
        user.server()
        with connect(folder) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        found = cluster_in(folder).running()
        assert found
    assert wait_until(lambda: is_stopped(folder))
    assert wait_until(lambda: not Path(found.sockets).exists())


def test_killed_server_comes_back_with_what_was_committed(folder: Path) -> None:
    with User(folder, USE.replace("durable=False", "durable=True")) as user:
        server = user.server()
        with connect(folder) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS value")
        os.kill(server, signal.SIGKILL)
        with User(folder) as next_user:
            assert next_user.server() != server
            with connect(folder) as connection:
                assert connection.execute("SELECT value FROM kept").fetchone() == (7,)


def test_next_user_finds_a_keeper_for_a_server_whose_keeper_was_killed(folder: Path) -> None:
    with User(folder) as user:
        server = user.server()
        keeper = keeper_of(folder)
        assert keeper
        os.kill(keeper, signal.SIGKILL)
        with User(folder) as next_user:
            assert next_user.server() == server
        user.leave()
        assert wait_until(lambda: is_stopped(folder))


def test_keeper_told_to_end_takes_the_server_with_it(folder: Path) -> None:
    with User(folder) as user:
        user.server()
        keeper = keeper_of(folder)
        assert keeper
        os.kill(keeper, signal.SIGTERM)
        assert wait_until(lambda: is_stopped(folder))
        with User(folder) as next_user:
            assert next_user.server() > 0


def test_number_of_a_dead_server_may_belong_to_another_process(folder: Path) -> None:
    with User(folder) as user:
        server = user.server()
        keeper = keeper_of(folder)
        assert keeper
        os.kill(keeper, signal.SIGKILL)
        pid_file = (folder / "data/postmaster.pid").read_text()
        os.kill(server, signal.SIGKILL)
    account = cluster_in(folder).account()
    with subprocess.Popen(["sleep", "60"], user=account.uid if account else None) as other:
        stale = pid_file.replace(str(server), str(other.pid), 1)
        (folder / "data/postmaster.pid").write_text(stale)
        with User(folder) as user:
            assert user.server() not in (server, other.pid)
        other.kill()


def test_half_made_cluster_is_made_anew(folder: Path) -> None:
    (folder / "data.unfinished/base").mkdir(parents=True)
    with User(folder) as user:
        assert user.server() > 0


def test_server_that_cannot_start_says_why_in_one_line(folder: Path) -> None:
    with User(folder) as user:
        user.server()
    assert wait_until(lambda: is_stopped(folder))
    settings = folder / "data/postgresql.conf"
    working = settings.read_text()
    settings.write_text("no such setting\n")
    assert said_by_start(folder) == (
        f"embedded PostgreSQL: postgres ended with 1; see {folder}/server.log\n"
    )
    settings.write_text(working)
    with User(folder) as user:
        assert user.server() > 0


def test_forked_process_keeps_the_server_for_itself(folder: Path) -> None:
    forking = USE.replace("sys.stdin.read()", "import os; os.fork() or sys.stdin.read()")
    with User(folder, forking) as user:
        user.server()
        user.wait()
        time.sleep(2)
        assert cluster_in(folder).running()
        user.leave()
        assert wait_until(lambda: is_stopped(folder))


def test_folder_of_somebody_else_is_not_used_for_sockets(tmp_path: Path) -> None:
    cluster = cluster_in(tmp_path / "pg")
    cluster.make_folder()
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    (cluster.folder / "sockets").symlink_to(tmp_path / "elsewhere")
    assert "/pg/sockets is not a private folder of user" in said_by_start(cluster.folder)


def test_output_of_a_user_ends_with_the_user(folder: Path) -> None:
    """A pipe after a command must not stay open for as long as the server runs."""
    with User(folder) as stays:
        stays.server()
        started = time.monotonic()
        with User(folder) as user:
            user.server()
            user.leave()
        assert time.monotonic() - started < 10
