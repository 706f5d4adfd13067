"""How people are told apart in the pages' frame: their roles and where they hold them."""

from django.utils.translation import gettext

from spink.accounts.domain.reach import HeldRole
from spink.accounts.models import User
from spink.accounts.models.choices import Roles


def described(user: User) -> str:
    """Placement officer, Team vuxna; Lawyer"""
    said = [_said(held) for held in user.reach.held]
    if user.reach.is_on_duty:
        said.append(gettext("On duty"))
    return "; ".join(said)


def _said(held: HeldRole) -> str:
    label = str(Roles(held.role.value).label)
    return f"{label}, {held.place_name}" if held.place_name else label
