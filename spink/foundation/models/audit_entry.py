from django.db import models

from spink.foundation import clock


class AuditEntry(models.Model):
    """One step that somebody took. No foreign keys: the trail outlives what it speaks of."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=clock.now)
    actor_kind = models.CharField(max_length=20)
    actor_id = models.CharField(max_length=80)
    actor_label = models.CharField(max_length=200)
    action = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=80)
    reference = models.CharField(max_length=40, blank=True)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("subject", "subject_id", "id"), name="audit_subject"),
            models.Index(fields=("reference", "id"), name="audit_reference"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.subject} {self.subject_id}"
