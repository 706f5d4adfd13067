"""What the system knows itself of a checked request, said beside the questions."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placements import queries
from placements.models import PlacementRequest, ProviderInquiry, Recommendation, TimelineEntry
from placements.web.shared import offered
from placements.web.shared.offered import Said
from spink.accounts.domain.reach import Reach
from spink.catalogue import queries as catalogue
from spink.catalogue.domain.ladder import LADDER, PURCHASED, ProvisionForm
from spink.catalogue.models import CheckedPart, ReasonKind
from spink.catalogue.wording import rung_name
from spink.foundation import clock
from spink.foundation.clock import STOCKHOLM
from spink.web import wording

OLD_AFTER: Final = 180
"""Days after which a price is pointed out: as long as a quoted one is taken as it stands."""


class Beside:
    """Reads the request's recommendations, questions to providers and timeline once."""

    def __init__(self, request: PlacementRequest, handlers: Sequence[int], *, reach: Reach) -> None:
        self._sent = sorted(queries.recommendations_of(request), key=lambda one: one.number)
        self._inquiries = list(reversed(queries.inquiries_of(request)))
        self._timeline = list(reversed(queries.timeline_of(request, reach=reach)))
        self._handlers = {str(one) for one in handlers}

    def of(self, about: str) -> list[Said]:
        said = {
            CheckedPart.LADDER.value: self._ladder,
            CheckedPart.PRICE.value: self._prices,
            CheckedPart.TIMELINE.value: self._story,
            CheckedPart.DIRECT_AWARD.value: self._direct_award,
        }
        return said[about]() if about in said else []

    def _ladder(self) -> list[Said]:
        reasons = _reasons((one.skipped_rung_reason for one in self._sent), ReasonKind.SKIPPED_RUNG)
        return [self._rungs(one, reasons) for one in self._sent] or [_none_sent()]

    def _rungs(self, sent: Recommendation, reasons: dict[str, str]) -> Said:
        used = {unit.provision_form for unit in sent.units.all()}
        named = {
            "number": sent.number,
            "rungs": wording.listed([rung_name(form) for form in LADDER if form in used]),
            "reason": reasons.get(sent.skipped_rung_reason, ""),
        }
        if not named["reason"]:
            return Said(_("Recommendation %(number)d: %(rungs)s. No rung was passed.") % named)
        text = _("Recommendation %(number)d: %(rungs)s. A rung was passed: %(reason)s.")
        return Said(text % named, "old")

    def _prices(self) -> list[Said]:
        if not self._sent:
            return [_none_sent()]
        said = [
            _price(unit.unit_name, unit.rate is not None, unit.rate_from, _day(one.sent_at))
            for one in self._sent
            for unit in one.units.all()
            if unit.provision_form in PURCHASED
        ]
        return said or [Said(_("No purchase was recommended."), "none")]

    def _story(self) -> list[Said]:
        written = [one for one in self._timeline if one.actor_id in self._handlers]
        messages = sum(one.kind == "message" for one in written)
        said = [
            Said(
                ngettext(
                    "%(count)d entry, %(ours)d of them by officers",
                    "%(count)d entries, %(ours)d of them by officers",
                    len(self._timeline),
                )
                % {"count": len(self._timeline), "ours": len(written)}
            ),
            Said(
                ngettext(
                    "%(count)d message from officers", "%(count)d messages from officers", messages
                )
                % {"count": messages}
            ),
        ]
        if silence := _longest_silence(self._timeline):
            said.append(Said(_("At most %(span)s without an entry") % {"span": silence}))
        silent = [one.number for one in self._sent if not one.message.strip()]
        for number in silent:
            text = _("Recommendation %(number)d was sent without a message")
            said.append(Said(text % {"number": number}, "old"))
        return said

    def _direct_award(self) -> list[Said]:
        awarded = [
            (one, unit)
            for one in self._sent
            for unit in one.units.all()
            if unit.provision_form == ProvisionForm.DIRECT_AWARD
        ]
        if not awarded:
            return [Said(_("No direct award was recommended."), "none")]
        reasons = _reasons(
            (one.direct_award_reason for one, _unit in awarded), ReasonKind.DIRECT_AWARD
        )
        said = [Said(_("Reason: %(reason)s") % {"reason": text}) for text in reasons.values()]
        if not said:
            said = [Said(_("No reason is given"), "late")]
        latest = {one.unit_code: one for one in self._inquiries}
        for _one, unit in awarded:
            if unit.unit_code not in latest:
                text = _("%(unit)s was recommended and not asked")
                said.append(Said(text % {"unit": unit.unit_name}, "old"))
        return said + _asked(latest.values())


def _none_sent() -> Said:
    return Said(_("No recommendation was sent."), "none")


def _reasons(codes: Iterable[str], kind: ReasonKind) -> dict[str, str]:
    wanted = {code for code in codes if code}
    return catalogue.names(wanted, of=kind) if wanted else {}


def _price(unit: str, is_known: bool, since: date | None, sent: date) -> Said:
    if not is_known:
        return Said(_("%(unit)s: no price") % {"unit": unit}, "late")
    if since is None:
        return Said(_("%(unit)s: the price has no date") % {"unit": unit}, "old")
    age = (sent - since).days
    named = {"unit": unit, "day": wording.short_day(since), "days": age}
    if age < 0:
        return Said(_("%(unit)s: the price holds from %(day)s, after it was sent") % named)
    text = ngettext(
        "%(unit)s: price from %(day)s, %(days)d day old when it was sent",
        "%(unit)s: price from %(day)s, %(days)d days old when it was sent",
        age,
    )
    return Said(text % named, "old" if age > OLD_AFTER else "")


def _asked(inquiries: Iterable[ProviderInquiry]) -> list[Said]:
    now = clock.now()
    return [
        Said(f"{one.unit_name}: {said.text}", said.look)
        for one in inquiries
        if (said := offered.asked(one, _day(one.asked_at), now))
    ] or [Said(_("No provider was asked"), "late")]


def _longest_silence(timeline: Sequence[TimelineEntry]) -> str:
    spans = [after.at - before.at for before, after in pairwise(timeline)]
    return wording.rough_duration(max(spans)) if spans else ""


def _day(at: datetime) -> date:
    return at.astimezone(STOCKHOLM).date()
