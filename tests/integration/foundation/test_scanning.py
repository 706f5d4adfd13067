"""The scanner's adapter against the real clamd, which knows one signature of our own."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pytest_django.fixtures import Settings

from spink.foundation.files.scanning import CHUNK, ClamAV, ScannerFailed, scanner
from tests.support.documents import packed, pdf
from tests.support.programs import OWN_MALICE, free_port


@pytest.mark.clamav
@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"Hej", ""),
        (pdf(), ""),
        (b"before " + OWN_MALICE + b" after", "Spink.Prov.UNOFFICIAL"),
        (b"x" * (CHUNK - 10) + OWN_MALICE, "Spink.Prov.UNOFFICIAL"),
        (packed({"word/document.xml": OWN_MALICE}), "Spink.Prov.UNOFFICIAL"),
        (b"x" * 10_000_000, ""),
    ],
)
def test_clamd_says_what_it_found(clamd_url: str, data: bytes, found: str) -> None:
    assert ClamAV(clamd_url).scan(data).found == found


@pytest.mark.clamav
def test_more_than_clamd_takes_is_no_verdict(clamd_url: str) -> None:
    with pytest.raises((ScannerFailed, OSError)):
        ClamAV(clamd_url).scan(b"x" * 32_000_000)


@contextmanager
def answering(answer: bytes) -> Iterator[str]:
    """Something that takes what it is sent and says one thing."""
    with socket.create_server(("127.0.0.1", free_port())) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                received = b""
                while not received.endswith(b"\0\0\0\0"):
                    received += connection.recv(CHUNK)
                connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"
        thread.join()


@pytest.mark.parametrize(
    "answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"\xff", b"ok\0"]
)
def test_answer_that_is_no_verdict_lets_nothing_pass(answer: bytes) -> None:
    with answering(answer) as url, pytest.raises(ScannerFailed):
        ClamAV(url).scan(b"Hej")


def test_scanner_that_is_not_there_lets_nothing_pass() -> None:
    with pytest.raises(OSError, match="refused"):
        ClamAV(f"tcp://127.0.0.1:{free_port()}").scan(b"Hej")


@pytest.mark.enable_socket
def test_socket_of_this_machine_is_named_by_its_path(settings: Settings, tmp_path: object) -> None:
    settings.SCANNER_URL = f"unix://{tmp_path}/clamd.ctl"
    named = scanner()
    assert named is not None
    with pytest.raises(FileNotFoundError):
        named.scan(b"Hej")
