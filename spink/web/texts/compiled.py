"""Compiled translations: made from the .po files in Python, as gettext's tools may be missing."""

import gettext
import os
import tempfile
from pathlib import Path

import polib
from django.utils.translation import trans_real

from spink.web.texts.places import catalogues


def compile_stale() -> None:
    """Nobody is to meet a page in the wrong language because a file was not compiled."""
    stale = [catalogue.path for catalogue in catalogues() if _is_stale(catalogue.path)]
    for path in stale:
        compile_one(path)
    if stale:
        _forget_loaded()


def _is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return po.exists() and (not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime)


def _forget_loaded() -> None:
    """Django has read the translations by now, for its own models' names: it reads them again."""
    gettext._translations.clear()  # type: ignore[attr-defined]
    trans_real._translations.clear()  # type: ignore[attr-defined]
    trans_real._default = None  # type: ignore[attr-defined]


def compile_one(path: Path) -> None:
    """Whole or not at all: several processes may start at the same time."""
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    os.close(handle)
    polib.pofile(str(path)).save_as_mofile(name)
    Path(name).replace(path.with_suffix(".mo"))
