"""HTTP to machines of others: to addresses that may be asked, over TLS, within a time.

A name is looked up once, everything that it leads to is judged, and just those addresses are
connected to, so that no second look-up can give another one. Certificates are checked by the name.
Nothing is taken from the environment, no redirect is followed, and the time holds for the whole
question, however slowly the answer drips.
"""

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any, Final

import httpcore2
import httpx2

Address = IPv4Address | IPv6Address
NAT64: Final = IPv6Network("64:ff9b::/96")
MOST_TRIED: Final = 3
"""Of a name's addresses."""


class Why(StrEnum):
    """Why there is no answer."""

    FORBIDDEN = "forbidden"
    UNREACHABLE = "unreachable"
    UNTRUSTED = "untrusted"
    SLOW = "slow"
    MALFORMED = "malformed"
    TOO_LARGE = "too_large"


class NotReached(Exception):
    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


def is_public(address: Address) -> bool:
    """Whether it lies outside of every network of one's own, also by way of IPv6."""
    if isinstance(address, IPv6Address):
        within = address.ipv4_mapped or address.sixtofour or _behind_nat64(address)
        if within is not None or address.teredo is not None:
            return within is not None and is_public(within)
        if address.is_reserved or address.is_site_local:
            return False
    return address.is_global and not address.is_multicast


def _behind_nat64(address: IPv6Address) -> IPv4Address | None:
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in NAT64 else None


@dataclass(frozen=True, slots=True)
class Limits:
    seconds: float
    bytes: int
    may_ask: Callable[[Address], bool] = is_public
    over_tls: bool = True


class GuardedTransport(httpx2.BaseTransport):
    """Raises NotReached, and none of the errors of the client."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._context = httpx2.create_ssl_context(trust_env=False)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        url = request.url
        if self._limits.over_tls and url.scheme != "https":
            raise NotReached(Why.FORBIDDEN)
        deadline = time.monotonic() + self._limits.seconds
        # One for each question: nothing is kept open between them.
        pool = httpcore2.ConnectionPool(
            ssl_context=self._context,
            network_backend=_Pinned(self._limits.may_ask, deadline),
        )
        asked = httpcore2.Request(
            method=request.method,
            url=httpcore2.URL(
                scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
            ),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        try:
            with _as_reasons():
                answered = pool.handle_request(asked)
        except BaseException:
            pool.close()
            raise
        return httpx2.Response(
            answered.status,
            headers=answered.headers,
            stream=_Bounded(answered, pool, self._limits.bytes),
        )


class _Bounded(httpx2.SyncByteStream):
    """A body that ends in an error where it is too long."""

    def __init__(
        self, answered: httpcore2.Response, pool: httpcore2.ConnectionPool, most: int
    ) -> None:
        self._answered, self._pool, self._left = answered, pool, most

    def __iter__(self) -> Iterator[bytes]:
        with _as_reasons():
            for chunk in self._answered.iter_stream():
                self._left -= len(chunk)
                if self._left < 0:
                    raise NotReached(Why.TOO_LARGE)
                yield chunk

    def close(self) -> None:
        self._answered.close()
        self._pool.close()


class _Pinned(httpcore2.NetworkBackend):
    """Connects to what a name leads to when it is looked up here, and nowhere else."""

    def __init__(self, may_ask: Callable[[Address], bool], deadline: float) -> None:
        self._may_ask, self._deadline = may_ask, deadline
        self._inner = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        addresses = looked_up(host, port)
        if not all(self._may_ask(address) for address in addresses):
            raise NotReached(Why.FORBIDDEN)
        failed: Exception = httpcore2.ConnectError()
        for address in addresses[:MOST_TRIED]:
            within = _within(timeout, self._deadline, httpcore2.ConnectTimeout)
            try:
                stream = self._inner.connect_tcp(
                    str(address), port, within, local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
            else:
                return _Timed(stream, self._deadline)
        raise failed


class _Timed(httpcore2.NetworkStream):
    """A connection whose every move ends by the same deadline."""

    def __init__(self, inner: httpcore2.NetworkStream, deadline: float) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        within = _within(timeout, self._deadline, httpcore2.ReadTimeout)
        return self._inner.read(max_bytes, within)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _within(timeout, self._deadline, httpcore2.WriteTimeout))

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        within = _within(timeout, self._deadline, httpcore2.ConnectTimeout)
        inner = self._inner.start_tls(ssl_context, server_hostname, within)
        return _Timed(inner, self._deadline)

    def close(self) -> None:
        self._inner.close()

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _within(timeout: float | None, deadline: float, over: type[Exception]) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise over
    return left if timeout is None else min(left, timeout)


def looked_up(host: str, port: int) -> list[Address]:
    """All that the name leads to, in the order in which they are to be tried."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotReached(Why.UNREACHABLE) from None
    names = dict.fromkeys(str(one[4][0]).partition("%")[0] for one in found)
    return [ip_address(name) for name in names]


@contextmanager
def _as_reasons() -> Iterator[None]:
    try:
        yield
    except httpcore2.TimeoutException:
        raise NotReached(Why.SLOW) from None
    except httpcore2.NetworkError as error:
        # The library takes the cause away and leaves it as what is told.
        is_about_trust = any(isinstance(one, ssl.SSLCertVerificationError) for one in error.args)
        raise NotReached(Why.UNTRUSTED if is_about_trust else Why.UNREACHABLE) from None
    except (httpcore2.ProtocolError, httpcore2.UnsupportedProtocol):
        raise NotReached(Why.MALFORMED) from None
