"""How the units of a register give way to changed, new and removed ones."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

from providers.domain.register.columns import Cut

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Patch:
    cuts: Sequence[Cut]
    replaced: Sequence[int]
    """Rows of the old register that are no more, or are another now."""
    in_place: bool
    """Every changed unit was there and none was removed: ids and rows stay."""

    def spliced(self, old: Sequence[T], new: Sequence[T]) -> list[T]:
        values: list[T] = []
        for cut in self.cuts:
            values.extend((new if cut.new else old)[cut.first : cut.last])
        return values


def patch_of(ids: Sequence[str], changed: Sequence[str], removed: Collection[str]) -> Patch:
    """`ids` and `changed` are ordered; removing an unknown id is no fault."""
    cuts, replaced, next_row = [], [], 0
    new_row = {unit_id: row for row, unit_id in enumerate(changed)}
    for unit_id in sorted({*changed, *removed}):
        row = bisect_left(ids, unit_id)
        cuts.append(Cut(False, next_row, row))
        next_row = row
        if row < len(ids) and ids[row] == unit_id:
            replaced.append(row)
            next_row = row + 1
        if unit_id in new_row:
            cuts.append(Cut(True, new_row[unit_id], new_row[unit_id] + 1))
    cuts.append(Cut(False, next_row, len(ids)))
    kept = sum(cut.last - cut.first for cut in cuts if not cut.new)
    in_place = kept + len(changed) == len(ids) and all(ids[row] in new_row for row in replaced)
    return Patch(cuts, replaced, in_place)
