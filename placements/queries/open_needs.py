"""The needs of many open requests at once, each with the household that it lives with.

They say the same as `need_of(as_one(request))`, with two statements for all of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Q

from placements.domain.lifecycle import OPEN_WITH_PLACING, State
from placements.matching import Near, Need
from placements.models import PlacementRequest
from placements.queries.queue import OPEN


class OpenRequest(NamedTuple):
    """A row of a request, with what its need is made of."""

    pk: int
    household_of_id: int | None
    lives_together: bool
    state: str
    submitted_at: datetime
    municipality_id: str
    department_id: int
    service_type: str
    subtype: str
    wanted_start: date
    age: int | None
    gender: str
    drug_free: bool | None
    companions: list[int]
    needs_required: list[str]
    needs_wished: list[str]
    near_latitude: float | None
    near_longitude: float | None
    within_km: float | None
    avoid_municipalities: list[str]
    avoid_units: list[str]

    @property
    def head_id(self) -> int:
        return self.household_of_id or self.pk


def open_requests(which: Q) -> list[OpenRequest]:
    """Sent and not decided."""
    return _rows(
        Q(state__in=OPEN, submitted_at__isnull=False, wanted_start__isnull=False)
        & ~Q(service_type="")
        & which
    )


def needs_of(requests: Sequence[OpenRequest]) -> list[Need]:
    """In their order."""
    households = _households(requests)
    return [_need(_together(row, households.get(row.head_id, ()))) for row in requests]


def _rows(which: Q) -> list[OpenRequest]:
    found = PlacementRequest.objects.filter(which).order_by("pk")
    return [OpenRequest(*row) for row in found.values_list(*OpenRequest._fields)]


def _households(requests: Sequence[OpenRequest]) -> Mapping[int, Sequence[OpenRequest]]:
    """Those whose needs may count, by the adult's id and in the order of filing."""
    heads = {row.head_id for row in requests}
    members: defaultdict[int, list[OpenRequest]] = defaultdict(list)
    for child in _rows(Q(household_of__isnull=False, state__in=OPEN, wanted_start__isnull=False)):
        if child.head_id in heads:
            members[child.head_id].append(child)
    adults = _rows(Q(pk__in=set(members))) if members else []
    return {adult.pk: [adult, *members[adult.pk]] for adult in adults}


def _together(row: OpenRequest, household: Sequence[OpenRequest]) -> Sequence[OpenRequest]:
    known = [one for one in household if one.pk == row.pk or one.state != State.WITHDRAWN]
    if not row.lives_together or len(known) < 2:
        return [row]
    return [
        one
        for one in known
        if one.lives_together and (one.pk == row.pk or one.state in OPEN_WITH_PLACING)
    ] or [row]


def _need(together: Sequence[OpenRequest]) -> Need:
    adult, *others = together
    required = _either(one.needs_required for one in together)
    wished = _either(one.needs_wished for one in together)
    return Need(
        municipality=adult.municipality_id,
        service_type=adult.service_type,
        wanted_start=adult.wanted_start,
        subtype=adult.subtype or None,
        age=adult.age,
        gender=adult.gender or None,
        drug_free=adult.drug_free,
        companions=(
            *(age for one in together for age in one.companions),
            *(one.age for one in others if one.age is not None),
        ),
        needs_required=required,
        needs_wished=tuple(code for code in wished if code not in required) if others else wished,
        near=_near(adult),
        not_in_municipalities=_either(one.avoid_municipalities for one in together),
        not_units=_either(one.avoid_units for one in together),
    )


def _near(row: OpenRequest) -> Near | None:
    if row.near_latitude is None or row.near_longitude is None:
        return None
    return Near(row.near_latitude, row.near_longitude, row.within_km)


def _either(lists: Iterable[list[Any]]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(code for codes in lists for code in codes))
