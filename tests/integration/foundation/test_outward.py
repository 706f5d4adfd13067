"""Machines of others are asked where nobody can stand in for them, and no longer than told."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from spink.foundation import clock
from spink.foundation.outward import GuardedTransport, Limits, NotReached, Why

Serve = Callable[[socket.socket], None]


@pytest.fixture
def listening() -> Iterator[Callable[[Serve], int]]:
    """A machine that does with each connection what it is told, once."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def begin(serve: Serve) -> int:
            def take() -> None:
                with suppress(OSError), server.accept()[0] as connection:
                    serve(connection)

            threading.Thread(target=take, daemon=True).start()
            return int(server.getsockname()[1])

        yield begin


def asked(url: str, **limits: float) -> httpx2.Response:
    found = Limits(limits.get("seconds", 5), 1000, lambda _address: True, over_tls=False)
    with httpx2.Client(transport=GuardedTransport(found), trust_env=False) as client:
        return client.get(url)


def why(url: str, **limits: float) -> Why:
    with pytest.raises(NotReached) as raised:
        asked(url, **limits)
    return raised.value.why


def test_certificate_that_nobody_vouches_for_is_not_believed(
    listening: Callable[[Serve], int], tmp_path: Path
) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate(tmp_path, "localhost"))
    told: list[bytes] = []

    def serve(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as secure:
            told.append(secure.recv(100))

    assert why(f"https://localhost:{listening(serve)}/") == Why.UNTRUSTED
    assert told == []


def test_answer_that_drips_ends_when_the_time_is_up(listening: Callable[[Serve], int]) -> None:
    def drip(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        for number in range(100):
            connection.sendall(f"X-{number}: drip\r\n".encode())
            time.sleep(0.05)

    began = time.monotonic()
    assert why(f"http://127.0.0.1:{listening(drip)}/", seconds=0.4) == Why.SLOW
    assert time.monotonic() - began < 2


def certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """It vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = clock.now()
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return paths
