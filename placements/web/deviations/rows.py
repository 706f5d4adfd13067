"""Process deviations in words: as a line of a list, and what has been done with one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from placements import policies
from placements.domain.deviations import OPEN, DeviationStep
from placements.models import ProcessDeviation, ProcessDeviationEntry
from placements.models.choices import DeviationStates
from spink.catalogue import queries as catalogue
from spink.catalogue.models import ReasonKind
from spink.foundation import clock
from spink.web import wording

LOOKS = {
    DeviationStates.RECEIVED: "new",
    DeviationStates.UNDER_REVIEW: "working",
    DeviationStates.CLOSED: "done",
}


@dataclass(frozen=True, slots=True)
class Row:
    pk: int
    title: str
    category: str
    team: str
    state: tuple[str, str]
    outcome: str
    age: str
    filed: str
    filed_by: str
    owner: str
    version: int
    can_take: bool
    is_news: bool


def shown_rows(found: Iterable[ProcessDeviation], *, reader_id: int | None) -> list[Row]:
    """One query for the words of the catalogue, however many they are."""
    listed = list(found)
    named = catalogue.names_of_many(
        {
            ReasonKind.DEVIATION_CATEGORY: {one.category for one in listed},
            ReasonKind.DEVIATION_OUTCOME: {one.outcome for one in listed} - {""},
        }
    )
    outcomes = named[ReasonKind.DEVIATION_OUTCOME]
    return [
        _row(
            one,
            named[ReasonKind.DEVIATION_CATEGORY][one.category],
            outcomes.get(one.outcome, ""),
            reader_id=reader_id,
        )
        for one in listed
    ]


def _row(deviation: ProcessDeviation, category: str, outcome: str, *, reader_id: int | None) -> Row:
    now = clock.now()
    title = _("Deviation %(number)s: %(category)s")
    return Row(
        pk=deviation.pk,
        title=title % {"number": deviation.pk, "category": category},
        category=category,
        team=f"{deviation.team.function}: {deviation.team}" if deviation.team else "",
        state=(LOOKS[DeviationStates(deviation.state)], deviation.get_state_display()),
        outcome=outcome,
        age=wording.since(deviation.filed_at, now=now),
        filed=wording.moment(deviation.filed_at, now=now),
        filed_by=str(deviation.filed_by),
        owner=str(deviation.owner or pgettext("owner of a deviation", "Nobody")),
        version=deviation.version,
        can_take=(
            deviation.owner_id is None
            and deviation.state in OPEN
            and policies.may_handle(deviation, reader_id)
        ),
        is_news=deviation.news_at is not None and deviation.filed_by_id == reader_id,
    )


@dataclass(frozen=True, slots=True)
class Entry:
    at: datetime
    who: str
    text: str
    note: str
    internal: bool


def shown_entries(entries: Iterable[ProcessDeviationEntry]) -> list[Entry]:
    listed = list(entries)
    codes = {one.code for one in listed} - {""}
    kinds = (ReasonKind.DEVIATION_CATEGORY, ReasonKind.DEVIATION_OUTCOME)
    named = catalogue.names_of_many(dict.fromkeys(kinds, codes)) if codes else {}
    return [
        Entry(
            one.at,
            str(one.by),
            _told(one, {kind: names.get(one.code, "") for kind, names in named.items()}),
            one.text,
            one.is_internal,
        )
        for one in listed
    ]


def _told(entry: ProcessDeviationEntry, names: dict[str, str]) -> str:
    step = DeviationStep(entry.step)
    if step is DeviationStep.HAND_OVER and entry.to_id == entry.by_id:
        return _("Took over the deviation.")
    if step is DeviationStep.HAND_OVER:
        return _("Handed the deviation over to %(who)s.") % {"who": entry.to}
    if step is DeviationStep.CORRECT:
        category = names[ReasonKind.DEVIATION_CATEGORY]
        return _("Corrected what it is about: %(category)s.") % {"category": category}
    if step is DeviationStep.CLOSE:
        outcome = names[ReasonKind.DEVIATION_OUTCOME]
        return _("Answered: %(outcome)s.") % {"outcome": outcome}
    return str(_PLAIN[step]())


_PLAIN = {
    DeviationStep.TAKE: lambda: _("Began to look into the deviation."),
    DeviationStep.NOTE: lambda: _("Noted what was found out."),
    DeviationStep.REOPEN: lambda: _("Opened the deviation again."),
}
