"""Views of the queue, kept by the one who works with them."""

from django.db import IntegrityError, transaction
from django.http import QueryDict

from placements.models import SavedView
from spink.foundation import audit, clock
from spink.foundation.actor import Actor

MOST_VIEWS = 20


class ViewNameTaken(Exception):
    """The officer has another view of that name."""


class TooManyViews(Exception):
    """There is no room for more tabs."""


@transaction.atomic
def save_view(
    *,
    by: Actor,
    name: str,
    query: str,
    team_id: int | None,
    is_first: bool,
    view_id: int | None = None,
) -> SavedView:
    """A new one, or the own one that is named. Raises ViewNameTaken, TooManyViews."""
    own = SavedView.objects.filter(owner_id=by.user_id).select_for_update()
    kept = {view.pk: view for view in own}
    if view_id is None and len(kept) >= MOST_VIEWS:
        raise TooManyViews
    view = kept[view_id] if view_id is not None else SavedView(owner_id=by.user_id)
    view.name, view.query, view.saved_at = name, query, clock.now()
    view.team_id, view.is_first = team_id, is_first
    if is_first:
        own.filter(is_first=True).update(is_first=False)
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as taken:
        raise ViewNameTaken(name) from taken
    _record("save_view", view, by)
    return view


@transaction.atomic
def remove_view(*, view_id: int, by: Actor) -> None:
    view = SavedView.objects.select_for_update().get(pk=view_id, owner_id=by.user_id)
    _record("remove_view", view, by)
    view.delete()


def _record(action: str, view: SavedView, by: Actor) -> None:
    audit.record(
        action=action,
        by=by,
        subject="saved_view",
        subject_id=str(view.pk),
        details={"filters": sorted(QueryDict(view.query)), "team": view.team_id},
    )
