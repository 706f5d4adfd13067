"""Whatever can go wrong in an answer of the API, each with a type that does not change (RFC 9457).

The table below is the only list: documentation, answers and the pages that a type leads to are all
made from it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, JsonResponse
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response

from spink.web.middleware import request_id

MEDIA_TYPE = "application/problem+json"
TYPES = "/api/v1/problems/"


class Problem(Enum):
    """Its name in the address of the type, the status, and the title."""

    MALFORMED = ("malformed", 400, _("The body cannot be read."))
    UNKNOWN_PARAMETER = ("unknown-parameter", 400, _("A parameter is not known here."))
    INVALID_PARAMETER = (
        "invalid-parameter",
        400,
        _("A parameter has a value that it cannot have."),
    )
    KEY_MISSING = ("idempotency-key-missing", 400, _("The header Idempotency-Key is missing."))
    ACTING_PERSON_MISSING = (
        "acting-person-missing",
        400,
        _("The header Acting-Person must say who acts, in at most 100 signs."),
    )
    UNAUTHENTICATED = ("unauthenticated", 401, _("A valid access token is needed."))
    SCOPE_MISSING = ("scope-missing", 403, _("The token does not hold the scope that this needs."))
    NOT_ALLOWED = ("not-allowed", 403, _("This client may not do this."))
    NOT_FOUND = ("not-found", 404, _("There is nothing here that this client can see."))
    METHOD_NOT_ALLOWED = ("method-not-allowed", 405, _("The method is not used here."))
    NOT_ACCEPTABLE = ("not-acceptable", 406, _("Answers are given as JSON only."))
    STATE_CONFLICT = (
        "state-conflict",
        409,
        _("The state that it is in does not allow this."),
    )
    CHANGED_MEANWHILE = ("changed-meanwhile", 412, _("It was changed since it was read."))
    TOO_LARGE = ("too-large", 413, _("The body is larger than anything that is taken."))
    UNSUPPORTED_MEDIA_TYPE = (
        "unsupported-media-type",
        415,
        _("The body is in a format that is not taken here."),
    )
    INVALID_FIELDS = ("invalid-fields", 422, _("Some of the fields are wrong."))
    KEY_REUSED = ("idempotency-key-reused", 422, _("The key was used for another call."))
    IF_MATCH_MISSING = ("if-match-missing", 428, _("The header If-Match is missing."))
    TOO_MANY_REQUESTS = ("too-many-requests", 429, _("The client calls more often than it may."))
    INTERNAL = ("internal", 500, _("Something went wrong on our side."))
    UNAVAILABLE = ("unavailable", 503, _("The service cannot be reached just now."))

    @property
    def slug(self) -> str:
        return self.value[0]

    @property
    def status(self) -> int:
        return self.value[1]

    @property
    def title(self) -> str:
        return str(self.value[2])


@dataclass(frozen=True, slots=True)
class Fault:
    """One value that is wrong: `pointer` into the body (RFC 6901), or the `parameter`."""

    detail: str
    pointer: str | None = None
    parameter: str | None = None

    def shown(self) -> dict[str, str]:
        """What was sent is told back, also where half a sign in it is none that could be sent."""
        said = {name: value for name, value in asdict(self).items() if value is not None}
        return {name: value.encode("utf-8", "replace").decode() for name, value in said.items()}


class ApiProblem(Exception):
    """Raised anywhere below a view of the API; answered by `answer_to`."""

    def __init__(
        self,
        problem: Problem,
        detail: str = "",
        *,
        faults: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(problem.slug)
        self.problem, self.detail = problem, detail
        self.faults, self.headers = list(faults), dict(headers or {})


_OF_FRAMEWORK: dict[type[exceptions.APIException], Problem] = {
    exceptions.ParseError: Problem.MALFORMED,
    exceptions.UnsupportedMediaType: Problem.UNSUPPORTED_MEDIA_TYPE,
    exceptions.NotAcceptable: Problem.NOT_ACCEPTABLE,
    exceptions.MethodNotAllowed: Problem.METHOD_NOT_ALLOWED,
    exceptions.NotFound: Problem.NOT_FOUND,
    exceptions.PermissionDenied: Problem.NOT_ALLOWED,
}
_OF_DJANGO: dict[type[Exception], Problem] = {
    Http404: Problem.NOT_FOUND,
    RequestDataTooBig: Problem.TOO_LARGE,
}


def answer_to(error: Exception) -> Response | None:
    """The exception as a problem; None for what is a fault of ours, which Django then meets."""
    found = _problem_in(error)
    return None if found is None else shown(found)


def bare(problem: Problem) -> JsonResponse:
    """Where no view is there to answer it."""
    body = _body(ApiProblem(problem))
    return JsonResponse(body, status=problem.status, content_type=MEDIA_TYPE)


def shown(found: ApiProblem) -> Response:
    response = Response(_body(found), status=found.problem.status, headers=found.headers)
    response.content_type = MEDIA_TYPE
    return response


def _body(found: ApiProblem) -> dict[str, Any]:
    body: dict[str, Any] = {
        "type": TYPES + found.problem.slug,
        "title": found.problem.title,
        "status": found.problem.status,
    }
    if found.detail:
        body["detail"] = found.detail
    if found.faults:
        body["errors"] = [fault.shown() for fault in found.faults]
    body["request_id"] = request_id.get()
    return body


def _problem_in(error: Exception) -> ApiProblem | None:
    if isinstance(error, ApiProblem):
        return error
    if isinstance(error, exceptions.ValidationError):
        return ApiProblem(Problem.INVALID_FIELDS, faults=list(faults_in(error.detail)))
    for of_django, problem in _OF_DJANGO.items():
        if isinstance(error, of_django):
            return ApiProblem(problem)
    if isinstance(error, PermissionDenied):
        return ApiProblem(Problem.NOT_ALLOWED, str(error))
    for kind, problem in _OF_FRAMEWORK.items():
        if isinstance(error, kind):
            headers = {"Allow": getattr(error, "allow", "")} if problem.status == 405 else {}
            return ApiProblem(problem, str(error.detail), headers=headers)
    return None


def _inside(pointer: str, name: object) -> str:
    token = str(name).replace("~", "~0").replace("/", "~1")  # RFC 6901
    return f"{pointer}/{token}"


def faults_in(detail: Any, pointer: str = "") -> list[Fault]:
    """The framework's nested texts, flat: one fault a text, each with its place in the body."""
    if isinstance(detail, Mapping):
        inner = [
            faults_in(value, pointer if name == "non_field_errors" else _inside(pointer, name))
            for name, value in detail.items()
        ]
        return [fault for faults in inner for fault in faults]
    if isinstance(detail, list):
        nested = any(isinstance(one, Mapping | list) for one in detail)
        inner = [
            faults_in(one, f"{pointer}/{number}" if nested else pointer)
            for number, one in enumerate(detail)
        ]
        return [fault for faults in inner for fault in faults]
    return [Fault(str(detail), pointer=pointer)]
