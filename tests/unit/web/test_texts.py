"""Finding texts, merging them into a catalogue, and what makes the check fail."""

import gettext
from pathlib import Path

import polib
import pytest

from spink.web.texts import compiled, merged
from spink.web.texts.found import Text, in_python, in_template, texts_in


def test_python_texts_with_plural_and_context() -> None:
    source = """
from django.utils.translation import gettext as _, ngettext, pgettext, npgettext_lazy
_("Queue")
ngettext("%(n)d unit", "%(n)d units", n)
pgettext("rate", "a day")
npgettext_lazy("beds", "one free", "%d free")
_("")
other("not a text")
_(name)
"""
    assert set(in_python(source)) == {
        Text("Queue"),
        Text("%(n)d unit", "%(n)d units"),
        Text("a day", "", "rate"),
        Text("one free", "%d free", "beds"),
    }


def test_template_texts_however_they_stand() -> None:
    source = """
<div>
      {% translate "Log out" %} it's "quoted
   {% translate "Change" context "link" as word %}
  {% blocktranslate with a=b %}Shown {{ a }}.{% endblocktranslate %}
        {% blocktranslate count n=x %}one{% plural %}{{ n }} many{% endblocktranslate %}
    {% tag "new" _("New") %}{{ x|default:_("None") }}
{# translate "not this" #}
</div>
"""
    assert set(in_template(source)) == {
        Text("Log out"),
        Text("Change", "", "link"),
        Text("Shown %(a)s."),
        Text("one", "%(n)s many"),
        Text("New"),
        Text("None"),
    }


def test_file_is_read_by_its_kind(tmp_path: Path) -> None:
    page, code = tmp_path / "a.html", tmp_path / "a.py"
    page.write_text('{% translate "Åter" %}', "utf-8")
    code.write_text('_("Fram")', "utf-8")
    assert [*texts_in(page), *texts_in(code)] == [Text("Åter"), Text("Fram")]


def catalogue(**translated: str) -> polib.POFile:
    po = polib.POFile()
    for text, said in translated.items():
        po.append(polib.POEntry(msgid=text, msgstr=said))
    return po


def test_merge_keeps_translations_and_drops_what_is_gone() -> None:
    old = catalogue(Queue="Arbetskö", Gone="Borta")
    new = merged.merge(old, {Text("Queue"): ["b.py", "a.py", "a.py"], Text("New"): ["a.py"]}, {})
    assert [(entry.msgid, entry.msgstr, entry.occurrences) for entry in new] == [
        ("New", "", [("a.py", "")]),
        ("Queue", "Arbetskö", [("a.py", ""), ("b.py", "")]),
    ]


def test_merge_takes_a_translation_that_another_app_has() -> None:
    new = merged.merge(polib.POFile(), {Text("Cancel"): ["a.py"]}, {Text("Cancel"): "Avbryt"})
    assert new[0].msgstr == "Avbryt"


def test_same_text_in_another_context_is_another_text() -> None:
    old = catalogue(Open="Öppen")
    new = merged.merge(old, {Text("Open"): ["a"], Text("Open", "", "verb"): ["a"]}, {})
    assert [(entry.msgctxt, entry.msgstr) for entry in new] == [(None, "Öppen"), ("verb", "")]


def test_merge_twice_changes_nothing(tmp_path: Path) -> None:
    found = {Text("one", "%(n)s many"): ["a.html"], Text("a day", "", "rate"): ["a.py"]}
    path = tmp_path / "django.po"
    merged.merge(merged.load(path), found, {}).save(str(path))
    first = path.read_bytes()
    merged.merge(merged.load(path), found, {}).save(str(path))
    assert path.read_bytes() == first


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (polib.POEntry(msgid="Queue", msgstr="Kö"), []),
        (polib.POEntry(msgid="Queue", msgstr=""), ["untranslated: 'Queue'"]),
        (polib.POEntry(msgid="Queue", msgstr="Kö", flags=["fuzzy"]), ["fuzzy: 'Queue'"]),
        (
            polib.POEntry(msgid="in %(days)s", msgstr="om %(day)s"),
            ["other placeholders than the text: 'in %(days)s'"],
        ),
        (
            polib.POEntry(msgid="a", msgid_plural="%(n)s b", msgstr_plural={0: "a", 1: ""}),
            ["untranslated: 'a'"],
        ),
        (
            polib.POEntry(msgid="a", msgid_plural="%(n)s b", msgstr_plural={0: "en", 1: "%(n)s"}),
            [],
        ),
    ],
)
def test_faults_of_an_entry(entry: polib.POEntry, fault: list[str]) -> None:
    po = polib.POFile()
    po.append(entry)
    assert list(merged.faults(po)) == fault


def test_difference_tells_new_and_gone() -> None:
    lines = list(merged.difference(catalogue(Old="G"), catalogue(New="N")))
    assert lines == ["not in the catalogue: 'New'", "no longer used: 'Old'"]


def test_compiled_catalogue_answers_in_swedish(tmp_path: Path) -> None:
    po = merged.merge(
        polib.POFile(), {Text("one", "many"): ["a"], Text("Queue"): ["a"]}, {Text("Queue"): "Kö"}
    )
    next(entry for entry in po if entry.msgid_plural).msgstr_plural = {0: "en", 1: "flera"}
    po.save(str(tmp_path / "django.po"))
    compiled.compile_one(tmp_path / "django.po")
    with (tmp_path / "django.mo").open("rb") as file:
        said = gettext.GNUTranslations(file)
    assert said.gettext("Queue") == "Kö"
    assert [said.ngettext("one", "many", count) for count in (1, 2)] == ["en", "flera"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["django.mo", "django.po"]
