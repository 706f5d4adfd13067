"""Which addresses an endpoint may have, as far as the address itself says."""

from collections.abc import Collection
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import urlsplit

from spink.foundation.outward import is_public

LONGEST = 500
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


class Wrong(StrEnum):
    MALFORMED = "malformed"
    NOT_HTTPS = "not_https"
    HOLDS_LOGIN = "holds_login"
    HOLDS_FRAGMENT = "holds_fragment"
    PORT = "port"
    OWN_NETWORK = "own_network"


def wrong_with(url: str, *, ports: Collection[int], allows_loopback: bool) -> Wrong | None:
    """What is wrong with it; None where it may be tried. What a name leads to is judged each time
    that something is sent."""
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError:
        return Wrong.MALFORMED
    if not host or not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        return Wrong.MALFORMED
    is_here = allows_loopback and host in LOOPBACK_NAMES
    is_secure = parts.scheme == "https" or (is_here and parts.scheme == "http")
    is_foreign = host not in LOOPBACK_NAMES and _may_be_public(host)
    judged = {
        Wrong.NOT_HTTPS: is_secure,
        Wrong.HOLDS_LOGIN: "@" not in parts.netloc,
        Wrong.HOLDS_FRAGMENT: not parts.fragment,
        Wrong.PORT: is_here or (443 if port is None else port) in ports,
        Wrong.OWN_NETWORK: is_here or is_foreign,
    }
    return next((wrong for wrong, holds in judged.items() if not holds), None)


def _may_be_public(host: str) -> bool:
    """Of a number that stands where a name is meant to it can be said already."""
    try:
        return is_public(ip_address(host))
    except ValueError:
        return True


def receiver_of(url: str) -> tuple[str, int]:
    """The host and port that it leads to, of addresses written in whatever way."""
    parts = urlsplit(url)
    port = parts.port or (80 if parts.scheme == "http" else 443)
    return (parts.hostname or "").rstrip("."), port


def shown(url: str) -> str:
    """Whose it is. What stands after that is worth a password to many receivers, in the path as
    often as after the question mark."""
    parts = urlsplit(url)
    has_more = parts.path.strip("/") or parts.query
    return f"{parts.scheme}://{parts.netloc}" + ("/…" if has_more else "")
