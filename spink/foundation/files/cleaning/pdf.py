"""PDFs: pages and forms stay; scripts, actions and what is told of the maker go."""

import io
from collections.abc import Iterator
from typing import Any, Final

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

from spink.foundation.files.cleaning.pictures import bare_jpeg
from spink.foundation.files.cleaning.refusing import Refusal, Refused

NEVER: Final = (
    "/Metadata", "/PieceInfo", "/OpenAction", "/AA", "/JS", "/JavaScript", "/XFA", "/AF",
    "/Requirements",
)  # fmt: skip
"""What no dictionary of a document keeps: told of the maker, run by itself, or fetched."""
OTHER_FILES: Final = ("/EF", "/EmbeddedFiles", "/Collection", "/RichMediaContent")
ACTIVE_NOTES: Final = {"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"}
TURNS: Final = {"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"}
LINKS: Final = ("https://", "http://", "mailto:", "tel:")


def cleaned_pdf(data: bytes) -> bytes:
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        raise Refused(Refusal.LOCKED)
    writer = PdfWriter(clone_from=reader)
    writer.metadata = None
    _check_form(writer.root_object)
    writer.root_object.pop(NameObject("/URI"), None)
    for one in _dictionaries(writer):
        _disarm(one)
    writer.compress_identical_objects(remove_unreferenced=True)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _check_form(root: DictionaryObject) -> None:
    """A form made by XFA alone shows nothing without it."""
    form = _within(root, "/AcroForm")
    is_all = bool(root.get("/NeedsRendering")) or not _resolved(form.get("/Fields"))
    if "/XFA" in form and is_all:
        raise Refused(Refusal.ACTIVE)


def _dictionaries(writer: PdfWriter) -> Iterator[DictionaryObject]:
    """All of them, those that lie within others too."""
    waiting: list[Any] = list(writer._objects)
    while waiting:
        one = waiting.pop()
        if isinstance(one, DictionaryObject):
            yield one
            waiting += one.values()
        elif isinstance(one, ArrayObject):
            waiting += one


def _disarm(one: DictionaryObject) -> None:
    if any(key in one for key in OTHER_FILES) or _resolved(one.get("/Subtype")) in ACTIVE_NOTES:
        raise Refused(Refusal.ACTIVE)
    for key in NEVER:
        one.pop(NameObject(key), None)
    for key in ("/A", "/PA"):
        action = _within(one, key)
        if "/S" in action and not _is_harmless(action):
            one.pop(NameObject(key))
        else:
            action.pop(NameObject("/Next"), None) if "/S" in action else None
    if isinstance(one, StreamObject):
        _disarm_stream(one)


def _disarm_stream(one: StreamObject) -> None:
    """Its content is its own, and a camera's picture says nothing of the camera."""
    for key in ("/F", "/FFilter", "/FDecodeParms", "/Ref", "/OPI"):
        one.pop(NameObject(key), None)
    filters = _resolved(one.get("/Filter"))
    names = filters if isinstance(filters, ArrayObject) else [filters]
    if names[-1:] != ["/DCTDecode"]:
        return
    if len(names) > 1:
        one._data = one.get_data()
        one.pop(NameObject("/DecodeParms"), None)
    one._data = bare_jpeg(one._data) or one._data
    one[NameObject("/Filter")] = NameObject("/DCTDecode")


def _is_harmless(action: DictionaryObject) -> bool:
    """It goes to another place of the document, or to a page of the web when it is pressed."""
    kind = _resolved(action["/S"])
    if kind == "/URI":
        return str(_resolved(action.get("/URI"))).lower().strip().startswith(LINKS)
    return kind == "/GoTo" or (kind == "/Named" and _resolved(action.get("/N")) in TURNS)


def _within(one: DictionaryObject, key: str) -> DictionaryObject:
    found = _resolved(one.get(key))
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _resolved(value: Any) -> Any:
    return None if value is None else value.get_object()
