"""Complaints in words: as a line of a list, and what has been done with one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from providers.domain.control.complaints import OPEN, ComplaintStep
from providers.models import Complaint, ComplaintEntry
from providers.models.control.choices import ComplaintState
from spink.catalogue import queries as catalogue
from spink.catalogue.models import ReasonKind
from spink.catalogue.wording import rung_name
from spink.foundation import clock
from spink.web import wording

LOOKS = {
    ComplaintState.RECEIVED: "new",
    ComplaintState.SENT: "waiting",
    ComplaintState.WITH_INK: "waiting",
    ComplaintState.ANSWERED: "working",
    ComplaintState.PASSED_BACK: "working",
    ComplaintState.CLOSED: "done",
}


@dataclass(frozen=True, slots=True)
class Row:
    pk: int
    title: str
    category: str
    provider: str
    care_unit: str
    form: str
    state: tuple[str, str]
    note: str
    is_late: bool
    age: str
    filed: str
    filed_by: str
    owner: str
    similar: str
    version: int
    can_take: bool
    is_news: bool


def shown_rows(
    found: Iterable[Complaint],
    *,
    similar: Mapping[tuple[int, str], int] | None = None,
    can_handle: bool = False,
    reader_id: int | None = None,
) -> list[Row]:
    """One query for the words of the catalogue, however many they are."""
    listed = list(found)
    named = catalogue.names_of_many(
        {
            ReasonKind.COMPLAINT_CATEGORY: {one.category for one in listed},
            ReasonKind.COMPLAINT_OUTCOME: {one.outcome for one in listed} - {""},
        }
    )
    categories = named[ReasonKind.COMPLAINT_CATEGORY]
    outcomes = named[ReasonKind.COMPLAINT_OUTCOME]
    return [
        _row(
            one,
            categories[one.category],
            outcomes.get(one.outcome, ""),
            (similar or {}).get((one.provider_id, one.category), 0),
            can_handle=can_handle,
            reader_id=reader_id,
        )
        for one in listed
    ]


def _row(
    complaint: Complaint,
    category: str,
    outcome: str,
    many: int,
    *,
    can_handle: bool,
    reader_id: int | None,
) -> Row:
    today, now = clock.today(), clock.now()
    title = _("Complaint %(number)s: %(category)s")
    return Row(
        pk=complaint.pk,
        title=title % {"number": complaint.pk, "category": category},
        category=category,
        provider=complaint.provider.name,
        care_unit=complaint.care_unit.name if complaint.care_unit else "",
        form=rung_name(complaint.provision_form),
        state=(LOOKS[ComplaintState(complaint.state)], complaint.get_state_display()),
        note=outcome or _due(complaint.answer_due, today),
        is_late=complaint.answer_due is not None and complaint.answer_due < today,
        age=wording.since(complaint.filed_at, now=now),
        filed=wording.moment(complaint.filed_at, now=now),
        filed_by=str(complaint.filed_by),
        owner=str(complaint.owner or pgettext("owner of a complaint", "Nobody")),
        similar=similar_said(many),
        version=complaint.version,
        can_take=can_handle and complaint.owner_id is None and complaint.state in OPEN,
        is_news=complaint.news_at is not None and complaint.filed_by_id == reader_id,
    )


def _due(day: date | None, today: date) -> str:
    if day is None:
        return ""
    said = {"day": wording.near_day(day, today=today)}
    if day < today:
        return _("answer was due %(day)s") % said
    return _("answer due %(day)s") % said


def similar_said(many: int) -> str:
    if not many:
        return ""
    text = ngettext("%(many)s similar complaint", "%(many)s similar complaints", many)
    return text % {"many": many}


@dataclass(frozen=True, slots=True)
class Entry:
    at: datetime
    who: str
    text: str
    note: str
    internal: bool


def shown_entries(entries: Iterable[ComplaintEntry]) -> list[Entry]:
    listed = list(entries)
    codes = {one.code for one in listed} - {""}
    kinds = (ReasonKind.COMPLAINT_OUTCOME, ReasonKind.PROCUREMENT_OUTCOME)
    named = catalogue.names_of_many(dict.fromkeys(kinds, codes)) if codes else {}
    return [
        Entry(one.at, str(one.by), _told(one, named), one.text, one.is_internal) for one in listed
    ]


def _told(entry: ComplaintEntry, named: Mapping[str, Mapping[str, str]]) -> str:
    if entry.step == ComplaintStep.ASSIGN:
        if entry.to_id == entry.by_id:
            return _("Took the complaint.")
        return _("Handed the complaint over to %(who)s.") % {"who": entry.to}
    if entry.step == ComplaintStep.CORRECT_FORM:
        return _("Corrected the provision form: %(form)s.") % {"form": rung_name(entry.code)}
    if entry.step == ComplaintStep.RECORD_ANSWER and entry.code:
        outcome = named[ReasonKind.PROCUREMENT_OUTCOME][entry.code]
        return _("Wrote down what INK has decided: %(outcome)s.") % {"outcome": outcome}
    if entry.step == ComplaintStep.CLOSE:
        outcome = named[ReasonKind.COMPLAINT_OUTCOME][entry.code]
        return _("Closed the complaint: %(outcome)s.") % {"outcome": outcome}
    return str(_PLAIN[ComplaintStep(entry.step)]())


_PLAIN = {
    ComplaintStep.SEND: lambda: _("Sent the complaint to the provider, which is to answer."),
    ComplaintStep.HAND_TO_INK: lambda: _("Passed the complaint to INK."),
    ComplaintStep.TAKE_BACK: lambda: _("Took the complaint back: it had not been sent from here."),
    ComplaintStep.RECORD_ANSWER: lambda: _("Wrote down the provider's answer."),
    ComplaintStep.PASS_BACK: lambda: _("Passed the answer on to whoever filed the complaint."),
    ComplaintStep.REOPEN: lambda: _("Opened the complaint again."),
}
