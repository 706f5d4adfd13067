"""The domain's codes with the words that users see."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from placements.domain import deviations, lifecycle, values


class States(models.TextChoices):
    DRAFT = lifecycle.State.DRAFT.value, _("Draft")
    SUBMITTED = lifecycle.State.SUBMITTED.value, _("New")
    IN_PROGRESS = lifecycle.State.IN_PROGRESS.value, _("Being matched")
    AWAITING_INFORMATION = lifecycle.State.AWAITING_INFORMATION.value, _("Awaiting information")
    RECOMMENDED = lifecycle.State.RECOMMENDED.value, _("Recommended")
    PLACED_ACUTE = lifecycle.State.PLACED_ACUTE.value, _("Placed out of hours")
    CLOSED = lifecycle.State.CLOSED.value, _("Closed")
    OTHER_SERVICE = lifecycle.State.OTHER_SERVICE.value, _("Ended in another service")
    WITHDRAWN = lifecycle.State.WITHDRAWN.value, _("Withdrawn")


class Urgencies(models.TextChoices):
    ACUTE = values.Urgency.ACUTE.value, _("Acute")
    SOON = values.Urgency.SOON.value, _("Soon")
    PLANNED = values.Urgency.PLANNED.value, _("Planned")


class Genders(models.TextChoices):
    WOMAN = values.Gender.WOMAN.value, _("Woman")
    MAN = values.Gender.MAN.value, _("Man")
    OTHER = values.Gender.OTHER.value, _("Other")


class Protections(models.TextChoices):
    NONE = values.Protection.NONE.value, _("No protected identity")
    MARKED = values.Protection.MARKED.value, _("Confidentiality marking")
    PROTECTED_REGISTRATION = (
        values.Protection.PROTECTED_REGISTRATION.value,
        _("Protected registration"),
    )
    FICTITIOUS = values.Protection.FICTITIOUS.value, _("Fictitious identity")


class NumberKinds(models.TextChoices):
    PERSONAL = values.NumberKind.PERSONAL.value, _("Personal identity number")
    COORDINATION = values.NumberKind.COORDINATION.value, _("Coordination number")
    RESERVE = values.NumberKind.RESERVE.value, _("Reserve number")
    NONE = values.NumberKind.NONE.value, _("No number")


class Answers(models.TextChoices):
    YES = values.Answer.YES.value, _("Yes, has a place")
    LATER = values.Answer.LATER.value, _("Yes, from a later day")
    NO = values.Answer.NO.value, _("No")


class ProposalAnswers(models.TextChoices):
    ACCEPTED = values.ProposalAnswer.ACCEPTED.value, _("Accepted")
    DECLINED = values.ProposalAnswer.DECLINED.value, _("Declined")
    WITHDRAWN = values.ProposalAnswer.WITHDRAWN.value, _("Withdrawn")
    LAPSED = values.ProposalAnswer.LAPSED.value, _("Lapsed")


class Results(models.TextChoices):
    CHOSEN = values.Result.CHOSEN.value, _("A unit was chosen")
    NONE_CHOSEN = values.Result.NONE_CHOSEN.value, _("No unit was chosen")


class Audiences(models.TextChoices):
    BOTH = values.Audience.BOTH.value, _("Both sides")
    FILING = values.Audience.FILING.value, _("The filing side")
    PLACING = values.Audience.PLACING.value, _("The placing side")


class Sides(models.TextChoices):
    FILING = lifecycle.Side.FILING.value, _("The filing side")
    PLACING = lifecycle.Side.PLACING.value, _("The placing side")


class RetentionClasses(models.TextChoices):
    FIVE_YEARS = values.RetentionClass.FIVE_YEARS.value, _("Five years")
    KEPT = values.RetentionClass.KEPT.value, _("Kept")


class DeviationStates(models.TextChoices):
    RECEIVED = deviations.DeviationState.RECEIVED.value, pgettext_lazy("deviation", "Received")
    UNDER_REVIEW = (
        deviations.DeviationState.UNDER_REVIEW.value,
        pgettext_lazy("deviation", "Under review"),
    )
    CLOSED = deviations.DeviationState.CLOSED.value, pgettext_lazy("deviation", "Closed")
