"""Findings and sources in words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from providers.domain.control.facts import Fact
from providers.models import Finding
from providers.models.control.choices import FindingState, Severity
from spink.web import wording
from spink.web.navigation import Text

SEVERITY_LOOKS = {
    Severity.CRITICAL: "late",
    Severity.SERIOUS: "urgent",
    Severity.NOTICE: "none",
}
STATE_LOOKS = {
    FindingState.NEW: "new",
    FindingState.WATCHED: "waiting",
    FindingState.REVIEW: "working",
    FindingState.DISMISSED: "done",
}
PROCEDURES: dict[str, Text] = {
    "KK": gettext_lazy("Bankruptcy"),
    "LI": gettext_lazy("Liquidation"),
    "FR": gettext_lazy("Company restructuring"),
    "RE": gettext_lazy("Company restructuring"),
    "FU": gettext_lazy("Merger"),
}
LOST: dict[str, Text] = {
    Fact.REGISTERED: gettext_lazy("Is not in the company register"),
    Fact.ACTIVE: gettext_lazy("Is no longer active"),
    Fact.F_TAX: gettext_lazy("Is not approved for F-tax"),
    Fact.EMPLOYER: gettext_lazy("Is not registered as employer"),
}


@dataclass(frozen=True, slots=True)
class Said:
    title: str
    under: str = ""


def said(finding: Finding) -> Said:
    """What the finding says, on one line, and what was said before."""
    if finding.fact in LOST:
        return Said(str(LOST[finding.fact]))
    if finding.fact in _SAID:
        return _SAID[finding.fact](finding)
    if finding.fact == Fact.INSPECTION:
        return Said(_("Decision: %(title)s") % {"title": finding.title})
    return Said(finding.title)


def _deregistered(finding: Finding) -> Said:
    return Said(_("Deregistered %(day)s") % {"day": finding.after})


def _procedure(finding: Finding) -> Said:
    code = str(finding.after)
    known = PROCEDURES.get(code)
    return Said(str(known) if known else _("Procedure under way: %(code)s") % {"code": code})


def _changed(title: Text) -> Callable[[Finding], Said]:
    def say(finding: Finding) -> Said:
        return Said(str(title) % {"after": _shown(finding, finding.after)}, _before(finding))

    return say


def _permit(finding: Finding) -> Said:
    return Said(_("The permit %(number)s is no longer held") % {"number": finding.before})


def _before(finding: Finding) -> str:
    if not finding.before:
        return ""
    return _("before: %(value)s") % {"value": _shown(finding, finding.before)}


def _shown(finding: Finding, value: Any) -> str:
    return wording.kronor(value) if finding.fact == Fact.DEBTS else str(value)


_SAID: dict[str, Callable[[Finding], Said]] = {
    Fact.DEREGISTERED: _deregistered,
    Fact.PROCEDURES: _procedure,
    Fact.NAME: _changed(gettext_lazy("New name: %(after)s")),
    Fact.LEGAL_FORM: _changed(gettext_lazy("New legal form: %(after)s")),
    Fact.DEBTS: _changed(gettext_lazy("Debts to be enforced: %(after)s")),
    Fact.CREDIT_RATING: _changed(gettext_lazy("Credit rating %(after)s")),
    Fact.PERMITS: _permit,
}


def found_by(finding: Finding) -> str:
    if finding.source:
        return finding.source.name
    return _("Noted by %(who)s") % {"who": finding.noted_by}


def severity(finding: Finding) -> tuple[str, str]:
    """Its look, and its word."""
    return SEVERITY_LOOKS[Severity(finding.severity)], finding.get_severity_display()


def state(finding: Finding) -> tuple[str, str]:
    return STATE_LOOKS[FindingState(finding.state)], finding.get_state_display()


def nobody() -> str:
    return pgettext("owner of a finding", "Nobody")
