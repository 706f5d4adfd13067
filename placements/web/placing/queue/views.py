from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from placements import queries
from placements.queries.queue import GROUPS, Group
from placements.web.placing.opening import for_officers
from placements.web.placing.queue.filters import (
    QueueFilter,
    narrows,
    offered_to,
    only_kept,
    saveable,
)
from placements.web.placing.queue.rows import GROUP_NAMES, ShownRow, group_note, shown_rows
from placements.web.placing.queue.tabs import Counts, tabs_of, view_of, views_open_to
from spink.accounts import queries as accounts
from spink.accounts.middleware import WallRequest
from spink.foundation import clock
from spink.web import wording
from spink.web.filtering import chosen_filters, without

ROWS_A_PAGE = 50
ORDERS: Mapping[str, Sequence[str]] = {
    "due": ("group", "due_at", "id"),
    "start": ("group", "wanted_start", "due_at", "id"),
}
"""Within its groups the queue is sorted by one of these; the first where the address names none."""
ORDER_WORDS: Mapping[str, Promise] = {"due": _lazy("Due"), "start": _lazy("Wanted start")}

Grouped = tuple[int, int]
"""The place of a request's group, and its id."""


@dataclass(frozen=True, slots=True)
class ShownGroup:
    name: str
    note: str
    rows: list[ShownRow]


@dataclass(frozen=True, slots=True)
class Order:
    label: str
    url: str
    is_current: bool


@require_safe
@for_officers
def queue(request: WallRequest) -> HttpResponse:
    """The open requests of the reader's placement function, in the order in which they call."""
    now = clock.now()
    own = accounts.teams_of(request.user)
    saved = queries.saved_views(user_id=request.user.pk, team_ids=[team.pk for team in own])
    first = next((one for one in saved if one.is_first and one.owner_id == request.user.pk), None)
    if first and not request.GET:
        return redirect(f"{request.path}?{first.query}")
    views = views_open_to(request.user.pk, request.reach, own)
    view = view_of(views, request.GET.get("view", ""))
    grouped = queries.in_groups(queries.queue(request.reach), now=now)
    filterset = QueueFilter(
        request.GET, grouped.filter(view.chosen), offered=offered_to(request.reach)
    )
    query = saveable(filterset, view=view.key)
    tabs, counts = tabs_of(views, saved, grouped, current=view, query=query)
    if narrows(filterset):
        [counts] = queries.counts_by_group(filterset.qs, [Q()])
    order = sort if (sort := request.GET.get("sort", "")) in ORDERS else "due"
    ordered = filterset.qs.order_by(*ORDERS[order]).values_list("group", "id")
    paginator = Paginator(ordered, ROWS_A_PAGE)
    paginator.count = sum(counts.values())  # they have been counted already
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "intro": _intro(counts, now),
        "tabs": tabs,
        "view": view,
        "filter": filterset,
        "chosen": chosen_filters(filterset),
        "clear_url": only_kept(request.GET),
        "save_query": query,
        "is_saved": any(one.query == query for one in saved),
        "has_saved": bool(saved),
        "order": order,
        "orders": _orders(request.GET, order),
        "groups": _shown(request, page, counts, now),
        "page_of": page,
        "shown_at": now,
    }
    return render(request, "placements/placing/queue.html", context)


def _orders(data: QueryDict, current: str) -> list[Order]:
    """The same page in each order, from its beginning."""
    orders = []
    for name, label in ORDER_WORDS.items():
        address = data.copy()
        address["sort"] = name
        orders.append(Order(str(label), without(address, "page"), name == current))
    return orders


def _shown(
    request: WallRequest, page: Page[Grouped], counts: Counts, now: datetime
) -> list[ShownGroup]:
    places = list(page.object_list)
    ids = [pk for _place, pk in places]
    found = queries.read_list(queries.queue_rows(request.reach, ids), reading=request.reading)
    shown = shown_rows(found, reach=request.reach, now=now)
    by_id = dict(zip((one.pk for one in found), shown, strict=True))
    return [
        ShownGroup(
            GROUP_NAMES[GROUPS[place]](counts[GROUPS[place]]),
            group_note(GROUPS[place]),
            [by_id[pk] for _place, pk in rows if pk in by_id],
        )
        for place, rows in groupby(places, key=lambda row: row[0])
    ]


def _intro(counts: Counts, now: datetime) -> str:
    """Tisdag 3 mars 2026, 14:32. Två är försenade, fyra ska bli klara i dag och tre ..."""
    today = wording.weekday(now.astimezone(clock.STOCKHOLM).date())
    when = f"{capfirst(today)}, {wording.time_of_day(now)}."
    said = [_said(group, counts[group]) for group in GROUPS if counts.get(group)]
    parts = [text for text in said if text]
    if not parts:
        return " ".join((when, _("Nothing is overdue or due today.")))
    return f"{when} {capfirst(wording.listed(parts))}."


def _said(group: Group, count: int) -> str:
    texts = {
        Group.OVERDUE: ngettext("%(count)s is overdue", "%(count)s are overdue", count),
        Group.TODAY: ngettext("%(count)s is due today", "%(count)s are due today", count),
        Group.UNASSIGNED: ngettext(
            "%(count)s has no officer yet", "%(count)s have no officer yet", count
        ),
    }
    text = texts.get(group, "")
    return text % {"count": wording.number_word(count)} if text else ""
