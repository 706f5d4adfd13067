"""Celery workers in processes of their own, to be killed as a machine would kill them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email import message_from_string
from email.message import Message
from pathlib import Path

from django.db import connection

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Jobs:
    """Where a test's jobs run: the broker's address, and a folder for logs and mail."""

    broker: str
    folder: Path
    seconds_to_send: float = 0
    """How long the mail server takes with each mail."""

    @property
    def mailbox(self) -> Path:
        return self.folder / "mail"

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.support.worker_settings",
            "REDIS_URL": self.broker,
            "SPINK_TEST_DATABASE": str(connection.settings_dict["NAME"]),
            "SPINK_TEST_FOLDER": str(connection.settings_dict.get("FOLDER", "")),
            "SPINK_TEST_MAILBOX": str(self.mailbox),
            "SPINK_TEST_SECONDS_TO_SEND": str(self.seconds_to_send),
        }

    def start(self, *options: str) -> subprocess.Popen[bytes]:
        """Celery's command, in a session of its own with all its children."""
        with (self.folder / "workers.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "celery", "--app", "spink.celery", *options],
                cwd=CHECKOUT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @contextmanager
    def worker(self, *options: str) -> Iterator[subprocess.Popen[bytes]]:
        started = self.start(
            "worker",
            "--loglevel=INFO",
            "--include=tests.support.worker_handlers",
            *(options or ("--pool=solo",)),
        )
        try:
            yield started
        finally:
            kill(started)

    @contextmanager
    def beat(self) -> Iterator[subprocess.Popen[bytes]]:
        started = self.start("beat", f"--schedule={self.folder / 'beat'}", "--pidfile=")
        try:
            yield started
        finally:
            kill(started)

    def mails(self) -> list[Message]:
        """Every mail that was sent, as often as it was; not one whose sender died over it."""
        texts = (path.read_text() for path in sorted(self.mailbox.glob("*.log")))
        end = "-" * 79 + "\n"
        return [message_from_string(mail) for text in texts for mail in text.split(end)[:-1]]


def kill(process: subprocess.Popen[bytes]) -> None:
    """kill -9, the process with its children, whatever they are in the middle of."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_until(holds: Callable[[], bool], *, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError("it did not come to hold")
        time.sleep(0.01)
