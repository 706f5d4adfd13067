"""What the calls about one request have in common."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from placements import actions, queries
from placements.domain.attachments import MOST, TooManyAttachments
from placements.domain.lifecycle import StepNotAllowed
from placements.domain.places import place_of
from placements.models import PlacementRequest
from spink.accounts.api.authentication import Caller
from spink.accounts.api.views import ApiView
from spink.accounts.domain.api_scopes import ApiScope
from spink.web.api import paging
from spink.web.api.parameters import only, wanted_fields
from spink.web.api.problems import ApiProblem, Fault, Problem
from spink.web.api.versions import etag


class PartsView(ApiView):
    """A list of what hangs on a request."""

    scopes: ClassVar[dict[str, ApiScope]] = {"GET": ApiScope.REQUESTS_READ}
    parameters = paging.PARAMETERS
    concerns_people = True
    serializer_class: type[BaseSerializer[Any]]

    def parts(self, found: PlacementRequest) -> list[Any]:
        raise NotImplementedError

    def get(self, request: Request, reference: str) -> Response:
        part = paging.part_of(request.query_params)
        wanted = wanted_fields(request.query_params, self.serializer_class().fields)  # type: ignore[attr-defined]
        every = self.parts(read_one(reference, self.caller))
        rows = every[part.offset : part.offset + part.limit]
        told = self.serializer_class(rows, many=True, context={"reference": reference}).data
        return Response(paging.listed([only(row, wanted) for row in told], len(every), part))


def read_one(reference: str, caller: Caller) -> PlacementRequest:
    try:
        found = queries.read_request(reference, reach=caller.reach, reading=caller.reading)
    except ObjectDoesNotExist as unseen:
        raise Http404 from unseen
    if found.submitted_at is None:
        raise Http404
    return found


def checked(kind: Callable[..., BaseSerializer[Any]], request: Request) -> dict[str, Any]:
    serializer = kind(data=request.data)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def with_place(body: dict[str, Any]) -> dict[str, Any]:
    place = place_of(body.pop("near") or "")
    return body | {
        "near_label": place.label if place else "",
        "near_latitude": place.lat if place else None,
        "near_longitude": place.lon if place else None,
    }


POINTERS = {"person_id": "/person", "age": "/person/age", "gender": "/person/gender"}
CONFLICTS = {
    actions.ReasonNeeded: "/reason",
    actions.UnknownUnit: "/unit_code",
    actions.StoppedUnit: "/despite_stop",
}


@contextmanager
def refusals() -> Iterator[None]:
    """What the actions refuse, as problems of the API."""
    try:
        yield
    except actions.Incomplete as incomplete:
        faults = [
            Fault(one.text, pointer=POINTERS.get(one.field, f"/{one.field}"))
            for one in incomplete.problems
        ]
        raise ApiProblem(Problem.INVALID_FIELDS, faults=faults) from incomplete
    except actions.Outdated as outdated:
        current = {"ETag": etag(outdated.current.version)}
        raise ApiProblem(Problem.CHANGED_MEANWHILE, headers=current) from outdated
    except StepNotAllowed as refused:
        detail = _("The state is %(state)s.") % {"state": refused.state}
        raise ApiProblem(Problem.STATE_CONFLICT, detail) from refused
    except (actions.AttachmentsClosed, actions.NotWithdrawable) as late:
        raise ApiProblem(Problem.STATE_CONFLICT) from late
    except TooManyAttachments as full:
        detail = _("There are %(most)s documents already.") % {"most": MOST}
        raise ApiProblem(Problem.STATE_CONFLICT, detail) from full
    except (actions.ReasonNeeded, actions.UnknownUnit, actions.StoppedUnit) as wrong:
        fault = Fault(TEXTS[type(wrong)](), pointer=CONFLICTS[type(wrong)])
        raise ApiProblem(Problem.INVALID_FIELDS, faults=[fault]) from wrong


TEXTS: dict[type[Exception], Callable[[], str]] = {
    actions.ReasonNeeded: lambda: _("This choice needs a coded reason."),
    actions.UnknownUnit: lambda: _("The register has no unit of this code."),
    actions.StoppedUnit: lambda: _("The unit is stopped: say that you know, and why in the text."),
}
