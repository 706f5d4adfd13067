from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from providers.models.control.choices import RungOfLadder, VisitForm, VisitOutcome, VisitState


class VisitTemplate(models.Model):
    """The questions of visits to units that give a service, from a day until the next version."""

    service_type = models.CharField(max_length=60)
    valid_from = models.DateField()
    questions = models.JSONField(default=list)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("question template of visits")
        verbose_name_plural = _("question templates of visits")
        constraints = (
            models.UniqueConstraint(
                fields=("service_type", "valid_from"), name="visittemplate_once_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.service_type} {self.valid_from}"


class SiteVisit(models.Model):
    """A visit with matching in mind, planned and made by a placement team.

    `provision_form` is what the unit is to the team's municipality. `answers` are the questions as
    they were asked, each with its answer. `register_number` is the edition of the register's diary
    in which the visit led to a change.
    """

    care_unit = models.ForeignKey(
        "providers.CareUnit", on_delete=models.PROTECT, related_name="visits"
    )
    team = models.ForeignKey("accounts.PlacementTeam", on_delete=models.PROTECT, related_name="+")
    provision_form = models.CharField(max_length=20, choices=RungOfLadder.choices)
    mode = models.CharField(max_length=10, choices=VisitForm.choices)
    is_joint = models.BooleanField(default=False)
    """With quality and control."""
    state = models.CharField(max_length=12, choices=VisitState.choices, default=VisitState.PLANNED)
    planned_on = models.DateField()
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_on = models.DateField(null=True)
    answers = models.JSONField(default=list)
    notes = models.TextField(blank=True)
    outcome = models.CharField(max_length=12, choices=VisitOutcome.choices, blank=True)
    register_number = models.BigIntegerField(null=True)
    cancelled_because = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        indexes = (
            models.Index(fields=("planned_on", "team"), name="sitevisit_plan"),
            models.Index(fields=("care_unit", "-made_on"), name="sitevisit_of_unit"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=VisitState.values), name="sitevisit_state_known"
            ),
            models.CheckConstraint(
                condition=Q(provision_form__in=RungOfLadder.values), name="sitevisit_form_known"
            ),
            models.CheckConstraint(
                condition=(Q(state=VisitState.MADE, made_on__isnull=False) & ~Q(outcome=""))
                | (~Q(state=VisitState.MADE) & Q(made_on__isnull=True, outcome="")),
                name="sitevisit_made_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=(Q(state=VisitState.CANCELLED) & ~Q(cancelled_because=""))
                | (~Q(state=VisitState.CANCELLED) & Q(cancelled_because="")),
                name="sitevisit_cancelled_for_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.care_unit_id} {self.planned_on}"


class EarlierNotes(models.Model):
    """What was written of a visit until somebody wrote something else. Only added to."""

    visit = models.ForeignKey(SiteVisit, on_delete=models.CASCADE, related_name="earlier_notes")
    outcome = models.CharField(max_length=12, choices=VisitOutcome.choices)
    notes = models.TextField(blank=True)
    until = models.DateTimeField()
    written_over_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("earlier notes of a visit")
        verbose_name_plural = _("earlier notes of visits")
        ordering = ("-until", "-id")

    def __str__(self) -> str:
        return f"{self.visit_id} {self.until}"
