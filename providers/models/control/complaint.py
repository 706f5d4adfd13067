from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from providers.domain.control.complaints import Rules
from providers.models.control.choices import ComplaintState, RungOfLadder
from spink.foundation.encryption import EncryptedTextField


class Complaint(models.Model):
    """What a social worker finds wrong with a provider.

    Of a request that it is about only that there is one stands here: which one is kept behind the
    wall of requests. `provision_form` is what the provider is to the filer's municipality.
    """

    key = models.UUIDField(unique=True, default=uuid4)
    """Given by the form, so that what is sent twice is filed once."""
    provider = models.ForeignKey(
        "providers.Provider", on_delete=models.PROTECT, related_name="complaints"
    )
    care_unit = models.ForeignKey(
        "providers.CareUnit", on_delete=models.PROTECT, null=True, related_name="complaints"
    )
    provision_form = models.CharField(max_length=20, choices=RungOfLadder.choices)
    category = models.CharField(max_length=60)
    text = EncryptedTextField()
    has_request = models.BooleanField(default=False)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    """Of the filer: the complaint is its matter."""
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    filed_at = models.DateTimeField()
    state = models.CharField(
        max_length=12, choices=ComplaintState.choices, default=ComplaintState.RECEIVED
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answer_due = models.DateField(null=True)
    """While the provider or the procurement authority is to answer."""
    procurement_outcome = models.CharField(max_length=60, blank=True)
    outcome = models.CharField(max_length=60, blank=True)
    closed_at = models.DateTimeField(null=True)
    news_at = models.DateTimeField(null=True)
    """When something was last told to whoever filed it, until it is looked at."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        indexes = (
            models.Index(fields=("state", "filed_at"), name="complaint_queue"),
            models.Index(fields=("provider", "category", "filed_at"), name="complaint_similar"),
            models.Index(fields=("unit", "-filed_at"), name="complaint_of_unit"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=ComplaintState.values), name="complaint_state_known"
            ),
            models.CheckConstraint(
                condition=Q(provision_form__in=RungOfLadder.values), name="complaint_form_known"
            ),
            models.CheckConstraint(
                condition=(Q(state=ComplaintState.CLOSED, closed_at__isnull=False) & ~Q(outcome=""))
                | (~Q(state=ComplaintState.CLOSED) & Q(outcome="", closed_at__isnull=True)),
                name="complaint_closed_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=(ComplaintState.SENT, ComplaintState.WITH_INK),
                    answer_due__isnull=False,
                )
                | (
                    ~Q(state__in=(ComplaintState.SENT, ComplaintState.WITH_INK))
                    & Q(answer_due__isnull=True)
                ),
                name="complaint_due_while_it_is_asked",
            ),
            models.CheckConstraint(
                condition=Q(procurement_outcome="") | Q(provision_form=RungOfLadder.FRAMEWORK),
                name="complaint_of_ink_on_framework",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def reference(self) -> str:
        """As the access log names it."""
        return f"SY-{self.pk}"


class ComplaintEntry(models.Model):
    """A step that was taken with a complaint. Only added to.

    What is internal is read by those who handle complaints, and not by whoever filed it.
    """

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="entries")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=20)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    code = models.CharField(max_length=60, blank=True)
    """A coded outcome, or the provision form that it was corrected to."""
    text = EncryptedTextField(blank=True)
    is_internal = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("step with a complaint")
        verbose_name_plural = _("steps with complaints")
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.step}"


class ComplaintSetting(models.Model):
    """One row: what quality and control have set for complaints."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    answer_days = models.PositiveSmallIntegerField(
        _("Days that a provider has to answer"), default=14
    )
    similar_count = models.PositiveSmallIntegerField(
        _("Similar complaints that call for an in-depth review"), default=3
    )
    similar_days = models.PositiveSmallIntegerField(_("Within how many days"), default=180)

    class Meta:
        verbose_name = _("settings of complaints")
        verbose_name_plural = _("settings of complaints")
        constraints = (
            models.CheckConstraint(condition=Q(id=1), name="complaintsetting_one_row"),
            models.CheckConstraint(
                condition=Q(answer_days__gte=1, similar_count__gte=2, similar_days__gte=1),
                name="complaintsetting_can_be_meant",
            ),
        )

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @property
    def rules(self) -> Rules:
        return Rules(self.answer_days, self.similar_count, self.similar_days)
