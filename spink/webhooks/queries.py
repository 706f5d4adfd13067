"""Endpoints and what was sent to them. Read behind the wall: a client sees its own."""

from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from spink.accounts.domain.api_scopes import ApiScope
from spink.webhooks.domain.types import MessageType
from spink.webhooks.models import State, WebhookDelivery, WebhookEndpoint


def _count(state: State) -> Coalesce:
    """Each from an index of its own, however much has been delivered."""
    own = WebhookDelivery.objects.filter(endpoint=OuterRef("pk"), state=state).order_by()
    return Coalesce(Subquery(own.values("endpoint").annotate(n=Count("pk")).values("n")), 0)


WAITING = _count(State.PENDING)
DEAD = _count(State.DEAD)


def endpoints_of(account_id: int) -> QuerySet[WebhookEndpoint]:
    found = WebhookEndpoint.objects.filter(account=account_id)
    return found.annotate(waiting=WAITING, dead=DEAD)


def every_endpoint() -> QuerySet[WebhookEndpoint]:
    """Those with something to look after first."""
    found = WebhookEndpoint.objects.select_related("account__api_client")
    return found.annotate(waiting=WAITING, dead=DEAD).order_by("-dead", "-waiting", "created_at")


def deliveries_to(account_id: int) -> QuerySet[WebhookDelivery]:
    """The newest first."""
    return WebhookDelivery.objects.filter(endpoint__account=account_id)


def deliveries_of(endpoint_id: UUID) -> QuerySet[WebhookDelivery]:
    return WebhookDelivery.objects.filter(endpoint=endpoint_id)


def listening(*, department_id: int) -> QuerySet[WebhookEndpoint]:
    """The open endpoints of the department's clients, those that may read its requests."""
    return WebhookEndpoint.objects.filter(
        closed_at__isnull=True,
        account__api_client__ended_at__isnull=True,
        account__api_client__scopes__contains=[ApiScope.REQUESTS_READ.value],
        account__api_client__unit__department=department_id,
    )


def accounts_listening(message_type: MessageType, *, department_id: int) -> list[int]:
    """The accounts of the clients that want to be told of it."""
    found = listening(department_id=department_id).filter(
        event_types__contains=[message_type.value]
    )
    return list(found.order_by("account").values_list("account", flat=True).distinct())


def dead_count() -> int:
    return WebhookDelivery.objects.filter(state=State.DEAD).count()
