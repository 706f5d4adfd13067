"""Pictures without what their cameras tell: drawn anew, or without the parts that hold it."""

import io
from dataclasses import dataclass
from typing import Any, Final

from PIL import Image, ImageOps

from spink.foundation.files.cleaning.refusing import Refusal, Refused

MOST_PIXELS: Final = 60_000_000
JPEG_QUALITY: Final = 92
STARTS: Final = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF8", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"BM", "BMP"),
)
MODES: Final = {
    "JPEG": ("RGB", "L"),
    "PNG": ("RGB", "RGBA", "L", "LA", "P", "1"),
    "GIF": ("RGB", "RGBA", "L", "P"),
    "TIFF": ("RGB", "RGBA", "L", "1"),
    "BMP": ("RGB", "L", "1"),
    "WEBP": ("RGB", "RGBA"),
}
OPTIONS: Final[dict[str, dict[str, Any]]] = {
    "JPEG": {"quality": JPEG_QUALITY},
    "TIFF": {"compression": "tiff_lzw"},
}
SHOWS_NOTHING: Final = (range(0xE1, 0xE2), range(0xE3, 0xEE), range(0xEF, 0xF0), range(0xFE, 0xFF))
"""JPEG's segments of applications and comments, but those that say how colours are meant."""


@dataclass(slots=True)
class Pixels:
    """How much more of one file may be drawn, by what its pictures say before they are decoded."""

    left: int = MOST_PIXELS

    def take(self, picture: Image.Image) -> None:
        self.left -= picture.width * picture.height
        if self.left < 0:
            raise Refused(Refusal.UNFOLDS)


def format_of(content: bytes) -> str | None:
    """The picture's format by its first bytes, whatever it is called."""
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "WEBP"
    return next((name for start, name in STARTS if content.startswith(start)), None)


def redrawn(data: bytes, name: str, pixels: Pixels) -> bytes:
    """Drawn anew, turned as its camera said, without anything else that it said."""
    with Image.open(io.BytesIO(data), formats=[name]) as opened:
        pixels.take(opened)
        turned = ImageOps.exif_transpose(opened)
        modes = MODES[name]
        plain = turned if turned.mode in modes else turned.convert(modes[0])
        bare = Image.new(plain.mode, plain.size)
        if plain.mode == "P" and plain.palette is not None:
            bare.putpalette(plain.palette)
        bare.paste(plain)
        options = OPTIONS.get(name, {})
        if plain.mode == "P" and "transparency" in plain.info:
            options = {**options, "transparency": plain.info["transparency"]}
        out = io.BytesIO()
        bare.save(out, name, **options)
    return out.getvalue()


def redrawn_within(content: bytes, name: str, pixels: Pixels) -> bytes:
    """One that cannot be read, since it is cut or broken, is shown as far as it goes, or not."""
    try:
        return redrawn(content, name, pixels)
    except (OSError, ValueError, SyntaxError):
        return bare_jpeg(content) if name == "JPEG" else b""


def bare_jpeg(data: bytes) -> bytes:
    """The same picture, bit for bit, without the segments that tell of it; empty for what is none.

    Everything from the first scan on is the picture; what follows its end is left out.
    """
    kept, at = [b"\xff\xd8"], 2
    while data[at : at + 1] == b"\xff" and len(data) >= at + 4:
        if data[at + 1] == 0xFF:  # a marker may begin by as many of them as one likes
            at += 1
            continue
        marker, end = data[at + 1], at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xDA:
            picture, mark, _behind = data[at:].partition(b"\xff\xd9")
            return b"".join(kept) + (picture + mark if mark else data[at:])
        if not any(marker in told for told in SHOWS_NOTHING):
            kept.append(data[at:end])
        at = end
    return b""
