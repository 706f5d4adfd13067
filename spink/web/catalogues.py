"""Compiled translations: made from the .po files in Python, since gettext's tools may be missing."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib
from django.apps import apps

DOMAIN = "django"


def po_files() -> Iterator[Path]:
    """The catalogues of our own installed apps."""
    for config in apps.get_app_configs():
        if config.name.split(".")[0] in {"spink", "providers", "placements", "categoryplans"}:
            yield from sorted(Path(config.path).glob(f"locale/*/LC_MESSAGES/{DOMAIN}.po"))


def compile_stale() -> None:
    """Nobody is to meet a page in the wrong language because a file was not compiled."""
    for path in po_files():
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime:
            compile_one(path)


def compile_one(path: Path) -> None:
    """Whole or not at all: several processes may start at the same time."""
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    os.close(handle)
    polib.pofile(str(path)).save_as_mofile(name)
    Path(name).replace(path.with_suffix(".mo"))
