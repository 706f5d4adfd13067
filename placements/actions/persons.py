"""Who a request is about: the identity apart, one person for a unit, the mark that is not lost."""

from dataclasses import dataclass
from functools import cache

from django.db import IntegrityError, transaction

from placements.actions import protection, stepping
from placements.actions.drafts import check_draft
from placements.domain.age import age_on
from placements.domain.values import NumberKind, Protection
from placements.models import Person, PersonIdentity, PlacementRequest
from spink.foundation import clock
from spink.foundation.actor import Actor
from spink.foundation.encryption import keyed_hash
from spink.foundation.identity_numbers import PersonNumber
from spink.foundation.kept import KeptStatement

ANY_UNIT, ANY_NUMBER = -1, "any number"
"""Where they go in a statement that is kept."""


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
        return protection.initials_of(self.given_name, self.family_name)


@transaction.atomic
def save_person(
    *, request_id: int, details: PersonDetails, by: Actor, version: int | None = None
) -> PlacementRequest:
    """Keep who the person is: within a unit, the same number is the same person.

    The mark of protected identity holds for the whole household.
    """
    protection.hold_household(request_id)
    with stepping.editing(
        request_id=request_id, by=by, version=version, what="save_person"
    ) as change:
        check_draft(change.request)
        keep_person(change.request, details, by)
    protection.level_household(change.request, by)
    return change.request


def keep_person(request: PlacementRequest, details: PersonDetails, by: Actor) -> Person | None:
    """Whom it is about, in a request that the caller keeps. The person, where it was known before.

    A colleague who wrote the same new number at the same moment has made the person already: the
    database says so, and the second look finds it.
    """
    try:
        with transaction.atomic():
            person, was_known = _kept_person(request, details, by)
    except IntegrityError:
        if not request._state.adding:
            request.refresh_from_db(fields=["person"])
        person, was_known = _kept_person(request, details, by)
    request.person = person
    request.gender = details.gender
    request.age = _age(details, request)
    return person if was_known else None


def _kept_person(
    request: PlacementRequest, details: PersonDetails, by: Actor
) -> tuple[Person, bool]:
    """And whether it was known before."""
    number_hash = keyed_hash(details.number_text) if details.number_text else ""
    known = _known_in_unit(request.unit_id, number_hash)
    hidden = [person for person in known if person.is_protected and not _is_filer(person, by)]
    shared = _shared(request, details, [person for person in known if person not in hidden])
    person = shared or _own_person(request, by, is_hidden=bool(hidden))
    if person is None:
        person = Person(unit_id=request.unit_id, created_by_id=by.user_id)
    was_known = person.pk is not None
    _keep(person, request, details, number_hash, hidden)
    return person, was_known


def _keep(
    person: Person,
    request: PlacementRequest,
    details: PersonDetails,
    number_hash: str,
    hidden: list[Person],
) -> None:
    """Whoever adds the mark may be one who cannot read the identity behind it any more, so an
    identity that is there is written before the mark."""
    was_shown = person.pk == request.person_id
    is_known, before = person.pk is not None, person.protection
    if is_known:
        _save_identity(person, details, keeps_blank=not was_shown)
    person.number_kind = details.number_kind
    person.number_hash = number_hash
    person.own_protection = _protection(person, details, hidden, was_shown=was_shown)
    person.protection = protection.protection_of(person, request)
    initials = details.initials or ("" if was_shown else person.initials)
    person.initials = "" if person.is_protected else initials
    person.save()
    if not is_known:
        PersonIdentity.objects.create(person=person, **_identity(details))
    elif person.protection != before:
        protection.outdate_drafts_of(person)


def _shared(
    request: PlacementRequest, details: PersonDetails, known: list[Person]
) -> Person | None:
    """A protected one before an open one, unless it is this draft that takes the mark away."""
    lifts = details.protection is Protection.NONE and request.person in known
    return min(known, key=lambda person: person.is_protected == lifts, default=None)


def _known_in_unit(unit_id: int, number_hash: str) -> list[Person]:
    if not number_hash:
        return []
    return _of_unit_and_number().rows({ANY_UNIT: unit_id, ANY_NUMBER: number_hash})


@cache
def _of_unit_and_number() -> KeptStatement[Person]:
    return KeptStatement(Person.objects.filter(unit_id=ANY_UNIT, number_hash=ANY_NUMBER))


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
        return person.said_protection
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
    given = _identity(details)
    values = {name: text for name, text in given.items() if text or not keeps_blank}
    if not PersonIdentity.objects.filter(person=person).update(**values):
        PersonIdentity.objects.create(person=person, **values)


def _identity(details: PersonDetails) -> dict[str, str]:
    return {
        "given_name": details.given_name,
        "family_name": details.family_name,
        "number": details.number_text,
        "address": details.address,
    }


def _age(details: PersonDetails, request: PlacementRequest) -> int | None:
    born = details.number.birth_date if details.number else None
    if born is None:
        return details.age
    return age_on(request.wanted_start or clock.today(), born=born)
