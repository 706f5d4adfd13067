"""A document is opened in a process of its own: what a hostile one breaks there is its own.

The process has no keys of ours in its environment, and so much time and memory and no more.
"""

import os
import subprocess
import sys
from typing import Final

from django.conf import settings

from spink.foundation.files.cleaning import Refusal, Refused
from spink.foundation.files.kinds import Kind

LONGEST: Final = 35.0
"""With the time that the scanner may take, less than a job may (`CELERY_TASK_TIME_LIMIT`)."""
HANDED_ON: Final = ("PATH", "LANG", "LD_LIBRARY_PATH", "SYSTEMROOT")


class CleaningFailed(Exception):
    """The process did not begin or broke off by itself: nothing is known of the document."""


def cleaned_apart(data: bytes, kind: Kind, *, longest: float = LONGEST) -> bytes:
    """The document as it is given out. Raises Refused, and CleaningFailed to be tried again."""
    program = [sys.executable, "-m", "spink.foundation.files.cleaning", kind.ending]
    environment = {name: os.environ[name] for name in HANDED_ON if name in os.environ}
    try:
        done = subprocess.run(
            program,
            input=data,
            capture_output=True,
            timeout=longest,
            check=False,
            cwd=settings.BASE_DIR,
            env=environment,
        )
    except subprocess.TimeoutExpired:
        raise Refused(Refusal.UNFOLDS) from None
    if done.returncode < 0:  # ended by the system: it took more time or memory than it may
        raise Refused(Refusal.UNFOLDS)
    verdict, _line, content = done.stdout.partition(b"\n")
    if done.returncode:
        raise CleaningFailed(done.returncode)
    if verdict != b"clean":
        raise Refused(Refusal(verdict.decode()))
    return content
