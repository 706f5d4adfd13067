from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from placements import notifications, queries
from placements.models import PlacementRequest
from placements.queries.queue import Group
from placements.web.placing.opening import for_officers
from placements.web.placing.queue.filters import (
    NOT_PROTECTED,
    Choices,
    QueueFilter,
    only_kept,
)
from placements.web.placing.queue.rows import (
    GROUP_NAMES,
    Names,
    ShownRow,
    group_note,
    shown_row,
)
from placements.web.placing.queue.tabs import tabs_of, view_of, views_of
from spink.accounts import queries as accounts
from spink.accounts.middleware import WallRequest
from spink.catalogue import queries as catalogue
from spink.foundation import clock
from spink.web import wording
from spink.web.filtering import chosen_filters

ROWS_A_PAGE = 50
ORDER = list(Group)

Grouped = tuple[Group, int]
"""A request's group and id."""


@dataclass(frozen=True, slots=True)
class ShownGroup:
    name: str
    note: str
    rows: list[ShownRow]


@require_safe
@for_officers
def queue(request: WallRequest) -> HttpResponse:
    """The open requests of the reader's placement function, in the order in which they call."""
    now = clock.now()
    every = queries.queue(request.reach)
    services = {one.code: one.name for one in catalogue.all_services()}
    views = views_of(request.user.pk, accounts.teams_of(request.user))
    view = view_of(views, request.GET.get("view", ""))
    filterset = QueueFilter(
        request.GET,
        every.filter(view.chosen),
        services=sorted(services.items(), key=lambda pair: pair[1]),
        departments=_departments(every),
    )
    light = _grouped(filterset.qs, now)
    page = Paginator(light, ROWS_A_PAGE).get_page(request.GET.get("page"))
    counts = Counter(group for group, _id in light)
    context = {
        "intro": _intro(counts, now),
        "tabs": tabs_of(views, view, every.order_by()),
        "view": view,
        "filter": filterset,
        "chosen": chosen_filters(filterset),
        "clear_url": only_kept(request.GET),
        "groups": _shown(request, page, counts, services, now),
        "page_of": page,
        "shown_at": now,
    }
    return render(request, "placements/placing/queue.html", context)


def _departments(requests: QuerySet[PlacementRequest]) -> Choices:
    """Those that have open requests, of persons who may be seen by department."""
    rows = (
        requests.filter(NOT_PROTECTED)
        .order_by("department__short_name")
        .values_list("department_id", "department__short_name")
        .distinct()
    )
    return [(str(pk), name) for pk, name in rows]


def _grouped(requests: QuerySet[PlacementRequest], now: datetime) -> list[Grouped]:
    """All of them by group, the earliest due first; with no more columns than that takes."""
    light = requests.select_related(None).only("id", "assigned_to_id", "state", "due_at")
    rows = [(queries.queue_row(one, now=now).group, one.pk) for one in light]
    return sorted(rows, key=lambda row: ORDER.index(row[0]))


def _shown(
    request: WallRequest,
    page: Page[Grouped],
    counts: Counter[Group],
    services: dict[str, str],
    now: datetime,
) -> list[ShownGroup]:
    ids = [pk for _group, pk in page.object_list]
    found = queries.read_list(queries.queue_rows(request.reach, ids), reading=request.reading)
    by_id = {one.pk: one for one in found}
    subtypes = {one.subtype for one in found if one.subtype}
    names = Names(services, catalogue.names(subtypes, of="subtype"))
    unread = notifications.unread_among(request.reach, by_id)
    return [
        ShownGroup(
            GROUP_NAMES[group](counts[group]),
            group_note(group),
            [
                shown_row(by_id[pk], names=names, unread=unread, reader=request.user.pk, now=now)
                for _group, pk in rows
                if pk in by_id
            ],
        )
        for group, rows in groupby(page.object_list, key=lambda row: row[0])
    ]


def _intro(counts: Counter[Group], now: datetime) -> str:
    """Tisdag 3 mars 2026, 14:32. Två är försenade, fyra ska bli klara i dag och tre ..."""
    today = wording.weekday(now.astimezone(clock.STOCKHOLM).date())
    when = f"{capfirst(today)}, {wording.time_of_day(now)}."
    said = [_said(group, counts[group]) for group in ORDER if counts[group]]
    parts = [text for text in said if text]
    if not parts:
        return f"{when} {_('Nothing is overdue or due today.')}"
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
