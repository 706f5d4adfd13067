"""Codes as numbers. A vocabulary only grows, so that numbers given once stay true."""

from collections.abc import Iterable


class Vocabulary:
    def __init__(self, numbers: dict[str, int] | None = None) -> None:
        self._numbers = {} if numbers is None else numbers

    def copy(self) -> "Vocabulary":
        return Vocabulary(dict(self._numbers))

    def add(self, code: str) -> int:
        return self._numbers.setdefault(code, len(self._numbers))

    def add_all(self, codes: Iterable[str]) -> list[int]:
        return [self.add(code) for code in codes]

    def find(self, code: str) -> int:
        """Its number; for an unknown code the number after the last, which nobody has."""
        return self._numbers.get(code, len(self._numbers))

    @property
    def size(self) -> int:
        return len(self._numbers)

    @property
    def words(self) -> int:
        """Words of 64 bits that hold every code, and one bit more for the unknown."""
        return len(self._numbers) // 64 + 1


class Vocabularies:
    """Copied before they grow: a register never sees what a later one added."""

    def __init__(
        self,
        municipalities: Vocabulary | None = None,
        service_types: Vocabulary | None = None,
        subtypes: Vocabulary | None = None,
        needs: Vocabulary | None = None,
    ) -> None:
        self.municipalities = municipalities or Vocabulary()
        self.service_types = service_types or Vocabulary()
        self.subtypes = subtypes or Vocabulary()
        self.needs = needs or Vocabulary()

    def copy(self) -> "Vocabularies":
        return Vocabularies(
            self.municipalities.copy(),
            self.service_types.copy(),
            self.subtypes.copy(),
            self.needs.copy(),
        )

    @property
    def words(self) -> tuple[int, int, int]:
        return self.municipalities.words, self.subtypes.words, self.needs.words
