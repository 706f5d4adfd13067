"""The REST API's address book: each app's resources under /api/v1/, and what describes them all."""

from typing import Any, ClassVar

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from oauth2_provider.views import RevokeTokenView, TokenView
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from spink.composition.openapi.document import LANGUAGES, document
from spink.composition.reference.views import reference
from spink.web.api.describing import DescribedView, Told
from spink.web.api.parameters import check_known
from spink.web.api.problems import ApiProblem, Fault, Problem, answer_to

LANG = "lang"
RELEASED = "2026-11-22"


class OpenView(DescribedView):
    """For whoever asks: no token, no wall, nothing but what we say of ourselves."""

    authentication_classes = ()
    permission_classes = ()
    parameters: ClassVar[frozenset[str]] = frozenset()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        check_known(request.query_params, self.parameters)

    def handle_exception(self, exc: Exception) -> Response:
        answer = answer_to(exc)
        if answer is None:
            raise exc
        answer.exception = True
        return answer


class ApiInfoSerializer(serializers.Serializer[Any]):
    api_name = serializers.CharField()
    api_version = serializers.CharField()
    api_released = serializers.DateField()
    api_status = serializers.CharField()
    api_documentation = serializers.URLField()
    example: ClassVar[dict[str, Any]] = {
        "api_name": "spink",
        "api_version": "1.0.0",
        "api_released": RELEASED,
        "api_status": "beta",
        "api_documentation": "https://spink.example/api/v1/docs",
    }


class ApiInfoView(OpenView):
    """What the national profile asks an API to say of itself."""

    serializer_class = ApiInfoSerializer
    told: ClassVar[dict[str, Told]] = {
        "GET": Told("read_api_info", _("Which API this is, and which version of it"))
    }

    def get(self, request: Request) -> Response:
        return Response(
            {
                "api_name": "spink",
                "api_version": "1.0.0",
                "api_released": RELEASED,
                "api_status": "beta",
                "api_documentation": request.build_absolute_uri("/api/v1/docs"),
            }
        )


class DocumentSerializer(serializers.Serializer[Any]):
    openapi = serializers.CharField()
    info = serializers.DictField()
    paths = serializers.DictField()
    example: ClassVar[dict[str, Any]] = {"openapi": "3.1.0", "info": {}, "paths": {}}


class DocumentView(OpenView):
    """This description."""

    serializer_class = DocumentSerializer
    parameters = frozenset({LANG})
    told: ClassVar[dict[str, Told]] = {"GET": Told("read_openapi", _("This description"))}

    def get(self, request: Request) -> Response:
        language = request.query_params.get(LANG, get_language())
        if language not in LANGUAGES:
            fault = Fault(gettext("There is no such language."), parameter=LANG)
            raise ApiProblem(Problem.INVALID_PARAMETER, faults=[fault])
        return Response(document(language), headers={"Content-Language": language})


class DescribedProblemSerializer(serializers.Serializer[Any]):
    type = serializers.CharField()
    status = serializers.IntegerField()
    title = serializers.CharField()
    example: ClassVar[dict[str, Any]] = {
        "type": "/api/v1/problems/not-found",
        "status": 404,
        "title": "There is nothing here that this client can see.",
    }


class ProblemView(OpenView):
    """Where the type of a problem leads to."""

    serializer_class = DescribedProblemSerializer
    told: ClassVar[dict[str, Told]] = {"GET": Told("read_problem", _("What a problem is"))}

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
    path("docs", reference, name="docs"),
    path("openapi.json", DocumentView.as_view(), name="openapi"),
    path("problems/<slug:slug>", ProblemView.as_view(), name="problem"),
    path("", include("spink.catalogue.api.urls")),
    path("", include("providers.api.urls")),
    path("", include("placements.api.urls")),
    path("", include("spink.webhooks.api.urls")),
    re_path("^.*$", NowhereView.as_view(), name="nowhere"),
]
app_name = "api"
