"""What no page may hold, whoever writes it: the content security policy would refuse it."""

import re
from pathlib import Path

import pytest
from django.template import loader

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STYLES = sorted((ROOT / "static" / "spink").glob("*.css"))
SCRIPTS = sorted((ROOT / "static" / "spink").glob("*.js"))

FORBIDDEN = {
    "style attribute": r"<[^>]*\sstyle\s*=",
    "style element": r"<style\b",
    "script without an address": r"<script(?![^>]*\ssrc=)[^>]*>",
    "event handler": r"<[^>]*\son[a-z]+\s*=",
    "address that is a script": r"javascript:",
    "code for htmx to run": r"\shx-(on|vals=.js:|vars)",
    "text taken as safe": r"\|\s*safe\b|autoescape\s+off",
    "address of another site": r"(src|href|action)\s*=\s*[\"'](https?:)?//",
}


def found(pattern: str, text: str) -> list[str]:
    return [match.group(0) for match in re.finditer(pattern, text, re.IGNORECASE)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("style attribute", '<p class="a" style="color: red">'),
        ("style element", "<style>p {}</style>"),
        ("script without an address", "<script>alert(1)</script>"),
        ("event handler", '<a href="#" onclick="go()">'),
        ("address that is a script", '<a href="javascript:go()">'),
        ("code for htmx to run", '<a hx-on:click="go()">'),
        ("text taken as safe", "{{ text | safe }}"),
        ("address of another site", '<img src="//cdn.example/a.png">'),
    ],
)
def test_pattern_finds_what_it_forbids(name: str, text: str) -> None:
    assert len(found(FORBIDDEN[name], text)) == 1


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_template_holds_nothing_forbidden(path: Path) -> None:
    text = path.read_text("utf-8")
    held = {name: found(pattern, text) for name, pattern in FORBIDDEN.items()}
    assert {name: places for name, places in held.items() if places} == {}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_template_can_be_read_by_the_engine(path: Path) -> None:
    name = path.relative_to(ROOT / "templates").as_posix()
    assert loader.get_template(name).origin.name == str(path)


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_stylesheet_is_short_and_names_no_colour_of_its_own(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") < 400
    if path.name != "tokens.css":
        assert found(r"#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(", text) == []


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_every_value_that_a_stylesheet_uses_has_a_name(path: Path) -> None:
    tokens = (ROOT / "static" / "spink" / "tokens.css").read_text("utf-8")
    used = set(re.findall(r"var\((--[a-z0-9-]+)\)", path.read_text("utf-8")))
    own = {name for name in used if not name.startswith("--ds")}
    assert own - set(re.findall(r"(--[a-z0-9-]+):", tokens)) - LOCAL == set()


LOCAL = {"--side"}


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_script_is_small_and_evaluates_no_text(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") < 100
    assert found(r"\beval\b|new Function|innerHTML|outerHTML|document\.write|\.style\b", text) == []


def test_vendored_files_stand_beside_their_licence() -> None:
    folders = [path for path in (ROOT / "static" / "vendor").iterdir() if path.is_dir()]
    assert {folder.name for folder in folders if not (folder / "LICENSE").exists()} == set()
