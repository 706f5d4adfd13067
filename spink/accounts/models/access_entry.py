from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from spink.foundation import clock


class AccessEntry(models.Model):
    """Somebody read persons or requests: who, what, when, from where and why. Only ever added to.

    One row holds all that one page showed; `subjects` are reference numbers, never names. Calls of
    the API have their row also where they showed nobody.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    at = models.DateTimeField(default=clock.now)
    actor_kind = models.CharField(max_length=20)
    actor_id = models.CharField(max_length=80)
    actor_label = models.CharField(max_length=200)
    subjects = ArrayField(models.CharField(max_length=40))
    route = models.CharField(max_length=120)
    reason = models.CharField(max_length=200, blank=True)
    address = models.GenericIPAddressField(null=True, blank=True)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = (
            GinIndex(fields=("subjects",), name="access_subjects"),
            models.Index(fields=("actor_id", "at"), name="access_actor"),
            models.Index(fields=("at",), name="access_at"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(subjects__len__gt=0) | models.Q(actor_kind="api_client"),
                name="access_entry_has_subjects",
            ),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_label} {self.route}"
