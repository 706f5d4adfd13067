from uuid import uuid4

from django.db import models

from spink.foundation import clock

NUMBERS = "foundation_outboxevent_number"
"""A sequence of the database: clocks of two machines differ."""


class OutboxEvent(models.Model):
    """A domain event and its way out, in one row: written with the change, handled after it.

    `handled_at` is set in the transaction that carries out the event's effects in the database,
    so that each happens once, however often the event is handed to a worker.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    number = models.BigIntegerField(
        db_default=models.Func(models.Value(NUMBERS), function="nextval"), editable=False
    )
    """Of two events that one change of a row after the other wrote, the later has the higher."""
    name = models.CharField(max_length=80)
    payload = models.JSONField()
    created_at = models.DateTimeField(default=clock.now)
    handled_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=clock.now)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("next_attempt_at",),
                condition=models.Q(handled_at__isnull=True),
                name="outbox_waiting",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.id}"
