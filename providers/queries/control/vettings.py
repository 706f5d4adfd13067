"""Vettings as those read them who make them, and what has run out as officers are told of it."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery

from providers.domain.control import checks
from providers.domain.control.checks import Made, Missing
from providers.models import (
    CareUnit,
    Permit,
    ProviderCheck,
    Vetting,
    VettingEntry,
    VettingSetting,
)
from providers.models.control.choices import CheckResult, VettingState
from providers.queries.control.documents import documents_of

Vettings = QuerySet[Vetting]
CLOSED = (VettingState.REFUSED, VettingState.CANCELLED, VettingState.ENDED)


def warned() -> timedelta:
    row = VettingSetting.objects.filter(pk=1).first() or VettingSetting()
    return timedelta(days=row.warned_days)


def vettings() -> Vettings:
    """With the day when the first of its checks runs out, and which it is; those first."""
    latest = Q(made__is_latest=True)
    first = ProviderCheck.objects.filter(vetting=OuterRef("pk"), is_latest=True)
    return (
        Vetting.objects.select_related("provider", "owner")
        .annotate(
            runs_out=Min("made__holds_until", filter=latest),
            made_count=Count("made", filter=latest),
            first_check=Subquery(first.order_by("holds_until", "pk").values("check_code")[:1]),
        )
        .order_by(F("runs_out").asc(nulls_last=True), "begun_at", "pk")
    )


def of_state(shown: str, *, day: date, user_id: int | None = None) -> Q:
    """What each tab of the list holds, by its name."""
    if shown == "due":
        return Q(state=VettingState.ADDED) & Q(Exists(_to_act_on(day + warned())))
    if shown == "mine":
        is_waiting = Q(state=VettingState.ONGOING) | of_state("due", day=day)
        return is_waiting & Q(owner=user_id)
    if shown == "closed":
        return Q(state__in=CLOSED)
    return Q(state=shown)


def _to_act_on(day: date) -> "QuerySet[ProviderCheck]":
    """Checks that run out by the day, and those that were not passed when made again."""
    return ProviderCheck.objects.filter(
        Q(holds_until__lte=day) | Q(result=CheckResult.FAILED),
        vetting=OuterRef("pk"),
        is_latest=True,
    )


def counted(shown: Iterable[str], *, day: date, user_id: int | None) -> dict[str, int]:
    wanted = {name: Count("pk", filter=of_state(name, day=day, user_id=user_id)) for name in shown}
    return dict(Vetting.objects.aggregate(**wanted))


def count_due(day: date) -> int:
    return Vetting.objects.filter(of_state("due", day=day)).count()


def with_checks_to_make(found: Vettings, *, by: date) -> Vettings:
    """How many of its checks run out by the day, or were not passed."""
    to_make = Q(made__holds_until__lte=by) | Q(made__result=CheckResult.FAILED)
    is_latest = Q(made__is_latest=True, state=VettingState.ADDED)
    return found.annotate(to_make=Count("made", filter=is_latest & to_make))


def to_tell_of(day: date) -> Vettings:
    """Those of which a check runs out soon, on a day that the owner has not been told of."""
    first = ProviderCheck.objects.filter(vetting=OuterRef("pk"), is_latest=True)
    found = Vetting.objects.filter(state=VettingState.ADDED).annotate(
        first_end=Subquery(first.order_by("holds_until").values("holds_until")[:1])
    )
    return found.filter(first_end__lte=day + warned()).exclude(told_of=F("first_end"))


def vettings_named(found: Vettings, text: str) -> Vettings:
    return found.filter(provider__name__icontains=text)


def vetting_by_id(pk: int) -> Vetting | None:
    return vettings().filter(pk=pk).first()


def vettings_of(provider_id: int) -> list[Vetting]:
    """The newest first."""
    return list(vettings().filter(provider=provider_id).order_by("-begun_at", "-pk"))


def latest_checks(vetting: Vetting) -> dict[str, ProviderCheck]:
    """By the check's code."""
    rows = vetting.made.filter(is_latest=True).select_related("by")
    return {row.check_code: row for row in rows}


def made(rows: Iterable[ProviderCheck]) -> dict[str, Made]:
    """Those without a reference rest on a document, once it can be opened."""
    listed = list(rows)
    shown = documents_of(row.pk for row in listed if not row.evidence)
    return {
        row.check_code: Made(
            checks.CheckResult(row.result),
            row.holds_until,
            rests=bool(row.evidence) or any(one.may_be_opened for one in shown[row.pk]),
        )
        for row in listed
    }


def in_the_way(vetting: Vetting, day: date) -> list[tuple[str, Missing]]:
    return checks.in_the_way(vetting.checks, made(latest_checks(vetting).values()), day)


def earlier_checks(vetting: Vetting) -> list[ProviderCheck]:
    """Those that have been made again since, the newest first."""
    rows = vetting.made.filter(is_latest=False).select_related("by")
    return list(rows.order_by("-at", "-pk"))


def entries_of(vetting: Vetting) -> list[VettingEntry]:
    """The newest first."""
    return list(vetting.entries.select_related("by", "to").order_by("-at", "-pk"))


def units_of_provider(provider_id: int) -> list[CareUnit]:
    return list(CareUnit.objects.filter(provider=provider_id).order_by("name", "pk"))


def units_of(vetting: Vetting) -> list[CareUnit]:
    """Those that it has let in."""
    return list(vetting.units.order_by("name", "pk"))


def asks_for_permit(provider_id: int) -> bool:
    """Whether the register says of any unit that it needs one: what a new vetting begins with."""
    return Permit.objects.filter(unit__provider=provider_id, required=True).exists()


def overdue_checks(unit_codes: Collection[str], day: date) -> dict[str, date]:
    """Of units that are in direct award by a vetting: since when a check of it has run out."""
    rows = (
        ProviderCheck.objects.filter(
            vetting__state=VettingState.ADDED,
            vetting__units__code__in=unit_codes,
            is_latest=True,
            holds_until__lt=day,
        )
        .values_list("vetting__units__code")
        .annotate(since=Min("holds_until"))
    )
    return {code: since for code, since in rows if code in unit_codes}
