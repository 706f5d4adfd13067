"""Complaints as those read them who filed them, and those who handle them.

Whose complaints are seen is the wall's matter: of the own unit, or all of them.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from providers.domain.control.complaints import OPEN, Rules
from providers.models import (
    CareUnit,
    Complaint,
    ComplaintEntry,
    ComplaintSetting,
    Provider,
)
from providers.models.control.choices import ComplaintState, RungOfLadder
from providers.queries.pages import units_on_rung
from spink.accounts.domain.reach import Reach
from spink.catalogue.domain.ladder import LADDER, ProvisionForm

Complaints = QuerySet[Complaint]
WITHDRAWN = "withdrawn"


def complaints() -> Complaints:
    """Those that have waited longest first."""
    return Complaint.objects.select_related(
        "provider", "care_unit", "owner", "filed_by", "unit__department__municipality"
    ).order_by("filed_at", "pk")


def own_complaints(reach: Reach) -> Complaints:
    """Of the reader's units, the newest first."""
    return complaints().filter(unit__in=sorted(reach.unit_ids)).order_by("-filed_at", "-pk")


def complaints_about(provider_id: int) -> Complaints:
    return complaints().filter(provider=provider_id).order_by("-filed_at", "-pk")


def complaint_by_id(found: Complaints, pk: int) -> Complaint | None:
    return found.filter(pk=pk).first()


def complaint_by_key(key: UUID) -> Complaint | None:
    return Complaint.objects.filter(key=key).first()


def complaints_by_ids(ids: Iterable[int]) -> list[Complaint]:
    return list(complaints().filter(pk__in=list(ids)).order_by("-filed_at", "-pk"))


def of_state(shown: str, *, user_id: int | None) -> Q:
    """What each tab of the list holds, by its name."""
    if shown == "mine":
        return Q(state__in=sorted(OPEN), owner=user_id)
    if shown == "waiting":
        return Q(state__in=(ComplaintState.SENT, ComplaintState.WITH_INK))
    if shown == "told":
        return Q(state=ComplaintState.PASSED_BACK)
    if shown == "closed":
        return Q(state=ComplaintState.CLOSED)
    return Q(state__in=(ComplaintState.RECEIVED, ComplaintState.ANSWERED))


def counted(shown: Iterable[str], *, user_id: int | None) -> dict[str, int]:
    wanted = {name: Count("pk", filter=of_state(name, user_id=user_id)) for name in shown}
    return dict(Complaint.objects.aggregate(**wanted))


def count_to_handle(day: date) -> int:
    """Those that the team is to go on with, and those whose answer is late."""
    waits = of_state("", user_id=None) | Q(answer_due__lt=day)
    return Complaint.objects.filter(waits).count()


def complaints_named(found: Complaints, text: str) -> Complaints:
    return found.filter(Q(provider__name__icontains=text) | Q(care_unit__name__icontains=text))


def late(found: Complaints, day: date) -> Complaints:
    return found.filter(answer_due__lt=day)


def entries_of(complaint: Complaint, *, with_internal: bool) -> list[ComplaintEntry]:
    """The newest first."""
    entries = complaint.entries.select_related("by", "to").order_by("-at", "-pk")
    return list(entries if with_internal else entries.filter(is_internal=False))


def rules() -> Rules:
    """Where nothing has been set the settings hold what they begin with."""
    return setting().rules


def setting() -> ComplaintSetting:
    return ComplaintSetting.objects.first() or ComplaintSetting()


def similar(day: date, *, provider_id: int | None = None) -> dict[tuple[int, str], int]:
    """How many, by provider and category, where they are so many that a review is proposed.

    Those that were withdrawn are not counted, nor those of framework providers, whom the
    procurement authority follows up.
    """
    set_rules = rules()
    counting = Complaint.objects.exclude(provision_form=RungOfLadder.FRAMEWORK)
    if provider_id is not None:
        counting = counting.filter(provider=provider_id)
    rows = (
        counting.exclude(outcome=WITHDRAWN)
        .filter(filed_at__date__gt=set_rules.similar_since(day))
        .values("provider", "category")
        .annotate(many=Count("pk"))
        .filter(many__gte=set_rules.similar_count)
    )
    return {(row["provider"], row["category"]): row["many"] for row in rows}


def form_of(provider: Provider, unit: CareUnit | None, *, buyer: str, day: date) -> ProvisionForm:
    """What the unit, or the provider by its first unit on the ladder, is to the municipality.

    Who is on no rung is bought without an agreement.
    """
    found = CareUnit.objects.filter(provider=provider)
    if unit is not None:
        found = found.filter(pk=unit.pk)
    for form in LADDER:
        if units_on_rung(found, form, buyer=buyer, day=day).exists():
            return form
    return ProvisionForm.DIRECT_AWARD
