"""The page about the API: whole, in both languages, for whoever asks."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils.html import escape

from spink.composition.openapi.document import document
from spink.web.api.problems import Problem

pytestmark = pytest.mark.django_db


def page_in(language: str) -> str:
    answer = Client().get("/api/v1/docs", headers={"Accept-Language": language})
    assert (answer.status_code, answer["Content-Language"]) == (200, language)
    return answer.content.decode()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_page_tells_of_every_call_and_problem(language: str) -> None:
    shown = page_in(language)
    told = [one for path in document(language)["paths"].values() for one in path.values()]
    headings = dict(re.findall(r'<h3 id="(\w+)">(.*?)</h3>', shown))
    assert headings == {one["operationId"]: escape(one["summary"]) for one in told}
    assert re.findall(r'id="problem-([\w-]+)"', shown) == [one.slug for one in Problem]
    targets = set(re.findall(r'\bid="([\w.-]+)"', shown))
    assert set(re.findall(r'href="#([\w.-]+)"', shown)) - targets == set()


def test_page_is_in_the_language_that_was_chosen_by_hand() -> None:
    browser = Client(headers={"Accept-Language": "en"})
    assert browser.get("/api/v1/docs")["Content-Language"] == "en"
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "sv"
    assert browser.get("/api/v1/docs")["Content-Language"] == "sv"


def test_api_info_leads_to_the_page() -> None:
    leads_to = Client().get("/api/v1/api-info").json()["api_documentation"]
    assert leads_to == "http://testserver/api/v1/docs"
    assert Client().get(leads_to).status_code == 200
