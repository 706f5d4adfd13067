"""What a provider's page tells of its vettings, for those who may read them."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from providers.models import Vetting
from providers.models.control.choices import CheckResult, VettingState
from providers.queries.control import vettings as queries
from providers.web.control.vetting_words import check_name
from providers.web.control.vettings import Row, shown_row
from spink.accounts.domain.capabilities import Capability
from spink.accounts.domain.reach import Reach
from spink.accounts.policies import can
from spink.foundation import clock
from spink.web import wording

MOST = 10


@dataclass(frozen=True, slots=True)
class Vetted:
    rows: list[Row]
    warnings: list[str]
    can_begin: bool


def vetted(provider_id: int, reach: Reach) -> Vetted | None:
    if not can(reach, Capability.READ_VETTINGS):
        return None
    found, day, warned = queries.vettings_of(provider_id), clock.today(), queries.warned()
    is_ongoing = any(one.state == VettingState.ONGOING for one in found)
    return Vetted(
        rows=[shown_row(one, day=day, warned=warned) for one in found[:MOST]],
        warnings=[text for one in found for text in _warnings(one, day, warned)],
        can_begin=can(reach, Capability.VET_PROVIDERS) and not is_ongoing,
    )


def _warnings(vetting: Vetting, day: date, warned: timedelta) -> list[str]:
    if vetting.state != VettingState.ADDED:
        return []
    made = queries.latest_checks(vetting)
    failed = [check_name(code) for code, one in made.items() if one.result == CheckResult.FAILED]
    said = [_("Not passed any more: %(check)s.") % {"check": name} for name in failed]
    return [*said, *_run_out([one.holds_until for one in made.values()], day, warned)]


def _run_out(ends: list[date], day: date, warned: timedelta) -> list[str]:
    gone = sum(1 for end in ends if end < day)
    if gone:
        text = ngettext(
            "A check has run out, the first %(day)s.",
            "%(count)s checks have run out, the first %(day)s.",
            gone,
        )
        return [text % {"count": gone, "day": wording.day(min(ends))}]
    if ends and min(ends) <= day + warned:
        near = wording.near_day(min(ends), today=day)
        return [_("A check runs out %(day)s.") % {"day": near}]
    return []
