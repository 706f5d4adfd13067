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
CLAMD = Program(
    "clamav",
    "clamd",
    ("clamd",),
    "On Debian or Ubuntu: apt-get install clamav-daemon",
)
OPTIONAL = (CHROMIUM, REDIS, CLAMD)
OWN_MALICE = b"spink-eget-provmonster-som-ingen-annan-har"
"""What the tests' own clamd takes for malicious: its signatures are made here, none is fetched."""


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


@contextmanager
def clamd(folder: Path) -> Iterator[str]:
    """ClamAV's daemon with one signature of our own, and its address."""
    port = free_port()
    signatures = folder / "signatures"
    signatures.mkdir()
    (signatures / "own.ndb").write_text(f"Spink.Prov:0:*:{OWN_MALICE.hex()}\n")
    settings = {
        "Foreground": "yes",
        "TCPSocket": port,
        "TCPAddr": "127.0.0.1",
        "LocalSocket": folder / "clamd.ctl",
        "DatabaseDirectory": signatures,
        "TemporaryDirectory": folder,
        "StreamMaxLength": "30M",
    }
    written = folder / "clamd.conf"
    written.write_text("".join(f"{name} {value}\n" for name, value in settings.items()))
    command = [CLAMD.path(), f"--config-file={written}"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            wait_for_port(port, seconds=60)
            yield f"tcp://127.0.0.1:{port}"
        finally:
            server.terminate()
