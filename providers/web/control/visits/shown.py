"""Visits in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from providers.models import CareUnit, SiteVisit
from providers.models.control.choices import VisitOutcome, VisitState
from providers.queries.control import visits as queries
from providers.web.control.history import Entry
from spink.accounts.domain.capabilities import Capability
from spink.accounts.domain.reach import Reach
from spink.accounts.policies import can
from spink.catalogue.wording import rung_name
from spink.foundation import clock
from spink.web import wording

LOOKS = {
    VisitState.PLANNED: "waiting",
    VisitState.MADE: "done",
    VisitState.CANCELLED: "none",
}
OUTCOME_LOOKS = {
    VisitOutcome.FIT: "fits",
    VisitOutcome.UNFIT: "late",
    VisitOutcome.FOLLOW_UP: "urgent",
}


@dataclass(frozen=True, slots=True)
class Row:
    pk: int
    care_unit: str
    provider: str
    team: str
    form: str
    day: str
    is_late: bool
    how: str
    state: tuple[str, str]
    outcome: tuple[str, str] | None


def shown_row(visit: SiteVisit) -> Row:
    day = visit.made_on or visit.planned_on
    outcome = None
    if visit.outcome:
        outcome = (OUTCOME_LOOKS[VisitOutcome(visit.outcome)], visit.get_outcome_display())
    how = visit.get_mode_display()
    return Row(
        pk=visit.pk,
        care_unit=visit.care_unit.name,
        provider=visit.care_unit.provider.name,
        team=str(visit.team),
        form=rung_name(visit.provision_form),
        day=wording.short_day(day),
        is_late=visit.state == VisitState.PLANNED and day < clock.today(),
        how=_("%(how)s, with quality and control") % {"how": how} if visit.is_joint else how,
        state=(LOOKS[VisitState(visit.state)], visit.get_state_display()),
        outcome=outcome,
    )


def earlier_entries(visit: SiteVisit) -> list[Entry]:
    """What stood there before, and who wrote something else instead."""
    return [
        Entry(
            one.until,
            str(one.written_over_by),
            _("Wrote over this: %(outcome)s.") % {"outcome": one.get_outcome_display()},
            one.notes,
        )
        for one in queries.earlier_notes(visit)
    ]


@dataclass(frozen=True, slots=True)
class OfUnit:
    rows: list[Row]
    can_read: bool
    can_plan: bool


def visits_of(care_unit: CareUnit, reach: Reach) -> OfUnit:
    """What the unit's page shows: everybody sees when it was visited and what was found."""
    return OfUnit(
        rows=[shown_row(one) for one in queries.visits_of_unit(care_unit)],
        can_read=can(reach, Capability.READ_VISITS),
        can_plan=can(reach, Capability.PLAN_VISITS),
    )
