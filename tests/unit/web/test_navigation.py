from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.http import HttpRequest
from django.test import RequestFactory, override_settings

from spink.web import navigation
from spink.web.navigation import Entry, Item


@dataclass
class Visitor:
    is_authenticated: bool = True
    officer: bool = True


@pytest.fixture(autouse=True)
def registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(navigation, "_items", {})
    monkeypatch.setattr(navigation, "_describe", [])
    with override_settings(ROOT_URLCONF="tests.gallery.urls"):
        yield


def add(url_name: str, position: int, *, only_officers: bool = False) -> None:
    navigation.register(
        Item(
            label=url_name.title(),
            url_name=url_name,
            position=position,
            visible=lambda visitor: visitor.officer or not only_officers,
        )
    )


def seen(path: str, visitor: object) -> list[Entry]:
    request: HttpRequest = RequestFactory().get(path)
    request.user = visitor  # type: ignore[assignment]
    return navigation.entries(request)


def test_entries_stand_by_position_not_by_registration() -> None:
    add("queue", 20)
    add("match", 10)
    assert [entry.label for entry in seen("/", Visitor())] == ["Match", "Queue"]


def test_entry_is_hidden_from_those_it_is_not_for() -> None:
    add("queue", 10, only_officers=True)
    add("form", 20)
    assert [entry.url for entry in seen("/", Visitor(officer=False))] == ["/form/"]


def test_nobody_who_is_not_logged_in_sees_a_menu() -> None:
    add("form", 10)
    assert seen("/", Visitor(is_authenticated=False)) == []


def test_request_without_a_user_has_no_menu() -> None:
    add("form", 10)
    assert navigation.entries(RequestFactory().get("/")) == []


@pytest.mark.parametrize(
    ("path", "marks"),
    [
        ("/queue/", ["", "page"]),
        ("/queue/2026-00001/", ["", "true"]),
        ("/", ["page", ""]),
        ("/match/", ["", ""]),
    ],
)
def test_current_entry_is_the_one_the_page_lies_under(path: str, marks: list[str]) -> None:
    add("parts", 10)
    add("queue", 20)
    assert [entry.current for entry in seen(path, Visitor())] == marks


def test_same_address_twice_is_one_entry() -> None:
    add("queue", 10)
    add("queue", 30)
    assert len(seen("/", Visitor())) == 1


def test_visitor_is_described_by_the_last_that_offered() -> None:
    assert navigation.described(Visitor()) == ""
    navigation.describe_visitors_with(lambda _: "a")
    navigation.describe_visitors_with(lambda _: "b")
    assert navigation.described(Visitor()) == "b"


def test_address_is_the_first_that_exists() -> None:
    assert navigation.address("no-such", "queue") == "/queue/"
    assert navigation.address("no-such") == ""
