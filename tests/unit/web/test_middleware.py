import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from spink.web.middleware import HEADER, LanguageMiddleware, RequestIdMiddleware, request_id


def echo_id(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request_id.get())


def echo_language(request: HttpRequest) -> HttpResponse:
    return HttpResponse(translation.get_language())


def test_proxys_id_is_kept_through_the_request() -> None:
    response = RequestIdMiddleware(echo_id)(
        RequestFactory().get("/", headers={HEADER: "edge-0123456789"})
    )
    assert response[HEADER] == "edge-0123456789"
    assert response.content == b"edge-0123456789"
    assert request_id.get() == ""


@pytest.mark.parametrize(
    "offered",
    ["", "short", "x" * 65, 'id"><script>', "åäöåäöåäö", "two words here", "line\nbreak-line"],
)
def test_harmful_id_is_replaced(offered: str) -> None:
    response = RequestIdMiddleware(echo_id)(RequestFactory().get("/", headers={HEADER: offered}))
    assert re.fullmatch("[0-9a-f]{32}", response[HEADER])
    assert response.content.decode() == response[HEADER]


@pytest.mark.parametrize(
    ("chosen", "language"),
    [(None, "sv"), ("sv", "sv"), ("en", "en"), ("de", "sv"), ("../en", "sv")],
)
def test_language_is_the_one_chosen_here(chosen: str | None, language: str) -> None:
    request = RequestFactory().get("/", headers={"Accept-Language": "en-GB,en;q=0.9"})
    if chosen is not None:
        request.COOKIES["django_language"] = chosen
    response = LanguageMiddleware(echo_language)(request)
    assert response.content.decode() == language
    assert (response["Content-Language"], response["Vary"]) == (language, "Cookie")
    assert language == request.LANGUAGE_CODE
