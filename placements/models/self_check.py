from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spink.catalogue.models import CheckedPart
from spink.catalogue.models.dated import Named


class CheckAnswer(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")


class SelfCheck(models.Model):
    """A sample of a placement function's handled requests of a month (egenkontroll).

    Whoever has the month's requests draws the same again from `seed` (`domain/sampling.py`). When
    it is locked nothing of it is changed any more.
    """

    placement_function = models.ForeignKey("accounts.PlacementFunction", on_delete=models.PROTECT)
    month = models.DateField()
    seed = models.CharField(max_length=64)
    size = models.PositiveSmallIntegerField()
    population = models.PositiveIntegerField()
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    locked_at = models.DateTimeField(null=True, blank=True)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    unchecked_note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-month", "placement_function_id")
        constraints = (
            models.UniqueConstraint(
                fields=("placement_function", "month"), name="self_check_once_a_month"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="self_check_month_by_first_day"),
            models.CheckConstraint(condition=Q(size__gte=1), name="self_check_draws_some"),
            models.CheckConstraint(
                condition=Q(locked_at__isnull=True, locked_by__isnull=True)
                | Q(locked_at__isnull=False, locked_by__isnull=False),
                name="self_check_locked_at_and_by",
            ),
        )

    def __str__(self) -> str:
        return f"{self.placement_function_id} {self.month:%Y-%m}"


class SelfCheckQuestion(Named):
    """A question as it read when the sample was drawn: what is asked later changes nothing here."""

    self_check = models.ForeignKey(SelfCheck, on_delete=models.PROTECT, related_name="questions")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=60)
    about = models.CharField(max_length=20, choices=CheckedPart.choices, blank=True)

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("self_check", "code"), name="question_once_a_check"),
        )


class SelfCheckItem(models.Model):
    """A request of the sample. None of its `handlers` (users' ids) answers for it."""

    self_check = models.ForeignKey(SelfCheck, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    request = models.ForeignKey(
        "placements.PlacementRequest", on_delete=models.PROTECT, related_name="self_checks"
    )
    handlers = ArrayField(models.BigIntegerField())
    version = models.PositiveIntegerField(default=0)
    """How many times it has been answered."""

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(
                fields=("self_check", "request"), name="request_once_a_self_check"
            ),
            models.UniqueConstraint(
                fields=("self_check", "position"), name="position_once_a_self_check"
            ),
        )

    def __str__(self) -> str:
        return f"{self.self_check_id} {self.position}"


class SelfCheckAnswer(models.Model):
    """What was found of one request by one question. Given anew until the sample is locked."""

    item = models.ForeignKey(SelfCheckItem, on_delete=models.PROTECT, related_name="answers")
    question = models.ForeignKey(
        SelfCheckQuestion, on_delete=models.PROTECT, related_name="answers"
    )
    answer = models.CharField(max_length=20, choices=CheckAnswer.choices)
    note = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("question__position",)
        constraints = (
            models.UniqueConstraint(fields=("item", "question"), name="question_answered_once"),
            models.CheckConstraint(
                condition=~Q(answer="no") | ~Q(note=""), name="shortcoming_has_a_note"
            ),
        )

    def __str__(self) -> str:
        return f"{self.item_id} {self.question_id}"
