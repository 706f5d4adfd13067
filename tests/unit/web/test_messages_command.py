"""The command on a small project of its own."""

import io
from dataclasses import dataclass
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from pytest_django import Settings

from spink.web.management.commands.messages import Command
from spink.web.texts import compiled, places


@dataclass
class App:
    label: str
    path: str


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Path:
    for folder in ("spink/web", "providers/migrations", "templates/providers", "templates/errors"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "providers/a.py").write_text('_("Unit")')
    (tmp_path / "providers/migrations/b.py").write_text('_("never shown")')
    (tmp_path / "templates/providers/c.html").write_text('{% translate "Places" %}')
    (tmp_path / "templates/errors/404.html").write_text('{% translate "Not here" %}')
    configs = [App("web", f"{tmp_path}/spink/web"), App("providers", f"{tmp_path}/providers")]
    foreign = App("admin", f"{tmp_path}/elsewhere/admin")
    monkeypatch.setattr(apps, "get_app_configs", lambda: [*configs, foreign])
    settings.BASE_DIR = tmp_path
    return tmp_path


def po(project: Path, app: str) -> Path:
    return project / app / "locale/sv/LC_MESSAGES/django.po"


def translate(path: Path, **texts: str) -> None:
    catalogue = polib.pofile(str(path))
    for entry in catalogue:
        entry.msgstr = texts.get(entry.msgid.replace(" ", "_"), entry.msgstr)
    catalogue.save()


def run(*options: str) -> str:
    out = io.StringIO()
    call_command(Command(), *options, stdout=out, stderr=out)
    return out.getvalue()


def failure(*options: str) -> list[str]:
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command(Command(), *options, stdout=out, stderr=out)
    return out.getvalue().splitlines()


def test_texts_go_to_the_catalogue_of_their_app(project: Path) -> None:
    assert run() == "providers: 2 texts, 2 to translate\nweb: 1 texts, 1 to translate\n"
    assert [entry.msgid for entry in polib.pofile(str(po(project, "providers")))] == [
        "Places",
        "Unit",
    ]
    assert [entry.msgid for entry in polib.pofile(str(po(project, "spink/web")))] == ["Not here"]


def test_check_lists_what_lacks_a_translation(project: Path) -> None:
    run()
    translate(po(project, "providers"), Unit="Verksamhet")
    assert failure("--check") == [
        "providers/locale/sv/LC_MESSAGES/django.po: untranslated: 'Places'",
        "spink/web/locale/sv/LC_MESSAGES/django.po: untranslated: 'Not here'",
    ]


def test_check_passes_when_all_is_said(project: Path) -> None:
    run()
    translate(po(project, "providers"), Unit="Verksamhet", Places="Platser")
    translate(po(project, "spink/web"), Not_here="Finns inte")
    assert run("--check") == ""


def test_check_fails_on_a_new_and_a_gone_text(project: Path) -> None:
    run()
    translate(po(project, "providers"), Unit="Verksamhet", Places="Platser")
    translate(po(project, "spink/web"), Not_here="Finns inte")
    (project / "providers/a.py").write_text('_("House")')
    assert failure("--check") == [
        "providers/locale/sv/LC_MESSAGES/django.po: not in the catalogue: 'House'",
        "providers/locale/sv/LC_MESSAGES/django.po: no longer used: 'Unit'",
        "providers/locale/sv/LC_MESSAGES/django.po: untranslated: 'House'",
    ]


def test_check_fails_on_two_translations_of_one_text(project: Path) -> None:
    (project / "spink/web/d.py").write_text('_("Unit")')
    run()
    translate(po(project, "providers"), Unit="Verksamhet", Places="Platser")
    translate(po(project, "spink/web"), Not_here="Finns inte", Unit="Enhet")
    assert failure("--check") == [
        "spink/web/locale/sv/LC_MESSAGES/django.po: translated otherwise in another app: 'Unit'"
    ]


def test_check_changes_no_file(project: Path) -> None:
    failure("--check")
    assert not po(project, "providers").exists()


def test_compile_only_makes_files_and_reads_no_source(project: Path) -> None:
    run()
    before = po(project, "providers").read_bytes()
    po(project, "providers").with_suffix(".mo").unlink()
    (project / "providers/a.py").write_text('_("House")')
    assert run("--compile-only") == ""
    assert po(project, "providers").with_suffix(".mo").exists()
    assert po(project, "providers").read_bytes() == before


def test_stale_files_are_compiled_and_fresh_ones_left_alone(project: Path) -> None:
    run()
    fresh = po(project, "providers").with_suffix(".mo")
    missing = po(project, "spink/web").with_suffix(".mo")
    missing.unlink()
    before = fresh.stat().st_mtime_ns
    compiled.compile_stale()
    assert missing.exists()
    assert fresh.stat().st_mtime_ns == before


def test_one_app_alone_leaves_the_others_be(project: Path) -> None:
    assert run("web") == "web: 1 texts, 1 to translate\n"
    assert not po(project, "providers").exists()


def test_unknown_app_is_refused(project: Path) -> None:
    with pytest.raises(CommandError, match="no such app: elsewhere; there are providers, web"):
        run("elsewhere")


def test_apps_from_elsewhere_have_no_catalogue(project: Path) -> None:
    assert [catalogue.app for catalogue in places.catalogues()] == ["providers", "web"]
