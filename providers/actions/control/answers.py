"""What sources have said is kept, and what is new in it becomes a finding.

It changes nothing of the register: that is done by people, who have read the finding.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from providers.domain.control.differing import Change, changes, kept, merged, read
from providers.domain.control.facts import HAPPENINGS, Answer, Problem
from providers.models import Finding, MonitoringSource, SourceAnswer
from spink.foundation import clock


def keep_answers(
    *,
    source: MonitoringSource,
    answered: Mapping[int, Answer],
    failed: Mapping[int, Problem],
) -> None:
    """By the ids of providers. Called in the transaction that tells who was asked about."""
    now = clock.now()
    asked = [*answered, *failed]
    locked = SourceAnswer.objects.select_for_update().order_by("provider_id")
    rows = {row.provider_id: row for row in locked.filter(source=source, provider_id__in=asked)}
    for provider_id in asked:
        rows.setdefault(provider_id, SourceAnswer(source=source, provider_id=provider_id))
    found: list[Finding] = []
    for provider_id, answer in answered.items():
        found += _findings(source, provider_id, _taken(rows[provider_id], answer, now), now)
    for provider_id, problem in failed.items():
        _note_silence(rows[provider_id], problem, now)
    SourceAnswer.objects.bulk_create(
        rows.values(),
        update_conflicts=True,
        unique_fields=["provider", "source"],
        update_fields=["facts", "answered_at", "unanswered_since", "problem"],
    )
    Finding.objects.bulk_create(found, ignore_conflicts=True)
    _note_source(source, answered, failed, now)


def _taken(row: SourceAnswer, answer: Answer, now: datetime) -> list[Change]:
    """What is new, which is known from now on."""
    known = read(row.facts)
    row.facts = kept(merged(known, answer))
    row.answered_at, row.unanswered_since, row.problem = now, None, ""
    return changes(known, answer)


def _note_silence(told: SourceAnswer | MonitoringSource, problem: Problem, now: datetime) -> None:
    told.unanswered_since = told.unanswered_since or now
    told.problem = problem


def _note_source(
    source: MonitoringSource,
    answered: Mapping[int, Answer],
    failed: Mapping[int, Problem],
    now: datetime,
) -> None:
    """One answer is enough to say that it answers."""
    if answered:
        source.answered_at, source.unanswered_since, source.problem = now, None, ""
    elif failed:
        _note_silence(source, next(iter(failed.values())), now)
    else:
        return
    source.save(update_fields=["answered_at", "unanswered_since", "problem"])


def _findings(
    source: MonitoringSource, provider_id: int, found: Iterable[Change], now: datetime
) -> list[Finding]:
    return [
        Finding(
            provider_id=provider_id,
            source=source,
            fact=change.fact,
            severity=change.severity,
            fingerprint=change.fingerprint(provider_id),
            found_at=now,
            **_said(change),
        )
        for change in found
    ]


def _said(change: Change) -> dict[str, object]:
    if change.fact not in HAPPENINGS or change.happening is None:
        return {"before": change.before, "after": change.after}
    happened = change.happening
    return {
        "title": happened.title,
        "link": happened.link,
        "day": date.fromisoformat(happened.day) if happened.day else None,
    }
