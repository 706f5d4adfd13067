"""Sweeps as they are under way, and how the last ones went."""

from providers.models import Sweep


def running_sweeps() -> list[int]:
    return list(Sweep.objects.filter(ended_at=None).order_by("pk").values_list("pk", flat=True))
