from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from spink.web.texts import compiled, merged
from spink.web.texts.found import Text, texts_in
from spink.web.texts.places import Catalogue, catalogues


class Command(BaseCommand):
    help = "Find the texts of code and templates, merge them into the catalogues and compile these."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("apps", nargs="*", metavar="app", help="only these; else all")
        mode = parser.add_mutually_exclusive_group()
        mode.add_argument("--compile-only", action="store_true", help="only make the .mo files")
        mode.add_argument(
            "--check", action="store_true", help="fail on texts that lack a translation"
        )

    def handle(self, *, apps: list[str], compile_only: bool, check: bool, **options: Any) -> None:
        chosen = _chosen(apps)
        if check:
            self._check(chosen)
        elif compile_only:
            self._compile(chosen)
        else:
            self._merge(chosen)
            self._compile(chosen)

    def _compile(self, chosen: list[Catalogue]) -> None:
        for catalogue in chosen:
            if catalogue.path.exists():
                compiled.compile_one(catalogue.path)

    def _merge(self, chosen: list[Catalogue]) -> None:
        shared = translations()
        for catalogue in chosen:
            new = merged.merge(merged.load(catalogue.path), found_in(catalogue), shared)
            if len(new):
                catalogue.path.parent.mkdir(parents=True, exist_ok=True)
                new.save(str(catalogue.path))
            missing = sum(1 for _ in merged.faults(new))
            self.stdout.write(f"{catalogue.app}: {len(new)} texts, {missing} to translate")

    def _check(self, chosen: list[Catalogue]) -> None:
        problems = list(problems_of(chosen))
        for problem in problems:
            self.stderr.write(problem)
        if problems:
            raise CommandError(f"{len(problems)} texts; run `python manage.py messages`")


def _chosen(apps: list[str]) -> list[Catalogue]:
    known = {catalogue.app: catalogue for catalogue in catalogues()}
    if unknown := [app for app in apps if app not in known]:
        raise CommandError(f"no such app: {', '.join(unknown)}; there are {', '.join(known)}")
    return [known[app] for app in apps or known]


def found_in(catalogue: Catalogue) -> dict[Text, list[str]]:
    """Each text with the files where it stands, as paths from the root of the project."""
    found: dict[Text, list[str]] = defaultdict(list)
    for path in catalogue.sources:
        for text in texts_in(path):
            found[text].append(path.relative_to(settings.BASE_DIR).as_posix())
    return found


def translations() -> dict[Text, str]:
    """What any app has translated already."""
    known: dict[Text, str] = {}
    for catalogue in catalogues():
        for entry in merged.load(catalogue.path).translated_entries():
            known.setdefault(merged.key_of(entry), entry.msgstr)
    return known


def problems_of(places: list[Catalogue]) -> Iterator[str]:
    first: dict[Text, polib.POEntry] = {}
    for catalogue in places:
        old = merged.load(catalogue.path)
        new = merged.merge(merged.load(catalogue.path), found_in(catalogue), {})
        lines = [*merged.difference(old, new), *merged.faults(new), *_contradictions(new, first)]
        yield from (f"{_name(catalogue.path)}: {line}" for line in dict.fromkeys(lines))


def _contradictions(catalogue: polib.POFile, first: dict[Text, polib.POEntry]) -> Iterator[str]:
    """Two apps' translations of one text: only one of them would ever be seen."""
    for entry in catalogue:
        other = first.setdefault(merged.key_of(entry), entry)
        if (other.msgstr, other.msgstr_plural) != (entry.msgstr, entry.msgstr_plural):
            yield f"translated otherwise in another app: {entry.msgid!r}"


def _name(path: Path) -> str:
    return path.relative_to(settings.BASE_DIR).as_posix()
