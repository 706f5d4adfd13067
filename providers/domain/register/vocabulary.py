"""Codes as numbers. A vocabulary only grows, so that numbers given once stay true."""

from collections.abc import Iterable, Mapping


class _Numbers(dict[str, int]):
    def __missing__(self, code: str) -> int:
        number = self[code] = len(self)
        return number


class Vocabulary:
    def __init__(self, numbers: Mapping[str, int] | None = None) -> None:
        self._numbers = _Numbers(numbers or {})

    def copy(self) -> "Vocabulary":
        return Vocabulary(self._numbers)

    def add_all(self, codes: Iterable[str]) -> list[int]:
        return list(map(self._numbers.__getitem__, codes))

    def find(self, code: str) -> int:
        """Its number; for an unknown code the number after the last, which nobody has."""
        return self._numbers.get(code, len(self._numbers))

    def codes_in(self, words: Iterable[int]) -> list[str]:
        """The codes whose bits are set."""
        bits = sum(int(word) << 64 * place for place, word in enumerate(words))
        return [code for code, number in self._numbers.items() if bits >> number & 1]

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
