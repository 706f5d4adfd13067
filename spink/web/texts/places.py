"""Where texts stand, and to which app's catalogue each of them belongs."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings

LANGUAGE = "sv"
SHARED = "web"
_NOT_SEARCHED = {"migrations", "locale", "__pycache__"}


@dataclass(frozen=True)
class Catalogue:
    """One app's translations, and the files whose texts they translate."""

    app: str
    path: Path
    sources: tuple[Path, ...]


def catalogues() -> list[Catalogue]:
    """One for each of our own installed apps. What belongs to none is the shared one's."""
    root = Path(settings.BASE_DIR)
    return [_catalogue(app, folder, root) for app, folder in sorted(_own_apps(root).items())]


def _own_apps(root: Path) -> dict[str, Path]:
    places = {root, root / "spink"}
    folders = {config.label: Path(config.path) for config in apps.get_app_configs()}
    return {label: folder for label, folder in folders.items() if folder.parent in places}


def _catalogue(app: str, folder: Path, root: Path) -> Catalogue:
    sources = [*_python(folder), *_templates(root / "templates" / app)]
    if app == SHARED:
        sources += _shared(root)
    path = folder / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"
    return Catalogue(app, path, tuple(sorted(sources)))


def _shared(root: Path) -> Iterator[Path]:
    own = {label for label in _own_apps(root) if label != SHARED}
    for path in _templates(root / "templates"):
        if path.relative_to(root / "templates").parts[0] not in {*own, SHARED}:
            yield path
    yield from (root / "spink").glob("*.py")
    yield from (root / "spink" / "settings").glob("*.py")


def _python(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*.py"):
        if not _NOT_SEARCHED & set(path.relative_to(folder).parts):
            yield path


def _templates(folder: Path) -> Iterator[Path]:
    for suffix in ("html", "txt"):
        yield from folder.rglob(f"*.{suffix}")
