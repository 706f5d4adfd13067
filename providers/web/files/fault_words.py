"""What is wrong in a file, in the words of the page.

The readers of register files speak to programmers, and their reasons stand in logs and on
command lines; here each has its sentence for who keeps the register.
"""

import re
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

_PATTERNS: Final[tuple[tuple[str, Any], ...]] = (
    (
        "there are more faults than these",
        _("There are more faults than are listed. Correct these first."),
    ),
    ("the file holds too much text", _("The file holds too much text. Divide it into several.")),
    ("is missing", _("Fill in this cell.")),
    ("is empty", _("Fill in this cell.")),
    ("is given twice", _("The column is there twice. Take away one of them.")),
    ("the column is missing", _("The column is missing. Every row needs it.")),
    ("is no column of the sheet", _("There is no such column. Compare with the template.")),
    ("is no sheet of the template", _("There is no such sheet. Compare with the template.")),
    (
        "has a cell outside of the headings",
        _("A cell of the row stands under no heading. Move it or take it away."),
    ),
    ("must be a date \\(YYYY-MM-DD\\)", _("Write a date, for example 2026-03-05.")),
    (
        "must be a time with its offset \\(RFC 3339\\)",
        _("Write a date and a time, for example 2026-03-05 14:30."),
    ),
    ("must be a whole number from 0", _("Write a whole number, 0 or more.")),
    ("must be a number from 0", _("Write a number, 0 or more, for example 2950,50.")),
    (
        "must be kronor with at most two decimals",
        _("Write an amount in kronor with at most two decimals."),
    ),
    ("must be true or false", _("Write ja or nej.")),
    (
        "must be a municipality's code of four digits",
        _("Write a municipality's name as in the template, or its code of four digits."),
    ),
    (
        "must be degrees from (?P<low>-?\\d+) to (?P<high>-?\\d+)",
        _("Write degrees from %(low)s to %(high)s."),
    ),
    ("must be an address of the web \\(https://…\\)", _("Write a web address (https://…).")),
    ("ends before it begins", _("It ends before it begins.")),
    (
        "is longer than (?P<longest>\\d+) characters",
        _("The text is too long: at most %(longest)s characters."),
    ),
    ("is more than (?P<largest>\\d+)", _("The number is too large: at most %(largest)s.")),
    ("is not known", _("This is none of the words that can be chosen. See the sheet Ord.")),
    ("(?P<code>.+) is not known", _("%(code)s is neither in the register nor in the file.")),
    ("(?P<code>.+) is no service of the catalogue", _("%(code)s is no service that we know.")),
    (
        "(?P<code>.+) is no subtype of the catalogue",
        _("%(code)s is no subtype of this service."),
    ),
    ("(?P<code>.+) is no need of the catalogue", _("%(code)s is no need that we know.")),
    ("(?P<lot>.*) is no lot of (?P<code>.+)", _("The agreement %(code)s has no lot %(lot)s.")),
    (
        "is the id of another (entry|lot) too",
        _("Another row of the sheet has the same id."),
    ),
    (
        "is the number of another provider too",
        _("Another provider has this organisation number."),
    ),
    (
        "is no organisation number \\(.+\\)",
        _("This is no organisation number. Check the figures."),
    ),
    (
        "of a sole trader is personal",
        _("A sole trader's number is personal and is not taken from files."),
    ),
    (
        "the time and who belong together",
        _("Give both when it was done and by whom, or neither."),
    ),
    (
        "differs from another line of the same place",
        _("Another row of the same unit and lot has another rank."),
    ),
    (
        "is not kept of protected housing",
        _("The register keeps no place of protected housing. Empty the cell."),
    ),
    ("must be a text", _("The cell holds signs that cannot be kept.")),
    (
        "the database refused what the file says",
        _("Nothing was imported: the file goes against a rule of the register."),
    ),
    ("the file is empty", _("The file is empty.")),
    ("the file has no rows", _("The file holds headings and no rows.")),
    (
        "the first line does not hold the headings of a template",
        _("The first line of the file is not the headings of a template."),
    ),
    ("the file is no text", _("This is neither a workbook (XLSX) nor a text file (CSV).")),
    (
        "the file has more than (?P<rows>\\d+) rows",
        _("The file has more than %(rows)s rows. Divide it into several."),
    ),
    (
        "line (?P<line>\\d+) has a quotation mark that does not end",
        _("On line %(line)s there is a quotation mark without its end."),
    ),
    (
        "the file's characters are neither UTF-8 nor Windows-1252",
        _("The file's characters cannot be read. Save it as CSV UTF-8."),
    ),
    (
        "the file is no workbook \\(XLSX\\) that can be read",
        _("The workbook cannot be read. Save it anew as XLSX, without a password."),
    ),
    (
        "the workbook is too large when it is unpacked",
        _("The workbook is too large. Divide it into several."),
    ),
)
_KNOWN: Final = tuple((re.compile(pattern, re.DOTALL), text) for pattern, text in _PATTERNS)


def in_words(reason: str) -> str:
    """A reason without a sentence of its own stands as it is."""
    for pattern, text in _KNOWN:
        if found := pattern.fullmatch(reason):
            return str(text) % found.groupdict() if found.groupdict() else str(text)
    return reason
