"""The queue's rows in words. Of a protected person nothing is said but the service and its days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placements import notifications, queries
from placements.domain.lifecycle import State
from placements.domain.values import Urgency
from placements.models import PlacementRequest
from placements.queries.queue import Group, QueueRow, end_of_day
from placements.web.shared.household import household_text
from placements.web.shared.short import short_moment
from placements.web.shared.states import LOOKS
from spink.accounts.domain.reach import Reach
from spink.catalogue import queries as catalogue
from spink.foundation.clock import STOCKHOLM
from spink.web import wording


@dataclass(frozen=True, slots=True)
class Due:
    """`look` is `late`, `soon` or nothing."""

    text: str
    note: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class ShownRow:
    reference: str
    service: str
    person: str
    household: str
    department: str
    is_protected: bool
    is_unread: bool
    state_look: str
    state: str
    urgent: str
    news: str
    start: str
    due: Due
    owner: str
    can_take: bool
    has_note: bool
    is_stopped: bool
    choose: str


@dataclass(frozen=True, slots=True)
class Names:
    """Of services and subtypes, by code."""

    services: Mapping[str, str]
    subtypes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of the requests beside what stands in them."""

    names: Names
    unread: frozenset[int]
    household_sizes: Mapping[int, int]


def shown_rows(
    requests: Sequence[PlacementRequest], *, reach: Reach, now: datetime
) -> list[ShownRow]:
    """In the same order; they come from `queue_rows`."""
    named = catalogue.names_of_many(
        {
            "service": [one.service_type for one in requests],
            "subtype": [one.subtype for one in requests if one.subtype],
        }
    )
    around = Around(
        Names(named["service"], named["subtype"]),
        notifications.unread_among(reach, [one.pk for one in requests]),
        queries.sizes(requests),
    )
    return [_shown_row(one, around, reach.user_id, now) for one in requests]


def _shown_row(
    request: PlacementRequest, around: Around, reader: int | None, now: datetime
) -> ShownRow:
    row = queries.queue_row(request)
    person = queries.shown_label(request)
    look, state = _state(row)
    is_mine = request.assigned_to_id is not None and request.assigned_to_id == reader
    return ShownRow(
        reference=request.reference,
        service=service_text(request, around.names),
        person="" if person.is_protected else _person(person.label, request.age),
        household="" if person.is_protected else household_text(request, around.household_sizes),
        department="" if person.is_protected else request.department.short_name,
        is_protected=person.is_protected,
        is_unread=request.pk in around.unread,
        state_look=look,
        state=state,
        urgent=request.get_urgency_display() if request.urgency == Urgency.ACUTE else "",
        news=_news(row, now),
        start=_day(request.wanted_start, now) if request.wanted_start else "",
        due=_due(row, now),
        owner=_("You") if is_mine else str(request.assigned_to or ""),
        can_take=request.state == State.SUBMITTED,
        has_note=is_mine and getattr(request, "has_note", False),
        is_stopped=getattr(request, "is_stopped", False),
        choose=_("Choose %(name)s") % {"name": request.reference},
    )


def service_text(request: PlacementRequest, names: Names) -> str:
    """Korttidsboende, fysiska funktionsnedsättningar"""
    service = names.services.get(request.service_type, request.service_type)
    if not request.subtype:
        return service
    subtype = names.subtypes.get(request.subtype, request.subtype)
    return f"{service}, {subtype[:1].lower()}{subtype[1:]}"


def _person(initials: str, age: int | None) -> str:
    return ", ".join(filter(None, [initials, "" if age is None else wording.age(age)]))


def _state(row: QueueRow) -> tuple[str, str]:
    request = row.request
    if request.state == State.IN_PROGRESS and request.service_proposed_at:
        return "waiting", _("Another service proposed")
    if request.state == State.IN_PROGRESS and row.awaits_providers:
        return "waiting", _("Awaiting providers")
    return LOOKS[State(request.state)], request.get_state_display()


