"""Sweeps as they are under way, and how the last ones went."""

from django.db.models import Count, F, Q, QuerySet

from providers.models import ItemState, Sweep


def running_sweeps() -> list[int]:
    return list(Sweep.objects.filter(ended_at=None).order_by("pk").values_list("pk", flat=True))


def latest_sweeps() -> "QuerySet[Sweep]":
    """The last one of each source, those under way first; each with what its items say so far."""
    last = Sweep.objects.order_by("source_id", "-begun_at").distinct("source_id").values("pk")
    counted = {
        f"now_{state.value}": Count("items", filter=Q(items__state=state))
        for state in (ItemState.ANSWERED, ItemState.UNANSWERED)
    }
    found = Sweep.objects.filter(pk__in=last).select_related("source").annotate(**counted)
    return found.order_by(F("ended_at").desc(nulls_first=True), "pk")
