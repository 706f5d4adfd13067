"""Reviews and their steps in words."""

from collections.abc import Iterable, Mapping

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from providers.domain.control.review import ReviewStep
from providers.models import Review, ReviewEntry
from providers.models.control.choices import ReviewDecision, ReviewState
from providers.web.control.history import Entry
from providers.web.control.vetting_words import check_name
from spink.catalogue import queries as catalogue
from spink.catalogue.models.coded_reason import ReasonKind
from spink.web import wording
from spink.web.navigation import Text

LOOKS = {
    ReviewState.OPEN: "working",
    ReviewState.WITH_LAWYER: "waiting",
    ReviewState.DECIDED: "done",
    ReviewState.CANCELLED: "none",
}
DECISION_LOOKS = {
    ReviewDecision.NO_ACTION: "done",
    ReviewDecision.WATCHED: "waiting",
    ReviewDecision.PAUSED: "stopped",
    ReviewDecision.REMOVED: "stopped",
    ReviewDecision.TOLD_INK: "done",
}


def state(review: Review) -> tuple[str, str]:
    """Its look, and its word: what was decided, where something was."""
    if review.followed_up_at:
        return "done", pgettext("review", "Watched, followed up")
    if review.decision:
        return DECISION_LOOKS[ReviewDecision(review.decision)], review.get_decision_display()
    return LOOKS[ReviewState(review.state)], review.get_state_display()


def owner(review: Review) -> str:
    return str(review.owner) if review.owner else pgettext("owner of a review", "Nobody")


def reason_names(codes: Iterable[str]) -> list[str]:
    wanted = list(codes)
    named = catalogue.names(wanted, of=ReasonKind.REVIEW) if wanted else {}
    return [named[code] for code in wanted]


def shown_entries(entries: Iterable[ReviewEntry], review: Review) -> list[Entry]:
    listed = list(entries)
    codes = {code for one in listed for code in one.reason_codes}
    reasons = catalogue.names(codes, of=ReasonKind.REVIEW) if codes else {}
    return [Entry(one.at, str(one.by), _told(one, review, reasons), one.text) for one in listed]


def _told(entry: ReviewEntry, review: Review, reasons: Mapping[str, str]) -> str:
    if entry.step == ReviewStep.ASSIGN and entry.to_id == entry.by_id:
        return _("Took the review.")
    said = {
        "check": check_name(entry.check_code) if entry.check_code else "",
        "day": wording.day(entry.day) if entry.day else "",
        "who": str(entry.to or ""),
        "decision": review.get_decision_display(),
        "reasons": "; ".join(reasons[code] for code in entry.reason_codes),
    }
    return capfirst(str(TOLD[ReviewStep(entry.step)]) % said)


TOLD: dict[ReviewStep, Text] = {
    ReviewStep.ASSIGN: gettext_lazy("Handed the review over to %(who)s."),
    ReviewStep.CHECK: gettext_lazy("%(check)s: checked, holds until %(day)s."),
    ReviewStep.ADD_FILE: gettext_lazy("Added a document: %(check)s."),
    ReviewStep.REMOVE_FILE: gettext_lazy("Removed a document: %(check)s."),
    ReviewStep.VISIT: gettext_lazy("Visited the provider %(day)s."),
    ReviewStep.ASK_LAWYER: gettext_lazy("Asked the lawyer."),
    ReviewStep.ADVISE: gettext_lazy("Gave the lawyer's view."),
    ReviewStep.DECIDE: gettext_lazy("Decided. %(decision)s: %(reasons)s."),
    ReviewStep.CANCEL: gettext_lazy("Broke the review off."),
    ReviewStep.STOP: gettext_lazy("Stopped the provider from %(day)s."),
    ReviewStep.FOLLOW_UP: gettext_lazy("Looked at it again."),
}
