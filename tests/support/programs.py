"""Programs that some tests need and that a machine may lack."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Program:
    marker: str
    name: str
    commands: tuple[str, ...]
    how_to_get: str

    def found(self) -> str | None:
        return next(filter(None, map(shutil.which, self.commands)), None)

    def path(self) -> str:
        if not (found := self.found()):
            raise RuntimeError(f"{self.name} was not found. {self.how_to_get}")
        return found


CHROMIUM = Program(
    "browser",
    "Chromium",
    ("chromium", "chromium-browser", "google-chrome"),
    "On Debian or Ubuntu: apt-get install chromium",
)
REDIS = Program(
    "redis",
    "redis-server",
    ("redis-server", "valkey-server"),
    "On Debian or Ubuntu: apt-get install redis-server",
)
OPTIONAL = (CHROMIUM, REDIS)


def all_are_required() -> bool:
    return os.environ.get("SPINK_REQUIRE_ALL", "") not in ("", "0")


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def wait_for_port(port: int, *, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    raise TimeoutError(f"nothing answers on port {port}")


@contextmanager
def redis_server(folder: Path) -> Iterator[str]:
    """A Redis server that keeps nothing, and its address."""
    port = free_port()
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    with subprocess.Popen([REDIS.path(), *options], stdout=subprocess.DEVNULL) as server:
        try:
            wait_for_port(port)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.terminate()
