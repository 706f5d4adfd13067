"""The mark of protected identity in a household: all are protected as the most protected one."""

from collections.abc import Iterable

from django.db.models import F, Q

from placements.domain.lifecycle import EDITABLE
from placements.domain.protection import strictest
from placements.domain.values import Protection
from placements.models import Person, PersonIdentity, PlacementRequest
from placements.queries import households
from spink.foundation import audit
from spink.foundation.actor import Actor


def hold_household(request_id: int) -> None:
    """Lock the adult's request before any other of the household, so that nobody waits in a ring
    and no mark is missed by one who saves another member at the same moment."""
    request = PlacementRequest.objects.get(pk=request_id)
    list(PlacementRequest.objects.select_for_update().filter(pk=households.head_id(request)))


def protection_of(person: Person, request: PlacementRequest) -> Protection:
    """What holds for the person, as the request is about to say, with the rest of the household."""
    others = [one for one in _household(request) if one.pk != person.pk]
    return strictest([person.said_protection, *(one.said_protection for one in others)])


def level_household(request: PlacementRequest, by: Actor) -> None:
    """Give the mark that holds now to everybody in the household of the request."""
    level(_household(request), request, by)


def level(persons: Iterable[Person], request: PlacementRequest, by: Actor) -> None:
    """Give them the mark that holds now in all households that they are in."""
    changed = [one for one in persons if _level(one)]
    if changed:
        audit.record(
            action="level_protection",
            by=by,
            subject="placement_request",
            subject_id=str(request.pk),
            reference=request.reference,
            details={"persons": len(changed)},
        )


def outdate_drafts_of(person: Person) -> None:
    """A form that was opened before the mark came or went must not set it back."""
    person.requests.filter(state__in=EDITABLE).update(version=F("version") + 1)


def _level(person: Person) -> bool:
    heads = {households.head_id(one) for one in person.requests.all()}
    wanted = strictest(one.said_protection for one in _persons(heads))
    if wanted == person.protection or _would_be_double(person, wanted):
        return False
    person.own_protection = person.said_protection
    person.protection = wanted
    person.initials = "" if person.is_protected else _initials(person)
    person.save()
    outdate_drafts_of(person)
    return True


def _would_be_double(person: Person, wanted: Protection) -> bool:
    """A unit has an open person once: this one stays protected where there is another already."""
    if wanted is not Protection.NONE or not person.number_hash:
        return False
    known = Person.objects.filter(unit_id=person.unit_id, number_hash=person.number_hash)
    return known.filter(protection=Protection.NONE).exclude(pk=person.pk).exists()


def _initials(person: Person) -> str:
    """Empty where the one who takes the mark away may not read who this is."""
    identity = PersonIdentity.objects.filter(person=person).first()
    return initials_of(identity.given_name, identity.family_name) if identity else ""


def initials_of(*names: str) -> str:
    return "".join(f"{name[0].upper()}." for name in names if name)


def _household(request: PlacementRequest) -> list[Person]:
    """Nobody yet of a request that begins one and is not kept."""
    is_first = request._state.adding and request.household_of_id is None
    return [] if is_first else _persons({households.head_id(request)})


def _persons(heads: Iterable[int]) -> list[Person]:
    """Everybody in the households that began in these requests.

    Withdrawn ones too: the mark falls in a form that showed it, never since a request ended.
    """
    requests = PlacementRequest.objects.filter(Q(pk__in=heads) | Q(household_of__in=heads))
    found = Person.objects.filter(pk__in=requests.exclude(person=None).values("person_id"))
    return list(found.select_for_update().order_by("pk"))
