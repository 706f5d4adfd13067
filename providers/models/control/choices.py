"""The words of what the control of providers decides in its domain, as columns hold it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from providers.domain.control import checks, complaints, facts, lifecycle, review, vetting, visits
from spink.catalogue.domain.ladder import ProvisionForm
from spink.catalogue.wording import RUNGS


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


class VettingState(models.TextChoices):
    ONGOING = vetting.VettingState.ONGOING.value, pgettext_lazy("vetting", "Under way")
    ADDED = vetting.VettingState.ADDED.value, pgettext_lazy("vetting", "Added to the register")
    REFUSED = vetting.VettingState.REFUSED.value, pgettext_lazy("vetting", "Not added")
    BY_INK = vetting.VettingState.BY_INK.value, pgettext_lazy("vetting", "Vetted by INK")
    CANCELLED = vetting.VettingState.CANCELLED.value, pgettext_lazy("vetting", "Broken off")
    ENDED = vetting.VettingState.ENDED.value, pgettext_lazy("vetting", "Ended")


class CheckResult(models.TextChoices):
    PASSED = checks.CheckResult.PASSED.value, pgettext_lazy("check", "Nothing to remark on")
    REMARKS = checks.CheckResult.REMARKS.value, pgettext_lazy("check", "Remarks to weigh")
    FAILED = checks.CheckResult.FAILED.value, pgettext_lazy("check", "Not passed")


class Check(models.TextChoices):
    FINANCES = checks.Check.FINANCES.value, _("Credit rating, finances and audit remarks")
    F_TAX = checks.Check.F_TAX.value, _("Approved for F-tax")
    EMPLOYER = checks.Check.EMPLOYER.value, _("Registered as employer")
    TAX_REGISTRATION = checks.Check.TAX_REGISTRATION.value, _("Tax registration")
    DEBTS = checks.Check.DEBTS.value, _("Debts to be enforced")
    COURT_OF_COMPANY = checks.Check.COURT_OF_COMPANY.value, _("Court records of the company")
    COURT_OF_BOARD = checks.Check.COURT_OF_BOARD.value, _("Court records of the board")
    COURT_OF_SIGNATORIES = (
        checks.Check.COURT_OF_SIGNATORIES.value,
        _("Court records of the signatories"),
    )
    COURT_OF_TRADER = checks.Check.COURT_OF_TRADER.value, _("Court records of the trader")
    PERMIT = checks.Check.PERMIT.value, _("Permit from IVO")
    INSPECTIONS = checks.Check.INSPECTIONS.value, _("IVO's inspection reports")
    UNIT_DIRECTOR = checks.Check.UNIT_DIRECTOR.value, _("Approved unit director")


class ComplaintState(models.TextChoices):
    RECEIVED = complaints.ComplaintState.RECEIVED.value, pgettext_lazy("complaint", "Received")
    SENT = (
        complaints.ComplaintState.SENT.value,
        pgettext_lazy("complaint", "Sent to the provider"),
    )
    WITH_INK = complaints.ComplaintState.WITH_INK.value, pgettext_lazy("complaint", "Passed to INK")
    ANSWERED = complaints.ComplaintState.ANSWERED.value, pgettext_lazy("complaint", "Answered")
    PASSED_BACK = (
        complaints.ComplaintState.PASSED_BACK.value,
        pgettext_lazy("complaint", "Answer passed on"),
    )
    CLOSED = complaints.ComplaintState.CLOSED.value, pgettext_lazy("complaint", "Closed")


class RungOfLadder(models.TextChoices):
    IN_HOUSE = ProvisionForm.IN_HOUSE.value, RUNGS[ProvisionForm.IN_HOUSE]
    IOP = ProvisionForm.IOP.value, RUNGS[ProvisionForm.IOP]
    FRAMEWORK = ProvisionForm.FRAMEWORK.value, RUNGS[ProvisionForm.FRAMEWORK]
    DIRECT_AWARD = ProvisionForm.DIRECT_AWARD.value, RUNGS[ProvisionForm.DIRECT_AWARD]


class ReviewKind(models.TextChoices):
    IN_DEPTH = review.ReviewKind.IN_DEPTH.value, _("In-depth review")
    FOR_INK = review.ReviewKind.FOR_INK.value, _("Visit at INK's request")


class ReviewState(models.TextChoices):
    OPEN = review.ReviewState.OPEN.value, pgettext_lazy("review", "Under way")
    WITH_LAWYER = review.ReviewState.WITH_LAWYER.value, pgettext_lazy("review", "With the lawyer")
    DECIDED = review.ReviewState.DECIDED.value, pgettext_lazy("review", "Decided")
    CANCELLED = review.ReviewState.CANCELLED.value, pgettext_lazy("review", "Broken off")


class ReviewDecision(models.TextChoices):
    NO_ACTION = review.Decision.NO_ACTION.value, pgettext_lazy("review", "No action")
    WATCHED = review.Decision.WATCHED.value, pgettext_lazy("review", "Watched")
    PAUSED = review.Decision.PAUSED.value, pgettext_lazy("review", "Paused")
    REMOVED = review.Decision.REMOVED.value, pgettext_lazy("review", "Removed from the register")
    TOLD_INK = review.Decision.TOLD_INK.value, pgettext_lazy("review", "Handed to INK")


class VisitState(models.TextChoices):
    PLANNED = visits.VisitState.PLANNED.value, pgettext_lazy("visit", "Planned")
    MADE = visits.VisitState.MADE.value, pgettext_lazy("visit", "Made")
    CANCELLED = visits.VisitState.CANCELLED.value, pgettext_lazy("visit", "Cancelled")


class VisitOutcome(models.TextChoices):
    FIT = visits.VisitOutcome.FIT.value, pgettext_lazy("visit", "Found fit")
    UNFIT = visits.VisitOutcome.UNFIT.value, pgettext_lazy("visit", "Not found fit")
    FOLLOW_UP = visits.VisitOutcome.FOLLOW_UP.value, pgettext_lazy("visit", "To follow up")


class VisitForm(models.TextChoices):
    ON_SITE = "on_site", pgettext_lazy("visit", "On site")
    DIGITAL = "digital", pgettext_lazy("visit", "Digital")
