"""Files by their content, their names, and what is left of them when they are given out."""

import io
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter

from spink.foundation.files.cleaning import Refusal, Refused, cleaned
from spink.foundation.files.cleaning.office import MOST_UNPACKED
from spink.foundation.files.kinds import Kind, kind_of
from spink.foundation.files.names import clean_name
from tests.support.documents import DOCX_TYPES, docx, jpeg, odt, packed, pdf, png

SECRET = b"Kanariefotograf"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (pdf(), Kind.PDF),
        (docx(), Kind.DOCX),
        (odt(), Kind.ODT),
        (jpeg(), Kind.JPEG),
        (png(), Kind.PNG),
        ("Hej på dig, åtta.".encode(), Kind.TXT),
        ("Hej på dig, åtta.".encode("cp1252"), Kind.TXT),
        (b"", None),
        (b"MZ\x90\x00\x03\x00", None),
        (b"GIF89a\x01\x00\x01\x00", None),
        (b"<!doctype html><script>alert(1)</script>", None),
        (b"  <svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"#!/bin/sh\nrm -rf /", None),
        (b"{\\rtf1 hej}", None),
        (packed({"hej.txt": b"hej"}), None),
        (packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), None),
        (packed({"[Content_Types].xml": b"spreadsheetml.sheet.main+xml"}), None),
        (b"PK\x03\x04 and no more", None),
        (b"\0" * 10 + pdf(), None),
    ],
)
def test_kind_is_told_by_what_stands_in_the_file(data: bytes, kind: Kind | None) -> None:
    assert kind_of(data) is kind


@pytest.mark.parametrize(
    ("given_name", "expected", "held"),
    [
        ("Utredning.pdf", "Utredning.pdf", False),
        ("C:\\Users\\kim\\Läkarintyg 2.docx", "Läkarintyg 2.pdf", False),
        ("../../etc/passwd", "passwd.pdf", False),
        ("intyg 19150072-2390.pdf", "intyg.pdf", True),
        ("intyg 191500722390.pdf", "intyg.pdf", True),
        ("150072-2390.pdf", "dokument.pdf", True),
        ("Skannad_20250303-1432.pdf", "Skannad_20250303-1432.pdf", False),
        ("a\u202efdp.exe", "a fdp.pdf", False),
        ("rad\r\nX-Elak: ja.pdf", "rad X-Elak_ ja.pdf", False),
        ("", "dokument.pdf", False),
        (".pdf", "dokument.pdf", False),
        ("å" * 300 + ".pdf", "å" * 100 + ".pdf", False),
    ],
)
def test_name_is_made_harmless(given_name: str, expected: str, held: bool) -> None:
    found = clean_name(given_name, ending="pdf")
    assert (found.text, found.held_a_number) == (expected, held)


@given(st.text(max_size=300))
def test_name_is_one_line_without_a_path_whatever_is_given(text: str) -> None:
    found = clean_name(text, ending="txt").text
    assert found.endswith(".txt")
    assert len(found) <= 104
    assert found.isprintable()
    assert not {"/", "\\"} & set(found)
    assert clean_name(found, ending="txt").text == found


def test_picture_keeps_what_it_shows_and_nothing_else() -> None:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif[0x0112] = 6  # on its side
    given_file = jpeg(size=(8, 4), exif=exif, comment=SECRET)
    assert SECRET in given_file

    out = cleaned(given_file, Kind.JPEG)

    assert SECRET not in out
    with Image.open(io.BytesIO(out)) as shown:
        assert (shown.format, shown.size, dict(shown.getexif())) == ("JPEG", (4, 8), {})


def test_png_keeps_what_is_transparent_and_loses_its_texts() -> None:
    given_file = png(mode="RGBA", text=SECRET.decode())
    assert SECRET in given_file
    out = cleaned(given_file, Kind.PNG)
    assert SECRET not in out
    with Image.open(io.BytesIO(out)) as shown:
        assert (shown.mode, shown.getpixel((0, 0))) == ("RGBA", (10, 20, 30, 40))


def test_pdf_keeps_its_pages_and_says_nothing_of_its_maker() -> None:
    given_file = pdf(pages=2, author=SECRET.decode(), xmp=True)
    assert SECRET in given_file
    out = cleaned(given_file, Kind.PDF)
    reader = PdfReader(io.BytesIO(out))
    assert SECRET not in out
    assert (len(reader.pages), reader.xmp_metadata) == (2, None)
    assert reader.metadata is None or "/Author" not in reader.metadata


@pytest.mark.parametrize("made", [docx, odt])
def test_office_document_keeps_its_text_and_says_nothing_of_its_maker(made: Any) -> None:
    kind = kind_of(made())
    assert kind is not None
    out = cleaned(made(author=SECRET.decode()), kind)
    parts = {name: zipfile.ZipFile(io.BytesIO(out)).read(name) for name in names_in(out)}
    assert [name for name, content in parts.items() if SECRET in content] == []
    assert names_in(out) == names_in(made())
    assert b"Hej" in b"".join(parts.values())
    assert kind_of(out) is kind


def test_picture_within_a_document_loses_what_it_tells() -> None:
    given_file = docx(more={"word/media/image1.jpeg": jpeg(comment=SECRET)})
    out = cleaned(given_file, Kind.DOCX)
    assert SECRET not in zipfile.ZipFile(io.BytesIO(out)).read("word/media/image1.jpeg")


def names_in(data: bytes) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(data)).namelist()


def locked_pdf() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    writer.encrypt("hemligt")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", DOCX_TYPES)
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(MOST_UNPACKED // 10_000_000 + 1):
                part.write(bytes(10_000_000))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind", "reason"),
    [
        (locked_pdf(), Kind.PDF, Refusal.LOCKED),
        (b"%PDF-1.7\nnothing of the kind", Kind.PDF, Refusal.UNREADABLE),
        (jpeg()[:60], Kind.JPEG, Refusal.UNREADABLE),
        (png(), Kind.JPEG, Refusal.UNREADABLE),
        (docx(more={"word/vbaProject.bin": b"x"}), Kind.DOCX, Refusal.MACROS),
        (odt(more={"Basic/Standard/script.xml": b"x"}), Kind.ODT, Refusal.MACROS),
        (docx()[:-30], Kind.DOCX, Refusal.UNREADABLE),
    ],
)
def test_file_that_cannot_be_given_out_says_why(data: bytes, kind: Kind, reason: Refusal) -> None:
    with pytest.raises(Refused) as refused:
        cleaned(data, kind)
    assert refused.value.reason is reason


def test_small_file_that_unfolds_without_end_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        cleaned(bomb(), Kind.DOCX)
    assert refused.value.reason is Refusal.UNFOLDS


def test_document_whose_pictures_are_too_large_together_is_refused() -> None:
    out = io.BytesIO()
    Image.new("1", (8000, 5000)).save(out, "PNG")
    beginning = out.getvalue()[:60]  # as much as says how large it is
    pictures = {f"word/media/{one}.png": beginning for one in range(2)}
    with pytest.raises(Refused) as refused:
        cleaned(docx(more=pictures), Kind.DOCX)
    assert refused.value.reason is Refusal.UNFOLDS
    assert cleaned(docx(more={"word/media/0.png": beginning}), Kind.DOCX)


def test_text_is_given_out_as_utf_8() -> None:
    assert cleaned("åäö".encode("cp1252"), Kind.TXT) == "åäö".encode()
