"""Input from outside that cannot be taken: one line that says where, and what is wrong there."""

from typing import Self


class BadInput(ValueError):
    """`place` is a file, a line or an entry ("units[3]"); `field` the path inside it."""

    def __init__(self, reason: str, *, field: str = "", place: str = "") -> None:
        super().__init__(reason, field, place)
        self.reason = reason
        self.field = field
        self.place = place

    def inside(self, part: str) -> Self:
        """The same fault seen from the whole: `valid_to` becomes `agreements[0].valid_to`."""
        field = f"{part}.{self.field}" if self.field else part
        return type(self)(self.reason, field=field, place=self.place)

    def at(self, place: str) -> Self:
        whole = f"{place}: {self.place}" if self.place else place
        return type(self)(self.reason, field=self.field, place=whole)

    def __str__(self) -> str:
        parts = (self.place, self.field, self.reason)
        return _one_line(": ".join(part for part in parts if part))


def _one_line(text: str) -> str:
    return "".join(mark if mark.isprintable() else "\N{REPLACEMENT CHARACTER}" for mark in text)
