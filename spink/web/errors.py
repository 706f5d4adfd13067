"""What a visitor sees when something is wrong. None of these pages needs the database."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from spink.web.api import problems
from spink.web.api.problems import Problem
from spink.web.middleware import API, request_id

RETRY_AFTER_SECONDS = "20"

# Classes of SQLSTATE: connection exception, insufficient resources, operator intervention.
UNREACHABLE = ("08", "53", "57P")


def _bare_page(status: int, name: str = "") -> HttpResponse:
    """Without the request: finding out who the visitor is may be what just failed."""
    page = loader.render_to_string(
        f"errors/{name or status}.html", {"request_id": request_id.get()}
    )
    return HttpResponse(page, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problems.bare(Problem.MALFORMED) if _is_of_api(request) else _bare_page(400)


def too_large(request: HttpRequest) -> HttpResponse:
    return problems.bare(Problem.TOO_LARGE) if _is_of_api(request) else _bare_page(413)


def _is_of_api(request: HttpRequest) -> bool:
    return request.path.startswith(API)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/403.html", {"exception": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _bare_page(403, "csrf")


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when it was the database that could not be reached."""
    is_of_api = _is_of_api(request)
    if not _database_is_lost(sys.exc_info()[1]):
        return problems.bare(Problem.INTERNAL) if is_of_api else _bare_page(500)
    response = problems.bare(Problem.UNAVAILABLE) if is_of_api else _bare_page(503)
    response["Retry-After"] = RETRY_AFTER_SECONDS
    return response


def _database_is_lost(error: BaseException | None) -> bool:
    """Anywhere in the chain: middlewares and templates wrap what the driver raised."""
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError):
            return _says_unreachable(error)
        error = error.__cause__ or error.__context__
    return False


def _says_unreachable(error: BaseException) -> bool:
    """A deadlock or a statement that took too long comes from a server that is well."""
    code = getattr(error.__cause__, "sqlstate", None)
    return code is None or code.startswith(UNREACHABLE)
