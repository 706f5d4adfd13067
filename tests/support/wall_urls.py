"""Pages that fail in their own ways, to see what the wall's transaction leaves behind."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.urls import include, path
from rest_framework.decorators import api_view, permission_classes
from rest_framework.permissions import AllowAny

from placements.models import PlacementRequest
from spink.accounts.models import Municipality
from spink.accounts.policies import NotAllowed


def _write() -> None:
    Municipality.objects.create(code="9999", name="Skrivet")


def works(request: Any) -> HttpResponse:
    _write()
    return HttpResponse("done")


def breaks(request: Any) -> HttpResponse:
    _write()
    raise LookupError


def is_missing(request: Any) -> HttpResponse:
    _write()
    raise Http404


def is_refused(request: Any) -> HttpResponse:
    _write()
    raise NotAllowed("Därför att.")


def answers_500(request: Any) -> HttpResponse:
    _write()
    return HttpResponse(status=500)


@api_view(["GET"])
@permission_classes([AllowAny])
def is_refused_by_the_api(request: Any) -> HttpResponse:
    _write()
    raise NotAllowed("Därför att.")


def streams(request: Any) -> StreamingHttpResponse:
    def lines() -> Iterator[str]:
        for placement in PlacementRequest.objects.order_by("reference"):
            yield f"{placement.reference}\n"

    return StreamingHttpResponse(lines())


@login_not_required
def is_open(request: Any) -> HttpResponse:
    return HttpResponse(f"{PlacementRequest.objects.count()} {request.reach.user_id}")


urlpatterns = [
    path("works/", works),
    path("breaks/", breaks),
    path("is-missing/", is_missing),
    path("is-refused/", is_refused),
    path("answers-500/", answers_500),
    path("is-refused-by-the-api/", is_refused_by_the_api),
    path("streams/", streams),
    path("is-open/", is_open),
    path("", include("spink.urls")),
]
handler403 = "spink.web.errors.forbidden"
handler404 = "spink.web.errors.not_found"
handler500 = "spink.web.errors.server_error"
