"""The care units on a map that is drawn here, filtered as their list is, and the list itself."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext

from providers.domain.mapping import WIDTH, Box, Label, Plane, apart
from providers.queries import mapped, pages
from providers.web.opening import for_register_readers
from providers.web.trail import register_tabs
from providers.web.units import ROWS_A_PAGE, shown_rows, unit_filter
from spink.accounts import queries as accounts
from spink.accounts.middleware import WallRequest
from spink.web.filtering import chosen_filters, without

ABOVE = 24
"""A name stands over the marks that lie where it belongs."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One unit, or several that lie together: `count` then says how many."""

    url: str
    name: str
    count: int
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Drawing:
    width: int
    height: int
    marks: list[Mark]
    labels: list[Label]
    ruler_km: float
    ruler_from: float


@for_register_readers
def unit_map(request: WallRequest) -> HttpResponse:
    filterset = unit_filter(request.GET, request.reach)
    found: pages.Units = filterset.qs
    placed = mapped.on_the_map(found)
    box = Box.parsed(request.GET.get("box", ""))
    shown = mapped.units_within(placed, box) if box else placed
    page = Paginator(shown if box else found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    placed_count = shown.order_by().count()
    context = {
        "tabs": register_tabs("map", request.reach),
        "filter": filterset,
        "chosen": chosen_filters(filterset),
        "is_part": box is not None,
        "whole_url": without(request.GET, "box", "page"),
        "drawing": _drawing(shown, request.GET),
        "placed": placed_count,
        "elsewhere": page.paginator.count - placed_count,
        "page_of": page,
        "rows": shown_rows(page.object_list, request.reach),
    }
    return render(request, "providers/map.html", context)


def _drawing(shown: pages.Units, asked: QueryDict) -> Drawing | None:
    box = mapped.box_of(shown)
    if box is None:
        return None
    plane = Plane.of(box.with_margin())
    middles = mapped.middles(shown)
    names = accounts.municipality_names({code for code, _lat, _lon in middles})
    km, length = plane.ruler
    return Drawing(
        width=WIDTH,
        height=round(plane.height),
        marks=[_mark(one, plane, asked) for one in mapped.gathered(shown, plane.cell)],
        labels=apart(
            Label(names[code], round(plane.x(lon), 1), round(plane.y(lat), 1) - ABOVE)
            for code, lat, lon in middles
            if code in names
        ),
        ruler_km=km,
        ruler_from=round(WIDTH - 20 - length, 1),
    )


def _mark(one: mapped.Gathered, plane: Plane, asked: QueryDict) -> Mark:
    """The only unit leads to its page; several to the part of the map where they lie."""
    alone = one.count == 1
    if alone:
        url, name = reverse("providers:unit", args=[one.code]), one.name
    else:
        nearer = asked.copy()
        nearer.pop("page", None)
        nearer["box"] = str(one.box)
        url = f"?{nearer.urlencode()}"
        name = ngettext("%(count)s unit lies here", "%(count)s units lie here", one.count) % {
            "count": one.count
        }
    radius = 7 if alone else min(12 + 2 * len(str(one.count)), 20)
    x, y = round(plane.x(one.longitude), 1), round(plane.y(one.latitude), 1)
    return Mark(url, name, one.count, x, y, radius)
