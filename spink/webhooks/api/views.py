from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from spink.accounts.access_log import log_reading
from spink.accounts.api.authentication import Caller
from spink.accounts.api.views import ApiView
from spink.accounts.domain.api_scopes import ApiScope
from spink.web.api import paging
from spink.web.api.describing import NOTHING, Told
from spink.web.api.filtering import narrowed
from spink.web.api.parameters import only, wanted_fields
from spink.web.api.problems import ApiProblem, Problem
from spink.web.api.versions import etag
from spink.webhooks import actions, queries
from spink.webhooks.api.filters import PARAMETERS, DeliveryFilter
from spink.webhooks.api.serializers import (
    ENDPOINTS,
    ChangedEndpointSerializer,
    DeliverySerializer,
    EndpointSerializer,
    EndpointWithSecretSerializer,
    NewEndpointSerializer,
    RotationSerializer,
)
from spink.webhooks.models import WebhookDelivery, WebhookEndpoint


class EndpointsView(ApiView):
    scopes: ClassVar[dict[str, ApiScope]] = {
        "GET": ApiScope.WEBHOOKS_READ,
        "POST": ApiScope.WEBHOOKS_WRITE,
    }
    parameters = paging.PARAMETERS
    told: ClassVar[dict[str, Told]] = {
        "GET": Told(
            "list_webhook_endpoints",
            gettext_lazy("The client's webhooks"),
            answers=EndpointSerializer,
        ),
        "POST": Told(
            "create_webhook_endpoint",
            gettext_lazy("Set up a webhook"),
            gettext_lazy(
                "From now on it is told what happens to the department's requests. The secret that"
                " signs the messages is answered here and never again."
            ),
            takes=NewEndpointSerializer,
            answers=EndpointWithSecretSerializer,
            status=201,
            problems=(Problem.NOT_ALLOWED, Problem.STATE_CONFLICT),
        ),
    }

    def get(self, request: Request) -> Response:
        part = paging.part_of(request.query_params)
        wanted = wanted_fields(request.query_params, EndpointSerializer().fields)
        rows, total = paging.cut(queries.endpoints_of(self.caller.account_id), part)
        told = EndpointSerializer(rows, many=True).data
        return Response(paging.listed([only(row, wanted) for row in told], total, part))

    def post(self, request: Request) -> Response:
        body = _checked(NewEndpointSerializer(data=request.data))
        with refusals():
            made = actions.make_endpoint(
                account_id=self.caller.account_id, by=self.caller.actor, **body
            )
        answer = _with_secret(made, self.caller)
        answer.status_code = 201
        answer["Location"] = answer.data["href"]
        return answer


class EndpointView(ApiView):
    scopes: ClassVar[dict[str, ApiScope]] = {
        "GET": ApiScope.WEBHOOKS_READ,
        "PATCH": ApiScope.WEBHOOKS_WRITE,
        "DELETE": ApiScope.WEBHOOKS_WRITE,
    }
    needs_version = True
    serializer_class = EndpointSerializer
    told: ClassVar[dict[str, Told]] = {
        "GET": Told("read_webhook_endpoint", gettext_lazy("A webhook")),
        "PATCH": Told(
            "change_webhook_endpoint",
            gettext_lazy("Change a webhook"),
            gettext_lazy(
                "With is_enabled false nothing is sent or kept for it, and what waits is given up;"
                " with true it is told what happens from then on."
            ),
            takes=ChangedEndpointSerializer,
        ),
        "DELETE": Told(
            "delete_webhook_endpoint",
            gettext_lazy("Remove a webhook, with all that was sent to it"),
            status=204,
        ),
    }

    def get(self, request: Request, endpoint_id: UUID) -> Response:
        found = _endpoint(endpoint_id, self.caller)
        told = EndpointSerializer(found).data
        wanted = wanted_fields(request.query_params, told)
        return Response(only(told, wanted), headers={"ETag": etag(found.version)})

    def patch(self, request: Request, endpoint_id: UUID) -> Response:
        _endpoint(endpoint_id, self.caller)
        body = _checked(ChangedEndpointSerializer(data=request.data))
        if "is_enabled" in body:
            body["is_open"] = body.pop("is_enabled")
        with refusals():
            actions.change_endpoint(
                endpoint_id=endpoint_id, version=self.version, by=self.caller.actor, **body
            )
        found = _endpoint(endpoint_id, self.caller)
        return Response(EndpointSerializer(found).data, headers={"ETag": etag(found.version)})

    def delete(self, request: Request, endpoint_id: UUID) -> Response:  # noqa: ARG002
        _endpoint(endpoint_id, self.caller)
        with refusals():
            actions.remove_endpoint(
                endpoint_id=endpoint_id, version=self.version, by=self.caller.actor
            )
        return Response(status=204)


class RotationsView(ApiView):
    scopes: ClassVar[dict[str, ApiScope]] = {"POST": ApiScope.WEBHOOKS_WRITE}
    told: ClassVar[dict[str, Told]] = {
        "POST": Told(
            "rotate_webhook_secret",
            gettext_lazy("Get a new secret"),
            gettext_lazy(
                "It is answered here and never again. For 24 hours messages are signed with both"
                " the new and the old one; with at_once the old one signs nothing more, as when it"
                " has leaked. No body is needed."
            ),
            takes=RotationSerializer,
            answers=EndpointWithSecretSerializer,
        )
    }

    def post(self, request: Request, endpoint_id: UUID) -> Response:
        _endpoint(endpoint_id, self.caller)
        body = _checked(RotationSerializer(data=request.data))
        with refusals():
            made = actions.rotate_secret(endpoint_id=endpoint_id, by=self.caller.actor, **body)
        return _with_secret(made, self.caller)


