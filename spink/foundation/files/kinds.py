"""What a file is, by what stands in it: its name and what the browser says of it count nothing."""

import io
import re
import zipfile
from enum import Enum
from typing import Final

import puremagic


class Kind(Enum):
    """The kinds that are taken, each with its ending and its content type."""

    PDF = ("pdf", "application/pdf")
    DOCX = ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    ODT = ("odt", "application/vnd.oasis.opendocument.text")
    JPEG = ("jpg", "image/jpeg")
    PNG = ("png", "image/png")
    TXT = ("txt", "text/plain; charset=utf-8")

    def __init__(self, ending: str, content_type: str) -> None:
        self.ending = ending
        self.content_type = content_type

    @classmethod
    def by_ending(cls, ending: str) -> "Kind":
        return next(kind for kind in cls if kind.ending == ending)


BY_CONTENT: Final = {
    "application/pdf": Kind.PDF,
    "image/jpeg": Kind.JPEG,
    "image/png": Kind.PNG,
}
STARTS: Final = {
    Kind.PDF: b"%PDF-",
    Kind.JPEG: b"\xff\xd8\xff",
    Kind.PNG: b"\x89PNG\r\n\x1a\n",
}
"""Where the kind must begin: a reader forgives what stands before it, and so might hide another."""
ODT_SAYS: Final = b"application/vnd.oasis.opendocument.text"
DOCX_SAYS: Final = b"wordprocessingml.document.main+xml"
MOST_PARTS: Final = 5_000
PART_OF_LIST: Final = b"PK\x01\x02"
CONTROL: Final = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def kind_of(data: bytes) -> Kind | None:
    """The kind of the content; None for what is not taken here."""
    if data.startswith(b"PK\x03\x04"):
        return _office_kind(data)
    kind = BY_CONTENT.get(_content_type(data))
    if kind is not None and data.startswith(STARTS[kind]):
        return kind
    return Kind.TXT if kind is None and _is_plain_text(data) else None


def _content_type(data: bytes) -> str:
    try:
        return str(puremagic.from_string(data, mime=True))
    except (puremagic.PureError, ValueError):
        return ""


def _office_kind(data: bytes) -> Kind | None:
    if data.count(PART_OF_LIST) > MOST_PARTS:  # the list of parts alone would fill the memory
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names:
                return Kind.ODT if _beginning(archive, "mimetype") == ODT_SAYS else None
            types = "[Content_Types].xml"
            return Kind.DOCX if types in names and DOCX_SAYS in _beginning(archive, types) else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        return None


def _beginning(archive: zipfile.ZipFile, name: str) -> bytes:
    """No more of the part than a list of types takes: what is packed may unfold without end."""
    with archive.open(name) as part:
        return part.read(100_000).strip()


def _is_plain_text(data: bytes) -> bool:
    return bool(data) and as_text(data) is not None and not _is_markup(data)


def as_text(data: bytes) -> str | None:
    """The text, in the encoding of today or of older Windows; None for what is no text."""
    if CONTROL.search(data):
        return None
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _is_markup(data: bytes) -> bool:
    """Pages and scripts are text too, and none that anybody needs here."""
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    return start.startswith((b"<", b"#!", b"{\\rtf"))
