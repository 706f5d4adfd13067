"""What every test stands on: a migrated database, a still clock, real servers, a real browser."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django import DjangoDbBlocker

from spink.foundation import clock
from tests.support import programs
from tests.support.databases import TestDatabase
from tests.support.workers import Jobs

MORNING = datetime(2025, 3, 3, 9, 0, tzinfo=clock.STOCKHOLM)

# Tests run side by side on whatever there is: how long one case takes says nothing about the code.
hypothesis_settings.register_profile("spink", deadline=None)
hypothesis_settings.load_profile("spink")

LEFT_OUT = pytest.StashKey[dict[str, int]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[LEFT_OUT] = {}
    config.pluginmanager.register(WorkersReports(config.stash[LEFT_OUT]))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what cannot run here, unless everything is required; the end of the run says so."""
    if programs.all_are_required():
        return
    missing = [program for program in programs.OPTIONAL if not program.found()]
    left_out = config.stash[LEFT_OUT]
    for program in missing:
        chosen = [item for item in items if item.get_closest_marker(program.marker)]
        if chosen:
            left_out[program.marker] = len(chosen)
            items[:] = [item for item in items if item not in chosen]
            config.hook.pytest_deselected(items=chosen)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = session.config.stash[LEFT_OUT]


class WorkersReports:
    """Takes down what xdist's workers left out: the process that reports collects nothing."""

    def __init__(self, left_out: dict[str, int]) -> None:
        self._left_out = left_out

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        self._left_out.update(getattr(node, "workeroutput", {}).get("left_out", {}))


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if not (left_out := config.stash[LEFT_OUT]):
        return
    terminalreporter.section("left out", yellow=True)
    for program in programs.OPTIONAL:
        if count := left_out.get(program.marker):
            terminalreporter.write_line(
                f"{count} tests marked `{program.marker}`: {program.name} was not found."
                f" {program.how_to_get}"
            )


@pytest.fixture(scope="session")
def database(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[TestDatabase]:
    """A copy of a migrated template, which lasts until a migration changes."""
    with django_db_blocker.unblock():
        database = TestDatabase()
        database.create()
    yield database
    with django_db_blocker.unblock():
        database.drop()


@pytest.fixture(scope="session")
def django_db_setup(database: TestDatabase) -> Iterator[None]:
    """A test that commits gets the next one a fresh copy instead of emptied tables.

    So what the migrations put there is there.
    """
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(TransactionTestCase, "_fixture_teardown", lambda _: database.create())
        yield


@pytest.fixture(scope="session", autouse=True)
def attachments_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files that tests hand in lie in a folder of this run."""
    settings.ATTACHMENTS_ROOT = tmp_path_factory.mktemp("attachments")
    return settings.ATTACHMENTS_ROOT


@pytest.fixture
def frozen_clock() -> Iterator[datetime]:
    """The clock stands still on a Monday morning."""
    with clock.frozen(MORNING):
        yield MORNING


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with programs.redis_server(tmp_path_factory.mktemp("redis")) as url:
        yield url


@pytest.fixture(scope="session")
def clamd_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with programs.clamd(tmp_path_factory.mktemp("clamd")) as url:
        yield url


@pytest.fixture
def jobs(redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Jobs:
    """Workers can be started; the test's own process tells their broker of events, too."""
    monkeypatch.setenv("CELERY_BROKER_URL", redis_url)
    return Jobs(redis_url, tmp_path)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread, in which Django would refuse to query.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=programs.CHROMIUM.path(),
            args=["--no-sandbox", "--disable-background-networking", "--disable-dev-shm-usage"],
        )
        yield started
        started.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a visitor of its own, in Swedish; it fails on an error in the page's console."""
    context = browser.new_context(locale="sv-SE", timezone_id="Europe/Stockholm")
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda problem: problems.append(str(problem)))
    yield opened
    context.close()
    assert problems == []


@pytest.fixture
def checkout() -> Path:
    return Path(__file__).resolve().parents[1]
