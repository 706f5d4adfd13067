"""Standard texts are written anew from a day on, and ended; nothing of them is written over."""

from datetime import date

from django.db import IntegrityError, transaction

from placements.domain.standard_texts import Purpose
from placements.models import StandardText, StandardTextVersion
from spink.foundation import audit, clock
from spink.foundation.actor import Actor


class TextNameTaken(Exception):
    """There is another text of that name for the same purpose and service."""


class TextRewritten(Exception):
    """Somebody has saved other words since they were shown; `latest` is what stands now."""

    def __init__(self, latest: StandardTextVersion) -> None:
        super().__init__(latest)
        self.latest = latest


@transaction.atomic
def create_text(
    *, purpose: Purpose, service_type: str, name: str, body: str, valid_from: date, by: Actor
) -> StandardText:
    """Raises TextNameTaken."""
    try:
        with transaction.atomic():
            text = StandardText.objects.create(
                purpose=purpose, service_type=service_type, name=name
            )
    except IntegrityError as taken:
        raise TextNameTaken(name) from taken
    _add_version(text, body, valid_from, by)
    _record("create_standard_text", text, by, valid_from)
    return text


@transaction.atomic
def change_text(*, text_id: int, seen: int, body: str, valid_from: date, by: Actor) -> None:
    """Other words from a day on; `seen` is the version that was saved last when they were written.

    Raises TextRewritten.
    """
    text = _lock(text_id, seen)
    _add_version(text, body, valid_from, by)
    _record("change_standard_text", text, by, valid_from)


@transaction.atomic
def end_text(*, text_id: int, seen: int, by: Actor) -> None:
    """`seen` is the version that was saved last when it was decided. Raises TextRewritten."""
    text = _lock(text_id, seen)
    text.ended_on = clock.today()
    text.save(update_fields=["ended_on"])
    _record("end_standard_text", text, by, text.ended_on)


def _lock(text_id: int, seen: int) -> StandardText:
    text = StandardText.objects.select_for_update().get(pk=text_id)
    latest = text.versions.select_related("saved_by").latest("pk")
    if latest.pk != seen:
        raise TextRewritten(latest)
    return text


def _add_version(text: StandardText, body: str, valid_from: date, by: Actor) -> None:
    StandardTextVersion.objects.create(
        text=text, body=body, valid_from=valid_from, saved_at=clock.now(), saved_by_id=by.user_id
    )


def _record(action: str, text: StandardText, by: Actor, day: date) -> None:
    audit.record(
        action=action,
        by=by,
        subject="standard_text",
        subject_id=str(text.pk),
        details={"purpose": text.purpose, "day": day.isoformat()},
    )
