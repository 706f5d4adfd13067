"""What every call of the API goes through, in this order: token, scope, who acts, how often,
parameters, key, version. What is refused on the way changes nothing."""

from datetime import UTC
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from rest_framework.parsers import BaseParser
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from spink.accounts.access_log import log_reading
from spink.accounts.api import idempotency, limits
from spink.accounts.api.authentication import BearerToken, Caller
from spink.accounts.domain.api_scopes import ApiScope
from spink.web.api import problems
from spink.web.api.describing import DescribedView
from spink.web.api.parameters import FIELDS, check_known
from spink.web.api.parsing import JsonParser
from spink.web.api.problems import ApiProblem, Problem
from spink.web.api.versions import expected_version

CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class ApiView(DescribedView):
    """`scopes` says what each method needs; a method that is not named there is not offered."""

    authentication_classes = (BearerToken,)
    permission_classes = ()
    renderer_classes = (JSONRenderer,)
    parser_classes: tuple[type[BaseParser], ...] = (JsonParser,)
    scopes: ClassVar[dict[str, ApiScope]]
    parameters: ClassVar[frozenset[str]] = frozenset()
    """What a GET may have in its address, but for `fields`."""
    concerns_people: ClassVar[bool] = False
    """Whoever reads or changes these says for which person it is done."""
    needs_version: ClassVar[bool] = False
    """Whoever changes these says which version was read."""
    keeps_answers: ClassVar[bool] = True
    """Of a POST; where it changes nothing, the same call again is answered anew."""
    version: int

    _claim: idempotency.Claim | None = None

    @property
    def caller(self) -> Caller:
        return self.request.user  # type: ignore[return-value]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with timezone.override(UTC):  # what is answered; days are counted in Sweden all the same
            return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if request.method not in (*self.scopes, "OPTIONS", "HEAD"):
            self.http_method_not_allowed(request)
        super().initial(request, *args, **kwargs)
        caller = self._known(request)
        request._request.api_reading = caller.reading  # type: ignore[attr-defined]
        self.headers = limits.counted(caller.account_id) | dict(self.headers)
        self._check_scope(request, caller)
        if self.concerns_people and not caller.acting_person:
            raise ApiProblem(Problem.ACTING_PERSON_MISSING)
        known = self.parameters | {FIELDS} if request.method == "GET" else frozenset()
        check_known(request.query_params, known)
        if request.method == "POST":
            self._claim = idempotency.claim(request, caller.account_id)
        if request.method in CHANGING and self.needs_version:
            self.version = expected_version(request.headers.get("If-Match"))

    def _known(self, request: Request) -> Caller:
        caller: object = request.user
        if not isinstance(caller, Caller):
            raise ApiProblem(Problem.UNAUTHENTICATED, headers={"WWW-Authenticate": "Bearer"})
        return caller

    def _check_scope(self, request: Request, caller: Caller) -> None:
        method = "GET" if request.method in ("HEAD", "OPTIONS") else request.method
        needed = self.scopes.get(str(method))
        if needed is not None and needed not in caller.scopes:
            challenge = f'Bearer error="insufficient_scope", scope="{needed}"'
            raise ApiProblem(
                Problem.SCOPE_MISSING, str(needed), headers={"WWW-Authenticate": challenge}
            )

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, idempotency.AnsweredBefore):
            log_reading(self.caller.reading, exc.subjects)
            return exc.answer  # type: ignore[return-value]
        answer = problems.answer_to(exc)
        if answer is None:
            raise exc
        answer.exception = True
        return answer

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        answer = super().finalize_response(request, response, *args, **kwargs)
        if self._claim is None or not self.keeps_answers or answer.exception:
            return answer
        if isinstance(response, Response):
            shown = self.caller.reading.gathered or ()
            idempotency.keep(self._claim, _rendered(answer), shown)
        return answer


def _rendered(answer: Response) -> HttpResponse:
    answer.render()
    return answer
