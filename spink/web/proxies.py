"""The visitor's own address, where proxies stand between."""

import ipaddress
import re
from collections.abc import Callable, Iterable
from typing import Any

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class BehindProxies:
    """Takes REMOTE_ADDR from what our own outermost proxy saw.

    Each proxy appends the address that spoke to it to X-Forwarded-For. The last `proxies` entries
    are ours; what stands before them is the visitor's own claim and is not believed.
    """

    def __init__(self, application: Application, *, proxies: int) -> None:
        self._application = application
        self._proxies = proxies

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        addresses = environ.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if 0 < self._proxies <= len(addresses) and (seen := _address(addresses[-self._proxies])):
            environ["REMOTE_ADDR"] = seen
        return self._application(environ, start_response)


_WITH_PORT = re.compile(r"\[(?P<v6>[^\]]+)\](:\d+)?|(?P<v4>[\d.]+):\d+", re.ASCII)


def _address(written: str) -> str:
    """Without the port that some proxies add; empty where it is no address at all."""
    text = written.strip()
    if found := _WITH_PORT.fullmatch(text):
        text = found["v6"] or found["v4"]
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return ""
