"""Compiled translations: made from the .po files in Python, as gettext's tools may be missing."""

import os
import tempfile
from pathlib import Path

import polib

from spink.web.texts.places import catalogues


def compile_stale() -> None:
    """Nobody is to meet a page in the wrong language because a file was not compiled."""
    for catalogue in catalogues():
        po, mo = catalogue.path, catalogue.path.with_suffix(".mo")
        if po.exists() and (not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime):
            compile_one(po)


def compile_one(path: Path) -> None:
    """Whole or not at all: several processes may start at the same time."""
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    os.close(handle)
    polib.pofile(str(path)).save_as_mofile(name)
    Path(name).replace(path.with_suffix(".mo"))
