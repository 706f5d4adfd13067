"""Municipalities, departments and people for tests."""

from datetime import date, timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from spink.accounts import models
from spink.accounts.actions import create_api_client
from spink.accounts.domain.api_scopes import ApiScope
from spink.accounts.domain.roles import SCOPE_OF_ROLE, Role, Scope
from spink.foundation import clock
from spink.foundation.actor import Actor

TESTS = Actor.system("tests")


class MunicipalityFactory(DjangoModelFactory[models.Municipality]):
    class Meta:
        model = models.Municipality
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"{1500 + n}")
    name = factory.LazyAttribute(lambda made: f"Kommun {made.code}")
    is_member = True


class DepartmentFactory(DjangoModelFactory[models.Department]):
    class Meta:
        model = models.Department

    municipality = factory.SubFactory(MunicipalityFactory, code="1480", name="Göteborg")
    name = factory.Sequence(lambda n: f"Socialförvaltning {n}")
    short_name = factory.SelfAttribute("name")


class UnitFactory(DjangoModelFactory[models.Unit]):
    class Meta:
        model = models.Unit

    department = factory.SubFactory(DepartmentFactory)
    name = factory.Sequence(lambda n: f"Enhet {n}")


class PlacementFunctionFactory(DjangoModelFactory[models.PlacementFunction]):
    class Meta:
        model = models.PlacementFunction
        django_get_or_create = ("municipality",)

    municipality = factory.SubFactory(MunicipalityFactory, code="1480", name="Göteborg")
    name = factory.LazyAttribute(lambda made: f"Placeringsfunktion {made.municipality.code}")


class PlacementTeamFactory(DjangoModelFactory[models.PlacementTeam]):
    class Meta:
        model = models.PlacementTeam
        django_get_or_create = ("function", "code")

    function = factory.SubFactory(PlacementFunctionFactory)
    code = "vuxna"
    name = "Team vuxna"


class TeamServiceFactory(DjangoModelFactory[models.TeamService]):
    class Meta:
        model = models.TeamService

    team = factory.SubFactory(PlacementTeamFactory)
    service_type = "short_term_housing"
    valid_from = date(2020, 1, 1)


class UserFactory(DjangoModelFactory[models.User]):
    """Somebody without any role, who logs in through the test client's `force_login`."""

    class Meta:
        model = models.User

    username = factory.Sequence(lambda n: f"person{n}")
    first_name = "Kim"
    last_name = factory.Sequence(lambda n: f"Larsson {n}")
    email = factory.LazyAttribute(lambda made: f"{made.username}@example.se")
    password = "!"


class RoleAssignmentFactory(DjangoModelFactory[models.RoleAssignment]):
    class Meta:
        model = models.RoleAssignment

    user = factory.SubFactory(UserFactory)
    role = Role.SOCIAL_WORKER
    valid_from = date(2020, 1, 1)


class DutyShiftFactory(DjangoModelFactory[models.DutyShift]):
    """A shift of twelve hours that has just begun."""

    class Meta:
        model = models.DutyShift

    user = factory.SubFactory(UserFactory)
    municipality = factory.SubFactory(MunicipalityFactory, code="1480", name="Göteborg")
    reason = "Socialjour, natten"
    started_at = factory.LazyFunction(clock.now)
    ends_at = factory.LazyAttribute(lambda made: made.started_at + timedelta(hours=12))


def holding(role: Role, **given: Any) -> models.User:
    """A new user who holds the role in the place given: unit, department or team."""
    place = {key: given.pop(key) for key in ("unit", "department", "team") if key in given}
    user = UserFactory(**given)
    RoleAssignmentFactory(user=user, role=role, **place)
    return user


def place_of(role: Role) -> dict[str, Any]:
    """A new place of the kind that the role is held in."""
    scope = SCOPE_OF_ROLE[role]
    if scope is Scope.WHOLE:
        return {}
    factories = {
        Scope.UNIT: UnitFactory,
        Scope.DEPARTMENT: DepartmentFactory,
        Scope.TEAM: PlacementTeamFactory,
    }
    return {scope.value: factories[scope]()}


def api_client(unit: models.Unit, *, name: str = "Kärnsystemet") -> models.ApiClient:
    """A client of the API that may do all that there is; its secret is thrown away."""
    client, _secret = create_api_client(
        name=name,
        unit_id=unit.pk,
        scopes=tuple(ApiScope),
        contact="it@kommun.example",
        by=Actor.system("Drift"),
    )
    return client
