"""One POST to one endpoint. Knows no database: it runs in a thread of its own."""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Final

import httpx2

from spink.foundation.failures import kind_and_place
from spink.foundation.outward import Address, GuardedTransport, Limits, NotReached, is_public
from spink.webhooks.models import Failure

logger = logging.getLogger(__name__)
SECONDS: Final = 15.0
SECONDS_TO_CONNECT: Final = 5.0
GONE: Final = 410
ASKS_TO_WAIT: Final = frozenset({429, 503})
HEADERS: Final = {"Content-Type": "application/json", "User-Agent": "Spink"}


@dataclass(frozen=True, slots=True)
class Letter:
    delivery_id: int
    attempts: int
    """This one included."""
    url: str
    headers: dict[str, str]
    body: str
    to_loopback: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    status: int | None = None
    failure: Failure | None = None
    wait: timedelta = timedelta()
    """As long as the receiver asks for."""


def post(letter: Letter) -> Outcome:
    """Only the status counts; of the answer's body nothing is read."""
    try:
        with (
            httpx2.Client(
                transport=_transport(letter.to_loopback),
                timeout=httpx2.Timeout(SECONDS, connect=SECONDS_TO_CONNECT),
                follow_redirects=False,
                trust_env=False,
            ) as client,
            client.stream(
                "POST", letter.url, content=letter.body, headers=HEADERS | letter.headers
            ) as answer,
        ):
            return _outcome(answer)
    except NotReached as failed:
        return Outcome(failure=Failure(failed.why))
    except (httpx2.HTTPError, httpx2.InvalidURL):
        return Outcome(failure=Failure.MALFORMED)
    except Exception as error:
        logger.warning("webhooks: not sent", extra={"error": kind_and_place(error)})
        return Outcome(failure=Failure.INTERRUPTED)


@cache
def _transport(to_loopback: bool) -> GuardedTransport:
    may_ask = _public_or_loopback if to_loopback else is_public
    return GuardedTransport(Limits(SECONDS, bytes=0, may_ask=may_ask, over_tls=not to_loopback))


def _public_or_loopback(address: Address) -> bool:
    return address.is_loopback or is_public(address)


def _outcome(answer: httpx2.Response) -> Outcome:
    status = answer.status_code
    if answer.is_success:
        return Outcome(status)
    if answer.is_redirect or 300 <= status < 400:
        return Outcome(status, Failure.REDIRECTED)
    if status == GONE:
        return Outcome(status, Failure.GONE)
    wait = _wait(answer.headers.get("retry-after", "")) if status in ASKS_TO_WAIT else timedelta()
    return Outcome(status, Failure.STATUS, wait)


def _wait(text: str) -> timedelta:
    """Seconds, or a moment."""
    if text.isascii() and text.isdecimal():
        return timedelta(seconds=int(text[:9]))
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return timedelta()
    known = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(known - datetime.now(UTC), timedelta())  # noqa: TID251 - another machine's clock
