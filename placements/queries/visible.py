"""The application's own filter: the table of who sees what, as a query.

PostgreSQL's row security says the same once more (migration 0002). This one is what makes a page
quick and its meaning plain; that one is what holds if this is ever forgotten.
"""

from django.db.models import Q, QuerySet

from placements.models import PlacementRequest
from spink.accounts.domain.reach import Reach


def seen_by(reach: Reach) -> Q:
    """Own units' requests; those sent to the own placement function; purchases of the own
    department; while on duty, the municipality's."""
    return (
        Q(unit_id__in=reach.unit_ids)
        | Q(submitted_at__isnull=False, placement_function_id__in=reach.placement_function_ids)
        | Q(has_purchase=True, department_id__in=reach.purchase_department_ids)
        | Q(municipality_id__in=reach.duty_municipality_codes)
    )


def visible_requests(reach: Reach) -> QuerySet[PlacementRequest]:
    return PlacementRequest.objects.filter(seen_by(reach))
