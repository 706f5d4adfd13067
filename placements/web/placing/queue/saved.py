"""Saving what the queue shows under a name, for oneself or for a team, and putting it in order."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from placements import actions, queries
from placements.actions import TooManyViews, ViewNameTaken
from placements.models import PlacementRequest, SavedView
from placements.web.placing.opening import for_officers
from placements.web.placing.queue.filters import QueueFilter, offered_to, saveable
from placements.web.placing.queue.tabs import view_of, views_open_to
from spink.accounts import queries as accounts
from spink.accounts.middleware import WallRequest
from spink.web.forms import Form, offer

UNPROCESSABLE = 422


class ViewForm(Form):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("It becomes a tab of the work queue."),
        max_length=40,
        error_messages={"required": gettext_lazy("Give the view a name")},
    )
    team = forms.TypedChoiceField(
        label=gettext_lazy("Who sees it"),
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    is_first = forms.BooleanField(
        label=gettext_lazy("Show it first when I open the work queue"), required=False
    )

    def __init__(self, request: WallRequest, view: SavedView | None = None) -> None:
        given = request.POST if request.method == "POST" else None
        super().__init__(given, initial=_values(view) if view else {"team": ""})
        self.fields["team"].needed_later = True  # type: ignore[attr-defined]
        teams = accounts.teams_of(request.user)
        offer(self, "team", [("", _("Only I")), *((team.pk, str(team)) for team in teams)])


def _values(view: SavedView) -> dict[str, Any]:
    return {"name": view.name, "team": view.team_id or "", "is_first": view.is_first}


@dataclass(frozen=True, slots=True)
class ShownView:
    name: str
    url: str
    seen_by: str
    is_first: bool
    edit_url: str
    remove_url: str
    """Both are empty for a colleague's view."""


@require_safe
@for_officers
def saved_views(request: WallRequest) -> HttpResponse:
    teams = [team.pk for team in accounts.teams_of(request.user)]
    found = queries.saved_views(user_id=request.user.pk, team_ids=teams)
    rows = [_shown(view, reader=request.user.pk) for view in found]
    return render(request, "placements/placing/saved_views.html", {"rows": rows})


def _shown(view: SavedView, *, reader: int) -> ShownView:
    is_own = view.owner_id == reader
    seen_by = str(view.team) if view.team else _("Only I")
    if not is_own:
        seen_by = _("%(team)s, saved by %(name)s") % {"team": view.team, "name": view.owner}
    return ShownView(
        name=view.name,
        url=f"{reverse('placements:queue')}?{view.query}",
        seen_by=seen_by,
        is_first=is_own and view.is_first,
        edit_url=reverse("placements:saved-view", args=[view.pk]) if is_own else "",
        remove_url=reverse("placements:remove-view", args=[view.pk]) if is_own else "",
    )


@require_http_methods(["GET", "POST"])
@for_officers
def save_view(request: WallRequest) -> HttpResponse:
    """A new view: what the queue's address says that can be chosen there."""
    own = accounts.teams_of(request.user)
    views = views_open_to(request.user.pk, request.reach, own)
    nothing = PlacementRequest.objects.none()
    filterset = QueueFilter(request.GET, nothing, offered=offered_to(request.reach))
    query = saveable(filterset, view=view_of(views, request.GET.get("view", "")).key)
    return _edited(request, ViewForm(request), query, view_id=None)


@require_http_methods(["GET", "POST"])
@for_officers
def saved_view(request: WallRequest, view_id: int) -> HttpResponse:
    view = _own(request, view_id)
    return _edited(request, ViewForm(request, view), view.query, view_id=view.pk)


def _edited(
    request: WallRequest, form: ViewForm, query: str, *, view_id: int | None
) -> HttpResponse:
    if form.is_valid() and _saved(request, form, query, view_id):
        messages.success(request, _("The view is saved."))
        return redirect(f"{reverse('placements:queue')}?{query}")
    context = {"form": form, "is_new": view_id is None}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "placements/placing/save_view.html", context, status=status)


def _saved(request: WallRequest, form: ViewForm, query: str, view_id: int | None) -> bool:
    try:
        actions.save_view(
            by=request.user.actor,
            name=form.cleaned_data["name"],
            query=query,
            team_id=form.cleaned_data["team"],
            is_first=form.cleaned_data["is_first"],
            view_id=view_id,
        )
    except ViewNameTaken:
        form.add_error("name", _("You have another view of that name"))
    except TooManyViews:
        form.add_error(None, _("You have as many views as there is room for. Remove one first."))
    return not form.errors


@require_POST
@for_officers
def remove_view(request: WallRequest, view_id: int) -> HttpResponse:
    view = _own(request, view_id)
    actions.remove_view(view_id=view.pk, by=request.user.actor)
    messages.success(request, _("The view “%(name)s” is removed.") % {"name": view.name})
    return redirect("placements:saved-views")


def _own(request: WallRequest, view_id: int) -> SavedView:
    view = queries.own_view(view_id, user_id=request.user.pk)
    if view is None:
        raise Http404
    return view
