"""The words of what the control of providers decides in its domain, as columns hold it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from providers.domain.control import facts, lifecycle


class Severity(models.TextChoices):
    """The gravest first."""

    CRITICAL = facts.Severity.CRITICAL.value, pgettext_lazy("severity", "Critical")
    SERIOUS = facts.Severity.SERIOUS.value, pgettext_lazy("severity", "Serious")
    NOTICE = facts.Severity.NOTICE.value, pgettext_lazy("severity", "To notice")


class FindingState(models.TextChoices):
    NEW = lifecycle.FindingState.NEW.value, pgettext_lazy("finding", "New")
    WATCHED = lifecycle.FindingState.WATCHED.value, pgettext_lazy("finding", "Watched")
    REVIEW = lifecycle.FindingState.REVIEW.value, pgettext_lazy("finding", "In-depth review")
    DISMISSED = lifecycle.FindingState.DISMISSED.value, pgettext_lazy("finding", "Dismissed")


class Problem(models.TextChoices):
    """Why a source has not answered."""

    UNREACHABLE = facts.Problem.UNREACHABLE.value, _("cannot be reached")
    SLOW = facts.Problem.SLOW.value, _("answers too slowly")
    BUSY = facts.Problem.BUSY.value, _("is overloaded")
    FAILED = facts.Problem.FAILED.value, _("has an error of its own")
    REFUSED = facts.Problem.REFUSED.value, _("does not let us ask")
    MALFORMED = facts.Problem.MALFORMED.value, _("answers what cannot be read")
    OTHER_NUMBER = facts.Problem.OTHER_NUMBER.value, _("answers about another organisation")
    TOO_LARGE = facts.Problem.TOO_LARGE.value, _("answers far too much")
    REDIRECTED = facts.Problem.REDIRECTED.value, _("sends us elsewhere")
    FORBIDDEN_ADDRESS = (
        facts.Problem.FORBIDDEN_ADDRESS.value,
        _("has an address that may not be asked"),
    )
    MISSING = facts.Problem.MISSING.value, _("no file has come")
    OLD = facts.Problem.OLD.value, _("the file is too old")
    TOO_FEW = facts.Problem.TOO_FEW.value, _("the file is too short to be whole")
