"""A document on paper: tagged text in reading order, so that a screen reader reads it as well.

The library draws; it tags pictures and links by itself, and texts by what is said here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final, cast

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.prefs import ViewerPreferences

FONTS: Final = Path(__file__).parent / "fonts"
FONT: Final = "DejaVu"
MARGIN, LINE = 20.0, 1.35
"""Millimetres; the height of a line for that of its letters."""
MM_A_POINT: Final = 25.4 / 72
TERM_WIDTH: Final = 38.0
SIZES: Final = {1: 16.0, 2: 12.5}
BODY, SMALL = 10.0, 8.5


class Document(FPDF):
    """A4, upright. `foot` stands on every page before its number."""

    def __init__(self, title: str, *, language: str, foot: str, made_at: datetime) -> None:
        super().__init__(format="A4")
        self._foot = foot
        self.add_font(FONT, "", FONTS / "DejaVuSans.ttf")
        self.add_font(FONT, "B", FONTS / "DejaVuSans-Bold.ttf")
        self.set_title(title)
        self.set_lang(language)
        self.set_creation_date(made_at)
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(True, MARGIN)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.add_page()

    def footer(self) -> None:
        """Not tagged as text to read: it is the same on every page."""
        self.set_y(-15)
        self.set_font(FONT, "", SMALL)
        self._out("/Artifact BMC")
        self.cell(text=f"{self._foot}    {self.page_no()} ({{nb}})")
        self._out("EMC")

    def heading(self, text: str, *, level: int) -> None:
        self.ln(3 if level > 1 else 0)
        self._block(f"/H{level}", text, bold=True, size=SIZES[level])
        self.ln(1)

    def paragraph(self, text: str) -> None:
        """Each line that says something is a paragraph of its own."""
        for part in filter(str.strip, text.splitlines()):
            self._block("/P", part, size=BODY)
            self.ln(1)

    def fact(self, term: str, lines: list[str]) -> None:
        """A term with what is said of it beside it, read as one paragraph."""
        told = [line for line in lines if line.strip()]
        self._room_for("\n".join(told), BODY, self.epw - TERM_WIDTH)
        with self._tagged("/P"):
            self.set_font(FONT, "B", BODY)
            self.multi_cell(
                TERM_WIDTH, _height(BODY), term, align="L", new_x=XPos.RIGHT, new_y=YPos.TOP
            )
            self.set_font(FONT, "", BODY)
            self.multi_cell(
                self.epw - TERM_WIDTH,
                _height(BODY),
                "\n".join(told) or "–",
                align="L",
                new_x=XPos.LMARGIN,
                new_y=YPos.NEXT,
            )
        self.ln(0.8)

    def as_bytes(self) -> bytes:
        return bytes(self.output())

    def _block(self, tag: str, text: str, *, size: float, bold: bool = False) -> None:
        self.set_font(FONT, "B" if bold else "", size)
        self._room_for(text, size, self.epw)
        with self._tagged(tag):
            self.multi_cell(0, _height(size), text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _room_for(self, text: str, size: float, width: float) -> None:
        """A tagged text lies on one page."""
        needed = self.multi_cell(
            width, _height(size), text, align="L", dry_run=True, output="HEIGHT"
        )
        if self.will_page_break(cast(float, needed)):
            self.add_page()

    @contextmanager
    def _tagged(self, tag: str) -> Iterator[None]:
        number = self.struct_builder.next_mcid_for_page(self.page)
        self._add_marked_content(struct_type=tag, mcid=number)
        self._out(f"{tag} <</MCID {number}>> BDC")
        yield
        self._out("EMC")


def _height(size: float) -> float:
    return size * MM_A_POINT * LINE
