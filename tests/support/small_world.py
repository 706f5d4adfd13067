"""A small world: two municipalities, two departments, and four units on three rungs."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from spink.accounts import queries as accounts
from spink.accounts import wall
from spink.accounts.domain.roles import Role
from spink.accounts.models import User
from tests.factories import accounts as people
from tests.factories import providers as register

OWN, FRAMEWORK, CHEAPER, DIRECT = "U-own", "U-framework", "U-cheaper", "U-direct"


@dataclass(frozen=True)
class World:
    social_worker: User
    colleague: User
    other_department: User
    officer: User
    second_officer: User
    other_officer: User

    def behind_wall_of(self, user: User) -> AbstractContextManager[None]:
        return wall.opened_for(accounts.reach_of_user(user))


def settle_people() -> World:
    goteborg = people.MunicipalityFactory(code="1480", name="Göteborg", is_member=True)
    molndal = people.MunicipalityFactory(code="1481", name="Mölndal", is_member=True)
    disability = people.DepartmentFactory(municipality=goteborg, name="Funktionsstöd")
    centrum = people.DepartmentFactory(municipality=goteborg, name="Centrum")
    unit = people.UnitFactory(department=disability, name="Utredning 3")
    other_unit = people.UnitFactory(department=centrum, name="Vuxen 1")
    spink = people.PlacementFunctionFactory(municipality=goteborg, name="Spink")
    elsewhere = people.PlacementFunctionFactory(municipality=molndal, name="Mölndal")
    team = people.PlacementTeamFactory(function=spink, code="vuxna")
    people.TeamServiceFactory(team=team, service_type="short_term_housing")
    far_team = people.PlacementTeamFactory(function=elsewhere, code="alla")
    return World(
        social_worker=people.holding(Role.SOCIAL_WORKER, unit=unit, first_name="Johan"),
        colleague=people.holding(Role.SOCIAL_WORKER, unit=unit, first_name="Kim"),
        other_department=people.holding(Role.SOCIAL_WORKER, unit=other_unit),
        officer=people.holding(Role.PLACEMENT_OFFICER, team=team, first_name="Elin"),
        second_officer=people.holding(Role.PLACEMENT_OFFICER, team=team, first_name="Ruben"),
        other_officer=people.holding(Role.PLACEMENT_OFFICER, team=far_team),
    )


def open_units() -> None:
    """One own unit without a free place, two on framework agreements, one vetted."""
    own = register.CareUnitFactory(
        code=OWN, name="Byalagsgatan", operated_by="1480", places_total=19, places_occupied=19
    )
    dear = register.CareUnitFactory(code=FRAMEWORK, name="Ekhagen", needs_met=["supervision"])
    cheap = register.CareUnitFactory(code=CHEAPER, name="Sävlunda")
    vetted = register.CareUnitFactory(code=DIRECT, name="Sjövik")
    for unit in (own, dear, cheap, vetted):
        register.CareUnitServiceFactory(unit=unit)
    lot = register.AgreementLotFactory()
    for unit, rate in ((dear, Decimal(2950)), (cheap, Decimal(2900))):
        agreed = register.AgreementUnitFactory(lot=lot, unit=unit)
        register.PriceFactory(agreement_unit=agreed, rate=rate, valid_from=date(2025, 3, 1))
    register.DirectAwardVettingFactory(unit=vetted, rate=Decimal(3400))
