"""Small documents of every kind, made where they are needed."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from PIL import Image, PngImagePlugin
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

DOCX_TYPES = (
    b'<Types><Override PartName="/word/document.xml" ContentType="application/'
    b'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def packed(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(*, author: str = "", more: Mapping[str, bytes] | None = None) -> bytes:
    return packed(
        {
            "[Content_Types].xml": DOCX_TYPES,
            "word/document.xml": b"<w:t>Hej</w:t>",
            "docProps/core.xml": f"<dc:creator>{author}</dc:creator>".encode(),
            "docProps/app.xml": f"<Company>{author}</Company>".encode(),
            **(more or {}),
        }
    )


def odt(*, author: str = "", more: Mapping[str, bytes] | None = None) -> bytes:
    return packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": b"<text:p>Hej</text:p>",
            "meta.xml": f"<dc:creator>{author}</dc:creator>".encode(),
            "Thumbnails/thumbnail.png": author.encode(),
            **(more or {}),
        }
    )


def jpeg(*, size: tuple[int, int] = (4, 4), **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, "JPEG", **options)
    return out.getvalue()


def png(*, mode: str = "RGB", text: str = "") -> bytes:
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", text)
    out = io.BytesIO()
    colour = (10, 20, 30, 40)[: len(mode)]
    Image.new(mode, (4, 4), colour).save(out, "PNG", pnginfo=told)
    return out.getvalue()


def pdf(*, pages: int = 1, author: str = "", xmp: bool = False) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(100, 100)
    writer.add_metadata({"/Author": author, "/Title": author})
    if xmp:
        told = DecodedStreamObject()
        told.set_data(f"<dc:creator>{author}</dc:creator>".encode())
        told[NameObject("/Type")] = NameObject("/Metadata")
        writer.root_object[NameObject("/Metadata")] = writer._add_object(told)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
