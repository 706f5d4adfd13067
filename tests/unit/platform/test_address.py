"""Links lead to where a trial is served."""

import socket

import pytest

from spink.serving import address_of


@pytest.mark.parametrize(
    ("family", "host", "written"),
    [(socket.AF_INET, "127.0.0.1", "127.0.0.1"), (socket.AF_INET6, "::1", "[::1]")],
)
def test_address_is_where_it_listens(family: socket.AddressFamily, host: str, written: str) -> None:
    with socket.create_server((host, 0), family=family) as listener:
        assert address_of(listener) == f"http://{written}:{listener.getsockname()[1]}"
