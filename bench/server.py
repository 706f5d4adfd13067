"""The web server of production on the benchmarks' own database, and those who ask it."""

import os
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

CHECKOUT: Final = Path(__file__).resolve().parents[1]
WORKERS: Final = 2
CONNECTIONS: Final = 4
"""So many that both workers are asked."""
SECONDS_TO_START: Final = 60


class Browser:
    """One kept connection, as a browser or a proxy keeps it, with its cookies."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=300)
        self._connection.connect()
        self._connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._cookies: dict[str, str] = {}

    def get(self, path: str) -> bytes:
        """The body of a page that is there; RuntimeError for any other answer."""
        return self._ask("GET", path, None, 200)

    def login(self, username: str, password: str) -> None:
        page = self.get("/login/").decode()
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        token = found.group(1) if found else ""
        form = {"username": username, "password": password, "csrfmiddlewaretoken": token}
        self._ask("POST", "/login/", urlencode(form), 302)

    def _ask(self, method: str, path: str, form: str | None, expected: int) -> bytes:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers = {"Cookie": cookies} if cookies else {}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body=form, headers=headers)
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != expected:
            raise RuntimeError(f"{method} {path}: {answer.status} {body[:500]!r}")
        self._keep_cookies(answer)
        return body

    def _keep_cookies(self, answer: HTTPResponse) -> None:
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value


@dataclass(frozen=True, slots=True)
class Serving:
    port: int
    master: int

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.master}/task/{self.master}/children").read_text()
        return [int(worker) for worker in children.split()]


@contextmanager
def serving(log: Path, *, database: str = "") -> Iterator[Serving]:
    """gunicorn with two workers as in production, on a free port; ended at the end."""
    port = _free_port()
    command = [
        *(sys.executable, "-m", "gunicorn"),
        *("-c", "python:spink.settings.gunicorn", "--keep-alive", "600"),
        *("--max-requests", "0", "spink.wsgi"),
    ]
    environment = {
        **os.environ,
        "BIND": f"127.0.0.1:{port}",
        "WORKERS": str(WORKERS),
        "BENCH_DATABASE": database,
    }
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=CHECKOUT, env=environment, stdout=out, stderr=out)
        try:
            _wait_for(port, process)
            yield Serving(port, process.pid)
        finally:
            process.terminate()
            process.wait(timeout=60)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the web server does not come up")


WARM_UP: Final = 12


def interleaved(*works: Callable[[int], object], rounds: int) -> list[float]:
    """Median seconds of each work; they take turns, so that the machine's moods meet them all."""
    taken: list[list[float]] = [[] for _ in works]
    for number in range(-WARM_UP, rounds):
        for work, seconds in zip(works, taken, strict=True):
            begin = time.perf_counter()
            work(number)
            if number >= 0:
                seconds.append(time.perf_counter() - begin)
    return [statistics.median(seconds) for seconds in taken]


def processor_seconds(processes: Iterable[int]) -> dict[int, float]:
    """What each process has had of the processor's time, all threads together; none for one that
    has ended."""
    had = {}
    for process in processes:
        with suppress(FileNotFoundError):
            told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            had[process] = (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
    return had
