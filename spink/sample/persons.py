"""Whom the requests are about: invented people, with numbers that nobody has.

A number is one of Skatteverket's published test numbers, or one that cannot exist: its month is
00 and its day an ordinary one, which is neither a personal number (months begin with 01) nor a
coordination number (their days begin with 61, those of test numbers with 60).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from placements.domain.values import NumberKind, Protection
from spink.sample import names
from spink.sample.drawing import Draw

OFFICIAL_TEST_NUMBERS: Final = (
    "191500722390",
    "191711602399",
    "191800852384",
    "192001602396",
)
"""Coordination numbers, published by Skatteverket for tests."""

WITHOUT_NUMBER: Final = {"reserve": 0.012, "none": 0.015}
PROTECTED: Final = 0.012
PROTECTED_IN_SHELTERS: Final = 0.22


@dataclass(frozen=True)
class Somebody:
    given_name: str
    family_name: str
    gender: str
    birth_year: int
    number_kind: NumberKind
    number: str
    protection: Protection = Protection.NONE

    def age_in(self, year: int) -> int:
        return max(0, year - self.birth_year)

    @property
    def initials(self) -> str:
        """None are kept of a protected person."""
        if self.protection is not Protection.NONE:
            return ""
        return f"{self.given_name[0]}.{self.family_name[0]}."


class People:
    """Invents one after the other; no two have the same number."""

    def __init__(self, seed: int, part: str) -> None:
        self._draw = Draw(seed, "persons", part)
        self._by_year: dict[int, Iterator[str]] = {}
        self._made = 0
        self._reserve = f"R-{part}"

    def somebody(self, *, gender: str, birth_year: int, in_shelter: bool = False) -> Somebody:
        self._made += 1
        given, family = names.person_name(self._draw, gender)
        kind, number = self._number(birth_year)
        protected = self._draw.chance(PROTECTED_IN_SHELTERS if in_shelter else PROTECTED)
        protection = self._draw.one(KINDS_OF_PROTECTION) if protected else Protection.NONE
        return Somebody(given, family, gender, birth_year, kind, number, protection)

    def _number(self, birth_year: int) -> tuple[NumberKind, str]:
        lot = self._draw.part()
        if lot < WITHOUT_NUMBER["none"]:
            return NumberKind.NONE, ""
        if lot < WITHOUT_NUMBER["none"] + WITHOUT_NUMBER["reserve"]:
            return NumberKind.RESERVE, f"{self._reserve}-{self._made:05}"
        return NumberKind.PERSONAL, next(self._numbers_of(birth_year))

    def _numbers_of(self, birth_year: int) -> Iterator[str]:
        return self._by_year.setdefault(birth_year, impossible_numbers(self._draw, birth_year))


KINDS_OF_PROTECTION: Final = (
    Protection.MARKED,
    Protection.MARKED,
    Protection.PROTECTED_REGISTRATION,
    Protection.FICTITIOUS,
)


def impossible_numbers(draw: Draw, birth_year: int) -> Iterator[str]:
    """Twelve digits with a right check digit and the month 00, none twice, in no order."""
    begins = draw.whole(0, 27_999)
    for step in range(28_000):
        day, serial = divmod((begins + step * 7_919) % 28_000, 1000)
        body = f"{birth_year % 100:02}00{day + 1:02}{serial:03}"
        yield f"{birth_year // 100}{body}{names.luhn_digit(body)}"
