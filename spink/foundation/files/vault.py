"""Where files lie: encrypted, under random names, in a folder that no web server serves.

A file is written before the row that names it is committed, and removed after the row is gone. What
is left over by whoever died in between is found by its age.
"""

import os
import re
import secrets
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

from django.conf import settings

from spink.foundation import encryption

NAME: Final = re.compile(r"[0-9a-f]{32}")


class Missing(Exception):
    """No such file: taken away, or the folder does not belong to this database."""


def keep(data: bytes) -> str:
    """Write the file; the name under which it is found again."""
    name = secrets.token_hex(16)
    path = _path(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = path.with_suffix(".half")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(encryption.encrypt_bytes(data))
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
    return name


def read(name: str) -> bytes:
    try:
        return encryption.decrypt_bytes(_path(name).read_bytes())
    except FileNotFoundError:
        raise Missing(name) from None


def remove(name: str) -> None:
    """Take the file away; nothing happens where it is gone already."""
    if name:
        _path(name).unlink(missing_ok=True)


def older_than(age: timedelta) -> Iterator[str]:
    """The names of files that have lain for so long, half-written ones among them."""
    before = time.time() - age.total_seconds()
    for path in Path(settings.ATTACHMENTS_ROOT).glob("*/*"):
        if path.stat().st_mtime < before and NAME.fullmatch(path.stem):
            if path.suffix:
                path.unlink(missing_ok=True)
            else:
                yield path.name


def _path(name: str) -> Path:
    if not NAME.fullmatch(name):
        raise ValueError("not a name of the vault")
    return Path(settings.ATTACHMENTS_ROOT) / name[:2] / name
