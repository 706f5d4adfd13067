"""Is there anything malicious in a file? Asked of ClamAV's daemon; who cannot ask, knows nothing.

`SCANNER_URL` names it: `tcp://host:3310`, `unix:///run/clamav/clamd.ctl`, or `test-file:` for the
demonstration, which knows nothing but the harmless file by which scanners are tried (EICAR).
"""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import urlsplit

from django.conf import settings

CHUNK: Final = 64 * 1024
SECONDS: Final = 60.0
LONGEST_ANSWER: Final = 4096
TEST_FILE: Final = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-" + b"TEST-FILE!$H+H*"


@dataclass(frozen=True, slots=True)
class Verdict:
    found: str = ""
    """The name of what was found; empty for a clean file."""

    @property
    def is_clean(self) -> bool:
        return not self.found


class ScannerFailed(Exception):
    """The scanner answered something that is no verdict: the file is neither clean nor not."""


class Scanner(Protocol):
    def scan(self, data: bytes) -> Verdict:
        """Raises ScannerFailed or OSError where there is no verdict."""


class ClamAV:
    """The daemon `clamd`, which the file is streamed to (INSTREAM): it opens nothing itself."""

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)

    def scan(self, data: bytes) -> Verdict:
        with self._connected() as connection:
            connection.sendall(b"zINSTREAM\0")
            for start in range(0, len(data), CHUNK):
                part = data[start : start + CHUNK]
                connection.sendall(struct.pack("!L", len(part)) + part)
            connection.sendall(struct.pack("!L", 0))
            return _verdict(_answer(connection))

    @contextmanager
    def _connected(self) -> Iterator[socket.socket]:
        if self._url.scheme == "unix":
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as local:
                local.settimeout(SECONDS)
                local.connect(self._url.path)
                yield local
            return
        address = (self._url.hostname or "localhost", self._url.port or 3310)
        with socket.create_connection(address, timeout=SECONDS) as remote:
            yield remote


def _answer(connection: socket.socket) -> bytes:
    """Up to the zero byte that ends it, or to the connection's end."""
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        part = connection.recv(CHUNK)
        if not part:
            break
        answer += part
    return answer.rstrip(b"\0")


def _verdict(answer: bytes) -> Verdict:
    said = answer.decode("ascii", errors="replace").removeprefix("stream: ")
    if said == "OK":
        return Verdict()
    if said.endswith(" FOUND"):
        return Verdict(found=said.removesuffix(" FOUND"))
    raise ScannerFailed(said)


class KnowsTheTestFile:
    """For the demonstration and for trials: it finds EICAR's file and passes everything else."""

    def scan(self, data: bytes) -> Verdict:
        return Verdict(found="Eicar-Test-Signature") if TEST_FILE in data else Verdict()


def scanner() -> Scanner | None:
    """The one that the settings name; None where there is none, and then nothing is taken."""
    url = settings.SCANNER_URL
    if not url:
        return None
    return KnowsTheTestFile() if url == "test-file:" else ClamAV(url)