def _news(row: QueueRow, now: datetime) -> str:
    request = row.request
    if request.state == State.SUBMITTED and request.submitted_at:
        return _("Came %(ago)s") % {"ago": wording.since(request.submitted_at, now=now)}
    if request.state == State.AWAITING_INFORMATION:
        return _asked(getattr(request, "question_asked_at", None), now)
    if request.service_proposed_at:
        return _("Proposed %(ago)s") % {"ago": wording.since(request.service_proposed_at, now=now)}
    if request.state == State.RECOMMENDED:
        return _("Awaiting the social worker's choice")
    if row.asked:
        return _answers(row)
    answered = getattr(request, "question_answered_at", None)
    return (
        _("Answer came %(moment)s") % {"moment": wording.moment(answered, now=now)}
        if (answered)
        else ""
    )


def _asked(at: datetime | None, now: datetime) -> str:
    return _("Asked %(ago)s") % {"ago": wording.since(at, now=now)} if at else ""


def _answers(row: QueueRow) -> str:
    if not row.answered:
        return ngettext(
            "The one asked has not answered",
            "None of the %(asked)s asked has answered",
            row.asked,
        ) % {"asked": wording.number_word(row.asked)}
    named = {"answered": wording.number_word(row.answered), "asked": wording.number_word(row.asked)}
    if row.answered == row.asked:
        return (
            ngettext("The one asked has answered", "All %(asked)s asked have answered", row.asked)
            % named
        )
    text = ngettext(
        "%(answered)s of %(asked)s asked has answered",
        "%(answered)s of %(asked)s asked have answered",
        row.answered,
    )
    return capfirst(text % named)


def _due(row: QueueRow, now: datetime) -> Due:
    request = row.request
    if request.state == State.RECOMMENDED and request.feedback_due_on:
        day = request.feedback_due_on
        look = "late" if day < now.astimezone(STOCKHOLM).date() else ""
        note = _("the choice should have been reported back") if look else ""
        return Due(_day(day, now), note, look)
    if request.due_at is None:
        return Due("", "")
    if request.state == State.AWAITING_INFORMATION or request.service_proposed_at:
        asked_at = getattr(request, "question_asked_at", None)
        return _due_standing_still(request.due_at, asked_at, now)
    return _due_at(request.due_at, now)


def _day(day: date, now: datetime) -> str:
    return capfirst(wording.near_day(day, today=now.astimezone(STOCKHOLM).date()))


def _due_standing_still(due: datetime, asked_at: datetime | None, now: datetime) -> Due:
    """It moves when the answer comes by as long as that took, and so is not missed before; but
    not where it had run out when the question was asked."""
    if asked_at and due < asked_at:
        return Due(_("Stands still"), _("had run out before the question"))
    if due < now:
        return Due(_("Stands still"), _("until the answer comes"))
    return Due(capfirst(wording.moment(due, now=now)), _("stands still until the answer comes"))


def _due_at(due: datetime, now: datetime) -> Due:
    moment = wording.moment(due, now=now)
    if due < now:
        note = _("should have been ready %(moment)s") % {"moment": short_moment(due, now=now)}
        return Due(capfirst(wording.until(due, now=now)), note, "late")
    if due <= end_of_day(now):
        return Due(capfirst(wording.until(due, now=now)), wording.time_of_day(due), "soon")
    return Due(capfirst(moment), "")


GROUP_NAMES = {
    Group.OVERDUE: lambda count: _("Overdue (%(count)d)") % {"count": count},
    Group.TODAY: lambda count: _("Today (%(count)d)") % {"count": count},
    Group.LATER: lambda count: _("Later (%(count)d)") % {"count": count},
    Group.WAITING: lambda count: _("Waiting for others (%(count)d)") % {"count": count},
    Group.UNASSIGNED: lambda count: _("Unassigned (%(count)d)") % {"count": count},
}


def group_note(group: Group) -> str:
    return _("Nothing to do until the answer comes.") if group is Group.WAITING else ""
