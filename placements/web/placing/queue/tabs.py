"""The views of the queue: one's own, the teams', what nobody has, all there is, and saved ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from placements import queries
from placements.models import PlacementRequest, SavedView
from placements.queries.queue import Group
from placements.web.placing.queue.filters import conditions
from spink.accounts import queries as accounts
from spink.accounts.domain.reach import Reach
from spink.accounts.models import PlacementTeam

Counts = Mapping[Group, int]


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


def views_of(
    user_id: int, own_teams: Sequence[PlacementTeam], other_teams: Sequence[PlacementTeam]
) -> list[QueueView]:
    return [
        QueueView("mine", _("Mine"), Q(assigned_to_id=user_id)),
        *(_of_team(team) for team in own_teams),
        QueueView("unassigned", _("Unassigned"), Q(assigned_to_id=None)),
        *(_of_team(team) for team in other_teams),
        QueueView("all", _("All"), Q()),
    ]


def views_open_to(
    user_id: int, reach: Reach, own_teams: Sequence[PlacementTeam]
) -> list[QueueView]:
    teams = accounts.teams_of_functions(reach.placement_function_ids)
    return views_of(user_id, own_teams, [team for team in teams if team not in own_teams])


def _of_team(team: PlacementTeam) -> QueueView:
    return QueueView(f"team-{team.pk}", str(team), Q(team_id=team.pk))


def view_of(views: Sequence[QueueView], key: str) -> QueueView:
    """The first where the address names none, or one that is not the reader's."""
    return next((view for view in views if view.key == key), views[0])


def tabs_of(
    views: Sequence[QueueView],
    saved: Sequence[SavedView],
    grouped: QuerySet[PlacementRequest],
    *,
    current: QueueView,
    query: str,
) -> tuple[list[QueueTab], Counts]:
    """With what they hold, and what the current view holds by groups: one query.

    `query` is the address as it would be saved; where a saved view has the same, that is the one
    that is open.
    """
    chosen = {
        **{f"?view={view.key}": (view.label, view.chosen) for view in views},
        **{f"?{one.query}": (one.name, _saved_condition(one, views)) for one in saved},
    }
    counts = queries.counts_by_group(grouped, [asked for _label, asked in chosen.values()])
    by_url = dict(zip(chosen, counts, strict=True))
    here = f"?{query}" if any(one.query == query for one in saved) else f"?view={current.key}"
    tabs = [
        QueueTab(label, url, url == here, sum(by_url[url].values()))
        for url, (label, _asked) in chosen.items()
    ]
    return tabs, by_url[f"?view={current.key}"]


def _saved_condition(one: SavedView, views: Sequence[QueueView]) -> Q:
    values = QueryDict(one.query)
    return view_of(views, values.get("view") or "").chosen & conditions(values)
