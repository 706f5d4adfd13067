"""The social worker's start page: own requests, grouped by what they wait for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import uuid4

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from placements import notifications, policies, queries
from placements.domain.lifecycle import ENDED, State
from placements.models import PlacementRequest
from placements.web.shared.household import household_text
from placements.web.shared.opening import for_readers
from placements.web.shared.states import LOOKS
from spink.accounts import queries as accounts
from spink.accounts.middleware import WallRequest
from spink.catalogue import queries as catalogue

ENDED_A_PAGE = 20
MOST_OPEN = 200

WAITS_FOR_YOU = "you"
GROUPS: tuple[tuple[str, Promise, Promise, frozenset[State]], ...] = (
    (
        WAITS_FOR_YOU,
        _("Waits for you"),
        _("Nothing waits for you."),
        frozenset({State.AWAITING_INFORMATION, State.RECOMMENDED, State.PLACED_ACUTE}),
    ),
    ("drafts", _("Drafts"), _("You have no drafts."), frozenset({State.DRAFT})),
    (
        "placing",
        _("With the placement function"),
        _("No request is being matched."),
        frozenset({State.SUBMITTED, State.IN_PROGRESS}),
    ),
)


@dataclass(frozen=True, slots=True)
class Row:
    request: PlacementRequest
    title: str
    url: str
    label: str
    is_protected: bool
    look: str
    state: str | Promise
    owner: str
    filer: str
    is_unread: bool
    is_stopped: bool
    household: str


@dataclass(frozen=True, slots=True)
class GroupOfRows:
    key: str
    title: Promise
    empty: Promise
    rows: list[Row]


@require_safe
@for_readers
def my_requests(request: WallRequest) -> HttpResponse:
    """One's own at first; all of the unit with `?whose=unit`."""
    whole_unit = request.GET.get("whose") == "unit" or not policies.can_file(request.reach)
    seen = queries.own_requests(request.reach)
    if not whole_unit:
        seen = seen.filter(created_by_id=request.reach.user_id)
    page = Paginator(_ended(seen), ENDED_A_PAGE).get_page(request.GET.get("page"))
    opened = list(seen.exclude(state__in=ENDED).order_by("-changed_at")[:MOST_OPEN])
    ended = list(page.object_list)
    queries.log_list([*opened, *ended], reading=request.reading)
    names = catalogue.names({one.service_type for one in [*opened, *ended]}, of="service")
    unread = notifications.unread_among(request.reach, [one.pk for one in [*opened, *ended]])
    sizes = queries.sizes([*opened, *ended])
    context = {
        "groups": _grouped(opened, names, unread, sizes),
        "ended": [_row(one, names, unread, sizes) for one in ended],
        "page_obj": page,
        "whole_unit": whole_unit,
        "can_file": policies.can_file(request.reach),
        "to_complete": queries.placed_out_of_hours(request.reach).count(),
        "units": accounts.units_with_departments(request.reach.filing_unit_ids),
        "creation_key": uuid4(),
        "tabs": _tabs(whole_unit),
    }
    return render(request, "placements/filing/my_requests.html", context)


def _tabs(whole_unit: bool) -> list[dict[str, object]]:
    url = reverse("placements:my-requests")
    return [
        {"label": _("Mine"), "url": url, "current": not whole_unit, "count": ""},
        {
            "label": _("The unit's"),
            "url": f"{url}?whose=unit",
            "current": whole_unit,
            "count": "",
        },
    ]


def _ended(seen: QuerySet[PlacementRequest]) -> QuerySet[PlacementRequest]:
    return seen.filter(state__in=ENDED).order_by("-ended_at", "-id")


def _grouped(
    opened: Iterable[PlacementRequest],
    names: dict[str, str],
    unread: frozenset[int],
    sizes: dict[int, int],
) -> list[GroupOfRows]:
    rows = list(_together(opened))
    return [
        GroupOfRows(
            key,
            title,
            empty,
            [_row(one, names, unread, sizes) for one in rows if _group_of(one) == key],
        )
        for key, title, empty, _states in GROUPS
    ]


def _group_of(placement: PlacementRequest) -> str:
    """A proposal of another service waits for the social worker, whatever the state."""
    if placement.service_proposed_at is not None or getattr(placement, "is_stopped", False):
        return WAITS_FOR_YOU
    state = State(placement.state)
    return next(key for key, _title, _empty, states in GROUPS if state in states)


def _together(opened: Iterable[PlacementRequest]) -> Iterator[PlacementRequest]:
    """A household stands where the one of them that changed last would, the adult first."""
    households: dict[int, list[PlacementRequest]] = {}
    for one in opened:
        households.setdefault(queries.head_id(one), []).append(one)
    for members in households.values():
        yield from sorted(members, key=lambda one: one.pk)


def _row(
    placement: PlacementRequest,
    names: dict[str, str],
    unread: frozenset[int],
    sizes: dict[int, int],
) -> Row:
    shown = queries.shown_label(placement)
    name = "edit" if placement.state == State.DRAFT else "request"
    is_proposed = placement.service_proposed_at is not None
    return Row(
        request=placement,
        title=names.get(placement.service_type) or str(_("No service chosen yet")),
        url=reverse(f"placements:{name}", args=[placement.reference]),
        label=shown.label,
        is_protected=shown.is_protected,
        look="waiting" if is_proposed else LOOKS[State(placement.state)],
        state=_("Another service proposed") if is_proposed else placement.get_state_display(),
        owner=str(placement.assigned_to or ""),
        filer=str(placement.created_by),
        is_unread=placement.pk in unread,
        is_stopped=getattr(placement, "is_stopped", False),
        household=household_text(placement, sizes),
    )
