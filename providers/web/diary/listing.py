"""The diary of the whole register: what was changed, who did it and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from providers import policies
from providers.models import RegisterChange, RegisterEdition
from providers.queries.diary import editions
from providers.queries.diary.editions import MOST_EDITIONS, ShortPaginator, Wanted
from providers.queries.diary.names import names_in
from providers.queries.diary.sight import Sight
from providers.web.diary.filters import DiaryFilter
from providers.web.diary.shown import ShownChange, differences_on_a_line, shown_change
from providers.web.opening import for_register_readers
from providers.web.trail import Crumb, Tab, register_tabs
from spink.accounts.domain.reach import Reach
from spink.accounts.middleware import WallRequest
from spink.web.filtering import chosen_filters

EDITIONS_A_PAGE = 25
CHANGES_OF_EACH = 5
CHANGES_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    about: str
    url: str
    part: str
    look: str
    operation: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownEdition:
    number: int
    at: datetime
    who: str
    note: str
    undoes: int | None
    undone_by: list[int]
    lines: list[Line]
    more: int


def sight_of(reach: Reach) -> Sight:
    return Sight(
        policies.can_see_protected_places(reach),
        policies.can_see_why_stopped(reach),
        policies.can_see_planned_stops(reach),
    )


def diary_kinds(current: str) -> list[Tab]:
    kinds = [("diary", _("All changes")), ("diary-compare", _("Compare two days"))]
    return [Tab(label, reverse(f"providers:{name}"), name == current) for name, label in kinds]


@for_register_readers
def diary(request: WallRequest) -> HttpResponse:
    sight = sight_of(request.reach)
    filterset = DiaryFilter(request.GET, sight=sight)
    page = ShortPaginator(filterset.qs, EDITIONS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": register_tabs("diary", request.reach),
        "kinds": diary_kinds("diary"),
        "filter": filterset,
        "chosen": chosen_filters(filterset),
        "page_of": page,
        "rows": _shown(page, filterset.wanted, sight),
        "is_cut": page.paginator.count >= MOST_EDITIONS and not page.has_next(),
    }
    return render(request, "providers/diary/list.html", context)


def _shown(page: Page[RegisterEdition], wanted: Wanted, sight: Sight) -> list[ShownEdition]:
    listed = list(page.object_list)
    numbers = [edition.number for edition in listed]
    changes, counts = editions.changes_of_editions(
        numbers, wanted, sight=sight, each=CHANGES_OF_EACH
    )
    said = shown_changes([one for found in changes.values() for one in found], sight)
    secret, by_secret = _secret_notes(listed, sight), _secret_makers(listed, sight)
    undone = editions.undone_by(numbers)
    return [
        ShownEdition(
            edition.number,
            edition.at,
            "" if edition.number in by_secret else str(edition.actor.get("label", "")),
            "" if edition.number in secret | by_secret else edition.note,
            edition.undoes_id,
            undone.get(edition.number, []),
            [_line(said[change.pk]) for change in changes[edition.number]],
            counts.get(edition.number, 0) - len(changes[edition.number]),
        )
        for edition in listed
    ]


def shown_changes(changes: Sequence[RegisterChange], sight: Sight) -> dict[int, ShownChange]:
    names = names_in(changes)
    protected = (
        frozenset[int]()
        if sight.sees_protected
        else editions.units_ever_protected({one.unit_id for one in changes if one.unit_id})
    )
    return {
        change.pk: shown_change(
            change,
            change.operation,
            names,
            sight=sight,
            is_protected=change.unit_id in protected,
        )
        for change in changes
    }


def _secret_notes(listed: Sequence[RegisterEdition], sight: Sight) -> frozenset[int]:
    noted = [edition.number for edition in listed if edition.note]
    if sight.sees_protected or not noted:
        return frozenset()
    return editions.editions_of_protected(noted)


def _secret_makers(listed: Sequence[RegisterEdition], sight: Sight) -> frozenset[int]:
    """Whoever wrote a stop down has decided it, or knows who did."""
    if sight.sees_why:
        return frozenset()
    return editions.editions_of_stops(edition.number for edition in listed)


def _line(change: ShownChange) -> Line:
    return Line(
        change.about,
        change.url,
        change.part,
        change.look,
        change.operation,
        differences_on_a_line(change) if change.is_change else "",
    )


@for_register_readers
def edition_page(request: WallRequest, edition_number: int) -> HttpResponse:
    sight = sight_of(request.reach)
    edition = editions.edition_by_number(edition_number)
    if edition is None:
        raise Http404
    found = editions.changes_shown(Wanted(), sight=sight).filter(edition=edition)
    page = Paginator(found.order_by("id"), CHANGES_A_PAGE).get_page(request.GET.get("page"))
    if not page.paginator.count:
        raise Http404
    is_by_secret = bool(_secret_makers([edition], sight))
    title = _("Change %(number)d") % {"number": edition.number}
    context = {
        "title": title,
        "edition": edition,
        "who": "" if is_by_secret else str(edition.actor.get("label", "")),
        "note": "" if is_by_secret or _secret_notes([edition], sight) else edition.note,
        "undone_by": editions.undone_by([edition.number]).get(edition.number, []),
        "page_of": page,
        "rows": list(shown_changes(list(page.object_list), sight).values()),
        "can_undo": policies.can_keep_register(request.reach),
        "trail": diary_trail(Crumb(title)),
    }
    return render(request, "providers/diary/edition.html", context)


def diary_trail(*more: Crumb) -> list[Crumb]:
    return [
        Crumb(_("Register"), "providers:units"),
        Crumb(pgettext("of the register", "Diary"), "providers:diary"),
        *more,
    ]
