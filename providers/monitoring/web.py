"""HTTP to sources: only to public addresses over TLS, no redirects, no long and no slow answers.

The name is looked up once, what it leads to is judged, and just that address is connected to, so
that no second look-up can give another one.
"""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any, Final

import httpx2

from providers.domain.control.facts import Problem
from providers.monitoring.source import NotAnswered

MEBIBYTE: Final = 1024 * 1024
NAT64: Final = IPv6Network("64:ff9b::/96")
_STATUS: Final = {
    401: Problem.REFUSED,
    403: Problem.REFUSED,
    408: Problem.SLOW,
    429: Problem.BUSY,
    503: Problem.BUSY,
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
        waited = httpx2.Timeout(self.seconds_between, connect=self.seconds_to_connect)
        return {
            "transport": GuardedTransport(self),
            "timeout": waited,
            "follow_redirects": False,
            "trust_env": False,  # no proxy that the environment names
            "headers": {"Accept-Encoding": "identity", "User-Agent": "Spink"},
        }


class GuardedTransport(httpx2.BaseTransport):
    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        # Nothing is kept open between questions: those are seconds apart.
        limits = httpx2.Limits(max_keepalive_connections=0)
        self._inner = httpx2.HTTPTransport(trust_env=False, limits=limits)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        deadline = time.monotonic() + self._bounds.seconds
        response = self._inner.handle_request(self._to_checked_address(request))
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            response.close()
            raise NotAnswered(Problem.MALFORMED)  # what unfolds is not bounded by its length
        return httpx2.Response(
            response.status_code,
            headers=response.headers,
            stream=_Bounded(response.stream, self._bounds.bytes, deadline),
            extensions=response.extensions,
        )

    def _to_checked_address(self, request: httpx2.Request) -> httpx2.Request:
        url = request.url
        if url.scheme != "https" and not self._bounds.private:
            raise NotAnswered(Problem.FORBIDDEN_ADDRESS)
        address = _looked_up(url.host, url.port or 443)
        if not self._bounds.private and not is_public(address):
            raise NotAnswered(Problem.FORBIDDEN_ADDRESS)
        return httpx2.Request(
            request.method,
            url.copy_with(host=str(address)),
            headers=request.headers,  # among them the host by its name
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": url.host},
        )

    def close(self) -> None:
        self._inner.close()


class _Bounded(httpx2.SyncByteStream):
    """A body that ends in an error where it is too long or takes too long."""

    def __init__(self, stream: Any, most: int, deadline: float) -> None:
        self._stream = stream
        self._left = most
        self._deadline = deadline

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._stream:
            self._left -= len(chunk)
            if self._left < 0:
                raise NotAnswered(Problem.TOO_LARGE)
            if time.monotonic() > self._deadline:
                raise NotAnswered(Problem.SLOW)
            yield chunk

    def close(self) -> None:
        self._stream.close()


def _looked_up(host: str, port: int) -> IPv4Address | IPv6Address:
    """The first address of the name. Raises NotAnswered."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        raise NotAnswered(Problem.UNREACHABLE) from None
    return ip_address(str(found[0][4][0]).partition("%")[0])


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether it lies outside of every network of one's own, also by way of IPv6."""
    if isinstance(address, IPv6Address):
        within = address.ipv4_mapped or address.sixtofour or _behind_nat64(address)
        if within is not None or address.teredo is not None:
            return within is not None and is_public(within)
    return address.is_global and not address.is_multicast


def _behind_nat64(address: IPv6Address) -> IPv4Address | None:
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in NAT64 else None


@contextmanager
def as_problems() -> Iterator[None]:
    """Whatever goes wrong while somebody is asked is said as NotAnswered, without what was said."""
    try:
        yield
    except NotAnswered:
        raise
    except httpx2.TimeoutException:
        raise NotAnswered(Problem.SLOW) from None
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
