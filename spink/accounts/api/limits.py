"""How often a client may call: so many in a minute, told in every answer.

Headers: RateLimit and RateLimit-Policy as the working group's draft has them. The count stands in
Redis, for all workers; without it in the memory of the process, of which a trial has one.
"""

import logging
from functools import cache

import redis
from django.conf import settings
from limits import RateLimitItemPerMinute
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from spink.foundation import clock
from spink.web.api.problems import ApiProblem, Problem

logger = logging.getLogger(__name__)
WINDOW_SECONDS = 60
HASTE = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}
"""Somebody waits for the answer meanwhile."""


@cache
def _limiter() -> MovingWindowRateLimiter:
    if not settings.REDIS_URL:
        return MovingWindowRateLimiter(storage_from_string("memory://"))
    return MovingWindowRateLimiter(storage_from_string(settings.REDIS_URL, **HASTE))


def counted(account_id: int) -> dict[str, str]:
    """Count one call; the headers that tell what is left. Raises ApiProblem (429) for one too many.

    Where the counter cannot be reached, the call goes on: it stands in the access log anyway.
    """
    allowed = settings.API_CALLS_PER_MINUTE
    item = RateLimitItemPerMinute(allowed)
    try:
        is_within = _limiter().hit(item, "api", str(account_id))
        window = _limiter().get_window_stats(item, "api", str(account_id))
    except (OSError, redis.RedisError) as unreachable:
        logger.warning("calls are not counted: %s", type(unreachable).__name__)
        return {}
    wait = max(1, round(window.reset_time - clock.now().timestamp()))
    headers = {
        "RateLimit-Policy": f'"client";q={allowed};w={WINDOW_SECONDS}',
        "RateLimit": f'"client";r={window.remaining};t={min(wait, WINDOW_SECONDS)}',
    }
    if not is_within:
        raise ApiProblem(
            Problem.TOO_MANY_REQUESTS, headers=headers | {"Retry-After": str(min(wait, 60))}
        )
    return headers
