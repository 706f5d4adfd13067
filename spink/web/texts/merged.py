"""A catalogue brought up to date with the texts that were found, and what it still lacks."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import polib

from spink.web.texts.found import Text

HEADER = {
    "Project-Id-Version": "Spink",
    "Language": "sv",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
WIDTH = 100
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def load(path: Path) -> polib.POFile:
    if path.exists():
        return polib.pofile(str(path), wrapwidth=WIDTH)
    return polib.POFile(wrapwidth=WIDTH)


def merge(
    known: polib.POFile, found: Mapping[Text, Iterable[str]], elsewhere: Mapping[Text, str]
) -> polib.POFile:
    """The found texts with their places, each with the translation that it had.

    A new text takes over the translation that another app has given it. Texts that are no longer
    found are left out.
    """
    entries = {key_of(entry): entry for entry in known if not entry.obsolete}
    merged = polib.POFile(wrapwidth=WIDTH)
    merged.metadata = dict(HEADER)
    for text in sorted(found):
        entry = entries.get(text) or _new(text, elsewhere.get(text, ""))
        entry.occurrences = [(place, "") for place in sorted(set(found[text]))]
        entry.flags = [flag for flag in entry.flags if flag == "fuzzy"]
        entry.comment = ""
        merged.append(entry)
    return merged


def _new(text: Text, translation: str) -> polib.POEntry:
    entry = polib.POEntry(msgid=text.text, msgctxt=text.context or None)
    if text.plural:
        entry.msgid_plural = text.plural
        entry.msgstr_plural = {0: "", 1: ""}
    else:
        entry.msgstr = translation
    return entry


def key_of(entry: polib.POEntry) -> Text:
    return Text(entry.msgid, entry.msgid_plural or "", entry.msgctxt or "")


def faults(catalogue: polib.POFile) -> Iterator[str]:
    """A line for each text that a reader would meet untranslated or wrongly translated."""
    for entry in catalogue:
        if fault := _fault(entry):
            yield f"{fault}: {entry.msgid!r}"


def _fault(entry: polib.POEntry) -> str:
    if entry.fuzzy:
        return "fuzzy"
    given = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not all(given):
        return "untranslated"
    if _placeholders(given[-1]) != _placeholders(entry.msgid_plural or entry.msgid):
        return "other placeholders than the text"
    return ""


def _placeholders(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text))


def difference(old: polib.POFile, new: polib.POFile) -> Iterator[str]:
    """What a merge would add, leave out or place elsewhere."""
    before, after = ({key_of(e): e for e in po if not e.obsolete} for po in (old, new))
    yield from (f"not in the catalogue: {text.text!r}" for text in sorted(after.keys() - before))
    yield from (f"no longer used: {text.text!r}" for text in sorted(before.keys() - after))
