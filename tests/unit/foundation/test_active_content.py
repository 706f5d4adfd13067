"""What does something when a document is opened: taken away, or the document is refused."""

import io
import zipfile

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from spink.foundation.files.cleaning import Refusal, Refused, cleaned
from spink.foundation.files.cleaning.pictures import bare_jpeg
from spink.foundation.files.kinds import Kind
from tests.support.documents import docx, jpeg, odt, packed, pdf

SECRET = b"Kanariefotograf"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "word/_rels/document.xml.rels"


def relation(kind: str, target: str, *, mode: str = "External") -> bytes:
    return (
        f'<Relationships><Relationship Id="r1" Type="{OFFICE}/{kind}" Target="{target}"'
        f' TargetMode="{mode}"/></Relationships>'
    ).encode()


def instruction(*texts: str) -> bytes:
    runs = "".join(f"<w:instrText>{text}</w:instrText>" for text in texts)
    return (
        f'<w:p><w:fldChar w:fldCharType="begin"/>{runs}<w:fldChar w:fldCharType="separate"/>'
        f'<w:fldChar w:fldCharType="end"/></w:p>'
    ).encode()


WORD = {
    "picture from elsewhere": {RELS: relation("image", "https://elak.example/1.png")},
    "picture of a share": {RELS: relation("image", "\\\\elak\\s\\1.png", mode="Internal")},
    "object": {RELS: relation("oleObject", "embeddings/oleObject1.bin", mode="Internal")},
    "sheet": {"word/embeddings/tabell.xlsx": packed({"a": b""})},
    "sheet by another name": {"word/media/bild.xml": packed({"a": b""})},
    "other document": {RELS: relation("aFChunk", "del.htm", mode="Internal")},
    "add-in": {"_rels/.rels": relation("ui/extensibility", "customUI/ui.xml", mode="Internal")},
    "control": {"word/activeX/activeX1.bin": b"x"},
    "control's mark": {"word/x.xml": b"<w:object><o:OLEObject/></w:object>"},
    "DDE": {"word/x.xml": instruction("DD", "EAUTO c:\\\\cmd.exe")},
    "DDE, simple": {"word/x.xml": b'<w:fldSimple w:instr=" dde cmd "/>'},
    "field made by another": {
        "word/x.xml": instruction("D").replace(
            b"</w:instrText>", b"</w:instrText>" + instruction("x")
        )
    },
    "fetched text": {"word/x.xml": instruction(' INCLUDETEXT "https://elak.example"')},
    "page within": {"word/x.xml": b'<v:imagedata src="file://elak/1.png"/>'},
    "mail merge": {"word/x.xml": b'<w:connectString w:val="Provider"/>'},
}


@pytest.mark.parametrize("parts", WORD.values(), ids=WORD)
def test_word_document_that_does_something_is_refused(parts: dict[str, bytes]) -> None:
    with pytest.raises(Refused) as refused:
        cleaned(docx(more=parts), Kind.DOCX)
    assert refused.value.reason is Refusal.ACTIVE


@pytest.mark.parametrize(
    "parts",
    [
        {"word/bild.xml": b"\xd0\xcf\x11\xe0\xa1\xb1"},
        {RELS: relation("vbaProject", "harmlos.xml", mode="Internal")},
        {"[Content_Types].xml.xml": b'<Types><Override ContentType="a.macroEnabled"/></Types>'},
    ],
)
def test_macros_by_another_name_are_refused(parts: dict[str, bytes]) -> None:
    with pytest.raises(Refused) as refused:
        cleaned(docx(more=parts), Kind.DOCX)
    assert refused.value.reason in {Refusal.MACROS, Refusal.ACTIVE}


OPEN_DOCUMENT = {
    "picture from elsewhere": b'<draw:image xlink:href="https://elak.example/1.png"/>',
    "section of a share": b'<text:section-source xlink:href="//elak/s/1.odt"/>',
    "script pressed": b'<text:a xlink:href="vnd.sun.star.script:x?language=Basic"/>',
    "script by itself": b"<office:scripts><script:event-listener/></office:scripts>",
    "object": b"<draw:object-ole/>",
    "frame": b"<draw:floating-frame/>",
    "DDE": b"<text:dde-connection-decl/>",
}


