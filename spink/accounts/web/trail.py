"""The audit trail in words: who changed what in the administration and the register.

Apps tell what their subjects and steps are called. A subject that nobody has told of is not shown:
the trail of a request belongs to those who see the request.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spink.accounts import queries
from spink.foundation.models import AuditEntry
from spink.web.navigation import Text

NEWEST = 10

STEPS: dict[str, Text] = {
    "added": gettext_lazy("Added"),
    "changed": gettext_lazy("Changed"),
    "deleted": gettext_lazy("Deleted"),
}
"""The end of an action's code, after its subject; whole codes are told by the apps."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """`fields` are the names of its fields in words; `said` tells a field's value.

    `names` finds what those of the ids are called whose entries do not say it themselves.
    """

    code: str
    label: Text
    fields: Mapping[str, Text] = field(default_factory=dict)
    steps: Mapping[str, Text] = field(default_factory=dict)
    said: Callable[[str, Any], Any] = lambda _name, value: value
    url: Callable[[str], str] = lambda _subject_id: ""
    names: Callable[[set[str]], Mapping[str, str]] = lambda _ids: {}


@dataclass(frozen=True, slots=True)
class Difference:
    """Before and after are the same where a step only names what it was about."""

    field: Text
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Told:
    at: datetime
    who: str
    step: Text
    subject: Text
    name: str
    url: str
    differences: list[Difference]


_subjects: dict[str, Subject] = {}


def register(subject: Subject) -> None:
    _subjects[subject.code] = subject


def subjects() -> list[Subject]:
    return sorted(_subjects.values(), key=lambda subject: str(subject.label))


def of_subject(subject: str, subject_id: str) -> list[Told]:
    return told(queries.trail_of(subject, subject_id)[:NEWEST])


def told(entries: Iterable[AuditEntry]) -> list[Told]:
    """With one query at most for the names of a kind, however many its entries are."""
    rows = list(entries)
    names = _names(rows)
    return [_told(entry, _subjects[entry.subject], names) for entry in rows]


def _names(entries: list[AuditEntry]) -> dict[tuple[str, str], str]:
    nameless: dict[str, set[str]] = {}
    for entry in entries:
        if "name" not in entry.details:
            nameless.setdefault(entry.subject, set()).add(entry.subject_id)
    return {
        (code, subject_id): name
        for code, ids in nameless.items()
        for subject_id, name in _subjects[code].names(ids).items()
    }


def _told(entry: AuditEntry, subject: Subject, names: Mapping[tuple[str, str], str]) -> Told:
    return Told(
        at=entry.at,
        who=entry.actor_label,
        step=_step(entry, subject),
        subject=subject.label,
        name=entry.details.get("name") or names.get((entry.subject, entry.subject_id), ""),
        url=subject.url(entry.subject_id),
        differences=[
            Difference(subject.fields.get(name, name), *(_said(subject, name, one) for one in pair))
            for name, pair in _pairs(entry, subject).items()
        ],
    )


def _pairs(entry: AuditEntry, subject: Subject) -> dict[str, Any]:
    """What was changed from what to what, and the other details that the subject has words for.

    `name` is what the entry was about.
    """
    details = entry.details
    told_of = [name for name in subject.fields if name in details and name != "name"]
    plain = {name: [details[name]] * 2 for name in told_of}
    changed: dict[str, Any] = details.get("changed", {})
    return plain | changed


def _step(entry: AuditEntry, subject: Subject) -> Text:
    whole = subject.steps.get(entry.action)
    return whole or STEPS.get(entry.action.removeprefix(f"{entry.subject}_"), entry.action)


def _said(subject: Subject, name: str, value: Any) -> Any:
    if value is None or value == "":
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return subject.said(name, value)
