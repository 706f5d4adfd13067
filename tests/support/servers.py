"""Servers that a test starts as an operator would, and questions to them over HTTP."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    text: str


def ask(port: int, path: str, *, host: str = "127.0.0.1", secure: bool = False) -> Answer:
    """A GET; `secure` as a proxy says it that ended the TLS."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {"Host": host, **({"X-Forwarded-Proto": "https"} if secure else {})}
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, text)
    finally:
        connection.close()


@contextmanager
def running(
    command: Sequence[str],
    environment: Mapping[str, str],
    log: Path,
    *,
    cwd: Path = CHECKOUT,
) -> Iterator[subprocess.Popen[str]]:
    """A process from this virtual environment; told to end, and then waited for."""
    programs = str(Path(sys.executable).parent)
    environment = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", **environment}
    with log.open("a") as errors:
        process = subprocess.Popen(
            list(command), cwd=cwd, env=environment, stdout=-1, stderr=errors, text=True
        )
    with process:
        try:
            yield process
        finally:
            process.terminate()
            process.communicate(timeout=30)
