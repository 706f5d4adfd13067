"""The steps that were taken with a finding, as a timeline tells them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from providers.domain.control.lifecycle import FindingStep
from providers.models import FindingEntry
from spink.catalogue import queries as catalogue
from spink.catalogue.models.coded_reason import ReasonKind
from spink.web import wording


@dataclass(frozen=True, slots=True)
class Entry:
    at: datetime
    who: str
    text: str
    note: str
    internal: bool = False


def shown_entries(entries: Iterable[FindingEntry]) -> list[Entry]:
    listed = list(entries)
    codes = {one.reason_code for one in listed} - {""}
    reasons = catalogue.names(codes, of=ReasonKind.FINDING_DISMISSED) if codes else {}
    return [
        Entry(one.at, str(one.by), _told(one, reasons.get(one.reason_code, "")), one.text)
        for one in listed
    ]


def _told(entry: FindingEntry, reason: str) -> str:
    if entry.step == FindingStep.ASSIGN:
        if entry.to_id == entry.by_id:
            return _("Took the finding.")
        return _("Handed the finding over to %(who)s.") % {"who": entry.to}
    if entry.step == FindingStep.WATCH and entry.until:
        return _("Watches the finding until %(day)s.") % {"day": wording.day(entry.until)}
    if entry.step == FindingStep.DISMISS:
        return _("Dismissed the finding: %(reason)s.") % {"reason": reason}
    if entry.step == FindingStep.REVIEW:
        return _("Sent the finding to an in-depth review.")
    return _("Opened the finding again.")
