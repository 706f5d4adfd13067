"""Processes that use an embedded cluster, and ways to see what became of its server."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from spink.foundation.embedded.access import binaries
from spink.foundation.embedded.cluster import Cluster

ROOT = Path(__file__).resolve().parents[2]

USE = """
import json, sys
from pathlib import Path
import psycopg
from spink.foundation.embedded.access import Access
access = Access(Path(sys.argv[1]), durable=False)
connection = psycopg.connect(host=access.sockets(), user="spink", dbname="spink", autocommit=True)
print(json.dumps({"server": int(Path(sys.argv[1], "data/postmaster.pid").read_text().split()[0])}))
sys.stdout.flush()
sys.stdin.read()
"""


class User:
    """A process that uses the cluster until it is left or killed."""

    def __init__(self, folder: Path, script: str = USE) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", script, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            text=True,
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def server(self) -> int:
        """The number of the server's process; waits until this process has connected."""
        assert self._process.stdout
        said: dict[str, Any] = json.loads(self._process.stdout.readline())
        return int(said["server"])

    def wait(self) -> None:
        """Until the process ends of itself."""
        self._process.wait(10)

    def leave(self) -> None:
        self._process.communicate()

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()


def cluster_in(folder: Path) -> Cluster:
    return Cluster(folder, binaries(), durable=False)


def is_stopped(folder: Path) -> bool:
    return cluster_in(folder).running() is None and not (folder / "data/postmaster.pid").exists()


def wait_until(holds: Callable[[], bool], *, seconds: float = 15) -> bool:
    """Whether it held within the time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.05)
    return holds()


def keeper_of(folder: Path) -> int | None:
    """The process that keeps the cluster, found by its command line."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"spink.foundation.embedded.keeper" in command and os.fsencode(folder) in command:
            return int(process.name)
    return None
