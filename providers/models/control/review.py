from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from providers.domain.control.review import STOPPING
from providers.models.control.choices import ReviewDecision, ReviewKind, ReviewState, VisitForm
from providers.models.fields import codes
from spink.foundation.encryption import EncryptedTextField


class Review(models.Model):
    """A closer look at a provider, for a reason, with a decision at its end."""

    provider = models.ForeignKey(
        "providers.Provider", on_delete=models.PROTECT, related_name="reviews"
    )
    kind = models.CharField(max_length=12, choices=ReviewKind.choices)
    finding = models.OneToOneField(
        "providers.Finding", on_delete=models.PROTECT, null=True, related_name="review"
    )
    state = models.CharField(max_length=12, choices=ReviewState.choices, default=ReviewState.OPEN)
    reason = EncryptedTextField(_("reason"))
    inks_reference = models.CharField(max_length=80, blank=True)
    checks = codes(_("checks"), max_length=30)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decision = models.CharField(max_length=12, choices=ReviewDecision.choices, blank=True)
    decided_at = models.DateTimeField(null=True)
    follow_up_on = models.DateField(null=True)
    """Of one that is watched: when somebody looks at it again."""
    told_of = models.DateField(null=True)
    """The day of a follow-up that its owner has been told of."""
    followed_up_at = models.DateTimeField(null=True)
    """Of one that was watched: since when it is watched no more."""
    reason_codes = codes(_("reasons"), max_length=60)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("in-depth review")
        verbose_name_plural = _("in-depth reviews")
        indexes = (models.Index(fields=("state", "-opened_at"), name="review_of_state"),)
        constraints = (
            models.UniqueConstraint(
                fields=("provider", "kind"),
                condition=Q(state__in=(ReviewState.OPEN, ReviewState.WITH_LAWYER)),
                name="review_one_under_way",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ReviewState.values, kind__in=ReviewKind.values),
                name="review_state_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=ReviewState.DECIDED,
                    decided_at__isnull=False,
                    decision__in=ReviewDecision.values,
                    reason_codes__len__gt=0,
                )
                | (~Q(state=ReviewState.DECIDED) & Q(decided_at__isnull=True, decision="")),
                name="review_decided_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(kind=ReviewKind.FOR_INK, decision__in=("", ReviewDecision.TOLD_INK))
                & ~Q(inks_reference="")
                | Q(kind=ReviewKind.IN_DEPTH) & ~Q(decision=ReviewDecision.TOLD_INK),
                name="review_decided_by_whom_it_is_for",
            ),
            models.CheckConstraint(
                condition=Q(decision=ReviewDecision.WATCHED, follow_up_on__isnull=False)
                | (~Q(decision=ReviewDecision.WATCHED) & Q(follow_up_on__isnull=True)),
                name="review_watched_until",
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"FK-{self.pk}"

    @property
    def asks_for_stop(self) -> bool:
        return self.decision in STOPPING

    @property
    def waits_for_stop(self) -> bool:
        """Nobody has set the stop that it asks for."""
        return self.asks_for_stop and not self.stops.all()

    @property
    def is_watched(self) -> bool:
        return self.decision == ReviewDecision.WATCHED and self.followed_up_at is None


class ReviewStop(models.Model):
    """A stop that a review has led to.

    It stands here and not with the stop, which whoever reads the register and its diary is told of:
    reviews are read by few.
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="stops")
    stop = models.OneToOneField(
        "providers.Stop", on_delete=models.CASCADE, related_name="of_review"
    )

    class Meta:
        verbose_name = _("stop after a review")
        verbose_name_plural = _("stops after reviews")

    def __str__(self) -> str:
        return f"{self.review_id} {self.stop_id}"


class IncidentVisit(models.Model):
    """A visit that something has called for, as a part of a review."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="visits")
    day = models.DateField()
    form = models.CharField(max_length=10, choices=VisitForm.choices)
    notes = EncryptedTextField(_("notes"))
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("incident-driven visit")
        verbose_name_plural = _("incident-driven visits")
        ordering = ("-day", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(form__in=VisitForm.values), name="incidentvisit_form_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.review_id} {self.day}"


class ReviewEntry(models.Model):
    """A step that somebody took with a review. Only added to."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="entries")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=12)
    check_code = models.CharField(max_length=30, blank=True)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    day = models.DateField(null=True)
    reason_codes = codes(_("reasons"), max_length=60)
    text = EncryptedTextField(blank=True)

    class Meta:
        verbose_name = _("step with a review")
        verbose_name_plural = _("steps with reviews")
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.review_id} {self.step}"


class OffenceRecord(models.Model):
    """What a court has said of a company, a board or a person in charge.

    Offence data are kept here and nowhere else: encrypted, behind a wall of their own that only the
    quality team and the lawyer stand within, and every reading is logged.
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="offences")
    court = EncryptedTextField(_("court"))
    case_number = EncryptedTextField(_("case number"), blank=True)
    text = EncryptedTextField(_("what the court has said"))
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("offence data")
        verbose_name_plural = _("offence data")
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.review_id} {self.pk}"
