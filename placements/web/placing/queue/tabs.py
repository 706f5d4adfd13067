"""The views of the queue: one's own, each own team's, what nobody has, and all there is."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from placements.models import PlacementRequest
from spink.accounts.models import PlacementTeam


@dataclass(frozen=True, slots=True)
class QueueView:
    key: str
    label: str
    chosen: Q


@dataclass(frozen=True, slots=True)
class QueueTab:
    label: str
    url: str
    current: bool
    count: int


def views_of(user_id: int, teams: list[PlacementTeam]) -> list[QueueView]:
    return [
        QueueView("mine", _("Mine"), Q(assigned_to_id=user_id)),
        *(QueueView(f"team-{team.pk}", str(team), Q(team_id=team.pk)) for team in teams),
        QueueView("unassigned", _("Unassigned"), Q(assigned_to_id=None)),
        QueueView("all", _("All"), Q()),
    ]


def view_of(views: list[QueueView], key: str) -> QueueView:
    """The first where the address names none, or one that is not the reader's."""
    return next((view for view in views if view.key == key), views[0])


def tabs_of(
    views: list[QueueView], current: QueueView, requests: QuerySet[PlacementRequest]
) -> list[QueueTab]:
    """With their counts, whatever the filters: one query."""
    counts = requests.aggregate(
        **{f"n{place}": Count("id", filter=view.chosen) for place, view in enumerate(views)}
    )
    return [
        QueueTab(view.label, f"?view={view.key}", view is current, counts[f"n{place}"])
        for place, view in enumerate(views)
    ]
