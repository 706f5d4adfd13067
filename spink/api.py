"""The REST API's address book: each app's resources under /api/v1/, and what describes them all."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path
from django.utils.decorators import method_decorator
from drf_spectacular.views import SpectacularJSONAPIView
from oauth2_provider.views import RevokeTokenView, TokenView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from spink.web.api.problems import ApiProblem, Problem, answer_to

RELEASED = "2026-11-22"
OPEN: dict[str, Any] = {"authentication_classes": (), "permission_classes": ()}


class OpenView(APIView):
    """For whoever asks: no token, no wall, nothing but what we say of ourselves."""

    authentication_classes = ()
    permission_classes = ()

    def handle_exception(self, exc: Exception) -> Response:
        answer = answer_to(exc)
        if answer is None:
            raise exc
        answer.exception = True
        return answer


class ApiInfoView(OpenView):
    """What the national profile asks an API to say of itself."""

    def get(self, request: Request) -> Response:
        return Response(
            {
                "api_name": "spink",
                "api_version": "1.0.0",
                "api_released": RELEASED,
                "api_status": "beta",
                "api_documentation": request.build_absolute_uri("/api/v1/openapi.json"),
            }
        )


class ProblemView(OpenView):
    """Where the type of a problem leads to."""

    def get(self, request: Request, slug: str) -> Response:
        for problem in Problem:
            if problem.slug == slug:
                return Response(
                    {"type": request.path, "status": problem.status, "title": problem.title}
                )
        raise ApiProblem(Problem.NOT_FOUND)


class NowhereView(OpenView):
    def initial(self, *_: Any, **__: Any) -> None:
        raise ApiProblem(Problem.NOT_FOUND)


@method_decorator(login_not_required, name="dispatch")
class ClientTokenView(TokenView):  # type: ignore[misc]
    """A token for a client that proves its secret."""


@method_decorator(login_not_required, name="dispatch")
class ClientRevokeView(RevokeTokenView):  # type: ignore[misc]
    """A client gives a token back before its time."""


urlpatterns = [
    path("oauth/token", ClientTokenView.as_view(), name="token"),
    path("oauth/revoke", ClientRevokeView.as_view(), name="revoke-token"),
    path("api-info", ApiInfoView.as_view(), name="api-info"),
    path("openapi.json", SpectacularJSONAPIView.as_view(**OPEN), name="openapi"),
    path("problems/<slug:slug>", ProblemView.as_view(), name="problem"),
    path("", include("spink.catalogue.api.urls")),
    path("", include("placements.api.urls")),
    re_path("^.*$", NowhereView.as_view(), name="nowhere"),
]
app_name = "api"
