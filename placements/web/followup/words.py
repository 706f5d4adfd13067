"""The measures of a report in words, with what each is split by."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from placements.domain.follow_up import PROCESS_DEVIATIONS, OwnBy
from providers.domain.control.follow_up import SEVERAL_A_ROW, By, Measure, Measured
from providers.models.control.choices import (
    ReviewDecision,
    ReviewKind,
    RungOfLadder,
    VettingState,
    VisitForm,
    VisitOutcome,
)
from spink.catalogue import queries as catalogue
from spink.catalogue.models import ReasonKind
from spink.web.navigation import Text

NAMES: Final[dict[str, Text]] = {
    Measure.ONBOARDING_CHECKS: gettext_lazy("Vettings decided"),
    Measure.ONBOARDING_CHECKS_REJECTED: gettext_lazy("Of these not added to the register"),
    Measure.COMPLAINTS: gettext_lazy("Complaints filed"),
    Measure.COMPLAINTS_LEADING_TO_STOP: gettext_lazy("Of these led to a stop"),
    Measure.IN_DEPTH_REVIEWS: gettext_lazy("In-depth reviews decided"),
    Measure.REVIEWS_STOPPING: gettext_lazy("Of these led to a pause or removal"),
    Measure.INCIDENT_DRIVEN_VISITS: gettext_lazy("Incident-driven visits"),
    Measure.ORDER_STOPS_FRAMEWORK: gettext_lazy("Order stops on framework providers"),
    Measure.UNPUBLISHED_DIRECT: gettext_lazy("Unpublished providers bought by direct award"),
    Measure.MATCHING_VISITS: gettext_lazy("Visits with matching in mind"),
    PROCESS_DEVIATIONS: gettext_lazy("Process deviations filed"),
}
_FULL_NAMES: Final[dict[str, Text]] = {
    Measure.ONBOARDING_CHECKS_REJECTED: gettext_lazy("Vettings after which nobody was added"),
    Measure.COMPLAINTS_LEADING_TO_STOP: gettext_lazy("Complaints that led to a stop"),
    Measure.REVIEWS_STOPPING: gettext_lazy("In-depth reviews that led to a pause or removal"),
}
ABOUT: Final[dict[str, Text]] = {
    Measure.ONBOARDING_CHECKS: gettext_lazy("By the day of the decision, without INK's"),
    Measure.COMPLAINTS: gettext_lazy("By the day it was filed; in-house, IOP and direct award"),
    Measure.IN_DEPTH_REVIEWS: gettext_lazy("By the day of the decision"),
    Measure.INCIDENT_DRIVEN_VISITS: gettext_lazy("By the day of the visit"),
    Measure.ORDER_STOPS_FRAMEWORK: gettext_lazy("By the day of INK's decision"),
    Measure.UNPUBLISHED_DIRECT: gettext_lazy("By the day of the decision"),
    Measure.MATCHING_VISITS: gettext_lazy("By the day of the visit"),
    PROCESS_DEVIATIONS: gettext_lazy("By the day it was filed"),
}
AREAS: Final[tuple[tuple[Text, tuple[str, ...]], ...]] = (
    (
        gettext_lazy("Vetting before the register"),
        (Measure.ONBOARDING_CHECKS, Measure.ONBOARDING_CHECKS_REJECTED),
    ),
    (
        gettext_lazy("In-depth review"),
        (Measure.IN_DEPTH_REVIEWS, Measure.REVIEWS_STOPPING, Measure.INCIDENT_DRIVEN_VISITS),
    ),
    (gettext_lazy("Stops"), (Measure.ORDER_STOPS_FRAMEWORK, Measure.UNPUBLISHED_DIRECT)),
    (gettext_lazy("Complaints"), (Measure.COMPLAINTS, Measure.COMPLAINTS_LEADING_TO_STOP)),
    (gettext_lazy("Visits"), (Measure.MATCHING_VISITS,)),
    (gettext_lazy("The own handling"), (PROCESS_DEVIATIONS,)),
)
LEFT_TO_INK: Final[dict[str, Text]] = {
    Measure.COMPLAINTS: gettext_lazy("Besides, on framework providers: passed to INK"),
    Measure.UNPUBLISHED_DIRECT: gettext_lazy("Besides, decided by INK"),
}
SPLIT_BY: Final[dict[str, Text]] = {
    By.VETTING_DECISION: gettext_lazy("Decision"),
    By.VETTING_REASON: gettext_lazy("Reasons"),
    By.COMPLAINT_CATEGORY: gettext_lazy("What it is about"),
    By.COMPLAINT_OUTCOME: gettext_lazy("Outcome"),
    By.REVIEW_DECISION: gettext_lazy("Decision"),
    By.REVIEW_REASON: gettext_lazy("Reasons"),
    By.REVIEW_KIND: gettext_lazy("Who asked for it"),
    By.STOP_REASON: pgettext_lazy("of a stop", "Reason"),
    By.VISIT_MODE: gettext_lazy("On site or digital"),
    By.VISIT_OUTCOME: gettext_lazy("Outcome"),
    By.VISIT_COMPANY: gettext_lazy("Who made it"),
    By.TEAM: gettext_lazy("Team"),
    By.PROVISION_FORM: gettext_lazy("Provision form"),
    OwnBy.CATEGORY: gettext_lazy("What it is about"),
    OwnBy.OUTCOME: gettext_lazy("Outcome"),
}
_CODED: Final[dict[str, ReasonKind]] = {
    By.VETTING_REASON: ReasonKind.VETTING,
    By.COMPLAINT_CATEGORY: ReasonKind.COMPLAINT_CATEGORY,
    By.COMPLAINT_OUTCOME: ReasonKind.COMPLAINT_OUTCOME,
    By.REVIEW_REASON: ReasonKind.REVIEW,
    By.STOP_REASON: ReasonKind.STOP,
    OwnBy.CATEGORY: ReasonKind.DEVIATION_CATEGORY,
    OwnBy.OUTCOME: ReasonKind.DEVIATION_OUTCOME,
}
_KNOWN: Final[dict[str, Mapping[str, Text]]] = {
    By.VETTING_DECISION: dict(VettingState.choices),
    By.REVIEW_DECISION: dict(ReviewDecision.choices),
    By.REVIEW_KIND: {
        ReviewKind.IN_DEPTH: gettext_lazy("Quality and control, in an in-depth review"),
        ReviewKind.FOR_INK: gettext_lazy("INK, at a framework provider"),
    },
    By.VISIT_MODE: dict(VisitForm.choices),
    By.VISIT_OUTCOME: dict(VisitOutcome.choices),
    By.VISIT_COMPANY: {
        "joint": gettext_lazy("Together with quality and control"),
        "alone": gettext_lazy("The placement team alone"),
    },
    By.PROVISION_FORM: dict(RungOfLadder.choices),
}
_NONE: Final[dict[str, Text]] = {
    By.COMPLAINT_OUTCOME: gettext_lazy("Not closed yet"),
    OwnBy.OUTCOME: gettext_lazy("Not closed yet"),
    By.STOP_REASON: gettext_lazy("No reason given"),
}


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Split:
    by: str
    parts: list[Part]
    note: str = ""


def splits(figures: Iterable[Measured]) -> dict[str, list[Split]]:
    """By measure, the largest part first. One query for the words of the catalogue."""
    listed = list(figures)
    coded = _coded(listed)
    return {
        one.name: [_split(by, counts, coded) for by, counts in one.splits.items() if counts]
        for one in listed
    }


def _coded(figures: Iterable[Measured]) -> Mapping[str, Mapping[str, str]]:
    found: dict[str, set[str]] = {kind: set() for kind in _CODED.values()}
    for one in figures:
        for by, counts in one.splits.items():
            if by in _CODED:
                found[_CODED[by]] |= {code for code in counts if code}
    return catalogue.names_of_many(found)


def _split(by: str, counts: Mapping[str, int], coded: Mapping[str, Mapping[str, str]]) -> Split:
    known = coded[_CODED[by]] if by in _CODED else _KNOWN.get(by, {})
    parts = [Part(_named(by, code, known), count) for code, count in counts.items()]
    parts.sort(key=lambda part: (-part.count, part.name))
    note = _("one can have several") if by in SEVERAL_A_ROW else ""
    return Split(str(SPLIT_BY[by]), parts, note)


def _named(by: str, code: str, known: Mapping[str, Text]) -> str:
    return str(known.get(code, code) if code else _NONE.get(by, code))


def full_name(measure: str) -> str:
    """As it stands alone, and not under its whole."""
    return str(_FULL_NAMES.get(measure, NAMES[measure]))
