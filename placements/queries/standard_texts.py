"""Standard texts with the words that hold on a day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from placements.domain.standard_texts import Purpose, says_the_same_of_all
from placements.models import StandardText, StandardTextVersion


@dataclass(frozen=True, slots=True)
class TextToday:
    pk: int
    name: str
    body: str


def texts_for(purpose: Purpose, service_type: str, *, on: date) -> list[TextToday]:
    """Those of the service and those of all services, by name. One query."""
    of_service = Q(service_type="") | Q(service_type=service_type)
    found = _with_words(on).filter(of_service, purpose=purpose, ended_on=None)
    rows = found.filter(words__isnull=False).order_by("name", "pk")
    return [TextToday(*row) for row in rows.values_list("pk", "name", "words")]


def texts_for_many(purpose: Purpose, *, on: date) -> list[TextToday]:
    """Those that say the same of every request."""
    return [one for one in texts_for(purpose, "", on=on) if says_the_same_of_all(one.body)]


def all_texts(*, on: date) -> QuerySet[Any]:
    """Ended ones last, each with `words`, what holds on the day."""
    return _with_words(on).order_by("ended_on", "purpose", "name", "pk")


def _with_words(on: date) -> QuerySet[Any]:
    versions = StandardTextVersion.objects.filter(text=OuterRef("pk"), valid_from__lte=on)
    newest = versions.order_by("-valid_from", "-pk").values("body")[:1]
    return StandardText.objects.annotate(words=Subquery(newest))


def standard_text(text_id: int) -> StandardText | None:
    return StandardText.objects.filter(pk=text_id).first()


def versions_of(text: StandardText) -> list[StandardTextVersion]:
    """The latest first."""
    found = StandardTextVersion.objects.filter(text=text).select_related("saved_by")
    return list(found.order_by("-valid_from", "-pk")[:20])
