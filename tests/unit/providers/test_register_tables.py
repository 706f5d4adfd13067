"""What people write in cells, and what the page says of every fault that a reader can find."""

import ast
import csv
import io
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.domain.tables import cells
from providers.domain.tables.csv_file import as_csv, csv_rows
from providers.web.files.fault_words import in_words

READERS = (
    *Path("providers/domain/exchange").glob("*.py"),
    *Path("providers/domain/tables").glob("*.py"),
    Path("spink/foundation/fields.py"),
)
OF_JSON_ALONE = (
    "7 is no 7 of the catalogue",  # with its two words, it has two sentences
    "must be an object",
    "must be a list",
    "must be a list of two bounds",
    "must be a UUID",
    "is on exactly one unit, provider or group",
    "differs from the agreement",
    "several ranks in",
    "two rates in",
    "the periods in",
)
"""What a document that is made of tables cannot be."""


@pytest.mark.parametrize(
    "written",
    ["2026-03-05", "20260305", "2026/3/5", "5/3 2026", "5.3.2026", "05-03-2026", "5 mars 2026",
     "den 5 mar. 2026", date(2026, 3, 5), datetime(2026, 3, 5)],  # noqa: DTZ001 - as a spreadsheet has it
)  # fmt: skip
def test_day_is_read_as_swedes_write_it(written: Any) -> None:
    assert cells.DAY.read(written) == "2026-03-05"


@pytest.mark.parametrize("written", ["2026-02-30", "i morgon", "3/5", "2026-13-01"])
def test_day_that_is_none_is_passed_on_as_it_is(written: str) -> None:
    assert cells.DAY.read(written) == written


@pytest.mark.parametrize(
    ("written", "number"),
    [("2950", 2950), ("2 950,50 kr", 2950.5), ("2\N{NO-BREAK SPACE}950:-", 2950), ("57.7", 57.7),
     (8.0, 8), (0.5, 0.5), ("-1", -1), ("2.950,50", "2.950,50"), ("tolv", "tolv"), ("", None)],
)  # fmt: skip
def test_number_is_read_with_a_decimal_comma(written: Any, number: Any) -> None:
    assert cells.NUMBER.read(written) == number


@pytest.mark.parametrize(
    ("written", "moment"),
    [("2026-03-05 14:32", "2026-03-05T14:32:00+01:00"), ("5/7 2026 kl. 9.05",
      "2026-07-05T09:05:00+02:00"), ("2026-03-05 25:00", "2026-03-05 25:00"), ("nyss", "nyss")],
)  # fmt: skip
def test_moment_is_swedish_time(written: str, moment: str) -> None:
    assert cells.MOMENT.read(written) == moment


def test_word_is_read_as_its_name_or_its_code() -> None:
    kind = cells.listed(cells.named({"mobility": "Rörelsehinder", "other": "Annat"}))
    assert kind.read("rörelsehinder;OTHER\nokänt") == ["mobility", "other", "okänt"]
    assert kind.write(["mobility", "other"]) == "Rörelsehinder; Annat"


WRITTEN = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=12)


@given(st.lists(st.tuples(WRITTEN, WRITTEN), max_size=5))
def test_csv_that_was_written_is_read_as_it_was(rows: list[tuple[str, str]]) -> None:
    content = as_csv(["Ett", "Två"], rows)
    kept = [list(row) for row in rows if any(row)]
    assert [list(cells) for _, cells in csv_rows(content)[1:] if any(cells)] == kept


@given(WRITTEN.filter(bool))
def test_no_cell_begins_as_a_formula(cell: str) -> None:
    text = as_csv(["Ett"], [[cell]]).decode("utf-8-sig")
    _, [written] = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    assert not written.startswith(("=", "+", "@", "\t"))
    assert not written.startswith("-") or re.fullmatch(r"-\d+([.,]\d+)?", written)


def reasons() -> set[str]:
    """Every text that a reader gives as a reason, with a word in place of what it puts in."""
    found = set()
    for file in READERS:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in {"BadInput", "add", "_fault", "TableFault", "Unreadable"}:
                    found.add(_text(node.args[0]))
    return {reason for reason in found if " " in reason}


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(
            part.value if isinstance(part, ast.Constant) else "7" for part in node.values
        )
    return ""


def test_every_reason_has_its_sentence() -> None:
    told = {reason for reason in reasons() if not reason.startswith(OF_JSON_ALONE)}
    assert len(told) > 30
    assert {reason for reason in told if in_words(reason) == reason} == set()
