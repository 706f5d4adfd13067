"""HTTP to sources: only to public addresses over TLS, no redirects, no long and no slow answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import httpx2

from providers.domain.control.facts import Problem
from providers.monitoring.source import NotAnswered
from spink.foundation.outward import Address, GuardedTransport, Limits, NotReached, Why, is_public

MEBIBYTE: Final = 1024 * 1024
_STATUS: Final = {
    401: Problem.REFUSED,
    403: Problem.REFUSED,
    408: Problem.SLOW,
    429: Problem.BUSY,
    503: Problem.BUSY,
}
_NOT_REACHED: Final = {
    Why.FORBIDDEN: Problem.FORBIDDEN_ADDRESS,
    Why.UNREACHABLE: Problem.UNREACHABLE,
    Why.UNTRUSTED: Problem.UNREACHABLE,
    Why.SLOW: Problem.SLOW,
    Why.MALFORMED: Problem.MALFORMED,
    Why.TOO_LARGE: Problem.TOO_LARGE,
}


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of an answer is waited for and read. `private`: also from private addresses and
    without TLS, for tests and for what runs in the own network."""

    seconds_to_connect: float = 5
    seconds_between: float = 10
    seconds: float = 15
    bytes: int = 2 * MEBIBYTE
    private: bool = False

    def options(self) -> dict[str, Any]:
        """What every client is made with."""
        may_ask = _any_address if self.private else is_public
        limits = Limits(self.seconds, self.bytes, may_ask, over_tls=not self.private)
        waited = httpx2.Timeout(self.seconds_between, connect=self.seconds_to_connect)
        return {
            "transport": PlainTransport(limits),
            "timeout": waited,
            "follow_redirects": False,
            "trust_env": False,  # no proxy that the environment names
            "headers": {"Accept-Encoding": "identity", "User-Agent": "Spink"},
        }


def _any_address(_address: Address) -> bool:
    return True


class PlainTransport(GuardedTransport):
    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """What unfolds is not bounded by its length, and not taken."""
        response = super().handle_request(request)
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            response.close()
            raise NotAnswered(Problem.MALFORMED)
        return response


@contextmanager
def as_problems() -> Iterator[None]:
    """Whatever goes wrong while somebody is asked is said as NotAnswered, without what was said."""
    try:
        yield
    except NotAnswered:
        raise
    except NotReached as failed:
        raise NotAnswered(_NOT_REACHED[failed.why]) from None
    except httpx2.HTTPStatusError as error:
        problem = problem_of(error.response.status_code) or Problem.MALFORMED
        raise NotAnswered(problem) from None
    except (httpx2.RemoteProtocolError, httpx2.DecodingError, httpx2.InvalidURL):
        raise NotAnswered(Problem.MALFORMED) from None
    except (httpx2.HTTPError, OSError):
        raise NotAnswered(Problem.UNREACHABLE) from None


def problem_of(status: int) -> Problem | None:
    """Why an answer of this status is none; None where it is one."""
    if status == 200:
        return None
    if 300 <= status < 400:
        return Problem.REDIRECTED
    return _STATUS.get(status, Problem.FAILED if status >= 500 else Problem.MALFORMED)


def fetched(url: str, bounds: Bounds) -> bytes:
    """What lies at the address. Raises NotAnswered."""
    with httpx2.Client(**bounds.options()) as client, as_problems():
        response = client.get(url)
    if problem := problem_of(response.status_code):
        raise NotAnswered(problem)
    return response.content
