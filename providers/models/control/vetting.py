from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from providers.domain.control.checks import Check
from providers.models.control.choices import CheckResult, VettingState
from providers.models.fields import codes

if TYPE_CHECKING:
    from providers.models.control.review import Review

DECIDED = (VettingState.ADDED, VettingState.REFUSED, VettingState.BY_INK, VettingState.ENDED)
FOR_A_REASON = (VettingState.REFUSED, VettingState.ENDED)


class Vetting(models.Model):
    """Whether a provider is added to the register, and what that rests on.

    `checks` are the codes of those that it goes through, as they followed from its legal form and
    from permits when it was begun. One by INK has none: its `evidence` says where INK's stands.
    """

    provider = models.ForeignKey(
        "providers.Provider", on_delete=models.PROTECT, related_name="vettings"
    )
    state = models.CharField(
        max_length=12, choices=VettingState.choices, default=VettingState.ONGOING
    )
    checks = codes(_("checks"), max_length=30)
    needs_permit = models.BooleanField(default=False)
    evidence = models.CharField(max_length=200, blank=True)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    told_of = models.DateField(null=True)
    """The day on which a check runs out that its owner has been told of."""
    reason_codes = codes(_("reasons"), max_length=60)
    units = models.ManyToManyField("providers.CareUnit", related_name="vettings")
    """Those that it has let into direct award."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("vetting")
        verbose_name_plural = _("vettings")
        indexes = (models.Index(fields=("state", "-begun_at"), name="vetting_of_state"),)
        constraints = (
            *(
                models.UniqueConstraint(
                    fields=("provider",),
                    condition=Q(state=state.value),
                    name=f"vetting_one_{state}",
                )
                for state in (VettingState.ONGOING, VettingState.ADDED, VettingState.BY_INK)
            ),
            models.CheckConstraint(
                condition=Q(state__in=VettingState.values), name="vetting_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=DECIDED, decided_at__isnull=False)
                | (~Q(state__in=DECIDED) & Q(decided_at__isnull=True)),
                name="vetting_decided_at",
            ),
            models.CheckConstraint(
                condition=Q(state=VettingState.ENDED, ended_at__isnull=False)
                | (~Q(state=VettingState.ENDED) & Q(ended_at__isnull=True)),
                name="vetting_ended_at",
            ),
            models.CheckConstraint(
                condition=~Q(state=VettingState.REFUSED) | Q(reason_codes__len__gt=0),
                name="vetting_refused_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=VettingState.BY_INK) | (Q(checks__len=0) & ~Q(evidence="")),
                name="vetting_by_ink_is_theirs",
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"KR-{self.pk}"


class ProviderCheck(models.Model):
    """A check as it was made: what was looked at, when and by whom, and how long that holds.

    Never changed: one that is made again stands beside the earlier, which is `is_latest` no more.
    """

    vetting = models.ForeignKey(Vetting, on_delete=models.CASCADE, null=True, related_name="made")
    review = models.ForeignKey(
        "providers.Review", on_delete=models.CASCADE, null=True, related_name="made"
    )
    check_code = models.CharField(max_length=30)
    result = models.CharField(max_length=12, choices=CheckResult.choices)
    source = models.CharField(max_length=120)
    evidence = models.CharField(max_length=200, blank=True)
    by_document = models.BooleanField(default=False, db_default=False)
    """A document was handed in with it: then it may do without a reference."""
    note = models.CharField(max_length=1000, blank=True)
    made_on = models.DateField()
    holds_until = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_latest = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("check of a provider")
        verbose_name_plural = _("checks of providers")
        indexes = (
            models.Index(
                fields=("holds_until",), condition=Q(is_latest=True), name="providercheck_due"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("vetting", "check_code"),
                condition=Q(is_latest=True),
                name="providercheck_latest_once",
            ),
            models.UniqueConstraint(
                fields=("review", "check_code"),
                condition=Q(is_latest=True),
                name="providercheck_latest_of_review",
            ),
            models.CheckConstraint(
                condition=Q(vetting__isnull=False, review__isnull=True)
                | Q(vetting__isnull=True, review__isnull=False),
                name="providercheck_of_one",
            ),
            models.CheckConstraint(
                condition=Q(check_code__in=[one.value for one in Check]),
                name="providercheck_known",
            ),
            models.CheckConstraint(
                condition=Q(result__in=CheckResult.values), name="providercheck_result_known"
            ),
            models.CheckConstraint(
                condition=Q(holds_until__gte=models.F("made_on")),
                name="providercheck_period_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(source="") & (~Q(evidence="") | Q(by_document=True)),
                name="providercheck_rests_on_something",
            ),
        )

    def __str__(self) -> str:
        return f"{self.vetting_id or self.review_id} {self.check_code}"

    @property
    def part_of(self) -> "Vetting | Review":
        of = self.vetting or self.review
        assert of is not None  # noqa: S101 - the database holds it to one of them
        return of

    @property
    def reference(self) -> str:
        return self.part_of.reference


class VettingEntry(models.Model):
    """A step that somebody took with a vetting. Only added to."""

    vetting = models.ForeignKey(Vetting, on_delete=models.CASCADE, related_name="entries")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=12)
    check_code = models.CharField(max_length=30, blank=True)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    day = models.DateField(null=True)
    reason_codes = codes(_("reasons"), max_length=60)
    text = models.TextField(blank=True)

    class Meta:
        verbose_name = _("step with a vetting")
        verbose_name_plural = _("steps with vettings")
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.vetting_id} {self.step}"


class VettingSetting(models.Model):
    """How the team vets: one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    warned_days = models.PositiveSmallIntegerField(
        _("warn so many days before a check runs out"),
        default=45,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )

    class Meta:
        verbose_name = _("settings of vettings")
        verbose_name_plural = _("settings of vettings")
        constraints = (
            models.CheckConstraint(condition=Q(id=1), name="vettingsetting_one_row"),
            models.CheckConstraint(
                condition=Q(warned_days__range=(1, 365)), name="vettingsetting_days_in_reason"
            ),
        )

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
