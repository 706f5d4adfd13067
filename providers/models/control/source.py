from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from providers.models.control.choices import Problem


class MonitoringSource(models.Model):
    """A source as it has answered so far. How it is asked stands in the operators' settings.

    `unanswered_since` is when it first did not answer after its last answer.
    """

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    answered_at = models.DateTimeField(null=True)
    unanswered_since = models.DateTimeField(null=True)
    problem = models.CharField(max_length=30, choices=Problem.choices, blank=True)

    class Meta:
        verbose_name = _("source of the monitoring")
        verbose_name_plural = _("sources of the monitoring")
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class SourceAnswer(models.Model):
    """What a source has last said of a provider: facts by their codes, never its number."""

    source = models.ForeignKey(MonitoringSource, on_delete=models.CASCADE, related_name="answers")
    provider = models.ForeignKey(
        "providers.Provider", on_delete=models.CASCADE, related_name="source_answers"
    )
    facts = models.JSONField(default=dict)
    answered_at = models.DateTimeField(null=True)
    unanswered_since = models.DateTimeField(null=True)
    problem = models.CharField(max_length=30, choices=Problem.choices, blank=True)

    class Meta:
        verbose_name = _("answer of a source")
        verbose_name_plural = _("answers of sources")
        constraints = (
            models.UniqueConstraint(fields=("provider", "source"), name="sourceanswer_once"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=False) | Q(unanswered_since__isnull=False),
                name="sourceanswer_was_asked",
            ),
            models.CheckConstraint(
                condition=Q(unanswered_since__isnull=True, problem="")
                | (Q(unanswered_since__isnull=False) & ~Q(problem="")),
                name="sourceanswer_problem_since",
            ),
        )

    def __str__(self) -> str:
        return f"{self.source_id} {self.provider_id}"
