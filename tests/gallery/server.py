"""Serves the pages of components without a database."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from django.test.utils import override_settings

from spink.web import navigation

MENU = {"queue": "Arbetskö", "match": "Förfrågningar", "form": "Register", "sent": "Statistik"}

MIDDLEWARE = [
    "spink.web.middleware.RequestIdMiddleware",
    "csp.middleware.CSPMiddleware",
    "spink.web.middleware.LanguageMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "tests.gallery.visitor.VisitorMiddleware",
]


@contextmanager
def serving() -> Iterator[str]:
    """The address of a server with the gallery's pages."""
    engine = settings.TEMPLATES[0]
    folders = [*engine["DIRS"], settings.BASE_DIR / "tests" / "gallery" / "templates"]
    changed = override_settings(
        ROOT_URLCONF="tests.gallery.urls",
        TEMPLATES=[{**engine, "DIRS": folders}],
        MIDDLEWARE=MIDDLEWARE,
        MESSAGE_STORAGE="django.contrib.messages.storage.cookie.CookieStorage",
        ALLOWED_HOSTS=["127.0.0.1"],
    )
    with changed, _menu():
        thread = LiveServerThread("127.0.0.1", StaticFilesHandler)
        thread.daemon = True
        thread.start()
        thread.is_ready.wait()
        if thread.error:
            raise thread.error
        yield f"http://127.0.0.1:{thread.port}"
        thread.terminate()


@contextmanager
def _menu() -> Iterator[None]:
    """The gallery's own menu, and afterwards the one that the apps registered."""
    items, describe = dict(navigation._items), list(navigation._describe)
    navigation._items.clear()
    for position, (name, label) in enumerate(MENU.items()):
        navigation.register(
            navigation.Item(
                label=label,
                url_name=name,
                position=position,
                visible=lambda _: True,
                count=(lambda _: 3) if name == "match" else None,
            )
        )
    navigation.describe_visitors_with(lambda _: "Placeringshandläggare, team vuxna")
    try:
        yield
    finally:
        navigation._items.clear()
        navigation._items.update(items)
        navigation._describe[:] = describe
