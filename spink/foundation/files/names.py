"""The name of a file as it may stand on a page: no path, nothing invisible, nobody's number."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from spink.foundation.identity_numbers import luhn_is_right

LONGEST: Final = 100
NUMBER: Final = re.compile(r"(?<!\d)(?:\d{2})?\d{6}[-+ _]?\d{4}(?!\d)", re.ASCII)
FORBIDDEN: Final = re.compile(r'[<>:"|?*]')


@dataclass(frozen=True, slots=True)
class CleanName:
    text: str
    held_a_number: bool
    """A person's number stood in it and was taken away."""


def clean_name(given: str, *, ending: str) -> CleanName:
    """The name without path and ending, made harmless, with the ending of what the file is."""
    last = unicodedata.normalize("NFC", given).replace("\\", "/").rpartition("/")[2]
    stem = last.rpartition(".")[0] if "." in last else last
    visible = "".join(" " if _is_invisible(letter) else letter for letter in stem)
    numberless = NUMBER.sub(_without_number, FORBIDDEN.sub("_", visible))
    tidy = " ".join(numberless.split()).strip(". ")[:LONGEST].rstrip(". ")
    held = any(_is_persons(found.group()) for found in NUMBER.finditer(visible))
    return CleanName(f"{tidy or 'dokument'}.{ending}", held)


def _is_invisible(letter: str) -> bool:
    """Control and formatting characters (one turns the direction of what follows), and the rest
    that has no shape of its own."""
    return unicodedata.category(letter)[0] in "CZ"


def _without_number(found: re.Match[str]) -> str:
    return "" if _is_persons(found.group()) else found.group()


def _is_persons(text: str) -> bool:
    digits = "".join(letter for letter in text if letter.isdigit())[-10:]
    month, day = int(digits[2:4]), int(digits[4:6])
    return month <= 12 and (1 <= day <= 31 or 60 <= day <= 91) and luhn_is_right(digits)
