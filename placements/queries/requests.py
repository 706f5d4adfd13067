"""Reading requests and persons: every one of these leaves its row in the access log."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from django.db.models import QuerySet

from placements import policies
from placements.domain.lifecycle import Side
from placements.domain.values import Audience
from placements.models import (
    Attachment,
    HandOverNote,
    InformationRequest,
    OutcomeFeedback,
    PersonIdentity,
    PlacementRequest,
    ProviderInquiry,
    Recommendation,
    TimelineEntry,
)
from placements.queries.stops import waits_for_filers
from placements.queries.visible import visible_requests
from spink.accounts.access_log import Reading, log_reading
from spink.accounts.domain.reach import Reach
from spink.foundation.kept import KeptStatement

RELATED = (
    "person",
    "municipality",
    "department",
    "unit",
    "created_by",
    "assigned_to",
    "placement_function",
    "team",
)

ANY_REFERENCE = "any reference"
"""Where the reference goes in a statement that is kept."""
ANY_ID = -1
"""Where an id goes."""


def read_request(
    reference: str, *, reach: Reach, reading: Reading, with_people: bool = True
) -> PlacementRequest:
    """The request with whom it concerns. Raises DoesNotExist outside the reader's wall.

    Without people it is quicker, for what asks for the need alone.
    """
    for request in _statement_for_one(reach, with_people).rows({ANY_REFERENCE: reference}):
        log_reading(reading, [request.reference])
        return request
    raise PlacementRequest.DoesNotExist


@lru_cache(maxsize=500)
def _statement_for_one(reach: Reach, with_people: bool) -> KeptStatement[PlacementRequest]:
    visible = visible_requests(reach).filter(reference=ANY_REFERENCE).order_by()
    return KeptStatement(visible.select_related(*RELATED) if with_people else visible)


def read_list(requests: QuerySet[PlacementRequest], *, reading: Reading) -> list[PlacementRequest]:
    """The rows of a list that shows persons: all of them in one row of the access log."""
    rows = list(requests)
    log_list(rows, reading=reading)
    return rows


def log_list(rows: Iterable[PlacementRequest], *, reading: Reading) -> None:
    """For lists that are read in parts: log them all at once."""
    log_reading(reading, [request.reference for request in rows])


@dataclass(frozen=True, slots=True)
class ShownPerson:
    """Of a person what this reader may see. All is empty for a protected one, but for the filer."""

    is_protected: bool
    label: str
    """Initials in lists and headings; never the name. Empty where it is not to be shown."""
    full_name: str = ""
    number: str = ""
    address: str = ""


HIDDEN = ShownPerson(is_protected=True, label="")


def shown_label(request: PlacementRequest) -> ShownPerson:
    """The person as lists show it: initials, and nothing at all of a protected one."""
    person = request.person
    if person is None:
        return ShownPerson(is_protected=False, label="")
    return HIDDEN if person.is_protected else ShownPerson(False, person.initials)


def shown_person(request: PlacementRequest, reach: Reach) -> ShownPerson:
    """The person as the request's own page shows it to this reader."""
    person = request.person
    if person is None:
        return ShownPerson(is_protected=False, label="")
    if not policies.may_see_identity(person, request, reach):
        return HIDDEN
    identity = PersonIdentity.objects.filter(person=person).first()
    if identity is None:
        return ShownPerson(person.is_protected, person.initials)
    return ShownPerson(
        is_protected=person.is_protected,
        label=person.initials,
        full_name=identity.full_name,
        number=identity.number,
        address=identity.address,
    )


def own_requests(reach: Reach) -> QuerySet[PlacementRequest]:
    """What the filing side sees: all of its reach, drafts of colleagues among them."""
    seen = visible_requests(reach).select_related("person", "created_by", "assigned_to")
    return seen.annotate(is_stopped=waits_for_filers())


def recommendations_of(request: PlacementRequest) -> list[Recommendation]:
    """With their units and exceptions, newest first; withdrawn ones too."""
    found = Recommendation.objects.filter(request=request).select_related("sent_by")
    return list(found.prefetch_related("units", "exceptions").order_by("-number"))


def inquiries_of(request: PlacementRequest) -> list[ProviderInquiry]:
    """The newest first."""
    return _inquiries_of_one().rows({ANY_ID: request.pk})


@cache
def _inquiries_of_one() -> KeptStatement[ProviderInquiry]:
    found = ProviderInquiry.objects.filter(request=ANY_ID).select_related("asked_by")
    return KeptStatement(found.order_by("-asked_at", "-id"))


def feedback_of(request: PlacementRequest) -> list[OutcomeFeedback]:
    found = OutcomeFeedback.objects.filter(request=request).select_related("reported_by")
    return list(found.order_by("-reported_at"))


def chosen_units(requests: Iterable[PlacementRequest]) -> dict[int, str]:
    """The unit that each request led to, by the request's id; those that led to none are left
    out. One query."""
    chosen = OutcomeFeedback.objects.filter(request__in=list(requests)).exclude(unit_code="")
    return dict(chosen.values_list("request_id", "unit_name"))


def open_question(request: PlacementRequest) -> InformationRequest | None:
    found = InformationRequest.objects.filter(request=request, answered_at=None)
    return found.select_related("asked_by").first()


def hand_over_notes(request: PlacementRequest, reach: Reach) -> list[HandOverNote]:
    """What colleagues wrote to the reader when they handed the request over, and is not read yet;
    no query where somebody else has the request."""
    if reach.user_id is None or request.assigned_to_id != reach.user_id:
        return []
    unread = HandOverNote.objects.filter(request=request, to_id=reach.user_id, read_at=None)
    return list(unread.select_related("written_by"))


def timeline_of(request: PlacementRequest, *, reach: Reach) -> list[TimelineEntry]:
    """Newest first; the other side's internal notes are left out."""
    audiences = {Audience.BOTH.value}
    sides = policies.sides_of(reach, request)
    if Side.PLACING in sides:
        audiences.add(Audience.PLACING)
    if Side.FILING in sides:
        audiences.add(Audience.FILING)
    found = TimelineEntry.objects.filter(request=request, audience__in=audiences)
    return list(found.order_by("-at", "-id"))


def attachments_of(request: PlacementRequest) -> list[Attachment]:
    """In the order in which they came; refused and withdrawn ones too."""
    return list(Attachment.objects.filter(request=request).select_related("added_by"))


def attachment_names(ids: Iterable[str]) -> dict[str, str]:
    """By the documents' ids."""
    found = Attachment.objects.filter(pk__in=list(ids)).values_list("pk", "name")
    return {str(pk): name for pk, name in found}
