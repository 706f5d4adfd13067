from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from placements import actions, policies, queries
from placements.api.filters import PARAMETERS, RequestFilter, narrowed
from placements.api.new_request import NewRequestSerializer
from placements.api.serializers import (
    FeedbackSerializer,
    NewFeedbackSerializer,
    RecommendationSerializer,
    RequestDetailSerializer,
    RequestSerializer,
    TextSerializer,
    TimelineEntrySerializer,
    WithdrawalSerializer,
    is_protected,
)
from placements.api.shared import PartsView, checked, read_one, refusals, with_place
from placements.domain.lifecycle import Side
from placements.domain.values import Audience, NumberKind, Protection
from placements.models import PlacementRequest
from spink.accounts.api.authentication import Caller
from spink.accounts.api.views import ApiView
from spink.accounts.domain.api_scopes import ApiScope
from spink.web.api import paging
from spink.web.api.describing import Told
from spink.web.api.parameters import only, wanted_fields
from spink.web.api.problems import Problem
from spink.web.api.versions import etag


class RequestsView(ApiView):
    """Those that the client's department has filed; drafts are nobody else's business."""

    scopes: ClassVar[dict[str, ApiScope]] = {
        "GET": ApiScope.REQUESTS_READ,
        "POST": ApiScope.REQUESTS_WRITE,
    }
    parameters = paging.PARAMETERS | PARAMETERS
    filters = RequestFilter
    concerns_people = True
    told: ClassVar[dict[str, Told]] = {
        "GET": Told(
            "list_placement_requests",
            gettext_lazy("Requests that your department has filed"),
            gettext_lazy("The latest first, unless sorted otherwise."),
            answers=RequestSerializer,
        ),
        "POST": Told(
            "create_placement_request",
            gettext_lazy("File a request"),
            gettext_lazy(
                "It goes to the placement function at once. The person's number, name and address"
                " are kept encrypted and are never answered by this API."
            ),
            takes=NewRequestSerializer,
            answers=RequestDetailSerializer,
            status=201,
        ),
    }

    def get(self, request: Request) -> Response:
        part = paging.part_of(request.query_params)
        wanted = wanted_fields(request.query_params, RequestSerializer().fields)
        found = narrowed(_filed(self.caller), request._request.GET)
        rows, total = paging.cut(found.select_related(*RELATED).only(*IN_LISTS), part)
        queries.log_list(rows, reading=self.caller.reading)
        told = RequestSerializer(rows, many=True).data
        return Response(paging.listed([only(row, wanted) for row in told], total, part))

    def post(self, request: Request) -> Response:
        serializer = NewRequestSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        body = dict(serializer.validated_data)
        with refusals():
            filed = actions.file_request(
                unit_id=self.caller.unit_id,
                person=_person(body.pop("person")),
                values=with_place(body),
                chosen=serializer.chosen,
                by=self.caller.actor,
            )
        queries.log_list([filed], reading=self.caller.reading)
        answer = _shown(filed)
        answer.status_code = 201
        answer["Location"] = answer.data["href"]
        return answer


RELATED = ("person", "department", "unit")
IN_LISTS = (
    "reference",
    "version",
    "state",
    "municipality",
    "service_type",
    "subtype",
    "urgency",
    "wanted_start",
    "submitted_at",
    "due_at",
    "changed_at",
    "ended_at",
    "age",
    "gender",
    "household_of",
    "person__protection",
    "department__name",
    "unit__name",
)
"""What the serializer asks for; a request has three times as much."""


class RequestView(ApiView):
    scopes: ClassVar[dict[str, ApiScope]] = {"GET": ApiScope.REQUESTS_READ}
    concerns_people = True
    told: ClassVar[dict[str, Told]] = {
        "GET": Told(
            "read_placement_request",
            gettext_lazy("A request"),
            gettext_lazy("Its ETag is what changes of it are made with."),
            answers=RequestDetailSerializer,
        )
    }

    def get(self, request: Request, reference: str) -> Response:
        return _shown(read_one(reference, self.caller), query=request)


class RecommendationsView(PartsView):
    serializer_class = RecommendationSerializer
    told: ClassVar[dict[str, Told]] = {
        "GET": Told(
            "list_recommendations",
            gettext_lazy("What is recommended for a request"),
            gettext_lazy("The units of each stand in the order in which they are recommended."),
        )
    }

    def parts(self, found: PlacementRequest) -> list[Any]:
        every = queries.recommendations_of(found)
        if is_protected(found):
            for unit in (unit for one in every for unit in one.units.all()):
                unit.distance_km = None  # where units lie is known: a few tell what it is near
        return every


class TimelineView(PartsView):
    serializer_class = TimelineEntrySerializer
    told: ClassVar[dict[str, Told]] = {
        "GET": Told("list_timeline_entries", gettext_lazy("What has happened to a request"))
    }

    def parts(self, found: PlacementRequest) -> list[Any]:
        return queries.timeline_of(found, reach=self.caller.reach)


