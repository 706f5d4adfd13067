"""Visits: the plan of a team and a year, those of a unit, and the questions that are asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from providers.models import CareUnit, EarlierNotes, SiteVisit, VisitTemplate
from providers.models.control.choices import VisitState

Visits = QuerySet[SiteVisit]


def visits() -> Visits:
    """Those that come first in the year first."""
    return SiteVisit.objects.select_related("care_unit__provider", "team", "planned_by").order_by(
        "planned_on", "pk"
    )


def visits_of_year(year: int) -> Visits:
    """By the day of the visit, and of one that has not been made by the day of the plan."""
    made = Q(made_on__year=year)
    return visits().filter(made | Q(made_on__isnull=True, planned_on__year=year))


def visits_named(found: Visits, text: str) -> Visits:
    return found.filter(
        Q(care_unit__name__icontains=text) | Q(care_unit__provider__name__icontains=text)
    )


def count_overdue(day: date) -> int:
    return SiteVisit.objects.filter(state=VisitState.PLANNED, planned_on__lt=day).count()


def visit_by_id(pk: int) -> SiteVisit | None:
    return visits().filter(pk=pk).first()


def earlier_notes(visit: SiteVisit) -> list[EarlierNotes]:
    """The newest first."""
    return list(visit.earlier_notes.select_related("written_over_by"))


def visits_of_unit(care_unit: CareUnit) -> list[SiteVisit]:
    """Those that are planned and those that were made, the latest first."""
    found = visits().filter(care_unit=care_unit).exclude(state=VisitState.CANCELLED)
    return list(found.order_by("-planned_on", "-pk"))


@dataclass(frozen=True, slots=True)
class LastVisit:
    made_on: date
    outcome: str
    """In words."""


def last_visits(codes: Iterable[str]) -> dict[str, LastVisit]:
    """By the unit's code; a unit that nobody has visited is left out. One query."""
    made = (
        SiteVisit.objects.filter(care_unit__code__in=list(codes), state=VisitState.MADE)
        .select_related("care_unit")
        .order_by("made_on", "pk")
    )
    return {
        one.care_unit.code: LastVisit(one.made_on, one.get_outcome_display())
        for one in made
        if one.made_on
    }


@dataclass(frozen=True, slots=True)
class TeamsYear:
    team: str
    planned: int
    made: int
    cancelled: int
    joint: int


def plan_of_teams(year: int) -> list[TeamsYear]:
    """How far each team has come with the year's plan."""
    rows = (
        visits_of_year(year)
        .order_by("team__name")
        .values("team", "team__name")
        .annotate(
            planned=Count("pk", filter=Q(state=VisitState.PLANNED)),
            made=Count("pk", filter=Q(state=VisitState.MADE)),
            cancelled=Count("pk", filter=Q(state=VisitState.CANCELLED)),
            joint=Count("pk", filter=Q(state=VisitState.MADE, is_joint=True)),
        )
    )
    return [
        TeamsYear(row["team__name"], row["planned"], row["made"], row["cancelled"], row["joint"])
        for row in rows
    ]


def templates() -> QuerySet[VisitTemplate]:
    return VisitTemplate.objects.select_related("written_by").order_by(
        "service_type", "-valid_from"
    )


def template_of(service_type: str, day: date) -> VisitTemplate | None:
    """The version that holds on the day."""
    return templates().filter(service_type=service_type, valid_from__lte=day).first()


def questions_for(care_unit: CareUnit, day: date) -> list[str]:
    """Of all the unit's services, each question once."""
    given = sorted(str(one.service_type_id) for one in care_unit.services.all())
    found = [template_of(code, day) for code in given]
    asked = [question for template in found if template for question in template.questions]
    return list(dict.fromkeys(asked))
