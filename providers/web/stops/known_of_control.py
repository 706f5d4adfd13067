"""What the control knows of those whom a stop would reach, each part for those who may read it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from providers.models import Finding, Review, SiteVisit
from providers.models.control.choices import VisitOutcome
from providers.queries.control import knowledge
from providers.web.control import review_words, words
from providers.web.control.visits.shown import OUTCOME_LOOKS
from spink.accounts.domain.capabilities import Capability
from spink.accounts.domain.reach import Reach
from spink.accounts.policies import can
from spink.catalogue import queries as catalogue
from spink.catalogue.models import ReasonKind
from spink.foundation import clock
from spink.web import wording

SHOWN: Final = 5
YEAR: Final = timedelta(days=365)
Ids = Collection[int]


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    url: str
    look: str
    word: str
    under: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Nothing in it: nothing is known. `more` says that not all is shown."""

    lines: list[Line]
    more: bool


@dataclass(frozen=True, slots=True)
class Known:
    """A part that the reader may not read is None."""

    findings: Part | None
    complaints: list[str] | None
    reviews: Part | None
    courts: list[Line] | None
    """Where court records are read, which is logged: nothing of them is told here."""
    visits: Part | None


def known_of_control(providers: Ids, reach: Reach, *, many: bool) -> Known:
    """`many`: each line says which provider it is of."""
    found = list(knowledge.latest_reviews_of(providers)[: SHOWN + 1])
    reads_reviews = can(reach, Capability.READ_REVIEWS)
    return Known(
        findings=_findings(providers, many=many) if can(reach, Capability.READ_FINDINGS) else None,
        complaints=_complaints(providers) if can(reach, Capability.READ_COMPLAINTS) else None,
        reviews=_part([_review(one, many=many) for one in found]) if reads_reviews else None,
        courts=_courts(found) if can(reach, Capability.READ_OFFENCES) else None,
        visits=_visits(providers) if can(reach, Capability.READ_VISITS) else None,
    )


def _part(lines: list[Line]) -> Part:
    return Part(lines[:SHOWN], len(lines) > SHOWN)


def _findings(providers: Ids, *, many: bool) -> Part:
    found = knowledge.open_findings_of(providers)[: SHOWN + 1]
    return _part([_finding(one, many=many) for one in found])


def _finding(finding: Finding, *, many: bool) -> Line:
    since = wording.since(finding.found_at, now=clock.now())
    said = [words.found_by(finding), since, words.state(finding)[1]]
    return Line(
        words.said(finding).title,
        reverse("providers:finding", args=[finding.pk]),
        *words.severity(finding),
        ", ".join([finding.provider.name, *said] if many else said),
    )


def _complaints(providers: Ids) -> list[str]:
    counted = knowledge.complaints_counted(providers, clock.now() - YEAR)
    names = catalogue.names({one.category for one in counted}, of=ReasonKind.COMPLAINT_CATEGORY)
    return [_counted(names[one.category], one) for one in counted]


def _counted(category: str, one: knowledge.Counted) -> str:
    text = f"{category}: {one.many}"
    if not one.under_way:
        return text
    under_way = ngettext("%(count)d under way", "%(count)d under way", one.under_way)
    return f"{text} ({under_way % {'count': one.under_way}})"


def _review(review: Review, *, many: bool) -> Line:
    opened = _("opened %(day)s") % {"day": wording.short_day(review.opened_at)}
    return Line(
        review.reference,
        reverse("providers:review", args=[review.pk]),
        *review_words.state(review),
        f"{review.provider.name}, {opened}" if many else opened,
    )


def _courts(found: Iterable[Review]) -> list[Line]:
    return [
        Line(one.reference, reverse("providers:review-offences", args=[one.pk]), "", "")
        for one in found
    ]


def _visits(providers: Ids) -> Part:
    found = knowledge.visits_made_of(providers)[: SHOWN + 1]
    return _part([_visit(one) for one in found])


def _visit(visit: SiteVisit) -> Line:
    look, word = "", ""
    if visit.outcome:
        look, word = OUTCOME_LOOKS[VisitOutcome(visit.outcome)], visit.get_outcome_display()
    day = wording.short_day(visit.made_on or visit.planned_on)
    url = reverse("providers:visit", args=[visit.pk])
    return Line(f"{visit.care_unit.name}, {day}", url, look, word)
