"""Files that no row names any more: left by an upload or a job that died halfway, or by rows that
were disposed of."""

from collections.abc import Callable
from datetime import timedelta
from itertools import islice
from typing import Final

from spink.foundation.files import vault

GRACE = timedelta(hours=24)
"""Longer than any upload or check takes: a file is written before the row that names it."""
AT_ONCE = 500
Naming = Callable[[set[str]], set[str]]
_NAMING: Final[list[Naming]] = []


def names_files(naming: Naming) -> Naming:
    """Every app whose rows name files says here which of these it names: no other is kept."""
    _NAMING.append(naming)
    return naming


def sweep_files() -> int:
    """Remove them; how many they were."""
    swept = 0
    old = vault.older_than(GRACE)
    while names := set(islice(old, AT_ONCE)):
        for name in names.difference(*(naming(names) for naming in _NAMING)):
            vault.remove(name)
            swept += 1
    return swept
