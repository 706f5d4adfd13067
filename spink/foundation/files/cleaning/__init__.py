"""Files without what they tell of their makers, and without what does something when opened.

Who wrote them and where a picture was taken is taken away, as are scripts and templates of others;
what cannot be taken away without losing content refuses the file. Each kind is opened by a reader
of its own, so that a file which is not what it says is found out. What stands in the text itself
(names of those who commented or changed it) is not touched.
"""

from collections.abc import Callable
from typing import Final

from PIL import Image

from spink.foundation.files.cleaning.office import cleaned_office
from spink.foundation.files.cleaning.pdf import cleaned_pdf
from spink.foundation.files.cleaning.pictures import Pixels, redrawn
from spink.foundation.files.cleaning.refusing import Refusal, Refused
from spink.foundation.files.kinds import Kind, as_text

MOST_GIVEN_OUT: Final = 100_000_000

__all__ = ["Refusal", "Refused", "cleaned"]


def cleaned(data: bytes, kind: Kind) -> bytes:
    """The same document with nothing but its content. Raises Refused."""
    try:
        content = CLEANERS[kind](data)
    except Refused:
        raise
    except (Image.DecompressionBombError, MemoryError) as bomb:
        raise Refused(Refusal.UNFOLDS) from bomb
    except Exception as error:  # readers fail in as many ways as files are broken
        raise Refused(Refusal.UNREADABLE) from error
    if len(content) > MOST_GIVEN_OUT:
        raise Refused(Refusal.UNFOLDS)
    return content


def _text(data: bytes) -> bytes:
    text = as_text(data)
    if text is None:
        raise Refused(Refusal.UNREADABLE)
    return text.encode()


CLEANERS: dict[Kind, Callable[[bytes], bytes]] = {
    Kind.PDF: cleaned_pdf,
    Kind.DOCX: cleaned_office,
    Kind.ODT: cleaned_office,
    Kind.JPEG: lambda data: redrawn(data, "JPEG", Pixels()),
    Kind.PNG: lambda data: redrawn(data, "PNG", Pixels()),
    Kind.TXT: _text,
}
