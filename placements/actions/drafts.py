"""A request while it is written: begun, filled in section by section, sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from placements.actions import stepping
from placements.actions.references import next_reference
from placements.domain.age import ADULT, age_on
from placements.domain.due import due_at
from placements.domain.lifecycle import State, Step
from placements.domain.sections import FIELDS, Section
from placements.domain.values import NumberKind, Protection, RetentionClass, Urgency
from placements.models import Person, PersonIdentity, PlacementRequest
from placements.queries.completeness import problems_of
from spink.accounts import queries as accounts
from spink.foundation import audit, clock
from spink.foundation.actor import Actor
from spink.foundation.encryption import keyed_hash
from spink.foundation.identity_numbers import PersonNumber


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
def start_draft(*, unit_id: int, creation_key: UUID, by: Actor) -> PlacementRequest:
    """A new empty draft of the unit. The same key twice (a double click) is the same draft.

    Raises KeyTaken.
    """
    found = PlacementRequest.objects.filter(creation_key=creation_key).first()
    if found:
        return found
    (unit,) = accounts.units_with_departments([unit_id])
    values = {
        "reference": next_reference(),
        "municipality_id": unit.department.municipality_id,
        "department_id": unit.department_id,
        "unit_id": unit.pk,
        "created_by_id": by.user_id,
        "created_at": clock.now(),
        "changed_at": clock.now(),
    }
    try:
        request, created = PlacementRequest.objects.get_or_create(
            creation_key=creation_key, defaults=values
        )
    except IntegrityError as taken:
        raise KeyTaken from taken
    if created:
        audit.record(
            action="start_draft",
            by=by,
            subject="placement_request",
            subject_id=str(request.pk),
            reference=request.reference,
        )
    return request


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
        _check_draft(change.request)
        for name, value in values.items():
            setattr(change.request, name, value)
    return change.request


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """Who the person is, as the form gives it. `number` is checked before it comes here."""

    given_name: str = ""
    family_name: str = ""
    number_kind: NumberKind = NumberKind.NONE
    number: PersonNumber | None = None
    other_number: str = ""
    """A reserve or temporary number, which follows no rule that can be checked."""
    address: str = ""
    protection: Protection = Protection.NONE
    age: int | None = None
    gender: str = ""

    @property
    def number_text(self) -> str:
        return self.number.digits if self.number else self.other_number

    @property
    def initials(self) -> str:
        if self.protection is not Protection.NONE:
            return ""
        names = (self.given_name[:1], self.family_name[:1])
        return "".join(f"{letter.upper()}." for letter in names if letter)


def save_person(
    *, request_id: int, details: PersonDetails, by: Actor, version: int | None = None
) -> PlacementRequest:
    """Keep who the person is: within a unit, the same number is the same person."""
    with stepping.editing(
        request_id=request_id, by=by, version=version, what="save_person"
    ) as change:
        _check_draft(change.request)
        change.request.person = _person_for(change.request, details, by)
        change.request.gender = details.gender
        change.request.age = _age(details, change.request)
    return change.request


def _person_for(request: PlacementRequest, details: PersonDetails, by: Actor) -> Person:
    number_hash = keyed_hash(details.number_text) if details.number_text else ""
    known = _known_in_unit(request.unit_id, number_hash)
    hidden = [person for person in known if person.is_protected and not _is_filer(person, by)]
    shared = _shared(request, details, [person for person in known if person not in hidden])
    person = shared or _own_person(request, by, is_hidden=bool(hidden))
    if person is None:
        person = Person(unit_id=request.unit_id, created_by_id=by.user_id)
    _keep(person, details, number_hash, hidden, was_shown=person.pk == request.person_id)
    return person


def _keep(
    person: Person,
    details: PersonDetails,
    number_hash: str,
    hidden: list[Person],
    *,
    was_shown: bool,
) -> None:
    """Whoever adds the mark may be one who cannot read the identity behind it any more, so an
    identity that is there is written before the mark."""
    is_known, before = person.pk is not None, person.protection
    if is_known:
        _save_identity(person, details, keeps_blank=not was_shown)
    person.number_kind = details.number_kind
    person.number_hash = number_hash
    person.protection = _protection(person, details, hidden, was_shown=was_shown)
    initials = details.initials or ("" if was_shown else person.initials)
    person.initials = "" if person.is_protected else initials
    person.save()
    if not is_known:
        _save_identity(person, details, keeps_blank=False)
    elif person.protection != before:
        _outdate_drafts_of(person)


def _shared(
    request: PlacementRequest, details: PersonDetails, known: list[Person]
) -> Person | None:
    """A protected one before an open one, unless it is this draft that takes the mark away."""
    lifts = details.protection is Protection.NONE and request.person in known
    return min(known, key=lambda person: person.is_protected == lifts, default=None)


def _outdate_drafts_of(person: Person) -> None:
    """A form that was opened before the mark came or went must not set it back."""
    person.requests.filter(state=State.DRAFT).update(version=F("version") + 1)


def _known_in_unit(unit_id: int, number_hash: str) -> list[Person]:
    if not number_hash:
        return []
    return list(Person.objects.filter(unit_id=unit_id, number_hash=number_hash))


def _is_filer(person: Person, by: Actor) -> bool:
    """Those who filed for a protected person share the row; others write one of their own."""
    return (
        person.created_by_id == by.user_id
        or person.requests.filter(created_by_id=by.user_id).exists()
    )


def _protection(
    person: Person, details: PersonDetails, hidden: list[Person], *, was_shown: bool
) -> str:
    """Whoever is protected in another request is so in this one, marked or not: the mark is taken
    away only in a form that showed it."""
    if details.protection is not Protection.NONE:
        return details.protection
    if person.is_protected and not was_shown:
        return person.protection
    return hidden[0].protection if hidden else Protection.NONE


def _own_person(request: PlacementRequest, by: Actor, *, is_hidden: bool) -> Person | None:
    """The draft's person, unless other requests are about the same one, or the one who began the
    draft has the same person hidden away in another."""
    person = request.person
    if person is None or person.requests.exclude(pk=request.pk).exists():
        return None
    return None if is_hidden and person.created_by_id != by.user_id else person


def _save_identity(person: Person, details: PersonDetails, *, keeps_blank: bool) -> None:
    """`keeps_blank`: what is left empty stays as it was, since the form did not show it."""
    given = {
        "given_name": details.given_name,
        "family_name": details.family_name,
        "number": details.number_text,
        "address": details.address,
    }
    values = {name: text for name, text in given.items() if text or not keeps_blank}
    if not PersonIdentity.objects.filter(person=person).update(**values):
        PersonIdentity.objects.create(person=person, **values)


def _age(details: PersonDetails, request: PlacementRequest) -> int | None:
    born = details.number.birth_date if details.number else None
    if born is None:
        return details.age
    return age_on(request.wanted_start or clock.today(), born=born)


def _check_draft(request: PlacementRequest) -> None:
    if request.state != State.DRAFT:
        raise NotADraft(request.reference)


def submit_request(*, request_id: int, by: Actor, version: int | None = None) -> PlacementRequest:
    """Send the request to the municipality's placement function.

    Raises Incomplete with all that is missing or not routed here, StepNotAllowed when it has been
    sent before, Outdated.
    """
    with stepping.taking_step(Step.SUBMIT, request_id=request_id, by=by, version=version) as change:
        request = change.request
        problems = problems_of(request, on=clock.today())
        if problems:
            raise Incomplete(problems)
        _address(request, by)
        change.facts = {"service_type": request.service_type, "subtype": request.subtype}
    return request


def _address(request: PlacementRequest, by: Actor) -> None:
    """Who gets it, when it is due, and how long it is kept."""
    function = accounts.placement_function_of(request.municipality_id)
    if function is None:
        raise LookupError(f"municipality {request.municipality_id} has no placement function")
    request.placement_function = function
    request.team = accounts.team_for(function_id=function.pk, service_type=request.service_type)
    request.submitted_at = clock.now()
    request.submitted_by_id = by.user_id
    request.due_at = due_at(request.submitted_at, Urgency(request.urgency))
    if request.age is not None and request.age < ADULT:
        request.retention_class = RetentionClass.KEPT
