"""A household: the adult's request and one for each child, linked; each has a state of its own.

All were filed in one unit, so that whoever sees one sees all that have been sent.
"""

from collections.abc import Iterable, Sequence
from copy import copy

from django.db.models import Count, Q, QuerySet

from placements.domain.lifecycle import OPEN_WITH_PLACING, State
from placements.models import PlacementRequest


def head_id(request: PlacementRequest) -> int:
    """The id of the adult's request, in which the household began."""
    return request.household_of_id or request.pk


def household_of(request: PlacementRequest) -> list[PlacementRequest]:
    """The adult's first, then the children's in the order of filing; empty for one alone.

    Withdrawn ones are left out, but for the request itself.
    """
    left_out = Q(state=State.WITHDRAWN) & ~Q(pk=request.pk)
    found = list(_of(head_id(request)).exclude(left_out).select_related("person").order_by("id"))
    return found if len(found) > 1 else []


def _of(head: int) -> QuerySet[PlacementRequest]:
    return PlacementRequest.objects.filter(Q(pk=head) | Q(household_of=head))


def sizes(requests: Iterable[PlacementRequest]) -> dict[int, int]:
    """How many requests are in the household of each, by its id; alone ones are left out."""
    rows = list(requests)
    heads = {head_id(row) for row in rows}
    counted = PlacementRequest.objects.filter(household_of__in=heads).exclude(state=State.WITHDRAWN)
    numbers = counted.values("household_of").annotate(children=Count("pk"))
    found = dict(numbers.values_list("household_of", "children"))
    return {row.pk: found[head_id(row)] + 1 for row in rows if head_id(row) in found}


def living_together(request: PlacementRequest) -> list[PlacementRequest]:
    """Those who need places in the same unit, the adult first; the request alone where it has
    none to live with: not in a household, or one that lives elsewhere."""
    if not request.lives_together:
        return [request]
    found = [
        one
        for one in household_of(request)
        if one.lives_together and (one.pk == request.pk or one.state in OPEN_WITH_PLACING)
    ]
    return found or [request]


def as_one(request: PlacementRequest) -> PlacementRequest:
    """What is matched: the adult's need with places for all and all that any of them needs.

    A copy that is read and never saved; of one who lives alone it is the request itself.
    """
    together = living_together(request)
    if len(together) == 1:
        return request
    adult, *others = together
    whole = copy(adult)
    whole.companions = [
        *(age for one in together for age in one.companions),
        *(one.age for one in others if one.age is not None),
    ]
    whole.needs_required = _either(together, "needs_required")
    wished = _either(together, "needs_wished")
    whole.needs_wished = [need for need in wished if need not in whole.needs_required]
    whole.avoid_municipalities = _either(together, "avoid_municipalities")
    whole.avoid_units = _either(together, "avoid_units")
    return whole


def _either(requests: Sequence[PlacementRequest], name: str) -> list[str]:
    return list(dict.fromkeys(code for one in requests for code in getattr(one, name)))
