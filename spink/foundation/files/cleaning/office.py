"""DOCX and ODT: parts packed together, of which each is looked at by what it holds."""

import io
import posixpath
import zipfile
from dataclasses import dataclass, field
from typing import Final

from spink.foundation.files.cleaning import markup
from spink.foundation.files.cleaning.pictures import Pixels, format_of, redrawn_within
from spink.foundation.files.cleaning.refusing import Refusal, Refused
from spink.foundation.files.kinds import MOST_PARTS

MOST_UNPACKED: Final = 200_000_000
MACROS: Final = ("vbaproject.bin", "vbadata.xml")
MACRO_FOLDERS: Final = ("basic/", "scripts/")
PROGRAMS: Final = (b"\xd0\xcf\x11\xe0", b"MZ", b"PK\x03\x04", b"\x7fELF", b"{\\rtf", b"%PDF-")
"""How other files begin: macros and objects (OLE), programs, packages, documents."""
DOCX_ENDINGS: Final = {
    "xml", "rels", "vml", "jpg", "jpeg", "jfif", "png", "gif", "bmp", "tif", "tiff", "emf", "wmf",
    "svg", "odttf", "ttf",
}  # fmt: skip
XML_ENDINGS: Final = ("xml", "rels", "vml", "svg", "rdf")
XML_STARTS: Final = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
CORE: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp='
    b'"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
EXTENDED: Final = f'<?xml version="1.0"?>\n<Properties xmlns="{OFFICE}/extended-properties"/>'
CUSTOM: Final = f'<?xml version="1.0"?>\n<Properties xmlns="{OFFICE}/custom-properties"/>'
PEOPLE: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"/>'
)
META: Final = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-meta xmlns:office='
    b'"urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"><office:meta/>'
    b"</office:document-meta>"
)
EMPTY_PARTS: Final = {
    "docprops/core.xml": CORE,
    "docprops/app.xml": EXTENDED.encode(),
    "docprops/custom.xml": CUSTOM.encode(),
    "word/people.xml": PEOPLE,
    "meta.xml": META,
}
EMPTY_BY_RELATION: Final = {
    "core-properties": CORE,
    "extended-properties": EXTENDED.encode(),
    "custom-properties": CUSTOM.encode(),
    "people": PEOPLE,
    "thumbnail": b"",
}
"""The same parts under any other name: what a part is, its relation says."""


@dataclass(slots=True)
class Package:
    packed: zipfile.ZipFile
    is_docx: bool
    pixels: Pixels = field(default_factory=Pixels)
    empty: dict[str, bytes] = field(default_factory=lambda: dict(EMPTY_PARTS))


def cleaned_office(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(out, "w") as anew:
        parts = packed.infolist()
        _check_parts(parts)
        package = Package(packed, is_docx="[Content_Types].xml" in packed.namelist())
        _find_what_is_emptied(package)
        for part in parts:
            plain = zipfile.ZipInfo(part.filename)
            plain.compress_type = part.compress_type
            anew.writestr(plain, _part(package, part))
    return out.getvalue()


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused(Refusal.UNFOLDS)
    names = [part.filename.lower() for part in parts]
    if any(name.endswith(MACROS) or name.startswith(MACRO_FOLDERS) for name in names):
        raise Refused(Refusal.MACROS)
    if any(part.flag_bits & 1 for part in parts):
        raise Refused(Refusal.LOCKED)
    if len(set(names)) < len(names):  # one reader would take the first, another the last
        raise Refused(Refusal.UNREADABLE)


def _find_what_is_emptied(package: Package) -> None:
    for part in package.packed.infolist():
        if not part.filename.lower().endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(part.filename))
        for relation in markup.relations(_content(package.packed, part)):
            empty = EMPTY_BY_RELATION.get(relation.kind)
            if empty is not None:
                target = posixpath.normpath(posixpath.join("/", folder, relation.target))
                package.empty[target.lstrip("/").lower()] = empty


def _part(package: Package, part: zipfile.ZipInfo) -> bytes:
    name = part.filename.lower()
    if name in package.empty:
        return package.empty[name]
    if part.is_dir() or name.startswith(("docprops/thumbnail", "thumbnails/")):
        return b""
    content = _content(package.packed, part)
    if content.startswith(PROGRAMS):
        raise Refused(Refusal.ACTIVE)
    if picture := format_of(content):
        return redrawn_within(content, picture, package.pixels)
    ending = name.rpartition(".")[2]
    if package.is_docx and ending not in DOCX_ENDINGS:
        raise Refused(Refusal.ACTIVE)
    if name.endswith(".rels"):
        return markup.cleaned_relations(content)
    if ending in XML_ENDINGS or content.lstrip().startswith(XML_STARTS):
        return markup.cleaned_markup(content)
    return content


def _content(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    with packed.open(part) as opened:
        return opened.read(part.file_size + 1)