@pytest.mark.parametrize("content", OPEN_DOCUMENT.values(), ids=OPEN_DOCUMENT)
def test_open_document_that_does_something_is_refused(content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        cleaned(odt(more={"styles.xml": content}), Kind.ODT)
    assert refused.value.reason is Refusal.ACTIVE


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        b"<a><b></a>",
    ],
)
def test_markup_that_unfolds_fetches_or_breaks_is_refused(content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        cleaned(docx(more={"word/x.xml": content}), Kind.DOCX)
    assert refused.value.reason is Refusal.UNREADABLE


def test_two_parts_of_one_name_are_refused() -> None:
    with pytest.raises(Refused) as refused:
        cleaned(docx(more={"Word/document.xml": b"<a/>"}), Kind.DOCX)
    assert refused.value.reason is Refusal.UNREADABLE


def test_encrypted_open_document_is_told_as_locked() -> None:
    manifest = {"META-INF/manifest.xml": b"<m:file-entry><m:encryption-data/></m:file-entry>"}
    with pytest.raises(Refused) as refused:
        cleaned(odt(more=manifest), Kind.ODT)
    assert refused.value.reason is Refusal.LOCKED


def test_word_document_keeps_links_and_fields_and_loses_its_template_and_people() -> None:
    contents = instruction(' TOC \\o "1-3" ').replace(
        b'w:fldCharType="separate"/>', b'w:fldCharType="separate"/>' + instruction("PAGEREF a")
    )
    parts = {
        "word/_rels/settings.xml.rels": relation("attachedTemplate", "file:///C:/Users/kim/x.dotm"),
        "word/settings.xml": b'<w:settings><w:attachedTemplate r:id="r1"/><w:zoom/></w:settings>',
        RELS: relation("hyperlink", "https://goteborg.se/?a=1&amp;b=2"),
        "word/_rels/footnotes.xml.rels": relation("hyperlink", "file://elak/s"),
        "word/toc.xml": contents,
        "word/people.xml": b"<w15:people>Kanariefotograf</w15:people>",
        "_rels/.rels": relation("metadata/core-properties", "docProps/annat.xml", mode="Internal"),
        "docProps/annat.xml": b"<dc:creator>Kanariefotograf</dc:creator>",
    }
    out = zipfile.ZipFile(io.BytesIO(cleaned(docx(more=parts), Kind.DOCX)))
    left = {name: out.read(name) for name in out.namelist()}
    assert [name for name, content in left.items() if SECRET in content] == []
    assert left["word/settings.xml"] == b"<w:settings><w:zoom/></w:settings>"
    assert b"Users/kim" not in left["word/_rels/settings.xml.rels"]
    assert b'Target="https://goteborg.se/?a=1&amp;b=2"' in left[RELS]
    assert b'Target="about:blank"' in left["word/_rels/footnotes.xml.rels"]
    assert left["word/toc.xml"] == contents


def with_maker(name: str) -> bytes:
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = SECRET.decode()
    Image.new("RGB", (64, 64), "teal").save(out, name, exif=exif)
    assert SECRET in out.getvalue()
    return out.getvalue()


PICTURES = {
    "by a name that lies": ("word/media/1.emf", with_maker("JPEG")),
    "cut": ("word/media/1.jpg", with_maker("JPEG")[:-40]),
    "cut, of the other kind": ("word/media/1.png", with_maker("PNG")[:-40]),
    "TIFF": ("word/media/1.tif", with_maker("TIFF")),
}


@pytest.mark.parametrize(("name", "content"), PICTURES.values(), ids=PICTURES)
def test_picture_within_says_nothing_whatever_it_is_called(name: str, content: bytes) -> None:
    out = cleaned(docx(more={name: content}), Kind.DOCX)
    assert SECRET not in zipfile.ZipFile(io.BytesIO(out)).read(name)


def armed(**more: object) -> bytes:
    """A PDF with what is given in its root, and a script behind a link of its page."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    for key, value in more.items():
        writer.root_object[NameObject(f"/{key}")] = value
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def dictionary(**values: object) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in values.items()})


def name(text: str) -> NameObject:
    return NameObject(f"/{text}")


SCRIPT = dictionary(S=name("JavaScript"), JS=TextStringObject("app.alert(1)"))


def test_pdf_loses_what_runs_by_itself() -> None:
    names = dictionary(JavaScript=dictionary(Names=ArrayObject([TextStringObject("a"), SCRIPT])))
    form = dictionary(Fields=ArrayObject([NumberObject(1)]), XFA=TextStringObject("xdp"))
    given = armed(OpenAction=SCRIPT, AA=dictionary(WC=SCRIPT), Names=names, AcroForm=form)
    out = cleaned(given.replace(b"/JavaScript", b"/J#61vaScript"), Kind.PDF)
    words = (b"/JS", b"JavaScript", b"/OpenAction", b"/AA", b"/XFA", b"app.alert")
    assert [word for word in words if word in out] == []
    assert len(PdfReader(io.BytesIO(out)).pages) == 1


@pytest.mark.parametrize(
    ("action", "stays"),
    [
        (SCRIPT, False),
        (dictionary(S=name("Launch"), F=TextStringObject("cmd.exe")), False),
        (dictionary(S=name("GoToR"), F=TextStringObject("\\\\elak\\s")), False),
        (dictionary(S=name("SubmitForm"), F=TextStringObject("https://elak.example")), False),
        (dictionary(S=name("URI"), URI=TextStringObject("javascript:alert(1)")), False),
        (dictionary(S=name("URI"), URI=TextStringObject("https://goteborg.se")), True),
        (dictionary(S=name("Named"), N=name("NextPage"), Next=SCRIPT), True),
    ],
)
def test_link_of_a_pdf_leads_to_pages_alone(action: DictionaryObject, stays: bool) -> None:
    link = dictionary(Type=name("Annot"), Subtype=name("Link"), A=action)
    out = cleaned(armed(Kept=ArrayObject([link])), Kind.PDF)
    kept = PdfReader(io.BytesIO(out)).trailer["/Root"]["/Kept"][0]
    assert ("/A" in kept, b"/Next" in out) == (stays, b"NextPage" in out)
    assert b"app.alert" not in out


@pytest.mark.parametrize(
    "parts",
    [
        {"Names": dictionary(EmbeddedFiles=dictionary(Names=ArrayObject()))},
        {"Collection": dictionary()},
        {"Kept": ArrayObject([dictionary(Subtype=name("FileAttachment"))])},
        {"Kept": ArrayObject([dictionary(Subtype=name("RichMedia"))])},
        {"AcroForm": dictionary(Fields=ArrayObject(), XFA=TextStringObject("xdp"))},
    ],
)
def test_pdf_that_holds_something_else_than_pages_is_refused(parts: dict[str, object]) -> None:
    with pytest.raises(Refused) as refused:
        cleaned(armed(**parts), Kind.PDF)
    assert refused.value.reason is Refusal.ACTIVE


def test_photograph_in_a_pdf_loses_what_its_camera_told() -> None:
    out = io.BytesIO()
    with Image.open(io.BytesIO(with_maker("JPEG"))) as picture:
        picture.save(out, "PDF")
    reader = PdfReader(io.BytesIO(out.getvalue()))
    writer = PdfWriter(clone_from=reader)
    image = writer.pages[0]["/Resources"]["/XObject"]["/image"].get_object()
    image._data = with_maker("JPEG")
    armed_out = io.BytesIO()
    writer.write(armed_out)
    assert SECRET in armed_out.getvalue()
    left = cleaned(armed_out.getvalue(), Kind.PDF)
    assert SECRET not in left
    shown = PdfReader(io.BytesIO(left)).pages[0].images[0].image
    assert shown is not None
    assert shown.size == (64, 64)


def test_bare_picture_is_the_same_picture() -> None:
    given = jpeg(size=(20, 20), comment=SECRET)
    with Image.open(io.BytesIO(given)) as before, Image.open(io.BytesIO(bare_jpeg(given))) as after:
        assert before.tobytes() == after.tobytes()
