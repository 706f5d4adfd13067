from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PlanState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    DONE = "done", _("Carried out")
    CANCELLED = "cancelled", _("Cancelled")
    FAILED = "failed", _("Could not be carried out")
    HELD = "held", _("Its planner keeps the register no more")


BROKEN_OFF = (PlanState.FAILED, PlanState.HELD)
"""Its day came and nothing was changed: somebody must look."""


class PlannedChange(models.Model):
    """A change of what has no dates of its own (an age span, a lot's subtypes), until its day.

    `part` names what is changed (`actions.keeping.PARTS`), `row_id` the row that it belongs to, and
    `unit` the unit on whose page it stands, where it is one unit's. `values` are the new values
    alone, so that what others change meanwhile is not undone. `planned_by` is an Actor: the change
    is carried out in that name.
    """

    part = models.CharField(max_length=30)
    row_id = models.BigIntegerField()
    unit = models.ForeignKey(
        "providers.CareUnit", on_delete=models.CASCADE, related_name="planned_changes", null=True
    )
    day = models.DateField(_("planned for"))
    values = models.JSONField(_("new values"), encoder=DjangoJSONEncoder)
    planned_at = models.DateTimeField(_("planned at"))
    planned_by = models.JSONField(_("planned by"))
    state = models.CharField(
        _("state"), max_length=20, choices=PlanState.choices, default=PlanState.PLANNED
    )

    class Meta:
        verbose_name = _("planned change")
        verbose_name_plural = _("planned changes")
        ordering = ("day", "id")
        indexes = (
            models.Index(
                fields=("day", "id"), condition=Q(state="planned"), name="plannedchange_waiting"
            ),
            models.Index(fields=("part", "row_id"), name="plannedchange_row"),
        )

    def __str__(self) -> str:
        return f"{self.part} {self.row_id} {self.day}"
