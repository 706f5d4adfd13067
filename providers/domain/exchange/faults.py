"""All that is wrong in a document, and not just the first of it."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from spink.foundation import fields
from spink.foundation.bad_input import BadInput
from spink.foundation.fields import Document

T = TypeVar("T")


class Faults:
    """Reads on after a fault, which gives None. `place` is the entry that is being read."""

    def __init__(self) -> None:
        self.found: list[BadInput] = []
        self.place = ""
        self.number = 0
        self._path: list[str] = []

    def add(self, reason: str, field: str) -> None:
        self._keep(BadInput(reason, field=field))

    def read(self, reader: Callable[..., T], *given: object) -> T | None:
        try:
            return reader(*given)
        except BadInput as bad:
            self._keep(bad)
            return None

    def part(self, given: Document, key: str) -> Document | None:
        return self.read(fields.part, given, key)

    def parts(self, given: Document, key: str) -> Iterator[Document]:
        """Every object of a list; the faults of what is read meanwhile name its number."""
        for number, value in enumerate(self.read(fields.listed, given, key) or ()):
            with_number = f"{key}[{number}]"
            part = self._document(value, with_number)
            if part is not None:
                self._path.append(with_number)
                yield part
                self._path.pop()

    def entries(self, given: Document, key: str) -> Iterator[Document]:
        """The same for the lists of the whole document, whose objects are places of their own."""
        for number, value in enumerate(self.read(fields.listed, given, key) or ()):
            self.place, self.number = f"{key}[{number}]", number
            part = self._document(value, "")
            if part is not None:
                yield part
            self.place = ""

    def inside(self, part: str) -> "Inside":
        return Inside(self._path, part)

    def _document(self, value: object, field: str) -> Document | None:
        if type(value) is dict:
            return value
        self.add("must be an object", field)
        return None

    def _keep(self, bad: BadInput) -> None:
        for part in reversed(self._path):
            bad = bad.inside(part)
        self.found.append(bad.at(self.place) if self.place else bad)


class Inside:
    """While it is open, faults are inside the part."""

    def __init__(self, path: list[str], part: str) -> None:
        self._path, self._part = path, part

    def __enter__(self) -> None:
        self._path.append(self._part)

    def __exit__(self, *_: object) -> None:
        self._path.pop()