class TestsView(ApiView):
    scopes: ClassVar[dict[str, ApiScope]] = {"POST": ApiScope.WEBHOOKS_WRITE}
    told: ClassVar[dict[str, Told]] = {
        "POST": Told(
            "test_webhook_endpoint",
            gettext_lazy("Send a ping"),
            gettext_lazy("It is signed and repeated as any other message."),
            takes=NOTHING,
            answers=DeliverySerializer,
            status=201,
            problems=(Problem.STATE_CONFLICT,),
        )
    }

    def post(self, request: Request, endpoint_id: UUID) -> Response:  # noqa: ARG002
        _endpoint(endpoint_id, self.caller)
        with refusals():
            written = actions.ping(
                endpoint_id=endpoint_id,
                path=f"{ENDPOINTS}/{endpoint_id}",
                by=self.caller.actor,
            )
        told = DeliverySerializer(written).data
        return Response(told, status=201, headers={"Location": told["href"]})


class DeliveriesView(ApiView):
    scopes: ClassVar[dict[str, ApiScope]] = {"GET": ApiScope.WEBHOOKS_READ}
    parameters = paging.PARAMETERS | PARAMETERS
    filters = DeliveryFilter
    serializer_class = DeliverySerializer
    told: ClassVar[dict[str, Told]] = {
        "GET": Told(
            "list_webhook_deliveries",
            gettext_lazy("What was sent to the client's webhooks"),
            gettext_lazy(
                "The newest first. Delivered messages are kept for 30 days, and those that were"
                " given up for 90."
            ),
        )
    }

    def get(self, request: Request) -> Response:
        part = paging.part_of(request.query_params)
        wanted = wanted_fields(request.query_params, DeliverySerializer().fields)
        every = queries.deliveries_to(self.caller.account_id)
        found = narrowed(DeliveryFilter(request._request.GET, queryset=every))
        rows, total = paging.cut(found, part)
        _log(rows, self.caller)
        told = DeliverySerializer(rows, many=True).data
        return Response(paging.listed([only(row, wanted) for row in told], total, part))


class DeliveryView(ApiView):
    scopes: ClassVar[dict[str, ApiScope]] = {"GET": ApiScope.WEBHOOKS_READ}
    serializer_class = DeliverySerializer
    told: ClassVar[dict[str, Told]] = {
        "GET": Told("read_webhook_delivery", gettext_lazy("A message and what became of it"))
    }

    def get(self, request: Request, message_id: UUID) -> Response:
        told = DeliverySerializer(_delivery(message_id, self.caller)).data
        return Response(only(told, wanted_fields(request.query_params, told)))


class ReplaysView(ApiView):
    scopes: ClassVar[dict[str, ApiScope]] = {"POST": ApiScope.WEBHOOKS_WRITE}
    told: ClassVar[dict[str, Told]] = {
        "POST": Told(
            "replay_webhook_delivery",
            gettext_lazy("Send a message again that was given up"),
            gettext_lazy(
                "Under the same id, and before later messages about the same request that have not"
                " been delivered."
            ),
            takes=NOTHING,
            answers=DeliverySerializer,
            problems=(Problem.STATE_CONFLICT,),
        )
    }

    def post(self, request: Request, message_id: UUID) -> Response:  # noqa: ARG002
        given = _delivery(message_id, self.caller)
        with refusals():
            found = actions.replay(
                endpoint_id=given.endpoint_id, message_id=message_id, by=self.caller.actor
            )
        return Response(DeliverySerializer(found).data)


def _endpoint(endpoint_id: UUID, caller: Caller) -> WebhookEndpoint:
    found = queries.endpoints_of(caller.account_id).filter(pk=endpoint_id).first()
    if found is None:
        raise Http404
    return found


def _delivery(message_id: UUID, caller: Caller) -> WebhookDelivery:
    found = queries.deliveries_to(caller.account_id).filter(message_id=message_id).first()
    if found is None:
        raise Http404
    _log([found], caller)
    return found


def _log(shown: Iterable[WebhookDelivery], caller: Caller) -> None:
    """A message says what happened to a request: whoever reads it has read of that."""
    log_reading(caller.reading, [one.subject for one in shown if one.subject])


def _with_secret(made: WebhookEndpoint, caller: Caller) -> Response:
    found = _endpoint(made.pk, caller)
    told = EndpointWithSecretSerializer(found).data
    return Response(told, headers={"ETag": etag(found.version)})


def _checked(serializer: BaseSerializer[Any]) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


@contextmanager
def refusals() -> Iterator[None]:
    """What the actions refuse, as problems of the API. What another call has removed since it was
    looked up is not found."""
    try:
        yield
    except ObjectDoesNotExist as removed:
        raise Http404 from removed
    except actions.Outdated as outdated:
        current = {"ETag": etag(outdated.current.version)}
        raise ApiProblem(Problem.CHANGED_MEANWHILE, headers=current) from outdated
    except actions.TooMany as many:
        most = {"most": actions.MOST_ENDPOINTS}
        detail = _("A client has at most %(most)d webhooks.") % most
        raise ApiProblem(Problem.NOT_ALLOWED, detail) from many
    except actions.IsClosed as closed:
        raise ApiProblem(Problem.STATE_CONFLICT, _("The webhook is shut off.")) from closed
    except actions.PingsWait as many:
        detail = _("Pings that were asked for before have not arrived yet.")
        raise ApiProblem(Problem.STATE_CONFLICT, detail) from many
    except actions.ClosedByAdministrator as closed:
        detail = _("An administrator has shut off the webhook to this host.")
        raise ApiProblem(Problem.STATE_CONFLICT, detail) from closed
    except actions.NotDead as alive:
        detail = _("Only what was given up is sent again.")
        raise ApiProblem(Problem.STATE_CONFLICT, detail) from alive
