"""Many callers at once, who cost little themselves: they send bytes and read what comes."""

import socket
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from bench.server import CONNECTIONS, processor_seconds

ENDS_HEAD: Final = b"\r\n\r\n"
LENGTH: Final = b"content-length:"


class Line:
    """One kept connection."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=300)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, call: bytes, expected: int) -> bytes:
        """The body; RuntimeError for any other status."""
        self._socket.sendall(call)
        answer = b""
        while ENDS_HEAD not in answer:
            answer += self._some()
        head, _, body = answer.partition(ENDS_HEAD)
        _, _, rest = head.lower().partition(LENGTH)
        length = int(rest.partition(b"\r\n")[0])
        while len(body) < length:
            body += self._some()
        if not head.startswith(b"HTTP/1.1 %d " % expected):
            raise RuntimeError(f"{head!r} {body[:500]!r}")
        return body

    def _some(self) -> bytes:
        some = self._socket.recv(65536)
        if not some:
            raise RuntimeError("the web server has hung up")
        return some


@dataclass(slots=True)
class Side:
    """One of those that are compared: a call each time it is asked for, and how it went."""

    calls: Callable[[], bytes]
    status: int = 200
    seconds: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    busy: float = 0.0

    @property
    def rate(self) -> float:
        """Calls a second, all lines together: the median of the rounds."""
        return statistics.median(self.rates)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.seconds, n=20)[-1]

    @property
    def processor(self) -> float:
        """The processor's time for a call, of all processes that serve."""
        return self.busy / len(self.seconds)


def in_turns(
    port: int,
    sides: Sequence[Side],
    serving: Callable[[], Sequence[int]],
    *,
    rounds: int,
    calls: int,
) -> None:
    """Each side has a round of so many calls, all lines at once, and then the next; the first
    round warms up. `serving` tells the processes whose time counts."""
    lines = [Line(port) for _ in range(CONNECTIONS)]
    with ThreadPoolExecutor(len(lines)) as callers:
        for number in range(-1, rounds):
            for side in sides:
                each = [[side.calls() for _ in range(calls // len(lines))] for _ in lines]
                before, begin = processor_seconds(serving()), time.perf_counter()
                ask = partial(_asked, status=side.status)
                taken = [one for some in callers.map(ask, lines, each) for one in some]
                whole = time.perf_counter() - begin
                if number >= 0:
                    side.rates.append(len(taken) / whole)
                    side.seconds += taken
                    after = processor_seconds(serving())
                    side.busy += sum(had - before.get(one, 0) for one, had in after.items())


def _asked(line: Line, calls: Sequence[bytes], *, status: int) -> list[float]:
    taken = []
    for call in calls:
        begin = time.perf_counter()
        line.ask(call, status)
        taken.append(time.perf_counter() - begin)
    return taken
