"""The self-checks: samples drawn, a request checked, a sample locked."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.forms.boundfield import BoundField
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from placements import actions
from placements.domain.self_checks import may_check
from placements.models import SelfCheck
from placements.queries import self_checks as checks
from placements.web.selfcheck.beside import Beside
from placements.web.selfcheck.forms import CheckForm, DrawForm, LockForm
from placements.web.shared.offered import Said
from spink.accounts import queries as accounts
from spink.accounts.access_log import log_reading
from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.web.opening import for_those_who
from spink.catalogue import queries as catalogue
from spink.web import wording
from spink.web.navigation import Crumb

ROWS_A_PAGE = 50
CONFLICT, UNPROCESSABLE = 409, 422
for_checkers = for_those_who(Capability.SELF_CHECK)
takes_forms = require_http_methods(["GET", "HEAD", "POST"])


@takes_forms
@for_checkers
def self_checks(request: WallRequest) -> HttpResponse:
    """What has been drawn, and a form that draws the sample of another month."""
    own = request.reach.placement_function_ids
    form = DrawForm(accounts.function_names(own), request.POST or None)
    if request.method == "POST" and form.is_valid():
        drawn = _drawn(request, form)
        if drawn is not None:
            return redirect("placements:self-check", drawn.pk)
    found = checks.self_checks_of(own)
    context = {
        "form": form,
        "page_of": Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page")),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "placements/selfcheck/list.html", context, status=status)


@takes_forms
@for_checkers
def self_check(request: WallRequest, check_id: int) -> HttpResponse:
    return _sample(request, _found(request, check_id), LockForm())


@require_http_methods(["POST"])
@for_checkers
def lock(request: WallRequest, check_id: int) -> HttpResponse:
    found = _found(request, check_id)
    form = LockForm(request.POST)
    try:
        actions.lock_self_check(
            check_id=found.pk,
            note=request.POST.get("note", ""),
            by=request.user.actor,
            version=_number(request.POST.get("seen")),
        )
    except actions.CheckedMeanwhile:
        form.add_error(None, _("A colleague has changed the sample meanwhile. Look again."))
        return _sample(request, _found(request, check_id), form, status=CONFLICT)
    except ValidationError as refused:
        form.is_valid()
        if not form.errors:
            form.add_error(None, refused.messages[0])
        return _sample(request, found, form, status=UNPROCESSABLE)
    messages.success(request, _("The sample is locked. Its results stand among those over time."))
    return redirect("placements:self-check", found.pk)


def _sample(request: WallRequest, found: Any, form: LockForm, *, status: int = 200) -> HttpResponse:
    page = Paginator(checks.items_of(found), ROWS_A_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    log_reading(request.reading, [row.request.reference for row in rows])
    context = {
        "check": found,
        "rows": _rows(rows, request.user.pk),
        "page_of": page,
        "unchecked": found.drawn - found.checked,
        "form": form,
        "trail": _crumbs(Crumb(_named(found))),
    }
    return render(request, "placements/selfcheck/sample.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Row:
    item: Any
    reference: str
    service: str
    officer: str
    checked_by: str
    is_own: bool


def _rows(items: list[Any], reader_id: int | None) -> list[Row]:
    services = catalogue.names({one.request.service_type for one in items}, of="service")
    checkers = {one.checked_by for one in items if one.checked_by}
    people = {one.pk: str(one) for one in accounts.users_by_id(checkers)}
    return [
        Row(
            item=one,
            reference=one.request.reference,
            service=services[one.request.service_type],
            officer=str(one.request.assigned_to),
            checked_by=people.get(one.checked_by, ""),
            is_own=not may_check(reader_id, one.handlers),
        )
        for one in items
    ]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what the system knows beside it, and its fields or what was answered."""

    question: Any
    beside: list[Said]
    answer: Any
    field: BoundField | None
    note: BoundField | None


@takes_forms
@for_checkers
def one_request(request: WallRequest, check_id: int, position: int) -> HttpResponse:
    found = _found(request, check_id)
    item = checks.items_of(found).filter(position=position).first()
    if item is None:
        raise Http404
    placement = item.request
    log_reading(request.reading, [placement.reference])
    is_own = not may_check(request.user.pk, item.handlers)
    given, questions = checks.answers_of(item), checks.questions_of(found)
    form = CheckForm(questions, given, request.POST or None, initial={"seen": item.version})
    status = 200
    if request.method == "POST":
        status = _checked(request, item, form)
        if status == 200:
            messages.success(request, _("The answers are kept."))
            return redirect(_next(request, found, item))
    beside = Beside(placement, item.handlers, reach=request.reach)
    is_open = found.locked_at is None and not is_own
    context = {
        "check": found,
        "item": item,
        "placement": placement,
        "service": catalogue.names([placement.service_type], of="service")[placement.service_type],
        "asked": [_asked(one, beside, given, form if is_open else None) for one in questions],
        "form": form,
        "is_own": is_own,
        "is_open": is_open,
        "trail": _crumbs(
            Crumb(_named(found), reverse("placements:self-check", args=[found.pk])),
            Crumb(placement.reference),
        ),
    }
    return render(request, "placements/selfcheck/request.html", context, status=status)


def _asked(question: Any, beside: Beside, given: Any, form: CheckForm | None) -> Asked:
    return Asked(
        question=question,
        beside=beside.of(question.about),
        answer=given.get(question.pk),
        field=form[f"answer_{question.position}"] if form else None,
        note=form[f"note_{question.position}"] if form else None,
    )


def _checked(request: WallRequest, item: Any, form: CheckForm) -> int:
    """The status to answer with; 200 when it is kept."""
    if not form.is_valid():
        return UNPROCESSABLE
    try:
        actions.check_request(
            item_id=item.pk,
            answers=form.answers,
            by=request.user.actor,
            version=form.cleaned_data["seen"],
        )
    except actions.CheckedMeanwhile:
        form.seen_now(item.version)
        form.add_error(
            None,
            _("A colleague has checked the request meanwhile. Save again if yours holds instead."),
        )
        return CONFLICT
    except ValidationError as refused:
        form.add_error(None, refused)
        return UNPROCESSABLE
    return 200


def _next(request: WallRequest, found: SelfCheck, item: Any) -> str:
    """The next request that the reader may check and nobody has, else the whole sample."""
    waiting = checks.items_of(found).filter(version=0).exclude(pk=item.pk)
    left = [one.position for one in waiting if may_check(request.user.pk, one.handlers)]
    later = [position for position in left if position > item.position] or left
    if later:
        return reverse("placements:self-check-request", args=[found.pk, later[0]])
    return reverse("placements:self-check", args=[found.pk])


def _drawn(request: WallRequest, form: DrawForm) -> SelfCheck | None:
    try:
        return actions.draw_self_check(
            function_id=int(form.cleaned_data["function"]),
            month=date.fromisoformat(form.cleaned_data["month"]),
            size=form.cleaned_data["size"],
            by=request.user.actor,
        )
    except ValidationError as refused:
        form.add_error("month", refused)
        return None


def _found(request: WallRequest, check_id: int) -> Any:
    found = checks.self_check_of(request.reach.placement_function_ids, check_id)
    if found is None:
        raise Http404
    return found


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0


def _named(found: Any) -> str:
    return f"{found.placement_function}, {wording.month(found.month)}"


def _crumbs(*further: Crumb) -> list[Crumb]:
    return [Crumb(_("Self-check"), reverse("placements:self-checks")), *further]
