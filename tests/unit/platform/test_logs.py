"""Nothing about a person comes into the logs, whatever the program that failed had in hand."""

import json
import logging
import sys
from typing import Any

import pytest
from django.test import RequestFactory

from spink.settings.logs import LOGGING
from spink.web.logs import JsonLines
from spink.web.middleware import request_id

SECRET = "191711602399"


def line(level: int = logging.ERROR, message: str = "failed", *args: Any, **given: Any) -> str:
    extra = given.pop("extra", {})
    record = logging.LogRecord(
        "spink", level, __file__, 1, message, args, given.get("exc_info"), "somewhere"
    )
    record.__dict__.update(extra)
    return JsonLines().format(record)


def test_line_says_when_what_and_in_which_request() -> None:
    token = request_id.set("a1b2c3d4")
    try:
        said = json.loads(line(logging.WARNING, "late by %s", 5, extra={"count": 2}))
    finally:
        request_id.reset(token)
    assert said.pop("time")
    assert said == {
        "level": "WARNING",
        "logger": "spink",
        "message": "late by 5",
        "request_id": "a1b2c3d4",
        "count": 2,
    }


def test_text_of_an_exception_is_left_out_and_its_place_kept() -> None:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as cause:
            raise ValueError(f"no such person {SECRET}") from cause
    except ValueError:
        said = line(exc_info=sys.exc_info())
    assert SECRET not in said
    exception = json.loads(said)["exception"]
    assert exception.startswith("ValueError (")
    assert "test_text_of_an_exception_is_left_out" in exception
    assert " <- KeyError (" in exception


@pytest.mark.parametrize("name", ["gunicorn.access", "django.request"])
def test_link_to_choose_a_password_is_masked(name: str) -> None:
    args = ("GET", "/password/MTI/d1abcd-0123456789abcdef/", "302", "7")
    record = logging.LogRecord(name, logging.INFO, "x", 1, "%s %s %s %sms", args, None)
    assert json.loads(JsonLines().format(record))["message"] == "GET /password/… 302 7ms"
    assert json.loads(line(message="GET /password/ 200"))["message"] == "GET /password/ 200"


def test_request_is_left_out_with_its_query() -> None:
    request = RequestFactory().get("/people", {"number": SECRET})
    said = line(extra={"request": request, "status_code": 404})
    assert SECRET not in said
    assert json.loads(said)["status_code"] == 404


@pytest.mark.parametrize("field", ["username", "data", "args_of_task"])
def test_field_that_is_not_listed_is_left_out(field: str) -> None:
    assert SECRET not in line(extra={field: SECRET})


@pytest.mark.parametrize("name", ["httpx2", "httpcore2", "oauthlib", "oauth2_provider"])
def test_library_that_tells_whole_addresses_or_names_is_heard_when_it_warns(name: str) -> None:
    """The first writes a webhook's whole address, secret and all, for each message that is sent."""
    assert LOGGING["loggers"][name] == {"level": "WARNING"}


def test_failed_job_is_named_without_the_text_of_its_failure() -> None:
    try:
        raise ValueError(SECRET)
    except ValueError as problem:
        context = {"name": "send", "id": "7", "exc": repr(problem), "traceback": repr(problem)}
        said = line(
            logging.ERROR,
            "Task %(name)s[%(id)s] raised: %(exc)s\n%(traceback)s",
            context,
            exc_info=sys.exc_info(),
            extra={"data": context},
        )
    assert SECRET not in said
    assert json.loads(said)["message"] == "Task send[7] raised: ValueError\n"
