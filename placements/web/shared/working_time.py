"""Working time in words: why a request is due when it is, and who answers while it is closed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placements.domain.lifecycle import ENDED, State
from placements.domain.values import Urgency
from placements.models import PlacementRequest
from placements.queries.office import office_of
from placements.web.shared.need_facts import Fact
from spink.foundation import clock
from spink.foundation.clock import STOCKHOLM
from spink.web import wording


def working_hours(count: int) -> str:
    return ngettext("%(count)d working hour", "%(count)d working hours", count) % {"count": count}


def due_facts(placement: PlacementRequest) -> list[Fact]:
    """When it was due from the start, and why; none where nobody has counted."""
    if placement.due_at is None or placement.due_hours is None or placement.submitted_at is None:
        return []
    why = _("%(hours)s: %(urgency)s, sent %(moment)s") % {
        "hours": working_hours(placement.due_hours),
        "urgency": placement.get_urgency_display().lower(),
        "moment": day_and_time(placement.submitted_at),
    }
    return [
        Fact(_("To be answered by"), [day_and_time(placement.due_at)], note=why + _moved(placement))
    ]


def _moved(placement: PlacementRequest) -> str:
    if not placement.due_paused:
        return ""
    waited = wording.duration(timedelta(minutes=placement.due_paused))
    return _("; moved %(duration)s while an answer was awaited") % {"duration": waited}


def day_and_time(at: datetime) -> str:
    """The weekday is said, for working hours are about weekdays."""
    day = at.astimezone(STOCKHOLM).date()
    return f"{wording.near_day(day, today=clock.today())} {wording.time_of_day(at)}"


HELPED = ENDED | {State.PLACED_ACUTE}


@dataclass(frozen=True, slots=True)
class OutOfHours:
    """Who answers now, and when the placement function does again."""

    name: str
    phone: str
    opens: str


def out_of_hours(placement: PlacementRequest) -> OutOfHours | None:
    """Of an acute request that is not ended, while the placement function is closed."""
    if placement.urgency != Urgency.ACUTE or placement.state in HELPED:
        return None
    now, office = clock.now(), office_of(placement.municipality_id)
    if office.is_open(now):
        return None
    rule = office.rule_on(clock.today())
    return OutOfHours(rule.jour_name, rule.jour_phone, day_and_time(office.next_opening(now)))
