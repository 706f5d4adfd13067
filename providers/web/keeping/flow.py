"""How the register is changed in a page: a form, what the change would do, and then it is saved.

All three are the same address. What was typed travels along in the page itself, so that it works
without scripts and two tabs never mix.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from providers import actions
from providers.previews import Effects, effects_of
from providers.queries import named_units
from providers.telling import history_rows
from providers.web.keeping.differences import differences
from providers.web.keeping.effects import ShownEffects, shown_effects
from spink.accounts.middleware import WallRequest
from spink.foundation.actor import Actor
from spink.web import wording

UNPROCESSABLE = 422
CONFLICT = 409
SAVE, REVIEW, EDIT = "save", "review", "edit"


@dataclass
class Page:
    """`row_id` is what the part is found by, None for a row that is made.

    `act` is for what is more than one part; it takes the form and the actor, and gives the row.
    `touches` says what else the change means. `back` is where the page leads when it is done.
    """

    title: str
    form: Any
    row_id: int | None
    back: str | Callable[[Any], str]
    trail: list[Any]
    cancel: str = ""
    reference: str = ""
    template: str = "providers/keeping/form.html"
    submit: str = ""
    intro: str = ""
    touches: list[str] = field(default_factory=list)
    always: dict[str, Any] = field(default_factory=dict)
    """Values that go with what is typed."""
    act: Callable[[Any, Actor], Any] | None = None
    is_danger: bool = False
    context: dict[str, Any] = field(default_factory=dict)

    def address(self, row: Any) -> str:
        return self.back if isinstance(self.back, str) else self.back(row)


def kept(request: WallRequest, page: Page) -> HttpResponse:
    form, step = page.form, request.POST.get("step", REVIEW)
    if request.method != "POST" or step == EDIT:
        return _asked(request, page)
    if not form.is_valid():
        return _asked(request, page, status=UNPROCESSABLE)
    if not form.values() and page.row_id is not None:
        messages.info(request, _("Nothing was changed."))
        return redirect(page.address(form.owner))
    return _tried(request, page, is_final=step == SAVE or not form.is_reviewed)


def _tried(request: WallRequest, page: Page, *, is_final: bool) -> HttpResponse:
    try:
        return _saved(request, page) if is_final else _reviewed(request, page)
    except actions.Outdated as outdated:
        return _outdated(request, page, outdated)
    except IntegrityError:
        page.form.add_error(None, _("Somebody else has just added the same."))
        return _asked(request, page, status=CONFLICT)


def _now(page: Page, by: Actor) -> Any:
    if page.act is not None:
        return page.act(page.form, by)
    return actions.change_part(
        part=page.form.part,
        row_id=page.row_id,
        values={**page.always, **page.form.values()},
        seen=page.form.seen_change,
        watched=page.form.watched(),
        by=by,
    )


def _saved(request: WallRequest, page: Page) -> HttpResponse:
    form, by = page.form, request.user.actor
    with transaction.atomic():
        if form.day and page.row_id is not None:
            actions.plan_change(
                part=form.part,
                row_id=page.row_id,
                values=form.values(),
                day=form.day,
                seen=form.seen_change,
                watched=form.watched(),
                by=by,
            )
            row = form.owner
            day = wording.day(form.day)
            messages.success(request, _("The change is planned for %(day)s.") % {"day": day})
        else:
            row = _now(page, by)
            messages.success(request, _("Saved."))
    return redirect(page.address(row))


def _asked(request: WallRequest, page: Page, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "kept": page,
        "form": page.form,
        "trail": page.trail,
        "cancel_url": page.cancel or page.address(page.form.owner),
        **page.context,
        **more,
    }
    return render(request, page.template, context, status=status)


def _outdated(request: WallRequest, page: Page, outdated: actions.Outdated) -> HttpResponse:
    """What the other one changed, and the form as it was typed, from now on against that."""
    happened = history_rows(outdated.editions, sees_why=True)
    page.form.renew()
    return _asked(request, page, status=CONFLICT, happened=happened)


def _reviewed(request: WallRequest, page: Page) -> HttpResponse:
    form = page.form
    effects = effects_of(
        lambda: _now(page, request.user.actor),
        part=form.part,
        reach=request.reach,
        reading=request.reading,
    )
    context = {
        "kept": page,
        "trail": page.trail,
        "changed": differences(form),
        "day": form.day,
        "effects": _shown(effects) if effects else None,
        "typed": [
            (name, value)
            for name in request.POST
            if name not in ("csrfmiddlewaretoken", "step")
            for value in request.POST.getlist(name)
        ],
    }
    return render(request, "providers/keeping/review.html", context)


def _shown(effects: Effects) -> ShownEffects:
    names = named_units(unit.code for unit in effects.units)
    return shown_effects(effects, {code: unit.name for code, unit in names.items()})
