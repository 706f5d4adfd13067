"""Files without what they tell of their makers: who wrote them, where a picture was taken.

Each kind is opened by a reader of its own, so that a file which is not what it says is found out.
What stands in the text itself (names of those who commented or changed it) is not touched.
"""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PIL import Image, ImageOps
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject

from spink.foundation.files.kinds import Kind, as_text

MOST_PIXELS: Final = 60_000_000
MOST_PARTS: Final = 5_000
MOST_UNPACKED: Final = 200_000_000
JPEG_QUALITY: Final = 92
MACROS: Final = ("vbaproject.bin", "vbadata.xml")
MACRO_FOLDERS: Final = ("basic/", "scripts/")
PICTURES: Final = {"jpg": Kind.JPEG, "jpeg": Kind.JPEG, "png": Kind.PNG}
CORE: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp='
    b'"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
EXTENDED: Final = f'<?xml version="1.0"?>\n<Properties xmlns="{OFFICE}/extended-properties"/>'
CUSTOM: Final = f'<?xml version="1.0"?>\n<Properties xmlns="{OFFICE}/custom-properties"/>'
META: Final = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-meta xmlns:office='
    b'"urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"><office:meta/>'
    b"</office:document-meta>"
)
EMPTY_PARTS: Final = {
    "docprops/core.xml": CORE,
    "docprops/app.xml": EXTENDED.encode(),
    "docprops/custom.xml": CUSTOM.encode(),
    "meta.xml": META,
}


class Refusal(StrEnum):
    """Why a file is not given out."""

    INFECTED = "infected"
    LOCKED = "locked"
    MACROS = "macros"
    UNREADABLE = "unreadable"
    UNFOLDS = "unfolds"
    """Small as it lies, and without end when it is opened."""


class Refused(Exception):
    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(slots=True)
class Pixels:
    """How much more of one file may be drawn, by what its pictures say before they are decoded."""

    left: int = MOST_PIXELS

    def take(self, picture: Image.Image) -> None:
        self.left -= picture.width * picture.height
        if self.left < 0:
            raise Refused(Refusal.UNFOLDS)


def cleaned(data: bytes, kind: Kind) -> bytes:
    """The same document with nothing but its content. Raises Refused."""
    try:
        return CLEANERS[kind](data)
    except Refused:
        raise
    except Image.DecompressionBombError as bomb:
        raise Refused(Refusal.UNFOLDS) from bomb
    except Exception as error:  # readers fail in as many ways as files are broken
        raise Refused(Refusal.UNREADABLE) from error


def _picture(data: bytes, kind: Kind, pixels: Pixels) -> bytes:
    """Drawn anew, turned as its camera said, without anything else that it said."""
    with Image.open(io.BytesIO(data), formats=[kind.name]) as opened:
        pixels.take(opened)
        turned = ImageOps.exif_transpose(opened)
        modes = ("RGB", "L") if kind is Kind.JPEG else ("RGB", "RGBA", "L", "LA", "P", "1")
        plain = turned if turned.mode in modes else turned.convert(modes[0])
        bare = Image.new(plain.mode, plain.size)
        if plain.mode == "P" and plain.palette is not None:
            bare.putpalette(plain.palette)
        bare.paste(plain)
        out = io.BytesIO()
        if kind is Kind.JPEG:
            bare.save(out, "JPEG", quality=JPEG_QUALITY)
        else:
            shown = {"transparency": plain.info["transparency"]} if _sees_through(plain) else {}
            bare.save(out, "PNG", **shown)
    return out.getvalue()


def _sees_through(picture: Image.Image) -> bool:
    return picture.mode == "P" and "transparency" in picture.info


def _pdf(data: bytes) -> bytes:
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        raise Refused(Refusal.LOCKED)
    writer = PdfWriter(clone_from=reader)
    writer.metadata = None
    for one in (writer.root_object, *writer.pages):
        for told in ("/Metadata", "/PieceInfo"):
            one.pop(NameObject(told), None)
    for at in writer._objects:
        if isinstance(at, DictionaryObject) and at.get("/Type") != "/Metadata":
            at.pop(NameObject("/Metadata"), None)
    writer.compress_identical_objects(remove_unreferenced=True)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _office(data: bytes) -> bytes:
    out, pixels = io.BytesIO(), Pixels()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(out, "w") as anew:
        parts = packed.infolist()
        _check_parts(parts)
        for part in parts:
            plain = zipfile.ZipInfo(part.filename)
            plain.compress_type = part.compress_type
            anew.writestr(plain, _part(packed, part, pixels))
    return out.getvalue()


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused(Refusal.UNFOLDS)
    names = [part.filename.lower() for part in parts]
    if any(name.endswith(MACROS) or name.startswith(MACRO_FOLDERS) for name in names):
        raise Refused(Refusal.MACROS)
    if any(part.flag_bits & 1 for part in parts):
        raise Refused(Refusal.LOCKED)


def _part(packed: zipfile.ZipFile, part: zipfile.ZipInfo, pixels: Pixels) -> bytes:
    name = part.filename.lower()
    if name in EMPTY_PARTS:
        return EMPTY_PARTS[name]
    if name.startswith(("docprops/thumbnail", "thumbnails/")):
        return b""
    with packed.open(part) as opened:
        content = opened.read(part.file_size + 1)
    if kind := PICTURES.get(name.rpartition(".")[2]):
        return _picture_within(content, kind, pixels)
    return content


def _picture_within(content: bytes, kind: Kind, pixels: Pixels) -> bytes:
    """One that cannot be read is left as it is: the document shows it as broken anyway."""
    try:
        return _picture(content, kind, pixels)
    except (OSError, ValueError):
        return content


def _text(data: bytes) -> bytes:
    text = as_text(data)
    if text is None:
        raise Refused(Refusal.UNREADABLE)
    return text.encode()


CLEANERS: dict[Kind, Callable[[bytes], bytes]] = {
    Kind.PDF: _pdf,
    Kind.DOCX: _office,
    Kind.ODT: _office,
    Kind.JPEG: lambda data: _picture(data, Kind.JPEG, Pixels()),
    Kind.PNG: lambda data: _picture(data, Kind.PNG, Pixels()),
    Kind.TXT: _text,
}
