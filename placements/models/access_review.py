from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Judgement(models.TextChoices):
    WARRANTED = "warranted", _("Needed for the work")
    UNCLEAR = "unclear", _("Unclear, to be asked about")
    UNWARRANTED = "unwarranted", _("Not needed for the work")


class AccessReview(models.Model):
    """A sample of who read a department's requests in a month, drawn by the system.

    Whoever has the log draws the same again from `seed`: the readings whose identifiers, hashed
    with it, come first. Never changed and never taken away.
    """

    department = models.ForeignKey("accounts.Department", on_delete=models.PROTECT)
    month = models.DateField()
    seed = models.CharField(max_length=64)
    population = models.PositiveIntegerField()
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)

    class Meta:
        ordering = ("-month", "department_id")
        constraints = (
            models.UniqueConstraint(fields=("department", "month"), name="review_once_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="review_month_by_first_day"),
        )

    def __str__(self) -> str:
        return f"{self.department_id} {self.month:%Y-%m}"


class AccessReviewRow(models.Model):
    """A reading of the sample as it stood in the log, and what was judged of it, once."""

    review = models.ForeignKey(AccessReview, on_delete=models.PROTECT, related_name="rows")
    entry_id = models.UUIDField()
    position = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    reader_id = models.CharField(max_length=80)
    reader = models.CharField(max_length=200)
    references = models.JSONField()
    route = models.CharField(max_length=120)
    reason = models.CharField(max_length=200, blank=True)
    judgement = models.CharField(max_length=20, choices=Judgement.choices, blank=True)
    note = models.CharField(max_length=500, blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True
    )
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("review", "entry_id"), name="reading_once_a_review"),
            models.CheckConstraint(
                condition=Q(judgement="", judged_by__isnull=True, judged_at__isnull=True)
                | (~Q(judgement="") & Q(judged_by__isnull=False, judged_at__isnull=False)),
                name="judged_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(judgement="unwarranted") & ~Q(judgement="unclear") | ~Q(note=""),
                name="doubt_has_a_note",
            ),
        )

    def __str__(self) -> str:
        return f"{self.review_id} {self.position}"
