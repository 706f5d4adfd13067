"""The hub's registry: what each visitor finds under /administration/."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import override_settings

from spink.web import administration
from spink.web.administration import Entry, Page


@dataclass
class Visitor:
    officer: bool = True


@pytest.fixture(autouse=True)
def registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(administration, "_pages", {})
    with override_settings(ROOT_URLCONF="tests.gallery.urls"):
        yield


def add(url_name: str, position: int, *, only_officers: bool = False) -> None:
    administration.register(
        Page(
            label=url_name.title(),
            url_name=url_name,
            position=position,
            visible=lambda visitor: visitor.officer or not only_officers,
            about="What is kept",
        )
    )


def test_pages_stand_by_position_and_twice_is_once() -> None:
    add("queue", 20)
    add("match", 10)
    add("match", 10)
    assert administration.entries(Visitor()) == [
        Entry("Match", "What is kept", "/match/"),
        Entry("Queue", "What is kept", "/queue/"),
    ]


def test_hub_is_open_to_those_who_find_something_there() -> None:
    add("queue", 20, only_officers=True)
    assert administration.is_open_to(Visitor())
    assert not administration.is_open_to(Visitor(officer=False))
    assert administration.entries(Visitor(officer=False)) == []
