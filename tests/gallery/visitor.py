"""Somebody who is logged in, without a database to ask."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from spink.foundation import clock
from tests.gallery.data import NOW


class Visitor:
    is_authenticated = True

    def get_full_name(self) -> str:
        return "Elin Berg"

    def get_username(self) -> str:
        return "elin"


class VisitorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = Visitor()  # type: ignore[assignment]
        with clock.frozen(NOW):
            return self.get_response(request)
