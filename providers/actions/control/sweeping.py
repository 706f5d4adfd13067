"""Sweeps: every provider in scope is asked about once, whatever happens to those who ask.

A few providers at a time are claimed in one transaction, asked about in none, and what came of it
is kept in another, by whoever still holds the claim. So a worker that dies loses no more than its
questions, which somebody else asks again when the claim has run out.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Count, F, Q

from providers.actions.control.answers import keep_answers
from providers.domain.control.facts import Answer, Problem
from providers.models import ItemState, MonitoringSource, Sweep, SweepItem
from providers.monitoring.asking import Asker
from providers.monitoring.settings import Told
from providers.monitoring.source import NotAnswered, NotNow
from providers.queries.control.sources import asker_of, in_scope, subjects_of, told_sources
from spink.foundation import clock

PROVIDERS_A_BATCH: Final = 25
BATCHES_AT_ONCE: Final = 2
SECONDS_A_BATCH: Final = 8.0
"""After so long no further question is begun: other jobs wait for the worker."""
CLAIMED_FOR: Final = timedelta(seconds=60)
"""Longer than a batch takes together with its last question, asked again and again."""
MOST_ATTEMPTS: Final = 4
WAIT_AFTER_FAILURE: Final = timedelta(minutes=10)
INSERTED_AT_ONCE: Final = 2_000


@dataclass(slots=True)
class Outcome:
    """What came of a batch, by the ids of providers. `later` were not asked about."""

    answered: dict[int, Answer] = field(default_factory=dict)
    failed: dict[int, Problem] = field(default_factory=dict)
    later: set[int] = field(default_factory=set)
    seconds_out: float = 0


def begin_due_sweeps() -> None:
    """Begin a sweep of each source whose time has come, unless one is under way."""
    for told in told_sources().values():
        begin_sweep(told)


def begin_sweep(told: Told) -> Sweep | None:
    """None where it is not yet time, or a sweep of the source is under way."""
    now = clock.now()
    with transaction.atomic():
        MonitoringSource.objects.get_or_create(code=told.code, defaults={"name": told.name})
        source = MonitoringSource.objects.select_for_update().get(code=told.code)
        last = Sweep.objects.filter(source=source).order_by("-begun_at").first()
        hours = timedelta(hours=told.hours)
        if last and (last.ended_at is None or now < last.begun_at + hours):
            return None
        if source.name != told.name:
            source.name = told.name
            source.save(update_fields=["name"])
        return _begun(source, told, now, gives_up_at=now + hours)


def _begun(source: MonitoringSource, told: Told, now: datetime, *, gives_up_at: datetime) -> Sweep:
    asked = list(
        in_scope(clock.today(), everyone=told.everyone).order_by("pk").values_list("pk", flat=True)
    )
    sweep = Sweep.objects.create(
        source=source,
        begun_at=now,
        gives_up_at=gives_up_at,
        total=len(asked),
        ended_at=None if asked else now,
    )
    items = [SweepItem(sweep=sweep, provider_id=pk, free_at=now) for pk in asked]
    SweepItem.objects.bulk_create(items, batch_size=INSERTED_AT_ONCE)
    return sweep


def sweep_some(*, sweep_id: int) -> bool:
    """Ask about some of a sweep's providers. Whether there may be more to ask about at once."""
    claim = uuid4()
    source, claimed = _claim(sweep_id, claim)
    asker = asker_of(source) if source else None
    if source is None or asker is None or not claimed:
        return False
    outcome = _asked(claimed, asker)
    _keep(source, sweep_id, claim, outcome)
    return not outcome.later and not outcome.failed


def _claim(sweep_id: int, claim: UUID) -> tuple[MonitoringSource | None, list[int]]:
    now = clock.now()
    with transaction.atomic():
        sweep = (
            Sweep.objects.select_for_update(of=("self",))
            .select_related("source")
            .filter(pk=sweep_id, ended_at=None)
            .first()
        )
        if sweep is None:
            return None, []
        waiting = SweepItem.objects.filter(sweep=sweep, state=ItemState.WAITING)
        under_way = waiting.filter(claim__isnull=False, free_at__gt=now)
        if under_way.count() > PROVIDERS_A_BATCH * (BATCHES_AT_ONCE - 1):
            return sweep.source, []
        spent = waiting.filter(
            Q(attempts__gte=MOST_ATTEMPTS, free_at__lte=now) | Q(sweep__gives_up_at__lte=now)
        )
        spent.update(state=ItemState.UNANSWERED, claim=None)
        free = waiting.filter(free_at__lte=now).order_by("free_at", "pk")
        chosen = free.select_for_update(skip_locked=True)[:PROVIDERS_A_BATCH]
        ids = {item.pk: item.provider_id for item in chosen}
        if not ids:
            _end_where_done(sweep_id)
            return sweep.source, []
        SweepItem.objects.filter(pk__in=ids).update(
            claim=claim, attempts=F("attempts") + 1, free_at=now + CLAIMED_FOR
        )
        return sweep.source, list(ids.values())


def _asked(provider_ids: Iterable[int], asker: Asker) -> Outcome:
    subjects = subjects_of(provider_ids)
    outcome = Outcome()
    until = time.monotonic() + SECONDS_A_BATCH
    for provider_id, subject in subjects.items():
        if outcome.seconds_out or time.monotonic() > until:
            outcome.later.add(provider_id)
            continue
        try:
            outcome.answered[provider_id] = asker.ask(subject)
        except NotAnswered as none:
            outcome.failed[provider_id] = none.problem
        except NotNow as not_now:
            outcome.later.add(provider_id)
            outcome.seconds_out = not_now.seconds
    return outcome


def _keep(source: MonitoringSource, sweep_id: int, claim: UUID, outcome: Outcome) -> None:
    """In one transaction, of those that are still ours: a claim may have run out meanwhile."""
    now = clock.now()
    with transaction.atomic():
        Sweep.objects.select_for_update().get(pk=sweep_id)
        held = SweepItem.objects.filter(sweep=sweep_id, state=ItemState.WAITING, claim=claim)
        ours = set(held.select_for_update().values_list("provider_id", flat=True))
        answered = {pk: answer for pk, answer in outcome.answered.items() if pk in ours}
        failed = {pk: problem for pk, problem in outcome.failed.items() if pk in ours}
        keep_answers(source=source, answered=answered, failed=failed)
        held.filter(provider_id__in=answered).update(state=ItemState.ANSWERED, claim=None)
        held.filter(provider_id__in=failed).update(claim=None, free_at=now + WAIT_AFTER_FAILURE)
        held.filter(provider_id__in=outcome.later).update(
            claim=None,
            attempts=F("attempts") - 1,
            free_at=now + timedelta(seconds=outcome.seconds_out),
        )
        _end_where_done(sweep_id)


def _end_where_done(sweep_id: int) -> None:
    """Called with the sweep locked. Its items are counted, and taken away."""
    items = SweepItem.objects.filter(sweep=sweep_id)
    if items.filter(state=ItemState.WAITING).exists():
        return
    answered = Count("pk", filter=Q(state=ItemState.ANSWERED))
    counted = items.aggregate(answered=answered, all=Count("pk"))
    Sweep.objects.filter(pk=sweep_id, ended_at=None).update(
        ended_at=clock.now(),
        total=counted["all"],
        answered=counted["answered"],
        unanswered=counted["all"] - counted["answered"],
    )
    items.delete()
