"""The arrows and habits of the house that the import linter cannot see."""

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.db.models import Model
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
APPS = ("spink", "providers", "placements", "categoryplans")
LOWER_MODELS = {
    "placements": ("providers.models", "spink.catalogue.models", "spink.accounts.models"),
    "providers": ("spink.catalogue.models", "spink.accounts.models"),
    "spink/catalogue": ("spink.accounts.models",),
    "spink/webhooks": ("spink.accounts.models",),
}
LONGEST_FILE = 450


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def place(path: Path, node: ast.AST | None = None) -> str:
    line = f":{node.lineno}" if isinstance(node, ast.expr | ast.stmt) else ""
    return f"{path.relative_to(ROOT)}{line}"


def imported(tree: ast.Module, *modules: str) -> dict[str, ast.ImportFrom]:
    return {
        alias.asname or alias.name: node
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in modules
        for alias in node.names
    }


def rows_reached(path: Path, models: tuple[str, ...]) -> list[str]:
    """Where a file queries, makes or extends the models of a lower app; naming a type is free."""
    tree = parsed(path)
    names = {name for name, node in imported(tree, *models).items() if _is_model(node.module, name)}
    return [
        place(path, node)
        for node in ast.walk(tree)
        if (isinstance(node, ast.Call) and _name(node.func) in names)
        or (
            isinstance(node, ast.Attribute)
            and node.attr == "objects"
            and _name(node.value) in names
        )
        or (isinstance(node, ast.ClassDef) and {_name(base) for base in node.bases} & names)
    ]


def _is_model(module: str | None, name: str) -> bool:
    """And no enumeration, which stands beside the model whose column it fills."""
    found = getattr(import_module(module or ""), name, None)
    return isinstance(found, type) and issubclass(found, Model)


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def test_upper_apps_leave_the_rows_of_lower_apps_alone() -> None:
    reached = [
        found
        for app, models in LOWER_MODELS.items()
        for path in sources(app)
        for found in rows_reached(path, models)
    ]
    assert reached == []


def test_domains_take_nothing_but_the_place_from_the_clock() -> None:
    pure = [path for path in sources(*APPS) if {"domain", "matching"} & set(path.parts)]
    assert len(pure) > 10
    taken = {
        name
        for path in pure
        if "management" not in path.parts and "queries" not in path.parts
        for name in imported(parsed(path), "spink.foundation.clock")
    }
    assert taken - {"STOCKHOLM"} == set()


def test_files_stay_short() -> None:
    long = {
        place(path): lines
        for path in sources(*APPS, "bench", "tests")
        if "migrations" not in path.parts
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert long == {}


def test_tests_have_no_mocks() -> None:
    mocking = [
        place(path, node)
        for path in sources("tests")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
        and {"mock", "unittest.mock", "pytest_mock"}
        & {getattr(node, "module", None), *(alias.name for alias in node.names)}
    ]
    assert mocking == []


INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:",
    re.IGNORECASE,
)
INERT = re.compile(r"<script[^>]*type=\"application/(ld\+)?json\"")


@pytest.mark.parametrize(
    ("text", "is_inline"),
    [
        ("<script>alert(1)</script>", True),
        ("<script src='/static/a.js'></script>", False),
        ('<p style="color: red">', True),
        ('<button onclick="go()">', True),
        ("<p>on time = later</p>", False),
    ],
)
def test_inline_script_and_style_are_told(text: str, is_inline: bool) -> None:
    assert bool(INLINE.search(text)) == is_inline


def test_templates_have_no_inline_script_or_style() -> None:
    """The content security policy would refuse them in the browser; here they have a place."""
    templates = sorted((ROOT / "templates").rglob("*.html"))
    assert templates
    found = [
        f"{template.relative_to(ROOT)}:{number}"
        for template in templates
        for number, line in enumerate(template.read_text(encoding="utf-8").splitlines(), 1)
        if INLINE.search(line) and not INERT.search(line)
    ]
    assert found == []


def locked(name: str) -> dict[str, str]:
    """The versions that a lock file fixes, by name."""
    text = (ROOT / f"requirements/{name}.txt").read_text()
    return {
        found[1].lower().replace("_", "-"): found[2]
        for found in re.finditer(r"^([\w.-]+)(?:\[[\w,-]+\])?==([^ ;\\]+)", text, re.MULTILINE)
    }


def declared(group: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    lists = {
        "run": project["project"]["dependencies"],
        "test": project["dependency-groups"]["test"],
    }
    return [Requirement(line) for line in lists[group]]


@pytest.mark.parametrize("group", ["run", "test"])
def test_lock_files_hold_what_is_declared(group: str) -> None:
    versions = locked(group)
    outside = [
        str(wanted)
        for wanted in declared(group)
        if not wanted.specifier.contains(versions.get(wanted.name.lower(), ""))
    ]
    assert outside == []


def test_what_runs_is_tested_in_the_same_version() -> None:
    run, test = locked("run"), locked("test")
    assert {name: test.get(name) for name in run} == run


@pytest.mark.parametrize("name", ["run", "test"])
def test_lock_files_hold_hashes_and_no_index(name: str) -> None:
    text = (ROOT / f"requirements/{name}.txt").read_text()
    requirements = re.split(r"\n(?=[a-zA-Z])", text)
    assert [each.split()[0] for each in requirements if "--hash=sha256:" not in each] == []
    assert re.findall(r"://|^--|find-links", text, re.MULTILINE) == []


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and _name(node.func).strip("n").strip("p") in (
        "_",
        "gettext",
        "gettext_lazy",
    )


def test_no_text_stands_inside_of_another_where_the_catalogues_do_not_find_it() -> None:
    hidden = [
        place(path, node)
        for path in sources(*APPS)
        for outer in ast.walk(parsed(path))
        if isinstance(outer, ast.JoinedStr)
        for node in ast.walk(outer)
        if _is_text(node)
    ]
    assert hidden == []


def test_no_page_takes_the_name_by_which_the_frame_around_it_is_made() -> None:
    """What a context calls `page` hides the menu, who has logged in and when it was shown."""
    hiding = [
        place(path, key)
        for path in sources(*APPS)
        if "web" in path.parts and path.name not in {"context_processors.py", "spink_ui.py"}
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant) and key.value == "page"
    ]
    assert hiding == []
