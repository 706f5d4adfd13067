"""How a source is asked: no faster than agreed, again where it may help, and not while it is down.

The pace and the breaker are shared by all workers where there is a Redis; else they are this
process's own.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final, cast

import redis
from limits import RateLimitItem, parse
from limits.storage import Storage, storage_from_string
from limits.strategies import MovingWindowRateLimiter
from pybreaker import (
    STATE_CLOSED,
    CircuitBreaker,
    CircuitBreakerError,
    CircuitBreakerStorage,
    CircuitMemoryStorage,
    CircuitRedisStorage,
)
from tenacity import Retrying, retry_if_exception, stop_after_attempt, stop_after_delay
from tenacity.wait import wait_random_exponential

from providers.domain.control.facts import Answer, Problem, Subject
from providers.monitoring.source import NotAnswered, NotNow, Source

NO_TEXT: Final = re.compile("[\0\ud800-\udfff]")
SECONDS_OUT: Final = 5.0
"""How long to leave a source alone when nobody knows how fast it may be asked."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast and how stubbornly a source is asked."""

    rate: str = "60/minute"
    """Empty: as fast as it answers."""
    attempts: int = 3
    first_wait: float = 0.5
    longest_wait: float = 5
    seconds: float = 15
    """After so long no further attempt is begun."""
    failures: int = 5
    """So many after each other, and the source is left alone."""
    seconds_alone: float = 300


class Asker:
    def __init__(self, code: str, source: Source, pace: Pace, *, redis_url: str = "") -> None:
        self._code = code
        self._source = source
        self._pace = pace
        self._limiter = MovingWindowRateLimiter(_limits(redis_url))
        self._breaker = CircuitBreaker(
            fail_max=pace.failures,
            reset_timeout=pace.seconds_alone,
            state_storage=_state(code, redis_url),
            throw_new_error_on_trip=False,
        )

    def ask(self, subject: Subject) -> Answer:
        """Raises NotAnswered, and NotNow where it is not the time to ask."""
        retrying = Retrying(
            stop=stop_after_attempt(self._pace.attempts) | stop_after_delay(self._pace.seconds),
            wait=wait_random_exponential(self._pace.first_wait, self._pace.longest_wait),
            retry=retry_if_exception(_may_pass),
            reraise=True,
        )
        answer: Answer = retrying(self._once, subject)
        return answer

    def _once(self, subject: Subject) -> Answer:
        self._wait_for_turn()
        try:
            answer: Answer = self._breaker.call(self._source.ask, subject)
        except CircuitBreakerError:
            raise NotNow(self._pace.seconds_alone) from None
        if not _can_be_kept(answer):
            raise NotAnswered(Problem.MALFORMED)
        return answer

    def _wait_for_turn(self) -> None:
        for rate in _rates(self._pace.rate):
            try:
                if not self._limiter.hit(rate, self._code):
                    raise NotNow(rate.get_expiry() / rate.amount)
            except redis.RedisError:
                raise NotNow(SECONDS_OUT) from None


def _can_be_kept(answer: Answer) -> bool:
    """No text of it holds what the database takes for none: others of the batch would be lost."""
    said = [text for one in answer.happenings for text in (one.key, one.title, one.link)]
    for value in answer.facts.values():
        said += value if isinstance(value, tuple) else [str(value)]
    return not any(
        "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text) for text in said
    )


def _may_pass(error: BaseException) -> bool:
    return isinstance(error, NotAnswered) and error.is_passing


@cache
def _rates(rate: str) -> Iterable[RateLimitItem]:
    return (parse(rate),) if rate else ()


@cache
def _limits(redis_url: str) -> Storage:
    return cast(Storage, storage_from_string(redis_url or "memory://"))


def _state(code: str, redis_url: str) -> CircuitBreakerStorage:
    if not redis_url:
        return CircuitMemoryStorage(STATE_CLOSED)
    return CircuitRedisStorage(STATE_CLOSED, redis.from_url(redis_url), namespace=f"source:{code}")
