from collections.abc import Callable, Iterable
from typing import Any

import pytest

from spink.web.proxies import BehindProxies


def address_seen(*, proxies: int, forwarded: str | None) -> str:
    seen: dict[str, Any] = {"REMOTE_ADDR": "10.0.0.1"}
    if forwarded is not None:
        seen["HTTP_X_FORWARDED_FOR"] = forwarded

    def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        return [environ["REMOTE_ADDR"].encode()]

    answer = BehindProxies(application, proxies=proxies)(seen, lambda *_: None)
    return b"".join(answer).decode()


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, None, "10.0.0.1"),
        (0, "192.0.2.7", "10.0.0.1"),
        (1, "192.0.2.7", "192.0.2.7"),
        (1, "203.0.113.9, 192.0.2.7", "192.0.2.7"),
        (2, "203.0.113.9, 192.0.2.7, 10.0.0.2", "192.0.2.7"),
        (2, "192.0.2.7", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, None, "10.0.0.1"),
        (1, "192.0.2.7:50123", "192.0.2.7"),
        (1, "[2001:db8::7]:50123", "2001:db8::7"),
        (1, "[2001:db8::7]", "2001:db8::7"),
        (1, "2001:db8::7", "2001:db8::7"),
        (1, "unknown", "10.0.0.1"),
        (1, "192.0.2.7'); --", "10.0.0.1"),
    ],
)
def test_address_is_what_our_own_proxy_saw(
    proxies: int, forwarded: str | None, address: str
) -> None:
    assert address_seen(proxies=proxies, forwarded=forwarded) == address
