"""The views of the queue that somebody has saved, or that the own team shares."""

from collections.abc import Collection

from django.db.models import Q

from placements.models import SavedView


def saved_views(*, user_id: int, team_ids: Collection[int]) -> list[SavedView]:
    """Own ones and those shared within the teams, by name. One query."""
    seen = Q(owner_id=user_id) | Q(team_id__in=team_ids)
    return list(SavedView.objects.filter(seen).select_related("owner", "team"))


def own_view(view_id: int, *, user_id: int) -> SavedView | None:
    return SavedView.objects.filter(pk=view_id, owner_id=user_id).first()
