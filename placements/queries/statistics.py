"""How many requests have been sent: figures, of which each stands alone."""

from typing import Any

from django.db.models import Count, DateField, QuerySet
from django.db.models.functions import TruncMonth

from placements.models import PlacementRequest
from placements.queries.visible import visible_requests
from spink.accounts.domain.reach import Reach
from spink.foundation.clock import STOCKHOLM


def sent_by_month(reach: Reach) -> "QuerySet[PlacementRequest]":
    """Those that the reader sees, each with the first day of its month."""
    sent = visible_requests(reach).filter(submitted_at__isnull=False)
    return sent.annotate(
        month=TruncMonth("submitted_at", tzinfo=STOCKHOLM, output_field=DateField())
    )


def counted(requests: Any) -> "QuerySet[Any, Any]":
    """A row a month, service and state, the newest month first. Only ever whole rows are left out,
    so that no row can be reckoned from two answers."""
    rows: QuerySet[Any, Any] = (
        requests.order_by()
        .values("month", "service_type", "state")
        .annotate(count=Count("pk"))
        .order_by("-month", "service_type", "state")
    )
    return rows
