from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from providers.models.choices import StopKind
from providers.models.fields import both_or_neither, in_order


class Stop(models.Model):
    """A stop on one unit, on all units of a provider, or on all of a group.

    It holds from and to (inclusive, open ends null) until it is ended; an ended stop stays as
    history. A kind that is not known closes every rung, so the kind is not checked here.
    """

    reference = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=40, choices=StopKind.choices)
    unit = models.ForeignKey(
        "providers.CareUnit",
        on_delete=models.CASCADE,
        related_name="stops",
        verbose_name=_("care unit"),
        null=True,
        blank=True,
    )
    provider = models.ForeignKey(
        "providers.Provider",
        on_delete=models.CASCADE,
        related_name="stops",
        verbose_name=_("provider"),
        null=True,
        blank=True,
    )
    group = models.ForeignKey(
        "providers.CorporateGroup",
        on_delete=models.CASCADE,
        related_name="stops",
        verbose_name=_("corporate group"),
        null=True,
        blank=True,
    )
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("to"), null=True, blank=True)
    reason_code = models.CharField(_("reason"), max_length=60, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=200, blank=True)
    decision_reference = models.CharField(
        _("reference of INK's decision"), max_length=100, blank=True, default="", db_default=""
    )
    decided_on = models.DateField(_("INK's decision of"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = models.CharField(_("ended by"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("stop")
        verbose_name_plural = _("stops")
        constraints = (
            models.CheckConstraint(
                condition=Q(unit__isnull=False, provider__isnull=True, group__isnull=True)
                | Q(unit__isnull=True, provider__isnull=False, group__isnull=True)
                | Q(unit__isnull=True, provider__isnull=True, group__isnull=False),
                name="stop_on_exactly_one",
                violation_error_message=_("A stop is on one unit, one provider or one group."),
            ),
            in_order("valid_from", "valid_to", "stop_period_in_order"),
            both_or_neither("decided_at", "decided_by", "stop_decided_pair"),
            both_or_neither("ended_at", "ended_by", "stop_ended_pair"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"
