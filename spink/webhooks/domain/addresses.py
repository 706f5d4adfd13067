"""Which addresses an endpoint may have, as far as the address itself says."""

from collections.abc import Collection
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, urlsplit

LONGEST = 500
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


class Wrong(StrEnum):
    MALFORMED = "malformed"
    NOT_HTTPS = "not_https"
    HOLDS_LOGIN = "holds_login"
    HOLDS_FRAGMENT = "holds_fragment"
    PORT = "port"


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
    if parts.scheme != "https" and not (is_here and parts.scheme == "http"):
        return Wrong.NOT_HTTPS
    if "@" in parts.netloc:
        return Wrong.HOLDS_LOGIN
    if parts.fragment:
        return Wrong.HOLDS_FRAGMENT
    return None if is_here or (port or 443) in ports else Wrong.PORT


def literal_of(url: str) -> IPv4Address | IPv6Address | None:
    """The number that stands where a name is meant to."""
    try:
        return ip_address(_parts(url).hostname or "")
    except ValueError:
        return None


def shown(url: str) -> str:
    """Without what stands after the question mark, which may be worth a password."""
    parts = _parts(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path}" + ("?…" if parts.query else "")


def _parts(url: str) -> SplitResult:
    return urlsplit(url)
