from collections.abc import Iterable

from providers.domain.priority import PriorityGroup
from providers.models import CareUnit


def priority_groups(codes: Iterable[str]) -> dict[str, PriorityGroup]:
    """Of the units that keep their places for somebody, by code, in one query."""
    rows = CareUnit.objects.filter(code__in=list(codes)).values_list(
        "code", "priority_group", "priority_age_from", "priority_age_to", "priority_needs"
    )
    found = {
        code: PriorityGroup(words, first, last, tuple(needs))
        for code, words, first, last, needs in rows
    }
    return {code: group for code, group in found.items() if group}
