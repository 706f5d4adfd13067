from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from spink.web import errors


class LargestRequestMiddleware:
    """Refuses what is larger than anything that may be handed in, before a byte of it is read.

    A form's token is looked for in what was sent, so that anybody could fill the disk otherwise.
    What comes without a length is not read at all by Django.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.headers.get("Content-Length", "")
        if length.isdecimal() and int(length) > settings.REQUEST_MAX_BYTES:
            return errors.too_large(request)
        return self.get_response(request)
