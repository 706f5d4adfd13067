"""The timeline of a handled request: every step, with what its sentence names."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from placements.domain.lifecycle import Step
from placements.domain.values import Audience
from placements.models import InformationRequest
from spink.accounts.models import User
from spink.sample.requests.handling import Inquiry
from spink.sample.requests.records import Finished, UnitNames

Names = Mapping[str, UnitNames]


class Entry(NamedTuple):
    """The columns of a timeline entry: of so many rows, not one need be an instance."""

    request_id: int
    at: datetime
    kind: Step
    facts: dict[str, Any]
    text: str
    actor_kind: str
    actor_id: str
    actor_label: str
    audience: Audience = Audience.BOTH
    id: int = 0


def timeline_of(
    finished: Finished, information: InformationRequest | None, names: Names
) -> Iterator[Entry]:
    yield from _begun(finished)
    if information:
        yield from _asked_for_more(finished, information)
    yield from _providers_asked(finished, names)
    yield from _recommended(finished, names)
    yield from _ended(finished, names)


def _entry(
    finished: Finished, step: Step, at: datetime, by: User, facts: dict[str, Any], text: str = ""
) -> Entry:
    request, actor = finished.filed.request, by.actor
    return Entry(request.pk, at, step, facts, text, actor.kind, actor.id, actor.label)


def _begun(finished: Finished) -> Iterator[Entry]:
    filed = finished.filed
    asked = filed.planned.asked
    service = {"service_type": asked.service_type, "subtype": asked.subtype}
    yield _entry(finished, Step.SUBMIT, filed.planned.sent_at, filed.filer, service)
    officer = {"officer": str(filed.officer)}
    yield _entry(finished, Step.TAKE, finished.handled.taken_at, filed.officer, officer)


def _asked_for_more(finished: Finished, information: InformationRequest) -> Iterator[Entry]:
    yield _entry(
        finished,
        Step.ASK_INFORMATION,
        information.asked_at,
        finished.filed.officer,
        {},
        information.question,
    )
    yield _entry(
        finished,
        Step.ANSWER_INFORMATION,
        information.answered_at or information.asked_at,
        finished.filed.filer,
        {},
        information.answer,
    )


def _providers_asked(finished: Finished, names: Names) -> Iterator[Entry]:
    inquiries = finished.handled.inquiries
    officer = finished.filed.officer
    if inquiries:
        asked = {"units": [names[one.unit].name for one in inquiries]}
        yield _entry(finished, Step.ASK_PROVIDER, inquiries[0].asked_at, officer, asked)
    for one in inquiries:
        facts = _answer(one, names)
        yield _entry(finished, Step.NOTE_PROVIDER_ANSWER, one.answered_at, officer, facts)


def _answer(inquiry: Inquiry, names: Names) -> dict[str, Any]:
    return {
        "units": [names[inquiry.unit].name],
        "answer": inquiry.answer,
        "place_from": inquiry.place_from.isoformat() if inquiry.place_from else None,
    }


def _recommended(finished: Finished, names: Names) -> Iterator[Entry]:
    sent = finished.handled.recommended
    if sent:
        units = {"units": [names[unit].name for unit, _ in sent.units]}
        yield _entry(finished, Step.RECOMMEND, sent.sent_at, finished.filed.officer, units)


def _ended(finished: Finished, names: Names) -> Iterator[Entry]:
    filer, handled = finished.filed.filer, finished.handled
    reported = handled.reported
    if reported:
        facts = {
            "unit": names[reported.unit].name if reported.unit else "",
            "reason": reported.reason,
            "reason_kind": reported.reason_kind or None,
        }
        step = Step.REPORT_CHOSEN if reported.unit else Step.REPORT_NONE
        yield _entry(finished, step, reported.at, filer, facts)
    elif handled.ended_at:
        reason = {"reason": handled.withdrawal_reason}
        yield _entry(finished, Step.WITHDRAW, handled.ended_at, filer, reason)
