"""One id a request, in the answer's headers and in every line of the log."""

import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

HEADER = "X-Request-ID"
API = "/api/"
_ACCEPTABLE = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)

request_id: ContextVar[str] = ContextVar("request_id", default="")


def _chosen(offered: str) -> str:
    """The proxy's id where it is a harmless one, else our own."""
    return offered if _ACCEPTABLE.fullmatch(offered) else uuid.uuid4().hex


class RequestIdMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = _chosen(request.headers.get(HEADER, ""))
        token = request_id.set(chosen)
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
        response[HEADER] = chosen
        return response


class LanguageMiddleware:
    """Swedish, until the visitor has chosen another language here. The browser's own does not
    decide: it is often English on machines of people who write Swedish all day. A system that calls
    the API says which it wants."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(_language(request)):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        of_api = request.path.startswith(API)
        patch_vary_headers(response, ("Cookie", "Accept-Language") if of_api else ("Cookie",))
        return response


def _language(request: HttpRequest) -> str:
    if request.path.startswith(API):
        return translation.get_language_from_request(request)
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
