"""Many requests to one colleague: all of them or none, and why where it is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from placements import actions, queries
from placements.actions import CannotHandOver, Hindrance, Seen
from placements.domain.standard_texts import Purpose
from placements.models import PlacementRequest
from placements.web.placing.giving.forms import ManyForm
from placements.web.placing.opening import for_officers
from placements.web.placing.queue.rows import ShownRow, shown_rows
from placements.web.shared.conflicts import CONFLICT
from placements.web.shared.standard_texts import is_asked_for, texts_for_many, with_text_for_many
from spink.accounts.middleware import WallRequest
from spink.foundation import clock

MOST = 100
"""No more are handed over at once."""
UNPROCESSABLE = 422

HINDRANCES: Mapping[Hindrance, Promise] = {
    Hindrance.CHANGED: gettext_lazy("Has changed since you opened the page. Read it again."),
    Hindrance.ENDED: gettext_lazy("Is ended, and can be handed over no more."),
    Hindrance.HAS_IT: gettext_lazy("The colleague has it already."),
    Hindrance.NOT_AN_OFFICER_HERE: gettext_lazy(
        "The colleague is no officer of the placement function that has it."
    ),
}


@dataclass(frozen=True, slots=True)
class Row:
    """`hindrance` is empty where nothing is in the way; those in the way are no longer chosen."""

    row: ShownRow
    value: str
    hindrance: str


@require_http_methods(["GET", "POST"])
@for_officers
def hand_over_many(request: WallRequest) -> HttpResponse:
    is_sent = request.method == "POST"
    seen = _seen(request.POST.getlist("chosen")) if is_sent else {}
    wanted = list(seen) or request.GET.getlist("request")
    requests = {one.reference: one for one in _read(request, wanted[:MOST])}
    if is_asked_for(request):
        typed = with_text_for_many(request, Purpose.HAND_OVER, field="note")
        form = ManyForm(None, request.reach, typed=typed.dict())
        return _page(request, form, requests, {}, status=200)
    form = ManyForm(request.POST if is_sent else None, request.reach)
    if not is_sent or not form.is_valid() or not requests:
        status = UNPROCESSABLE if is_sent else 200
        return _page(request, form, requests, {}, status=status)
    try:
        given = actions.hand_over_all(
            seen=[Seen(one.pk, seen[reference]) for reference, one in requests.items()],
            to=form.cleaned_data["to"],
            note=form.cleaned_data["note"],
            by=request.user.actor,
        )
    except CannotHandOver as refused:
        return _page(request, form, requests, refused.hindrances, status=CONFLICT)
    _tell(request, given, form.colleague)
    return redirect("placements:queue")


def _seen(chosen: list[str]) -> dict[str, int]:
    """`2026-01243:5`: a reference and the version that the page showed."""
    pairs = [value.partition(":") for value in chosen]
    return {reference: int(version) for reference, _colon, version in pairs if version.isdecimal()}


def _read(request: WallRequest, references: list[str]) -> list[PlacementRequest]:
    """Those of them that the reader's functions have, ended ones too, in the order of the queue."""
    return queries.read_list(
        queries.queue_rows_named(request.reach, references), reading=request.reading
    )


def _page(
    request: WallRequest,
    form: ManyForm,
    requests: Mapping[str, PlacementRequest],
    hindrances: Mapping[int, Hindrance],
    *,
    status: int,
) -> HttpResponse:
    said = {pk: str(HINDRANCES[hindrance]) for pk, hindrance in hindrances.items()}
    shown = shown_rows(list(requests.values()), reach=request.reach, now=clock.now())
    context: dict[str, Any] = {
        "form": form,
        "rows": [
            Row(row, f"{one.reference}:{one.version}", said.get(one.pk, ""))
            for row, one in zip(shown, requests.values(), strict=True)
        ],
        "hindered": len(said),
        **texts_for_many(Purpose.HAND_OVER),
    }
    return render(request, "placements/placing/hand_over_many.html", context, status=status)


def _tell(request: WallRequest, count: int, colleague: str) -> None:
    text = ngettext(
        "%(colleague)s has one more request now.",
        "%(colleague)s has %(count)d more requests now.",
        count,
    )
    messages.success(request, text % {"count": count, "colleague": colleague})
