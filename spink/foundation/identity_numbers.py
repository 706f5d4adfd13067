"""Swedish identity numbers: of persons (personnummer, samordningsnummer) and of organisations.

Common libraries reject Skatteverket's test numbers and let full-width digits pass, so the rules are
here: ASCII digits, month 00-12, day 1-31 or 60-91 (coordination numbers have 60 added, test numbers
month 00 and day 60), Luhn on the last ten, no birth in the future.
"""

from dataclasses import dataclass
from datetime import date

ASCII_DIGITS = frozenset("0123456789")
COORDINATION_OFFSET = 60


class NotAnIdentityNumber(ValueError):
    """The text is no identity number; `reason` is a code: digits, date, checksum, future, kind."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class PersonNumber:
    digits: str

    @property
    def birth_date(self) -> date | None:
        """The day of birth; None for a number whose month or day is not known (00, 60)."""
        year, month, day = int(self.digits[:4]), int(self.digits[4:6]), int(self.digits[6:8])
        try:
            return date(year, month, day % COORDINATION_OFFSET if day > 31 else day)
        except ValueError:
            return None

    @property
    def is_coordination_number(self) -> bool:
        return int(self.digits[6:8]) >= COORDINATION_OFFSET

    def __str__(self) -> str:
        return f"{self.digits[:8]}-{self.digits[8:]}"


def luhn_is_right(digits: str) -> bool:
    """Whether the last digit is the check digit of the others (Luhn, as Skatteverket uses it)."""
    total = 0
    for position, character in enumerate(reversed(digits)):
        value = int(character) * (2 if position % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def person_number(text: str, *, today: date) -> PersonNumber:
    """The number in twelve digits, written with or without hyphen. Raises NotAnIdentityNumber."""
    digits = text.strip().replace("-", "").replace(" ", "")
    if len(digits) != 12 or not ASCII_DIGITS.issuperset(digits):
        raise NotAnIdentityNumber("digits")
    _check_birth(digits, today)
    if not luhn_is_right(digits[2:]):
        raise NotAnIdentityNumber("checksum")
    return PersonNumber(digits)


def _check_birth(digits: str, today: date) -> None:
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    if year < 1850 or month > 12 or not (1 <= day <= 31 or 60 <= day <= 91):
        raise NotAnIdentityNumber("date")
    birth = PersonNumber(digits).birth_date
    if birth is None and month != 0 and day != COORDINATION_OFFSET:
        raise NotAnIdentityNumber("date")
    if (year, month) > (today.year, today.month) or (birth is not None and birth > today):
        raise NotAnIdentityNumber("future")


def organisation_number(text: str, *, sole_trader: bool = False) -> str:
    """The ten digits of an organisation number; the prefix 16 is tolerated.

    A legal entity's third digit is 2 or more. A sole trader's number is a person's own (and so
    personal data), and is let through only where the legal form says so.
    """
    digits = text.strip().replace("-", "").replace(" ", "")
    if len(digits) == 12 and digits.startswith("16"):
        digits = digits[2:]
    if len(digits) != 10 or not ASCII_DIGITS.issuperset(digits):
        raise NotAnIdentityNumber("digits")
    if not luhn_is_right(digits):
        raise NotAnIdentityNumber("checksum")
    if not sole_trader and int(digits[2]) < 2:
        raise NotAnIdentityNumber("kind")
    return digits
