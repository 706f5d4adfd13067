"""Findings as those read them who decide about them."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from providers.domain.control.facts import Fact
from providers.domain.control.lifecycle import TO_TRIAGE
from providers.domain.control.review import UNDER_WAY
from providers.models import CareUnit, Finding, FindingEntry, Permit, Review
from providers.models.control.choices import FindingState, Severity

Findings = QuerySet[Finding]


def findings() -> Findings:
    """The gravest first, then those that have waited longest."""
    return Finding.objects.select_related(
        "provider", "source", "owner", "noted_by", "review"
    ).order_by(_gravity(), "found_at", "pk")


def _gravity() -> Case:
    ranks = [When(severity=value, then=Value(rank)) for rank, value in enumerate(Severity.values)]
    return Case(*ranks, output_field=IntegerField())


def to_judge(day: date) -> Q:
    """New ones, and those whose watch has ended."""
    return Q(state=FindingState.NEW) | watch_ended(day)


def watch_ended(day: date) -> Q:
    return Q(state=FindingState.WATCHED, watched_until__lte=day)


def _in_review() -> Q:
    """Those whose review nobody has ended."""
    return Q(state=FindingState.REVIEW) & ~_is_reviewed()


def _is_reviewed() -> Q:
    reviews = Review.objects.filter(finding=OuterRef("pk"))
    return Q(Exists(reviews.exclude(state__in=sorted(UNDER_WAY))))


def is_open() -> Q:
    """Somebody has still to decide about it, or to end the review that it led to."""
    return Q(state__in=sorted(TO_TRIAGE)) | _in_review()


def of_state(shown: str, *, user_id: int | None, day: date) -> Q:
    """What each tab of the inbox holds, by its name."""
    if shown == "mine":
        return is_open() & Q(owner=user_id)
    if shown == "watched":
        return Q(state=FindingState.WATCHED, watched_until__gt=day)
    if shown == "review":
        return _in_review()
    if shown == "reviewed":
        return Q(state=FindingState.REVIEW) & _is_reviewed()
    if shown == "dismissed":
        return Q(state=FindingState.DISMISSED)
    return to_judge(day)


def counted(shown: Iterable[str], *, user_id: int | None, day: date) -> dict[str, int]:
    wanted = {name: Count("pk", filter=of_state(name, user_id=user_id, day=day)) for name in shown}
    return dict(Finding.objects.aggregate(**wanted))


def count_to_go_on(day: date) -> int:
    """Those to judge, and those for which nobody has opened the review that they are up for."""
    waits_for_review = Q(state=FindingState.REVIEW, review=None)
    return Finding.objects.filter(to_judge(day) | waits_for_review).count()


def findings_named(found: Findings, text: str) -> Findings:
    return found.filter(Q(provider__name__icontains=text) | Q(title__icontains=text))


def finding_by_id(pk: int) -> Finding | None:
    return findings().filter(pk=pk).first()


def units_of_permits(listed: Iterable[Finding]) -> dict[int, CareUnit]:
    """By the finding, of those that tell of a permit: the unit that the register has it for."""
    told = {one.pk: (one.provider_id, one.before) for one in listed if one.fact == Fact.PERMITS}
    if not told:
        return {}
    rows = Permit.objects.filter(
        unit__provider__in={provider_id for provider_id, _number in told.values()},
        number__in={number for _provider_id, number in told.values()},
    ).select_related("unit")
    units = {(row.unit.provider_id, row.number): row.unit for row in rows}
    return {pk: units[permit] for pk, permit in told.items() if permit in units}


def entries_of(finding: Finding) -> list[FindingEntry]:
    """The newest first."""
    return list(finding.entries.select_related("by", "to").order_by("-at", "-pk"))


def findings_about(provider_id: int) -> Findings:
    """Open ones first, as they stand in the inbox; then those that are dismissed."""
    is_dismissed = Case(
        When(state=FindingState.DISMISSED, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    return findings().filter(provider=provider_id).order_by(is_dismissed, "-found_at", "-pk")
