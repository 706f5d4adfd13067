"""The register on one day against another: what differs, in counts and row by row."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from providers.queries.diary import comparing, editions
from providers.queries.diary.comparing import Between
from providers.queries.diary.editions import Wanted
from providers.queries.diary.names import names_in
from providers.queries.diary.sight import Sight
from providers.web.diary.filters import ComparedFilter, part_choices
from providers.web.diary.listing import diary_kinds, sight_of
from providers.web.diary.shown import ShownChange, part_name, shown_change
from providers.web.opening import for_register_readers
from providers.web.trail import register_tabs
from spink.accounts.middleware import WallRequest
from spink.foundation import clock
from spink.web import wording
from spink.web.filtering import chosen_filters, without

ROWS_A_PAGE = 50
DAYS = ("first", "last")


@dataclass(frozen=True, slots=True)
class Counted:
    name: str
    url: str
    added: int
    changed: int
    taken_away: int


@for_register_readers
def compare(request: WallRequest) -> HttpResponse:
    sight = sight_of(request.reach)
    filterset = ComparedFilter(request.GET, sight=sight)
    wanted = filterset.wanted
    first, last = _in_order(wanted)
    between = Between.days(first, last)
    counts = comparing.counted(between, wanted, sight=sight)
    page = Paginator(range(_listed(counts, wanted.part)), ROWS_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "tabs": register_tabs("diary", request.reach),
        "kinds": diary_kinds("diary-compare"),
        "filter": filterset,
        "chosen": [one for one in chosen_filters(filterset) if _is_shown(one.url)],
        "clear_url": _days_alone(first, last),
        "first": first,
        "last": last,
        "last_said": _said(last),
        "counts": _counted(counts, filterset.data),
        "page_of": page,
        "rows": _rows(between, wanted, sight, page.start_index()) if page.object_list else [],
    }
    return render(request, "providers/diary/compare.html", context)


def _in_order(wanted: Wanted) -> tuple[date, date]:
    """What cannot be read as a day is today; the earlier of the two comes first."""
    today = clock.today()
    days = sorted((wanted.first or today, wanted.last or today))
    return days[0], days[1]


def _is_shown(url: str) -> bool:
    """The days cannot be taken away."""
    return all(f"{name}=" in url for name in DAYS)


def _days_alone(first: date, last: date) -> str:
    return f"?first={first.isoformat()}&last={last.isoformat()}"


def _said(day: date) -> str:
    return _("today") if day == clock.today() else wording.day(day)


def _listed(counts: dict[str, dict[str, int]], part: str) -> int:
    return sum(
        sum(by_operation.values())
        for of_part, by_operation in counts.items()
        if part in ("", of_part)
    )


def _counted(counts: dict[str, dict[str, int]], data: object) -> list[Counted]:
    left = without(data, "part", "page")  # type: ignore[arg-type]
    return [
        Counted(
            part_name(part),
            f"{left}&part={part}",
            counts[part].get("I", 0),
            counts[part].get("U", 0),
            counts[part].get("D", 0),
        )
        for part, _name in part_choices()
        if part in counts
    ]


def _rows(between: Between, wanted: Wanted, sight: Sight, start: int) -> list[ShownChange]:
    found = comparing.differing(
        between,
        wanted,
        sight=sight,
        limit=ROWS_A_PAGE,
        offset=start - 1,
    )
    names = names_in(found)
    protected = (
        frozenset[int]()
        if sight.sees_protected
        else editions.units_ever_protected({one.unit_id for one in found if one.unit_id})
    )
    return [
        shown_change(one, one.operation, names, sight=sight, is_protected=one.unit_id in protected)
        for one in found
    ]
