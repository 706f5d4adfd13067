"""What the monitoring knows of one provider, for those who may read it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from providers.models import SourceAnswer
from providers.queries.control.findings import findings_about
from providers.queries.control.sources import answers_about, is_old
from providers.web.control.findings import Row, shown_rows
from providers.web.control.silence import silent_since
from providers.web.control.team import team_that_takes
from spink.accounts.domain.capabilities import Capability
from spink.accounts.domain.reach import Reach
from spink.accounts.policies import can
from spink.foundation import clock
from spink.web import wording

MOST_FINDINGS = 20


@dataclass(frozen=True, slots=True)
class ShownSource:
    name: str
    look: str
    text: str
    note: str


@dataclass(frozen=True, slots=True)
class Monitored:
    rows: list[Row]
    sources: list[ShownSource]
    can_note: bool


def monitored(provider_id: int, reach: Reach) -> Monitored | None:
    if not can(reach, Capability.READ_FINDINGS):
        return None
    can_judge = can(reach, Capability.TRIAGE_FINDINGS)
    found = findings_about(provider_id)[:MOST_FINDINGS]
    return Monitored(
        rows=shown_rows(found, team_that_takes(reach, Capability.TRIAGE_FINDINGS)),
        sources=[_shown(one) for one in answers_about(provider_id)],
        can_note=can_judge,
    )


def _shown(answer: SourceAnswer) -> ShownSource:
    now = clock.now()
    if answer.answered_at is None:
        last = _("Has never answered")
    else:
        last = _("Answered %(moment)s") % {"moment": wording.moment(answer.answered_at, now=now)}
    if silent := silent_since(answer):
        return ShownSource(answer.source.name, "old", silent, last)
    if answer.answered_at and is_old(answer, now):
        day = answer.answered_at.astimezone(clock.STOCKHOLM).date()
        said = {"day": wording.near_day(day, today=clock.today())}
        return ShownSource(
            answer.source.name, "old", _("The latest answer is old: %(day)s") % said, ""
        )
    return ShownSource(answer.source.name, "fresh", last, "")
