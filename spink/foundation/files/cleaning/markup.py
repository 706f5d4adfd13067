"""The XML of office documents: what in it runs, fetches or holds something else than text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from xml.sax.handler import ContentHandler
from xml.sax.saxutils import quoteattr
from xml.sax.xmlreader import AttributesImpl

from defusedxml.sax import parseString

from spink.foundation.files.cleaning.refusing import Refusal, Refused

RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
TEMPLATE: Final = "attachedtemplate"
USES_TEMPLATE: Final = re.compile(rb"<(?:\w+:)?attachedTemplate\b[^<>]*/>")
MACRO_RELATIONS: Final = {"vbaproject", "wordvbadata", "keymapcustomizations", "attachedtoolbars"}
ACTIVE_RELATIONS: Final = {
    "oleobject", "package", "control", "activexcontrolbinary", "afchunk", "subdocument", "frame",
    "extensibility", "webextension", "webextensiontaskpanes", "externallink", "mailmergesource",
    "mailmergeheadersource",
}  # fmt: skip
MACRO_TYPES: Final = re.compile(r"vbaProject|vbaData|macroEnabled", re.IGNORECASE)
ACTIVE_TYPES: Final = re.compile(r"oleObject|activeX|control\+xml", re.IGNORECASE)
ACTIVE_ELEMENTS: Final = {
    "OLEObject", "altChunk", "subDoc", "connectString",  # Word
    "object-ole", "plugin", "applet", "floating-frame", "event-listener", "dde-connection-decl",
    "dde-source", "connection-resource", "script",  # OpenDocument
}  # fmt: skip
LINKED: Final = {"a", "shape", "rect", "roundrect", "oval", "line", "group"}
"""What is followed when it is pressed; by all others an address is fetched."""
LINK: Final = re.compile(r"\s*(https?:|mailto:|tel:)", re.IGNORECASE)
ELSEWHERE: Final = re.compile(r"\s*([a-z][a-z0-9+.-]*:|//|\\\\|/\\|\\/)", re.IGNORECASE)
ACTIVE_FIELD: Final = re.compile(
    r"\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|DATABASE|RD)\b"
    r'|\s*QUOTE\s+"?\d|\s*HYPERLINK\s+"?(file:|\\\\)',
    re.IGNORECASE,
)
FIELD_SAYS_WHAT_IT_IS: Final = re.compile(r"\s*(=|\S+\s)")
OUTSIDE: Final = ' TargetMode="External"'
IS_RESULT: Final = "= "
LEADS_NOWHERE: Final = "about:blank"


@dataclass(frozen=True, slots=True)
class Relation:
    id: str
    type: str
    target: str
    is_external: bool

    @property
    def kind(self) -> str:
        return self.type.rpartition("/")[2].lower()


def relations(content: bytes) -> list[Relation]:
    found = _Relations()
    parseString(content, found)
    return found.found


def cleaned_relations(content: bytes) -> bytes:
    """Written anew: links of the web stay, a template somewhere else goes, all else refuses."""
    kept = [_checked(one) for one in relations(content) if one.kind != TEMPLATE]
    return _written(kept).encode()


def cleaned_markup(content: bytes) -> bytes:
    """As it came but for its template. Raises Refused."""
    looked = _Looked()
    parseString(content, looked)
    looked.check_open_fields()
    return USES_TEMPLATE.sub(b"", content)


def _checked(one: Relation) -> Relation:
    if one.kind in MACRO_RELATIONS:
        raise Refused(Refusal.MACROS)
    if one.kind in ACTIVE_RELATIONS:
        raise Refused(Refusal.ACTIVE)
    if one.kind == "hyperlink":
        follows = not ELSEWHERE.match(one.target) or LINK.match(one.target)
        return one if follows else Relation(one.id, one.type, LEADS_NOWHERE, one.is_external)
    if one.is_external or ELSEWHERE.match(one.target):
        raise Refused(Refusal.ACTIVE)
    return one


def _written(kept: Iterable[Relation]) -> str:
    rows = (
        f"<Relationship Id={quoteattr(one.id)} Type={quoteattr(one.type)}"
        f" Target={quoteattr(one.target)}{OUTSIDE if one.is_external else ''}/>"
        for one in kept
    )
    declared = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{declared}<Relationships xmlns="{RELATIONS}">{"".join(rows)}</Relationships>'


def _check_type(content_type: str) -> None:
    if MACRO_TYPES.search(content_type):
        raise Refused(Refusal.MACROS)
    if ACTIVE_TYPES.search(content_type):
        raise Refused(Refusal.ACTIVE)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


class _Relations(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Relation] = []

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 - SAX's name
        if _local(name) == "Relationship":
            given = {_local(key): value for key, value in attrs.items()}
            external = given.get("TargetMode", "").strip().lower() == "external"
            target = given.get("Target", "")
            self.found.append(
                Relation(given.get("Id", ""), given.get("Type", "").strip(), target, external)
            )


class _Looked(ContentHandler):
    """Raises Refused by the first thing that a document of text has no need of."""

    def __init__(self) -> None:
        super().__init__()
        self._fields: list[str] = []
        """The instructions of fields that are open, outermost first."""
        self._in_instruction = False

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 - SAX's name
        local = _local(name)
        given = {_local(key): value for key, value in attrs.items()}
        if local == "encryption-data":
            raise Refused(Refusal.LOCKED)
        if local in ACTIVE_ELEMENTS:
            raise Refused(Refusal.ACTIVE)
        if local in {"Override", "Default"}:
            _check_type(given.get("ContentType", ""))
        self._check_addresses(local, given)
        self._in_instruction = local == "instrText"
        if local == "fldSimple":
            self._open_field()
            self._check(given.get("instr", ""))
        elif local == "fldChar":
            self._field(given.get("fldCharType", ""))

    def characters(self, content: str) -> None:
        if self._in_instruction and self._fields:
            self._fields[-1] += content

    def endElement(self, _name: str) -> None:  # noqa: N802 - SAX's name
        self._in_instruction = False

    def check_open_fields(self) -> None:
        for instruction in self._fields:
            self._check(instruction)

    def _check_addresses(self, local: str, given: dict[str, str]) -> None:
        for key in ("href", "src"):
            address = given.get(key, "")
            pressed = key == "href" and local in LINKED and LINK.match(address)
            if ELSEWHERE.match(address) and not pressed:
                raise Refused(Refusal.ACTIVE)

    def _field(self, step: str) -> None:
        if step == "begin":
            self._open_field()
            self._fields.append("")
        elif step == "separate" and self._fields:
            self._check(self._fields[-1])
            self._fields[-1] = IS_RESULT
        elif step == "end" and self._fields:
            self._check(self._fields.pop())

    def _open_field(self) -> None:
        """A field within another's name would say later what that other one does."""
        if self._fields and not FIELD_SAYS_WHAT_IT_IS.match(self._fields[-1]):
            raise Refused(Refusal.ACTIVE)

    def _check(self, instruction: str) -> None:
        if ACTIVE_FIELD.match(instruction):
            raise Refused(Refusal.ACTIVE)
