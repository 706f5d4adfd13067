from django.db import models
from django.utils.translation import gettext_lazy as _

from spink.catalogue.models.dated import Dated, DatedQuerySet, Named


class ReasonKind(models.TextChoices):
    SKIPPED_RUNG = "skipped_rung", _("Past a rung that has a fitting unit")
    DIRECT_AWARD = "direct_award", _("Why a direct award")
    NONE_CHOSEN = "none_chosen", _("No unit was chosen")
    OTHER_CHOSEN = "other_chosen", _("A unit that was not recommended was chosen")
    LOWER_RUNG_CHOSEN = "lower_rung_chosen", _("A lower rung was chosen")
    WITHDRAWN = "withdrawn", _("The request was withdrawn")
    RECOMMENDATION_WITHDRAWN = "recommendation_withdrawn", _("A recommendation was withdrawn")
    PROVIDER_NO = "provider_no", _("Why a unit says no")
    STOP = "stop", _("Why a stop")
    EXCEPTION = "exception", _("Why an excluded unit was recommended")
    ACUTE_PLACEMENT = "acute_placement", _("Why the ordinary order could not be waited for")
    NOT_CARRIED_OUT = "not_carried_out", _("Why a decision is not carried out")
    DISCLOSURE = "disclosure", _("Basis for disclosure")
    FINDING_DISMISSED = "finding_dismissed", _("Why a finding was dismissed")
    VETTING = "vetting", _("Why a provider is not added, or its vetting ended")
    REVIEW = "review", _("Why an in-depth review was decided so")
    COMPLAINT_CATEGORY = "complaint_category", _("What a complaint is about")
    COMPLAINT_OUTCOME = "complaint_outcome", _("Outcome of a complaint")
    PROCUREMENT_OUTCOME = "procurement_outcome", _("What INK did about a complaint")
    DEVIATION_CATEGORY = "deviation_category", _("What a process deviation is about")
    DEVIATION_OUTCOME = "deviation_outcome", _("Outcome of a process deviation")


class CodedReason(Named, Dated):
    """A reason to choose from. Kept for all time: it is ended by date, never deleted."""

    kind = models.CharField(max_length=30, choices=ReasonKind.choices)
    code = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)

    objects = DatedQuerySet["CodedReason"].as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("coded reason")
        verbose_name_plural = _("coded reasons")
        ordering = ("kind", "position", "code")
        constraints = (
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=("kind", "code"), name="reason_code_once"),
        )
