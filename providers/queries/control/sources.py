"""Which sources the settings tell of, whom they are asked about, and what they have answered."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final

from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Exists, OuterRef, Q, QuerySet

from providers.domain.control.facts import Subject
from providers.models import (
    DirectAwardVetting,
    LegalForm,
    MonitoringSource,
    Provider,
    SourceAnswer,
)
from providers.monitoring.asking import Asker
from providers.monitoring.settings import Told, sources

PUBLIC = (LegalForm.MUNICIPALITY, LegalForm.REGION, LegalForm.STATE)
MISSED: Final = 3
"""How many times a source may have been due before its answer is old."""


def told_sources() -> dict[str, Told]:
    """Raises BadSettings."""
    return sources(settings.MONITORING_SOURCES)


def is_old(answer: SourceAnswer, now: datetime) -> bool:
    """Whether the source should have answered again long ago. A source of which the settings tell
    no more has a week."""
    if answer.answered_at is None:
        return False
    told = told_sources().get(answer.source.code)
    fresh = MISSED * timedelta(hours=told.hours) if told else timedelta(weeks=1)
    return now - answer.answered_at > fresh


def asker_of(source: MonitoringSource) -> Asker | None:
    """None for a source of which the settings tell no more."""
    told = told_sources().get(source.code)
    return _asker(told.code) if told else None


@cache
def _asker(code: str) -> Asker:
    """One a process: it keeps its token, and the file that it has read."""
    told = told_sources()[code]
    return Asker(code, told.source(), told.pace, redis_url=settings.REDIS_URL)


def in_scope(day: date, *, everyone: bool) -> "QuerySet[Provider]":
    """Whoever has a number and is no authority; of direct award only, unless everyone is asked."""
    numbered = Provider.objects.filter(
        ~Q(organisation_number="") | ~Q(personal_number_hash="")
    ).exclude(legal_form__in=PUBLIC)
    if everyone:
        return numbered
    vetted = DirectAwardVetting.objects.filter(
        Q(vetted_from__isnull=True) | Q(vetted_from__lte=day),
        Q(vetted_to__isnull=True) | Q(vetted_to__gte=day),
        Q(unit__open_to__isnull=True) | Q(unit__open_to__gte=day),
        unit__provider=OuterRef("pk"),
    )
    return numbered.filter(Exists(vetted))


def subjects_of(provider_ids: Iterable[int]) -> dict[int, Subject]:
    """By the provider's id: its number, and the names that it and its units go by."""
    found = Provider.objects.filter(pk__in=list(provider_ids)).annotate(
        unit_names=ArrayAgg("units__name", default=[], filter=Q(units__isnull=False))
    )
    return {
        one.pk: Subject(one.organisation_number or one.personal_number, (one.name, *one.unit_names))
        for one in found
    }


def answers_about(provider_id: int) -> "QuerySet[SourceAnswer]":
    return (
        SourceAnswer.objects.filter(provider_id=provider_id)
        .select_related("source")
        .order_by("source__name", "id")
    )


def silent_sources() -> "QuerySet[MonitoringSource]":
    return MonitoringSource.objects.filter(unanswered_since__isnull=False)
