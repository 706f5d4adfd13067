"""Whether this process lives, and whether it can do its work."""

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

SECONDS_FOR_REDIS = 2


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers; nothing else is asked."""
    return _plain("ok", 200)


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 where the database answers, else 503.

    Redis is spoken of and no more: without it pages work and mail waits in the outbox, and a proxy
    that took every web server away for it would turn late mail into an outage.
    """
    if not database_answers():
        return _plain("no answer from the database", 503)
    if not redis_answers():
        return _plain("ok, but no answer from redis: mail waits", 200)
    return _plain("ok", 200)


def _plain(text: str, status: int) -> HttpResponse:
    return HttpResponse(f"{text}\n", content_type="text/plain; charset=utf-8", status=status)


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        connection.close()
        return False
    return True


def redis_answers() -> bool:
    if not settings.REDIS_URL:
        return True
    client = redis.Redis.from_url(
        settings.REDIS_URL,
        socket_connect_timeout=SECONDS_FOR_REDIS,
        socket_timeout=SECONDS_FOR_REDIS,
    )
    try:
        with client:
            return bool(client.ping())
    except redis.RedisError:
        return False
