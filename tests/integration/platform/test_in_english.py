"""English is a language of the whole interface: nothing of it is left in Swedish, anywhere."""

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import Q
from django.test import Client
from django.urls import reverse

from spink.accounts.domain.roles import Role
from spink.catalogue.actions import load_catalogue
from spink.catalogue.models import (
    CheckQuestion,
    CodedReason,
    LegalBasis,
    ServiceType,
    SpecialNeed,
    Subtype,
)
from spink.web.texts import merged
from spink.web.texts.places import catalogues
from tests.e2e.test_every_page import City, answers_to, build_city, is_page, somebody
from tests.permissions.routes import all_routes

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

SHORTEST = 4
"""Shorter words are often the same in both languages: Team, Kod."""
OWN_NAMES = {"Spink", "Göteborg", "Funktionsstöd"}
IN_SWEDISH = re.compile(r'<(li|button|span)\b[^>]* lang="sv"[^>]*>.*?</\1>', re.DOTALL)
"""What a page says is Swedish: the way back to it, and the names of sheets in the files."""
EYES = {
    Role.SOCIAL_WORKER: ("",),
    Role.OUT_OF_HOURS_WORKER: ("duty/", "requests/"),
    Role.UNIT_MANAGER: ("administration/", "requests/"),
    Role.PLACEMENT_OFFICER: ("queue/", "requests/", "workload/", "views/"),
    Role.QUALITY_CONTROLLER: ("administration/", "register/"),
    Role.LAWYER: ("administration/",),
    Role.ADMINISTRATOR: ("administration/",),
}
"""Where each role meets what no other does; the rest see pages that these see too."""
SHOWN_ATTRIBUTES = {"aria-label", "placeholder", "title", "alt", "data-label"}
SWEDISH_DATES = re.compile(
    r"\b\d{1,2} (januari|februari|mars|maj|juni|juli|augusti|oktober) \d{4}"
    r"|\b(måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag) \d"
    r"|\bi (dag|morgon|går) \d"
)


SILENT = ("script", "style", "textarea", "pre")
"""Code says the same in every language."""


class Texts(HTMLParser):
    """The texts that somebody sees or hears of a page, each as it stands between two tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in SILENT
        self.found += [value for name, value in attrs if name in SHOWN_ATTRIBUTES and value]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        if not self._silent and (text := " ".join(data.split())):
            self.found.append(text)


def texts_of(html: str) -> list[str]:
    reader = Texts()
    reader.feed(IN_SWEDISH.sub("", html))
    return reader.found


def swedish_texts() -> tuple[set[str], re.Pattern[str]]:
    """Every translation that is no English text as well; those with a variable as one pattern."""
    entries = [entry for place in catalogues() for entry in merged.load(place.path)]
    english = {text for entry in entries for text in (entry.msgid, entry.msgid_plural) if text}
    said = {
        text
        for entry in entries
        for text in (entry.msgstr, *entry.msgstr_plural.values())
        if len(text) >= SHORTEST and text not in english
    }
    varying = {text for text in said if re.search(r"%(\(\w+\))?[sd]", text)}
    patterns = [_pattern(text) for text in varying if _is_telling(text)]
    return said - varying, re.compile("|".join(f"(?:{one})" for one in sorted(patterns)))


def _pattern(text: str) -> str:
    parts = re.split(r"%\(\w+\)[sd]|%[sd]", " ".join(text.split()))
    return ".+?".join(re.escape(part) for part in parts)


def _is_telling(text: str) -> bool:
    """With enough of its own beside the variables to be known again."""
    return len(re.sub(r"%\(\w+\)[sd]|%[sd]|\W", "", text)) >= 2 * SHORTEST


def swedish_data() -> set[str]:
    """Names of the catalogue that have another one in English."""
    kinds = (ServiceType, Subtype, SpecialNeed, LegalBasis, CodedReason, CheckQuestion)
    rows = [row for kind in kinds for row in kind.objects.all()]
    english = {row.name_en for row in rows}
    return {row.name_sv for row in rows} - english


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ('<p>Spara <b>nu</b></p><input aria-label="Sök">', ["Spara", "nu", "Sök"]),
        ("<script>Spara</script><p>\n Save\n it </p>", ["Save it"]),
    ],
)
def test_texts_of_a_page_are_found(html: str, texts: list[str]) -> None:
    assert texts_of(html) == texts


@pytest.fixture
def city(db: None) -> City:
    return build_city()


def left_in_swedish(html: str, whole: set[str], varying: re.Pattern[str]) -> Iterator[str]:
    for text in texts_of(html):
        if text in OWN_NAMES:
            continue
        if text in whole or varying.fullmatch(text) or SWEDISH_DATES.search(text):
            yield text


@pytest.mark.parametrize("role", list(EYES))
def test_no_page_in_english_says_anything_in_swedish(city: City, role: Role) -> None:
    whole, varying = swedish_texts()
    whole |= swedish_data()
    user = somebody(role, city.world)
    routes = [
        route
        for route in all_routes()
        if route.path.startswith(EYES[role]) and not route.path.startswith("admin/")
    ]
    pages = {
        address: answer.content.decode()
        for address, answer in answers_to(user, city, routes, language="en").items()
        if is_page(answer)
    }
    assert pages
    assert {at for at, html in pages.items() if '<html lang="sv">' in html} == set()
    found = {at: sorted(set(left_in_swedish(html, whole, varying))) for at, html in pages.items()}
    assert {at: texts for at, texts in found.items() if texts} == {}


@pytest.mark.django_db
def test_swedish_left_in_a_page_is_found() -> None:
    """The same reading of a page that is in Swedish."""
    whole, varying = swedish_texts()
    page = Client().get(reverse("login")).content.decode()
    assert "Logga in" in set(left_in_swedish(page, whole, varying))


@pytest.mark.django_db
def test_language_is_kept_and_leads_back_to_the_page() -> None:
    client = Client()
    sent = {"language": "en", "next": reverse("accessibility")}
    answer = client.post(reverse("set_language"), sent, follow=True)
    assert answer.redirect_chain == [(reverse("accessibility"), 302)]
    assert answer["Content-Language"] == "en"
    assert client.get(reverse("login"))["Content-Language"] == "en"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "kind", [ServiceType, Subtype, SpecialNeed, LegalBasis, CodedReason, CheckQuestion]
)
def test_names_of_the_catalogue_stand_in_both_languages(kind: type) -> None:
    load_catalogue()
    rows = kind._default_manager.all()  # type: ignore[attr-defined]
    assert list(rows.filter(Q(name_en="") | Q(name_sv=""))) == []


TAGS = re.compile(
    r"\{% blocktranslate.*?\{% endblocktranslate %\}"
    r"|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}",
    re.DOTALL,
)
NO_TEXT = {"Spink", "– Spink", "km", "In English På svenska", "OpenAPI 3.1"}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_template_holds_no_text_that_is_not_translated(path: Path) -> None:
    """Neither in English nor in Swedish: what is left without its tags says nothing."""
    bare = TAGS.sub(" ", path.read_text("utf-8"))
    left = [text for text in texts_of(unescape(bare)) if re.search(r"[^\W\d_]{2}", text)]
    assert [text for text in left if text not in NO_TEXT] == []


def test_every_language_of_the_settings_is_tried() -> None:
    assert dict(settings.LANGUAGES).keys() == {"sv", "en"}
