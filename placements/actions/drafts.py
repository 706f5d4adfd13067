"""A request while it is written: begun, filled in section by section, sent."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from placements.actions import stepping
from placements.actions.references import next_reference
from placements.domain.age import ADULT
from placements.domain.due import due_of
from placements.domain.lifecycle import EDITABLE, State, Step
from placements.domain.sections import COMMON_TO_HOUSEHOLD, FIELDS, Section
from placements.domain.values import RetentionClass, Urgency
from placements.models import PlacementRequest
from placements.queries.completeness import problems_of
from placements.queries.office import office_of
from spink.accounts import queries as accounts
from spink.catalogue.queries import Chosen
from spink.foundation import audit, clock
from spink.foundation.actor import Actor
from spink.foundation.models import AuditEntry


class NotADraft(Exception):
    """The request has been sent and is no longer edited."""


class KeyTaken(Exception):
    """The key is that of a request beyond the own wall; nothing more is said of it."""


class Incomplete(Exception):
    """The request cannot be sent yet; `problems` says what is wrong, by section and field."""

    def __init__(self, problems: list[Any]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


@transaction.atomic
def start_draft(
    *,
    unit_id: int,
    creation_key: UUID,
    by: Actor,
    known: Mapping[str, Any] | None = None,
) -> PlacementRequest:
    """A new draft of the unit, empty but for what is known of it already. The same key twice (a
    double click) is the same draft.

    Raises KeyTaken.
    """
    found = PlacementRequest.objects.filter(creation_key=creation_key).first()
    if found:
        return found
    try:
        request, created = PlacementRequest.objects.get_or_create(
            creation_key=creation_key, defaults=beginning(unit_id=unit_id, by=by, known=known or {})
        )
    except IntegrityError as taken:
        raise KeyTaken from taken
    if created:
        audit.record_all([begun(request, by)])
    return request


def beginning(*, unit_id: int, by: Actor, known: Mapping[str, Any]) -> dict[str, Any]:
    """What a request of the unit begins with."""
    unit = accounts.unit_with_department(unit_id)
    return {
        "reference": next_reference(),
        "municipality": unit.department.municipality,
        "department": unit.department,
        "unit": unit,
        "created_by_id": by.user_id,
        "created_at": clock.now(),
        "changed_at": clock.now(),
        **known,
    }


def begun(request: PlacementRequest, by: Actor) -> AuditEntry:
    return audit.entry(
        action="start_draft",
        by=by,
        subject="placement_request",
        subject_id=str(request.pk),
        reference=request.reference,
    )


def filer_of_another(request: PlacementRequest, by: Actor) -> int | None:
    """Who is to be the filer of another request about the same person. Of a protected one the filer
    stays the filer: nobody else may see whom it concerns."""
    person = request.person
    return request.created_by_id if person is not None and person.is_protected else by.user_id


def save_section(
    *,
    request_id: int,
    section: Section,
    values: Mapping[str, Any],
    by: Actor,
    version: int | None = None,
) -> PlacementRequest:
    """Keep what was filled in. Raises NotADraft, Outdated, and ValueError on a foreign field."""
    foreign = set(values) - set(FIELDS[section])
    if foreign:
        raise ValueError(f"{sorted(foreign)} do not belong to {section}")
    what = f"save_{section}"
    with stepping.editing(request_id=request_id, by=by, version=version, what=what) as change:
        check_draft(change.request)
        before = {name: getattr(change.request, name) for name in values}
        for name, value in values.items():
            setattr(change.request, name, value)
        _carry_over(change.request, before, by)
    return change.request


def _carry_over(adult: PlacementRequest, before: Mapping[str, Any], by: Actor) -> None:
    """What is common to a household is filled in once: the children's drafts follow, but for what
    they have of their own."""
    changed = COMMON_TO_HOUSEHOLD & set(before)
    if not changed or adult.household_of_id is not None:
        return
    drafts = PlacementRequest.objects.filter(household_of=adult, state=State.DRAFT)
    for draft in drafts.select_for_update().order_by("id"):
        follows = [name for name in changed if getattr(draft, name) == before[name]]
        new = {name: getattr(adult, name) for name in follows}
        if any(getattr(draft, name) != value for name, value in new.items()):
            with stepping.editing(
                request_id=draft.pk, by=by, version=None, what="follow_household"
            ) as change:
                for name, value in new.items():
                    setattr(change.request, name, value)


def check_draft(request: PlacementRequest) -> None:
    if request.state not in EDITABLE:
        raise NotADraft(request.reference)


def submit_request(*, request_id: int, by: Actor, version: int | None = None) -> PlacementRequest:
    """Send the request to the municipality's placement function.

    Raises Incomplete with all that is missing or not routed here, StepNotAllowed when it has been
    sent before, Outdated.
    """
    with stepping.taking_step(Step.SUBMIT, request_id=request_id, by=by, version=version) as change:
        send(change, by)
    return change.request


def send(change: stepping.Change, by: Actor, *, chosen: Chosen | None = None) -> None:
    """Complete as it is, it gets its receiver and its time. Raises Incomplete."""
    request = change.request
    problems = problems_of(request, on=clock.today(), chosen=chosen)
    if problems:
        raise Incomplete(problems)
    address(request, by)
    change.facts = {"service_type": request.service_type, "subtype": request.subtype}


def address(request: PlacementRequest, by: Actor) -> None:
    """Who gets it, when it is due, and how long it is kept."""
    receiver = accounts.receiver_of(
        municipality_code=request.municipality_id, service_type=request.service_type
    )
    if receiver is None:
        raise LookupError(f"municipality {request.municipality_id} has no placement function")
    request.placement_function_id, request.team_id = receiver
    request.submitted_at = clock.now()
    request.submitted_by_id = by.user_id
    due = due_of(request.submitted_at, Urgency(request.urgency), office_of(request.municipality_id))
    request.due_at, request.due_hours = due.at, due.hours
    keep_by_age(request)


def keep_by_age(request: PlacementRequest) -> None:
    if request.age is not None and request.age < ADULT:
        request.retention_class = RetentionClass.KEPT
