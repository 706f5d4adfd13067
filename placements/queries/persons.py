"""The same person's other requests, as far as the reader may learn of them.

A protected person's are found by the filer's own row alone: that two requests are about one person
would tell, by the open one, who the other is about. The social worker hears of the own department,
the officer of what was sent to the placement function; nobody hears of more.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from placements.domain.lifecycle import ENDED, OPEN_WITH_PLACING, State
from placements.domain.values import Protection
from placements.models import Person, PlacementRequest
from placements.queries.visible import visible_requests
from spink.accounts import wall
from spink.accounts.access_log import Reading, log_reading
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.domain.reach import Reach

MOST = 20
OPEN_PERSONS = Q(person__protection=Protection.NONE.value)


def same_person(request: PlacementRequest, reach: Reach) -> list[PlacementRequest]:
    """Those within the reader's wall, newest first."""
    person = request.person
    if person is None:
        return []
    same = Q(person_id=person.pk)
    if person.number_hash and not person.is_protected:
        same |= OPEN_PERSONS & Q(person__number_hash=person.number_hash)
    return _listed(visible_requests(reach).filter(same), request)


def perhaps_same_person(request: PlacementRequest, reach: Reach) -> list[PlacementRequest]:
    """Open ones with the same initials, age and gender, where a number is lacking in either."""
    person = request.person
    if person is None or not person.initials or request.age is None:
        return []
    alike = OPEN_PERSONS & Q(person__initials=person.initials)
    if person.number_hash:
        alike &= Q(person__number_hash="")
    found = visible_requests(reach).filter(
        alike, age=request.age, gender=request.gender, state__in={*OPEN_WITH_PLACING, State.DRAFT}
    )
    return _listed(found.exclude(person_id=person.pk), request)


def _listed(found: "QuerySet[PlacementRequest]", to: PlacementRequest) -> list[PlacementRequest]:
    rows = found.exclude(pk=to.pk).exclude(state=State.WITHDRAWN, submitted_at=None)
    named = rows.select_related("person", "unit", "department", "created_by")
    return list(named.order_by("-id")[:MOST])


@dataclass(frozen=True, slots=True)
class InDepartment:
    """A request of another unit of the department, of which no more than this is told."""

    unit: str
    filer: str
    service_type: str
    is_open: bool
    sent_at: datetime


def elsewhere_in_department(request: PlacementRequest, reading: Reading) -> list[InDepartment]:
    """Sent by other units of the department for the same number. The wall hides them from the
    reader; this job looks past it within the department and nowhere else, and that is logged."""
    person = request.person
    if person is None or person.is_protected or not person.number_hash:
        return []
    with wall.opened_for_job(SystemJob.FIND_SAME_PERSON):
        found = list(_of_department(request, person))
    log_reading(reading, [one.reference for one in found])
    return [
        InDepartment(
            unit=str(one.unit),
            filer=str(one.created_by),
            service_type=one.service_type,
            is_open=one.state not in ENDED,
            sent_at=one.submitted_at or one.created_at,
        )
        for one in found
    ]


def _of_department(request: PlacementRequest, person: Person) -> "QuerySet[PlacementRequest]":
    sent = PlacementRequest.objects.filter(
        OPEN_PERSONS,
        department_id=request.department_id,
        submitted_at__isnull=False,
        person__number_hash=person.number_hash,
    )
    others = sent.exclude(unit_id=request.unit_id).exclude(state=State.WITHDRAWN)
    return others.select_related("unit", "created_by").order_by("-id")[:MOST]
