"""Vettings, their checks and steps in words."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from providers.domain.control import checks
from providers.domain.control.checks import Missing, Standing
from providers.domain.control.vetting import VettingStep
from providers.models import ProviderCheck, Vetting, VettingEntry
from providers.models.control.choices import Check, CheckResult, VettingState
from providers.web.control.history import Entry
from spink.catalogue import queries as catalogue
from spink.catalogue.models.coded_reason import ReasonKind
from spink.web import wording
from spink.web.navigation import Text

LOOKS = {
    VettingState.ONGOING: "working",
    VettingState.ADDED: "done",
    VettingState.REFUSED: "stopped",
    VettingState.BY_INK: "done",
    VettingState.CANCELLED: "none",
    VettingState.ENDED: "none",
}
RESULT_LOOKS = {
    CheckResult.PASSED: "fits",
    CheckResult.REMARKS: "old",
    CheckResult.FAILED: "late",
}
MISSING: dict[Missing, Text] = {
    Missing.NOT_MADE: gettext_lazy("not made"),
    Missing.RUN_OUT: gettext_lazy("has run out"),
    Missing.FAILED: gettext_lazy("not passed"),
    Missing.NO_EVIDENCE: gettext_lazy("nothing can be shown for it"),
}


def state(vetting: Vetting) -> tuple[str, str]:
    """Its look, and its word."""
    return LOOKS[VettingState(vetting.state)], vetting.get_state_display()


def nobody() -> str:
    return pgettext("owner of a vetting", "Nobody")


def check_name(code: str) -> str:
    return str(Check(code).label)


def result(made: ProviderCheck | None, *, is_over: bool) -> tuple[str, str]:
    if made is None and is_over:
        return "none", pgettext("check", "Not made")
    if made is None:
        return "new", pgettext("check", "To do")
    return RESULT_LOOKS[CheckResult(made.result)], made.get_result_display()


def holding(made: ProviderCheck | None, day: date, *, warned: timedelta | None) -> tuple[str, str]:
    """How long it holds: the look, and the word. Nobody is warned of what nothing rests on."""
    if made is None:
        return "", ""
    until = {"day": wording.day(made.holds_until)}
    if warned is None:
        return "", _("until %(day)s") % until
    known = checks.Made(checks.CheckResult(made.result), made.holds_until)
    standing = checks.standing(known, day, warned=warned)
    if standing is Standing.OVERDUE:
        return "late", _("Ran out %(day)s") % until
    if standing is Standing.DUE_SOON:
        return "old", _("Runs out %(day)s") % until
    return "", _("until %(day)s") % until


def missing(found: Iterable[tuple[str, Missing]]) -> list[str]:
    return [f"{check_name(check)}: {MISSING[why]}" for check, why in found]


def reason_names(codes: Iterable[str]) -> list[str]:
    wanted = list(codes)
    named = catalogue.names(wanted, of=ReasonKind.VETTING) if wanted else {}
    return [named[code] for code in wanted]


def shown_entries(entries: Iterable[VettingEntry]) -> list[Entry]:
    listed = list(entries)
    codes = {code for one in listed for code in one.reason_codes}
    reasons = catalogue.names(codes, of=ReasonKind.VETTING) if codes else {}
    return [Entry(one.at, str(one.by), _told(one, reasons), one.text) for one in listed]


def _told(entry: VettingEntry, reasons: Mapping[str, str]) -> str:
    said = {
        "check": check_name(entry.check_code) if entry.check_code else "",
        "day": wording.day(entry.day) if entry.day else "",
        "who": str(entry.to or ""),
        "reasons": "; ".join(reasons[code] for code in entry.reason_codes),
    }
    if entry.step == VettingStep.ASSIGN and entry.to_id == entry.by_id:
        return _("Took the vetting.")
    return capfirst(str(TOLD[VettingStep(entry.step)]) % said)


TOLD: dict[VettingStep, Text] = {
    VettingStep.ASSIGN: gettext_lazy("Handed the vetting over to %(who)s."),
    VettingStep.CHECK: gettext_lazy("%(check)s: checked, holds until %(day)s."),
    VettingStep.ADD_FILE: gettext_lazy("Added a document: %(check)s."),
    VettingStep.REMOVE_FILE: gettext_lazy("Removed a document: %(check)s."),
    VettingStep.ADD: gettext_lazy("Added the provider to the register from %(day)s."),
    VettingStep.REFUSE: gettext_lazy("Did not add the provider: %(reasons)s."),
    VettingStep.CANCEL: gettext_lazy("Broke the vetting off."),
    VettingStep.END: gettext_lazy("Ended the vetting, last day %(day)s: %(reasons)s."),
    VettingStep.REPLACE: gettext_lazy("A later vetting took its place."),
}
