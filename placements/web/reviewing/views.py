"""Who has read requests: of one request, of a department by days and readers, and the reviews."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from placements import actions
from placements.models import AccessReview, AccessReviewRow, PlacementRequest
from placements.queries import access_log as log
from placements.web.reviewing.forms import DrawForm, JudgeForm, ReadingsFilter
from placements.web.shared.opening import about_readable_request
from spink.accounts import queries as accounts
from spink.accounts.access_log import log_reading
from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.policies import check_can
from spink.accounts.web.opening import for_those_who
from spink.foundation import clock
from spink.web import wording
from spink.web.filtering import chosen_filters
from spink.web.navigation import Crumb

ROWS_A_PAGE = 50
for_reviewers = for_those_who(Capability.REVIEW_ACCESS_LOG)


@require_safe
@about_readable_request
def readers(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    """Everybody who has read the request, from wherever; that this is read is logged as well."""
    check_can(request.reach, Capability.REVIEW_ACCESS_LOG)
    began = placement.created_at.astimezone(clock.STOCKHOLM).date()
    asked = log.Asked(since=began, until=clock.today(), reference=placement.reference)
    found: Any = log.Readings([placement.department_id], asked)
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    to_request = reverse("placements:request", args=[placement.reference])
    trail = [Crumb(placement.reference, to_request), Crumb(_("Who has read it"))]
    context = {"placement": placement, "page_of": page, "trail": trail}
    return render(request, "placements/reviewing/readers.html", context)


class Narrowing:
    def __init__(self, data: QueryDict) -> None:
        self.data = data
        self.form = ReadingsFilter(data)

    @property
    def asked(self) -> log.Asked:
        since, until = self.form.days
        chosen = self.form.cleaned_data if self.form.is_valid() else {}
        who, reference = chosen.get("who", ""), chosen.get("reference", "").strip()
        return log.Asked(since=since, until=until, who=who, reference=reference)


@require_safe
@for_reviewers
def access_log(request: WallRequest) -> HttpResponse:
    narrowing = Narrowing(request.GET)
    asked = narrowing.asked
    found: Any = log.Readings(request.reach.review_department_ids, asked)
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    log_reading(request.reading, [name for row in page.object_list for name in row.references])
    context = {
        "filter": narrowing,
        "chosen": chosen_filters(narrowing),
        "asked": asked,
        "page_of": page,
        "trail": _crumbs(Crumb(_("Access log"))),
    }
    return render(request, "placements/reviewing/log.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_reviewers
def reviews(request: WallRequest) -> HttpResponse:
    """What has been drawn; a sample of another month is drawn by the system when asked for."""
    departments = accounts.department_names(request.reach.review_department_ids)
    form = DrawForm(departments, request.POST or None)
    if request.method == "POST" and form.is_valid():
        drawn = _drawn(request, form)
        if drawn is not None:
            return redirect("placements:access-review", drawn.pk)
    context = {
        "form": form,
        "rows": log.reviews_of(request.reach.review_department_ids),
        "trail": _crumbs(_log_crumb(), Crumb(_("Reviews"))),
    }
    status = 422 if form.errors else 200
    return render(request, "placements/reviewing/reviews.html", context, status=status)


@require_safe
@for_reviewers
def review(request: WallRequest, review_id: int) -> HttpResponse:
    found = _review(request, review_id)
    rows = log.rows_of_review(found)
    log_reading(request.reading, [name for row in rows for name in row.references])
    context = {
        "review": found,
        "rows": rows,
        "own_id": str(request.user.pk),
        "trail": _crumbs(_log_crumb(), _reviews_crumb(), Crumb(_named(found))),
    }
    return render(request, "placements/reviewing/review.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_reviewers
def judge(request: WallRequest, review_id: int, position: int) -> HttpResponse:
    found = _review(request, review_id)
    rows = log.rows_of_review(found)
    row = next((one for one in rows if one.position == position), None)
    if row is None:
        raise Http404
    log_reading(request.reading, row.references)
    form = JudgeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _judged(request, row, form):
        return redirect(_next(found, rows, row))
    context = {
        "review": found,
        "row": row,
        "form": form,
        "is_own": row.reader_id == str(request.user.pk),
        "trail": _crumbs(
            _log_crumb(),
            _reviews_crumb(),
            Crumb(_named(found), reverse("placements:access-review", args=[found.pk])),
            Crumb(_("Reading %(number)s") % {"number": position}),
        ),
    }
    status = 422 if form.errors else 200
    return render(request, "placements/reviewing/judge.html", context, status=status)


@require_safe
@for_those_who(Capability.FOLLOW_UP_REVIEWS)
def numbers(request: WallRequest) -> HttpResponse:
    """Every department's reviews in numbers: that they are made, and how many raised a doubt."""
    context = {
        "rows": log.reviews_in_numbers(),
        "trail": _crumbs(Crumb(_("Reviews of the access log"))),
    }
    return render(request, "placements/reviewing/numbers.html", context)


def _drawn(request: WallRequest, form: DrawForm) -> AccessReview | None:
    month = date.fromisoformat(form.cleaned_data["month"])
    department_id = int(form.cleaned_data["department"])
    try:
        return actions.draw_review(department_id=department_id, month=month, by=request.user.actor)
    except ValidationError as refused:
        form.add_error("month", refused)
        return None


def _judged(request: WallRequest, row: AccessReviewRow, form: JudgeForm) -> bool:
    try:
        actions.judge_reading(row_id=row.pk, by=request.user.actor, **form.cleaned_data)
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    messages.success(request, _("The judgement is kept."))
    return True


def _next(found: AccessReview, rows: list[AccessReviewRow], row: AccessReviewRow) -> str:
    """The next reading that nobody has judged, else the whole sample."""
    left = [one.position for one in rows if not one.judgement and one.pk != row.pk]
    later = [position for position in left if position > row.position] or left
    if later:
        return reverse("placements:access-reading", args=[found.pk, later[0]])
    return reverse("placements:access-review", args=[found.pk])


def _review(request: WallRequest, review_id: int) -> Any:
    found = log.review_of(request.reach.review_department_ids, review_id)
    if found is None:
        raise Http404
    return found


def _named(found: AccessReview) -> str:
    return f"{found.department}, {wording.month(found.month)}"


def _crumbs(*further: Crumb) -> list[Crumb]:
    return [Crumb(_("Administration"), reverse("administration")), *further]


def _log_crumb() -> Crumb:
    return Crumb(_("Access log"), reverse("placements:access-log"))


def _reviews_crumb() -> Crumb:
    return Crumb(_("Reviews"), reverse("placements:access-reviews"))
