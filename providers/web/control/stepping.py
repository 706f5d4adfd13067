"""A page that takes one step with something that is controlled: a form, and what happened if
somebody else was quicker."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from providers.web.control.history import Entry
from providers.web.trail import Crumb
from spink.accounts.access_log import log_reading
from spink.accounts.middleware import WallRequest
from spink.foundation.bad_input import BadInput
from spink.web.versions import VersionedForm

CONFLICT, UNPROCESSABLE = 409, 422


@dataclass(frozen=True, slots=True)
class StepPage:
    reference: str
    """Of what the step is taken with, as the access log names it."""
    title: str
    about: str
    form: VersionedForm
    submit: str
    back: str
    trail: list[Crumb]
    intro: str = ""
    is_danger: bool = False
    alerts: Sequence[str] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Now:
    """How it stands, for those who came too late."""

    version: int
    newest: list[Entry]


def sent_version(request: WallRequest) -> int:
    """What a button carries; a faulty one is no version that anything has had."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def step_page(
    request: WallRequest,
    page: StepPage,
    *,
    act: Callable[[dict[str, Any]], str],
    too_late: tuple[type[Exception], ...],
    now: Callable[[], Now],
) -> HttpResponse:
    """`act` takes the step and says what was done; `too_late` are the errors of who is not."""
    form = page.form
    if request.method != "POST":
        return _shown(request, page)
    if not form.is_valid():
        return _shown(request, page, status=UNPROCESSABLE)
    try:
        done = act(form.cleaned_data)
    except too_late:
        current = now()
        log_reading(request.reading, [page.reference])
        form.renew(current.version)
        return _shown(request, page, status=CONFLICT, conflict=current.newest)
    except BadInput as bad:
        # what the form lets through, and has become wrong since
        name = bad.field if bad.field in form.fields else None
        form.add_error(name, _("This does not hold any more. Look at it again."))
        return _shown(request, page, status=UNPROCESSABLE)
    messages.success(request, done)
    return redirect(page.back)


def _shown(
    request: WallRequest,
    page: StepPage,
    *,
    status: int = 200,
    conflict: Sequence[Entry] = (),
) -> HttpResponse:
    context = {"step": page, "conflict": conflict, "is_late": status == CONFLICT}
    return render(request, "providers/control/step.html", context, status=status)
