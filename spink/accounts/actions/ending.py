"""What may end, and when: nobody is left in a place that is no more."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from spink.accounts.models import (
    ApiClient,
    Department,
    PlacementTeam,
    RoleAssignment,
    TeamService,
    Unit,
)


def department_may_end(department: Department) -> None:
    if department.valid_to is None:
        return
    lasting = _after(Unit.objects.filter(department=department), department.valid_to)
    held = RoleAssignment.objects.filter(department=department)
    _refuse_if(lasting, _("The department has units that last longer. End them first."))
    _refuse_if(_after(held, department.valid_to), HELD)


def unit_may_end(unit: Unit) -> None:
    """A unit ends no later than its department, and no sooner than the roles in it."""
    whole = unit.department.valid_to
    if whole and (unit.valid_to is None or unit.valid_to > whole):
        raise ValidationError({"valid_to": _("The unit's department ends before that day.")})
    if unit.valid_to is not None:
        _refuse_if(_after(RoleAssignment.objects.filter(unit=unit), unit.valid_to), HELD)
        _refuse_if(ApiClient.objects.filter(unit=unit, ended_at=None), FILED_FOR)


def team_may_end(team: PlacementTeam) -> None:
    if team.valid_to is None or team._state.adding:
        return
    services = _after(TeamService.objects.filter(team=team), team.valid_to)
    _refuse_if(services, _("The team takes services for longer. End them first."))
    _refuse_if(_after(RoleAssignment.objects.filter(team=team), team.valid_to), HELD)


def service_is_taken_by_one_team(taken: TeamService) -> None:
    """Of a placement function, at one time: a request is to find one team."""
    others = TeamService.objects.filter(
        team__function_id=taken.team.function_id, service_type=taken.service_type
    ).exclude(pk=taken.pk)
    if taken.valid_to is not None:
        others = others.filter(valid_from__lte=taken.valid_to)
    other = _after(others, taken.valid_from, inclusive=True).select_related("team").first()
    if other:
        said = _("%(team)s takes the service during that time. End that first.")
        raise ValidationError({"valid_from": said % {"team": other.team}})


HELD = _("People hold roles here after that day. End their roles first.")
FILED_FOR = _("Other systems file for the unit through the API. Shut them out first.")


def _after(rows: Any, day: date, *, inclusive: bool = False) -> Any:
    later = Q(valid_to__gte=day) if inclusive else Q(valid_to__gt=day)
    return rows.filter(Q(valid_to__isnull=True) | later)


def _refuse_if(rows: Any, said: Promise) -> None:
    if rows.exists():
        raise ValidationError({"valid_to": said})
