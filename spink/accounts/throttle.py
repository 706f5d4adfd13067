"""How often a login may fail: by account, and by the address that it comes from."""

from datetime import datetime, timedelta
from functools import cache
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessFailureLog
from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.timezone import now  # noqa: TID251 - the log's rows are dated by it

WINDOW = timedelta(hours=1)


class ThrottledLogins(AxesDatabaseHandler):  # type: ignore[misc]
    """Counts the failures of the last hour one by one; no success clears them.

    Failures are counted whether or not the account exists, so the answer does not tell which.
    """

    def is_allowed(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        """Attempts at one account, or from one address, wait for each other to be counted."""
        _wait_for_turn(f"login account {get_client_username(request, credentials)}")
        address = request.META.get("REMOTE_ADDR", "")
        if not is_trusted(address):
            _wait_for_turn(f"login address {_from(address)}")
        allowed: bool = super().is_allowed(request, credentials)
        return allowed

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """The failures of this account, or of its address on the account's scale."""
        by_account = _failures(username=get_client_username(request, credentials))
        address = request.META.get("REMOTE_ADDR", "")
        if is_trusted(address):
            return by_account
        per_account, per_address = settings.AXES_FAILURE_LIMIT, settings.FAILURES_PER_ADDRESS
        return max(by_account, _failures(**_from(address)) * per_account // per_address)


def locked_until(username: str | None, address: str) -> datetime | None:
    """When the next attempt is let through; None where one is let through already."""
    limits: list[tuple[dict[str, Any], int]] = [
        ({"username": username}, settings.AXES_FAILURE_LIMIT)
    ]
    if not is_trusted(address):
        limits.append((_from(address), settings.FAILURES_PER_ADDRESS))
    ends = [_nth_last(limit, **given) for given, limit in limits]
    return max((end + WINDOW for end in ends if end), default=None)


def _nth_last(number: int, **given: Any) -> datetime | None:
    times = _last_hour(**given).order_by("-attempt_time").values_list("attempt_time", flat=True)
    return next(iter(times[number - 1 : number]), None)


def _failures(**given: Any) -> int:
    return _last_hour(**given).count()


def _last_hour(**given: Any) -> QuerySet[Any]:
    found: QuerySet[Any] = AccessFailureLog.objects.filter(attempt_time__gt=now() - WINDOW, **given)
    return found


def _from(address: str) -> dict[str, Any]:
    """The log's rows from the address; of IPv6 from all that one subscriber has, which is a /64."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return {"ip_address": address}
    if not isinstance(parsed, IPv6Address) or parsed.ipv4_mapped:
        return {"ip_address": address}
    own = ip_network((parsed.packed[:8] + bytes(8), 64))
    return {"ip_address__range": (str(own[0]), str(own[-1]))}


def _wait_for_turn(name: str) -> None:
    if not connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def is_trusted(address: str) -> bool:
    """Whether a whole workplace may stand behind the address, so that it is not counted."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in _networks(tuple(settings.TRUSTED_NETWORKS)))


@cache
def _networks(given: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(ip_network(text) for text in given)
