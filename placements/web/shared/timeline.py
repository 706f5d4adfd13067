"""The timeline in words, as the one who reads it sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from placements.domain.lifecycle import Step
from placements.domain.values import Answer, Audience
from placements.models import TimelineEntry
from placements.queries import attachment_names
from spink.catalogue import queries as catalogue
from spink.catalogue.models import ReasonKind
from spink.foundation.actor import ActorKind
from spink.web import wording

Facts = dict[str, Any]


SENTENCES: dict[str, Promise] = {
    Step.SUBMIT: _("Sent the request"),
    Step.TAKE: _("Took the request"),
    Step.ASSIGN: _("Assigned the request to %(officer)s"),
    Step.HAND_OVER: _("Handed over the request to %(officer)s"),
    Step.ASK_INFORMATION: _("Asked for more information"),
    Step.ANSWER_INFORMATION: _("Answered the question"),
    Step.ASK_PROVIDER: _("Asked %(units)s about a place"),
    Answer.YES: _("%(units)s answered: has a place"),
    Answer.LATER: _("%(units)s answered: a place from %(day)s"),
    Answer.NO: _("%(units)s answered no"),
    Step.RECOMMEND: _("Recommended %(units)s"),
    Step.WITHDRAW_RECOMMENDATION: _("Withdrew the recommendation of %(units)s"),
    Step.WITHDRAW_LAST_RECOMMENDATION: _("Withdrew the recommendation of %(units)s"),
    Step.REPORT_CHOSEN: _("Chose %(unit)s"),
    Step.REPORT_NONE: _("Chose no unit"),
    Step.ASK_NEW_MATCH: _("Asked for a new match"),
    Step.PLACE_ACUTE: _("Placed the person at %(unit)s out of hours"),
    Step.COMPLETE: _("Completed what was registered out of hours"),
    Step.WITHDRAW: _("Withdrew the request"),
    Step.PROPOSE_SERVICE: _("Proposed another service: %(service)s"),
    Step.ACCEPT_SERVICE: _("Accepted the proposal of %(service)s"),
    Step.DECLINE_SERVICE: _("Declined the proposal of %(service)s"),
    Step.WITHDRAW_PROPOSAL: _("Withdrew the proposal of %(service)s"),
    "link_side_by_side": _("Linked it with another request about the same person"),
    "attach": _("Added a document"),
    "stop": _("Stopped: %(units)s"),
    "stop_lifted": _("Lifted the stop of %(units)s"),
    "pick_alternative": _("Wants to go on with %(unit)s"),
    "withdraw_attachment": _("Withdrew a document"),
}
"""A sentence for every step, and for every answer of a provider; notes speak for themselves."""


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """What the timeline component shows."""

    at: datetime
    who: str
    text: str
    note: str = ""
    internal: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """Of what the entries mention by code or id."""

    reasons: dict[str, str]
    documents: dict[str, str]
    services: dict[str, str]


def rows_of(entries: Sequence[TimelineEntry], *, reader_id: int | None) -> list[TimelineRow]:
    names = Names(_reasons(entries), _documents(entries), _services(entries))
    return [_row(entry, reader_id, names) for entry in entries]


def _services(entries: Sequence[TimelineEntry]) -> dict[str, str]:
    """Names of the services that were proposed; a query where any was."""
    wanted = {code for entry in entries if (code := entry.facts.get("proposed_service"))}
    return catalogue.names(wanted, of="service") if wanted else {}


def _documents(entries: Sequence[TimelineEntry]) -> dict[str, str]:
    """Names of the documents that the entries mention; a query where they mention any."""
    wanted = {entry.facts["attachment"] for entry in entries if "attachment" in entry.facts}
    return attachment_names(wanted) if wanted else {}


def _row(
    entry: TimelineEntry,
    reader_id: int | None,
    names: Names,
) -> TimelineRow:
    own = entry.actor_kind == ActorKind.PERSON and entry.actor_id == str(reader_id)
    sentence = _sentence(entry, names)
    document = names.documents.get(entry.facts.get("attachment", ""), "")
    return TimelineRow(
        at=entry.at,
        who=gettext("You") if own else entry.actor_label,
        text=sentence or entry.text,
        note=": ".join(filter(None, [document, entry.text])) if sentence else "",
        internal=entry.audience != Audience.BOTH,
    )


def _sentence(entry: TimelineEntry, names: Names) -> str:
    """Empty for a note or a message."""
    kind = entry.facts.get("answer") or entry.kind
    if kind not in SENTENCES:
        return ""
    said = str(SENTENCES[kind]) % _words(entry.facts, names)
    if excepted := entry.facts.get("excepted"):
        named = {"said": said, "units": wording.listed(excepted)}
        said = gettext("%(said)s (by exception: %(units)s)") % named
    if entry.facts.get("despite_stop"):
        said = gettext("%(said)s, although it is stopped") % {"said": said}
    reason = entry.facts.get("reason")
    return f"{said}: {names.reasons.get(reason, reason)}" if reason else said


def _words(facts: Facts, names: Names) -> dict[str, str]:
    day = facts.get("place_from")
    return {
        "officer": facts.get("officer", ""),
        "unit": facts.get("unit", ""),
        "service": names.services.get(facts.get("proposed_service", ""), ""),
        "units": wording.listed(facts.get("units", [])),
        "day": wording.day(date.fromisoformat(day)) if day else "",
    }


def _reasons(entries: Sequence[TimelineEntry]) -> dict[str, str]:
    """Names of the coded reasons that the entries mention; a query a kind of reason."""
    wanted: dict[str, set[str]] = {}
    for entry in entries:
        if entry.facts.get("reason"):
            kind = entry.facts.get("reason_kind") or ReasonKind.WITHDRAWN
            wanted.setdefault(kind, set()).add(entry.facts["reason"])
    return {
        code: name
        for kind, codes in wanted.items()
        for code, name in catalogue.names(codes, of=kind).items()
    }
