"""Each error page, shown without asking the database."""

from collections.abc import Callable

import psycopg
import pytest
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings

from spink.web import errors
from spink.web.middleware import HEADER, RequestIdMiddleware


@pytest.fixture
def asked() -> HttpRequest:
    return RequestFactory().get("/requests/2026-00001/")


def heading(response: HttpResponse) -> str:
    return response.content.decode().split("<h1>")[1].split("</h1>")[0]


def answer_to(error: Exception, asked: HttpRequest) -> HttpResponse:
    """What a failing page answers, as Django does it: inside of the handling of the error."""
    try:
        raise error
    except Exception:
        return errors.server_error(asked)


def caused_by(error: Exception, cause: Exception | None) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("show", "status", "says"),
    [
        (lambda r: errors.bad_request(r, ValueError()), 400, "Sidan kunde inte läsas"),
        (lambda r: errors.csrf_failure(r, "no cookie"), 403, "Formuläret var för gammalt"),
        (lambda r: answer_to(KeyError("x"), r), 500, "Något gick fel"),
        (
            lambda r: answer_to(OperationalError("gone"), r),
            503,
            "Förbindelsen med databasen är bruten",
        ),
    ],
)
def test_page_says_what_is_wrong(
    show: Callable[[HttpRequest], HttpResponse], status: int, says: str, asked: HttpRequest
) -> None:
    response = show(asked)
    assert (response.status_code, heading(response)) == (status, says)


@override_settings(ROOT_URLCONF="tests.gallery.urls")
def test_refusal_tells_its_reason_escaped(asked: HttpRequest) -> None:
    response = errors.forbidden(asked, PermissionDenied("Bara <b>handläggaren</b> får"))
    assert response.status_code == 403
    assert "<p>Bara &lt;b&gt;handläggaren&lt;/b&gt; får</p>" in response.content.decode()


@override_settings(ROOT_URLCONF="tests.gallery.urls")
def test_refusal_without_a_reason_has_a_general_one(asked: HttpRequest) -> None:
    assert "ingår inte i din roll" in errors.forbidden(asked, PermissionDenied()).content.decode()


@override_settings(ROOT_URLCONF="tests.gallery.urls")
def test_missing_page_never_tells_what_was_looked_for(asked: HttpRequest) -> None:
    response = errors.not_found(asked, LookupError("No request 2026-00009"))
    assert (response.status_code, heading(response)) == (404, "Sidan finns inte")
    assert "2026-00009" not in response.content.decode()


def test_lost_database_asks_to_come_back(asked: HttpRequest) -> None:
    assert answer_to(InterfaceError("closed"), asked)["Retry-After"] == "20"


def test_lost_database_is_found_behind_what_wrapped_it(asked: HttpRequest) -> None:
    wrapped = caused_by(RuntimeError("in a template"), OperationalError("gone"))
    assert answer_to(wrapped, asked).status_code == 503


@pytest.mark.parametrize(
    ("cause", "status"),
    [
        (psycopg.errors.AdminShutdown(), 503),
        (psycopg.errors.TooManyConnections(), 503),
        (psycopg.errors.ConnectionFailure(), 503),
        (psycopg.OperationalError(), 503),
        (psycopg.errors.DeadlockDetected(), 500),
        (psycopg.errors.QueryCanceled(), 500),
    ],
)
def test_only_a_server_that_cannot_be_reached_is_lost(
    cause: Exception, status: int, asked: HttpRequest
) -> None:
    error = caused_by(OperationalError("x"), cause)
    assert answer_to(error, asked).status_code == status


def test_error_page_gives_the_number_that_stands_in_the_log(asked: HttpRequest) -> None:
    failing = RequestIdMiddleware(lambda request: answer_to(KeyError("x"), request))
    response = failing(asked)
    assert f'<b class="num">{response[HEADER]}</b>' in response.content.decode()