class StepView(ApiView):
    """A step of the filing side; whoever takes it says which version of the request was read."""

    scopes: ClassVar[dict[str, ApiScope]] = {"POST": ApiScope.REQUESTS_WRITE}
    concerns_people = True
    needs_version = True
    serializer_class: type[BaseSerializer[Any]]

    def take(self, found: PlacementRequest, body: dict[str, Any]) -> None:
        raise NotImplementedError

    def post(self, request: Request, reference: str) -> Response:
        found = read_one(reference, self.caller)
        body = checked(self.serializer_class, request)
        with refusals():
            self.take(found, body)
        return _shown(read_one(reference, self.caller))


class WithdrawalView(StepView):
    serializer_class = WithdrawalSerializer
    told: ClassVar[dict[str, Told]] = {
        "POST": Told(
            "withdraw_placement_request",
            gettext_lazy("Withdraw a request"),
            gettext_lazy("The reason is a code of the kind withdrawn."),
            answers=RequestDetailSerializer,
        )
    }

    def take(self, found: PlacementRequest, body: dict[str, Any]) -> None:
        actions.withdraw_request(
            request_id=found.pk, version=self.version, by=self.caller.actor, **body
        )


class AnswerView(StepView):
    """To what the officer asked, when the request waits for completion."""

    serializer_class = TextSerializer
    told: ClassVar[dict[str, Told]] = {
        "POST": Told(
            "answer_information",
            gettext_lazy("Answer what the officer asked"),
            gettext_lazy("While the state is waiting for information; its time goes on again."),
            answers=RequestDetailSerializer,
        )
    }

    def take(self, found: PlacementRequest, body: dict[str, Any]) -> None:
        actions.answer_information(
            request_id=found.pk, answer=body["text"], version=self.version, by=self.caller.actor
        )


class OutcomeView(StepView):
    scopes: ClassVar[dict[str, ApiScope]] = {
        "GET": ApiScope.REQUESTS_READ,
        "POST": ApiScope.REQUESTS_WRITE,
    }
    parameters = paging.PARAMETERS
    serializer_class = NewFeedbackSerializer
    told: ClassVar[dict[str, Told]] = {
        "GET": Told(
            "list_outcome_feedback",
            gettext_lazy("What was reported back"),
            answers=FeedbackSerializer,
        ),
        "POST": Told(
            "report_outcome",
            gettext_lazy("Report which unit was chosen, or that none was"),
            gettext_lazy(
                "An empty unit_code says that none was chosen. Any other choice than the first that"
                " was recommended needs a coded reason."
            ),
            answers=RequestDetailSerializer,
        ),
    }

    def get(self, request: Request, reference: str) -> Response:
        part = paging.part_of(request.query_params)
        wanted = wanted_fields(request.query_params, FeedbackSerializer().fields)
        every = queries.feedback_of(read_one(reference, self.caller))
        told = FeedbackSerializer(every[part.offset : part.offset + part.limit], many=True).data
        return Response(paging.listed([only(row, wanted) for row in told], len(every), part))

    def take(self, found: PlacementRequest, body: dict[str, Any]) -> None:
        actions.report_outcome(
            request_id=found.pk, version=self.version, by=self.caller.actor, **body
        )


class MessagesView(PartsView):
    scopes: ClassVar[dict[str, ApiScope]] = {
        "GET": ApiScope.REQUESTS_READ,
        "POST": ApiScope.REQUESTS_WRITE,
    }
    serializer_class = TimelineEntrySerializer
    told: ClassVar[dict[str, Told]] = {
        "GET": Told(
            "list_messages",
            gettext_lazy("What is said on a request"),
            gettext_lazy(
                "Messages, notes of your own side, and what was asked and answered, the newest"
                " last."
            ),
        ),
        "POST": Told(
            "write_message",
            gettext_lazy("Write to the officer"),
            takes=TextSerializer,
            status=201,
            problems=(Problem.NOT_ALLOWED,),
        ),
    }

    def parts(self, found: PlacementRequest) -> list[Any]:
        return queries.said_of(queries.timeline_of(found, reach=self.caller.reach))

    def post(self, request: Request, reference: str) -> Response:
        found = read_one(reference, self.caller)
        policies.check_can_write(found, self.caller.reach)
        body = checked(TextSerializer, request)
        entry = actions.write(
            request_id=found.pk,
            text=body["text"],
            audience=Audience.BOTH,
            by=self.caller.actor,
            side=Side.FILING,
        )
        return Response(TimelineEntrySerializer(entry).data, status=201)


def _filed(caller: Caller) -> "QuerySet[PlacementRequest]":
    """By the department, which an index of theirs begins with; the reach is the same units."""
    seen = queries.visible_requests(caller.reach)
    return seen.filter(department_id=caller.department_id, submitted_at__isnull=False)


def _shown(found: PlacementRequest, query: Request | None = None) -> Response:
    told = RequestDetailSerializer(found).data
    wanted = None
    if query is not None:
        wanted = wanted_fields(query.query_params, told)
    return Response(only(told, wanted), headers={"ETag": etag(found.version)})


def _person(given: dict[str, Any]) -> actions.PersonDetails:
    kind = NumberKind(given["number_kind"])
    return actions.PersonDetails(
        given_name=given["given_name"].strip(),
        family_name=given["family_name"].strip(),
        number_kind=kind,
        number=given["checked_number"],
        other_number=given["number"].strip() if kind is NumberKind.RESERVE else "",
        address=given["address"].strip(),
        protection=Protection(given["protection"]),
        age=given["age"],
        gender=given["gender"],
    )
