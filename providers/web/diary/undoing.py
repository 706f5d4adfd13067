"""Undoing a mistaken change: what would be written back, what that does, and then it is saved."""

from typing import Any, cast

from django import forms
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from providers import actions
from providers.actions import CannotUndo
from providers.queries.diary import editions
from providers.queries.diary.comparing import NetChange
from providers.queries.diary.names import Names, names_in
from providers.queries.diary.sight import Sight
from providers.queries.diary.undoing import Obstacle, Undoing, Why, undoing_of
from providers.telling import column_name, models_by_table
from providers.web.diary.listing import diary_trail, sight_of
from providers.web.diary.shown import differences_on_a_line, part_name, shown_change
from providers.web.keeping.flow import Page, kept
from providers.web.keeping.forms.base import Keeping
from providers.web.keeping.opening import for_keepers
from providers.web.trail import Crumb
from spink.accounts.middleware import WallRequest
from spink.foundation import clock
from spink.web import wording
from spink.web.forms import Form

MOST_NOTED = 300
MOST_TOLD = 20
CONFLICT = 409

WHY = {
    Why.TOO_LARGE: gettext_lazy(
        "The change is too large to be undone here. Import a corrected file instead."
    ),
    Why.STOP: gettext_lazy(
        "The change set or lifted a stop. Lift the stop, or set a new one: those who are concerned"
        " are told then."
    ),
    Why.RUNG: gettext_lazy("The rungs of a service are kept by the administrators."),
    Why.PLANS_ALONE: gettext_lazy(
        "The change is about a planned change. Cancel that one on its own page."
    ),
    Why.ADDED_FOR_EVER: gettext_lazy(
        "%(what)s was added by the change, and may have been asked for since. Nothing of the kind"
        " is removed: end it instead."
    ),
    Why.PLACE_FORGOTTEN: gettext_lazy(
        "%(what)s became protected housing, and the diary holds no address of it any more. Change"
        " the unit instead."
    ),
    Why.CHANGED_LATER: gettext_lazy("%(what)s has been changed later: %(columns)s."),
    Why.GONE: gettext_lazy("%(what)s has been taken away since."),
    Why.STANDS_AGAIN: gettext_lazy("%(what)s stands in the register again already."),
    Why.REFERRED_TO: gettext_lazy("Something else in the register hangs on it by now."),
    Why.TAKEN: gettext_lazy("Its place in the register has been taken by something else since."),
}


class UndoForm(Keeping, Form):
    part = "edition"
    changed_data: list[str] = []

    note = forms.CharField(
        label=gettext_lazy("Why the change is undone"),
        help_text=gettext_lazy("Stands in the diary. Write nothing of persons."),
        max_length=MOST_NOTED,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any, *, undoing: Undoing) -> None:
        super().__init__(data)
        self.owner = None
        self.undoing = undoing
        self.fields["seen"] = forms.IntegerField(required=False, widget=forms.HiddenInput)
        self.initial["seen"] = undoing.last_change

    def values(self) -> dict[str, Any]:
        return {"note": self.cleaned_data["note"]}

    def renew(self) -> None:
        data = cast(QueryDict, self.data).copy()
        data["seen"] = str(self.undoing.last_change)
        self.data = data


@for_keepers
def undo(request: WallRequest, edition_number: int) -> HttpResponse:
    edition = editions.edition_by_number(edition_number)
    if edition is None:
        raise Http404
    undoing = undoing_of(edition.number)
    if undoing.obstacles:
        return _refused(request, edition.number, undoing.obstacles)
    here = reverse("providers:diary-edition", args=[edition.number])
    sight = sight_of(request.reach)
    page = Page(
        title=_("Undo change %(number)d") % {"number": edition.number},
        form=UndoForm(request.POST or None, undoing=undoing),
        row_id=edition.number,
        back=lambda made: reverse("providers:diary-edition", args=[made.number]),
        cancel=here,
        trail=_trail(edition.number),
        submit=_("Undo the change"),
        touches=_told(undoing.rows, sight),
        act=lambda form, by: actions.undo_edition(
            number=edition.number, note=form.cleaned_data["note"], seen=form.seen_change, by=by
        ),
        is_danger=True,
        intro=_(
            "Undoing is a new change: it writes back what stood there before, and both stay in the"
            " diary."
        ),
    )
    try:
        return kept(request, page)
    except CannotUndo as refused:
        return _refused(request, edition.number, refused.obstacles)


def _trail(number: int) -> list[Crumb]:
    title = _("Change %(number)d") % {"number": number}
    return diary_trail(Crumb(title, "providers:diary-edition", (number,)), Crumb(_("Undo")))


def _refused(request: WallRequest, number: int, obstacles: list[Obstacle]) -> HttpResponse:
    names = names_in([one.row for one in obstacles if one.row])
    told = dict.fromkeys(_why(one, names) for one in obstacles)
    context = {
        "number": number,
        "title": _("Change %(number)d cannot be undone") % {"number": number},
        "reasons": list(told)[:MOST_TOLD],
        "trail": _trail(number),
    }
    return render(request, "providers/diary/refused.html", context, status=CONFLICT)


def _why(one: Obstacle, names: Names) -> tuple[str, int, str]:
    """In words, with the number of the later change and who made it."""
    if one.row is None:
        return str(WHY[one.why]), 0, ""
    sight = Sight(sees_protected=True, sees_why=False, sees_planned=True)
    about = shown_change(one.row, one.row.operation, names, sight=sight, is_protected=False)
    model = models_by_table()[one.row.table_name]
    text = str(WHY[one.why]) % {
        "what": f"{about.about} ({part_name(one.row.table_name).lower()})",
        "columns": ", ".join(column_name(model, name) for name in one.columns),
    }
    if one.later is None:
        return text, 0, ""
    moment = wording.moment(one.later.at, now=clock.now())
    return text, one.later.number, f"{capfirst(moment)}, {one.later.actor.get('label', '')}"


def _told(rows: list[NetChange], sight: Sight) -> list[str]:
    """What is written back, row by row."""
    names = names_in(rows[:MOST_TOLD])
    said = [_line(row, names, sight) for row in rows[:MOST_TOLD]]
    more = len(rows) - len(said)
    if more:
        said.append(
            ngettext("And %(count)d more row.", "And %(count)d more rows.", more) % {"count": more}
        )
    return said


OPPOSITE = {"I": "D", "U": "U", "D": "I"}


def _line(row: NetChange, names: Names, sight: Sight) -> str:
    back = NetChange(
        row.id,
        row.table_name,
        row.row_pk,
        row.unit_id,
        OPPOSITE[row.operation],
        row.after,
        row.before,
        row.number,
    )
    shown = shown_change(back, back.operation, names, sight=sight, is_protected=False)
    if shown.is_change:
        return f"{shown.about}, {shown.part}: {differences_on_a_line(shown)}"
    word = _("is taken away") if back.operation == "D" else _("is put back")
    return f"{shown.about}, {shown.part}: {word}"
