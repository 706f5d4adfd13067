"""How often a login may fail: by account, and by the address that it comes from."""

from datetime import timedelta
from functools import cache
from ipaddress import ip_address, ip_network
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessFailureLog
from django.conf import settings
from django.http import HttpRequest
from django.utils.timezone import now  # noqa: TID251 - the log's rows are dated by it

WINDOW = timedelta(hours=1)


class ThrottledLogins(AxesDatabaseHandler):  # type: ignore[misc]
    """Counts the failures of the last hour one by one; no success clears them.

    Failures are counted whether or not the account exists, so the answer does not tell which.
    """

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """The failures of this account, or of its address on the account's scale."""
        by_account = _failures(username=get_client_username(request, credentials))
        address = request.META.get("REMOTE_ADDR", "")
        if is_trusted(address):
            return by_account
        per_account, per_address = settings.AXES_FAILURE_LIMIT, settings.FAILURES_PER_ADDRESS
        return max(by_account, _failures(ip_address=address) * per_account // per_address)


def _failures(**given: str | None) -> int:
    since = now() - WINDOW
    found: int = AccessFailureLog.objects.filter(attempt_time__gt=since, **given).count()
    return found


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
