"""Who works with the sample: a login for each role, a few more, and names without logins."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.contrib.auth.hashers import make_password
from django.db import transaction

from spink.accounts import queries as accounts
from spink.accounts.actions import NewRole, create_user
from spink.accounts.domain.roles import FILING_ROLES, Role
from spink.accounts.models import Department, PlacementTeam, Unit, User
from spink.foundation.actor import Actor
from spink.sample import names
from spink.sample.drawing import Draw

WORKS_SINCE: Final = date(2020, 1, 1)
OFFICERS_ELSEWHERE: Final = {
    "1440": "ale",
    "1401": "harryda",
    "1482": "kungalv",
    "1441": "lerum",
    "1402": "partille",
    "1415": "stenungsund",
    "1419": "tjorn",
    "1407": "ockero",
}


@dataclass(frozen=True)
class Person:
    """Somebody with a login. `place` is a unit, a department or a team, by the role's scope, with
    the municipality's code in front."""

    username: str
    first_name: str
    last_name: str
    role: Role
    place: tuple[str, ...] = ()
    shown: bool = False
    """Whether the demo prints the login: one for each role."""


GOTEBORG: Final = "1480"
FFS: Final = "Funktionsstöd"
ADULT_OFFICERS: Final = (
    ("handlaggare", "Elin", "Havsmark"),
    ("handlaggare2", "Ruben", "Ahlvik"),
    ("handlaggare3", "Signe", "Torpman"),
    ("handlaggare4", "Omar", "Lindmo"),
    ("handlaggare5", "Petra", "Rydfalk"),
)
CHILD_OFFICERS: Final = (
    ("handlaggare6", "Klara", "Nordhag"),
    ("handlaggare7", "Viggo", "Mosskär"),
    ("handlaggare8", "Leila", "Sundhag"),
    ("handlaggare9", "Arvid", "Strandvik"),
)

PEOPLE: Final = (
    Person(
        "socialsekreterare",
        "Johan",
        "Tallvik",
        Role.SOCIAL_WORKER,
        (GOTEBORG, FFS, "Myndighet vuxna 1"),
        shown=True,
    ),
    Person(
        "socialsekreterare2",
        "Amina",
        "Cederhag",
        Role.SOCIAL_WORKER,
        (GOTEBORG, FFS, "Myndighet vuxna 1"),
    ),
    Person(
        "socialsekreterare3",
        "Malin",
        "Berghag",
        Role.SOCIAL_WORKER,
        (GOTEBORG, "Centrum", "Missbruk och beroende"),
    ),
    Person(
        "socialsekreterare4",
        "Isak",
        "Ekhamre",
        Role.SOCIAL_WORKER,
        (GOTEBORG, "Centrum", "Missbruk och beroende"),
    ),
    Person(
        "socialsekreterare5",
        "Nora",
        "Falkmo",
        Role.SOCIAL_WORKER,
        (GOTEBORG, "Centrum", "Utredning barn och unga 1"),
    ),
    Person(
        "socialsekreterare-molndal",
        "Tuva",
        "Gyllhag",
        Role.SOCIAL_WORKER,
        ("1481", "Social- och arbetsmarknad", "Vuxenenheten"),
    ),
    Person(
        "socialsekreterare-molndal2",
        "Samir",
        "Kronlid",
        Role.SOCIAL_WORKER,
        ("1481", "Social- och arbetsmarknad", "Barn och familj"),
    ),
    Person(
        "enhetschef",
        "Birgit",
        "Lundevik",
        Role.UNIT_MANAGER,
        (GOTEBORG, FFS, "Myndighet vuxna 1"),
        shown=True,
    ),
    Person(
        "enhetschef2",
        "Harald",
        "Myrstrand",
        Role.UNIT_MANAGER,
        (GOTEBORG, "Centrum", "Missbruk och beroende"),
    ),
    Person(
        "link",
        "Cecilia",
        "Odenvik",
        Role.LOCAL_PROCUREMENT_COORDINATOR,
        (GOTEBORG, FFS),
        shown=True,
    ),
    Person("link2", "Tage", "Palmlid", Role.LOCAL_PROCUREMENT_COORDINATOR, (GOTEBORG, "Centrum")),
    Person(
        "socialjour",
        "Fatima",
        "Skärlid",
        Role.OUT_OF_HOURS_WORKER,
        (GOTEBORG, "Centrum", "Socialjouren"),
        shown=True,
    ),
    *(
        Person(*officer, Role.PLACEMENT_OFFICER, (GOTEBORG, "vuxna"), shown=number == 0)
        for number, officer in enumerate(ADULT_OFFICERS)
    ),
    *(
        Person(*officer, Role.PLACEMENT_OFFICER, (GOTEBORG, "barn-och-unga"))
        for officer in CHILD_OFFICERS
    ),
    Person("handlaggare-molndal", "Ylva", "Stenmo", Role.PLACEMENT_OFFICER, ("1481", "placering")),
    Person(
        "handlaggare-molndal2", "Nils", "Svartlid", Role.PLACEMENT_OFFICER, ("1481", "placering")
    ),
    Person("kvalitet", "Karin", "Wallmark", Role.QUALITY_CONTROLLER, shown=True),
    Person("kvalitet2", "Otto", "Ulvhed", Role.QUALITY_CONTROLLER),
    Person("kvalitet3", "Rana", "Vikhed", Role.QUALITY_CONTROLLER),
    Person("jurist", "Sixten", "Åkervik", Role.LAWYER, shown=True),
    Person("kategoriledare", "Svea", "Ängvall", Role.CATEGORY_LEAD, shown=True),
    Person("kategoriledare2", "Karim", "Hedvall", Role.CATEGORY_LEAD),
    Person("kategoriledare3", "Vera", "Hildebro", Role.CATEGORY_LEAD),
    Person("controller", "Ingrid", "Kallhed", Role.CONTROLLER, shown=True),
    Person("admin", "Folke", "Öhrvik", Role.ADMINISTRATOR, shown=True),
)


