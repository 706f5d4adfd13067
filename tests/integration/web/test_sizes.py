"""What is too large is refused before it is read."""

from io import BytesIO

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.test import RequestFactory

pytestmark = pytest.mark.django_db


class Unread(BytesIO):
    was_read = False

    def read(self, size: int | None = -1) -> bytes:
        self.was_read = True
        return super().read(size)


def answered(length: int) -> tuple[int, bool]:
    """The status that a visitor without a login gets, and whether what was sent was read."""
    sent = Unread(b"username=x")
    told = {"CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(length)}
    asked = RequestFactory().generic("POST", "/login/", **told)
    cookie = f"{settings.CSRF_COOKIE_NAME}={'x' * 32}"
    request = WSGIRequest({**asked.environ, "HTTP_COOKIE": cookie, "wsgi.input": sent})
    return WSGIHandler().get_response(request).status_code, sent.was_read


def test_request_that_is_too_large_is_refused_before_it_is_read() -> None:
    assert answered(settings.REQUEST_MAX_BYTES + 1) == (413, False)
    assert answered(10) == (403, True)