@transaction.atomic
def load_people(*, seed: int, by: Actor) -> int:
    """Create all of them, without passwords; how many they are."""
    everybody = [*PEOPLE, *_officers_elsewhere(seed)]
    for person in everybody:
        _create(person, by)
    return len(everybody) + _staff_units(seed, by)


def set_passwords(password: str) -> None:
    """One password for all who have a login in the demo, and for nobody else."""
    User.objects.filter(username__in=_usernames()).update(password=make_password(password))


def logins() -> list[User]:
    """One for each role, in the order in which they are printed, with what each may see."""
    shown = [person.username for person in PEOPLE if person.shown]
    users = {user.username: user for user in User.objects.filter(username__in=shown)}
    for user in users.values():
        user.reach = accounts.reach_of_user(user)
    return [users[username] for username in shown]


def _usernames() -> list[str]:
    elsewhere = [f"handlaggare-{short}" for short in OFFICERS_ELSEWHERE.values()]
    return [person.username for person in PEOPLE] + elsewhere


def _officers_elsewhere(seed: int) -> Iterator[Person]:
    for code, short in OFFICERS_ELSEWHERE.items():
        given, family = names.person_name(Draw(seed, "officer", code))
        yield Person(
            f"handlaggare-{short}", given, family, Role.PLACEMENT_OFFICER, (code, "placering")
        )


def _create(person: Person, by: Actor) -> User:
    return create_user(
        person.username,
        first_name=person.first_name,
        last_name=person.last_name,
        email=f"{person.username}@kommun.example",
        roles=[_role(person)],
        by=by,
    )


def _role(person: Person) -> NewRole:
    if not person.place:
        return NewRole(role=person.role, valid_from=WORKS_SINCE)
    municipality, first, *unit = person.place
    if person.role is Role.PLACEMENT_OFFICER:
        team = PlacementTeam.objects.get(function__municipality_id=municipality, code=first)
        return NewRole(role=person.role, team=team, valid_from=WORKS_SINCE)
    department = Department.objects.get(municipality_id=municipality, short_name=first)
    if not unit:
        return NewRole(role=person.role, department=department, valid_from=WORKS_SINCE)
    place = Unit.objects.get(department=department, name=unit[0])
    return NewRole(role=person.role, unit=place, valid_from=WORKS_SINCE)


def _staff_units(seed: int, by: Actor) -> int:
    """A social worker without a login for every unit that has none: somebody filed its requests."""
    staffed = Unit.objects.filter(roleassignment__role__in=FILING_ROLES)
    order = ("department__municipality_id", "department__name", "name")
    empty = list(Unit.objects.exclude(pk__in=staffed).order_by(*order))
    for number, unit in enumerate(empty):
        given, family = names.person_name(Draw(seed, "social worker", number))
        create_user(
            f"soc{number + 1:03}",
            first_name=given,
            last_name=family,
            email=f"soc{number + 1:03}@kommun.example",
            roles=[NewRole(role=Role.SOCIAL_WORKER, unit=unit, valid_from=WORKS_SINCE)],
            by=by,
        )
    return len(empty)
