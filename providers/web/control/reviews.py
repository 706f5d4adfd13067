"""The list of in-depth reviews, and one review as the steps that it is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from providers.actions.control import reviews as actions
from providers.actions.control.checking import Outdated
from providers.domain.control.review import (
    UNDER_WAY,
    ReviewState,
    ReviewStepNotAllowed,
)
from providers.models import Review
from providers.queries.control import reviews as queries
from providers.queries.control.documents import documents_of
from providers.queries.control.vettings import warned
from providers.web.control import review_words as words
from providers.web.control.review_follows import following_on
from providers.web.control.shown_checks import shown_check
from providers.web.control.stepping import CONFLICT, UNPROCESSABLE
from providers.web.control.tabs import control_tabs
from providers.web.control.vetting_forms import OwnerForm
from providers.web.trail import Crumb
from spink.accounts.access_log import log_reading
from spink.accounts.domain.capabilities import Capability
from spink.accounts.domain.reach import Reach
from spink.accounts.middleware import WallRequest
from spink.accounts.policies import can
from spink.accounts.web.opening import for_those_who
from spink.foundation import clock
from spink.web import wording
from spink.web.navigation import Text

ROWS_A_PAGE = 50
SHOWN: dict[str, Text] = {
    "open": gettext_lazy("Reviews under way"),
    "with_lawyer": gettext_lazy("With the lawyer"),
    "to_stop": gettext_lazy("Stop to be set"),
    "watched": gettext_lazy("Watched after a review"),
    "decided": gettext_lazy("Decided reviews"),
    "cancelled": gettext_lazy("Reviews broken off"),
}
EMPTY: dict[str, Text] = {
    "open": gettext_lazy("No review is under way. One is opened on the provider's page."),
    "with_lawyer": gettext_lazy("No review waits for the lawyer."),
    "to_stop": gettext_lazy("Every stop that was decided on is set."),
    "watched": gettext_lazy("No provider is watched after a review."),
    "decided": gettext_lazy("No review has been decided yet."),
    "cancelled": gettext_lazy("No review has been broken off."),
}


@dataclass(frozen=True, slots=True)
class Row:
    pk: int
    reference: str
    provider: str
    kind: str
    state: tuple[str, str]
    note: str
    is_due: bool
    """Somebody is to go on with it now."""
    opened: str
    owner: str


@require_safe
@for_those_who(Capability.READ_REVIEWS)
def review_list(request: WallRequest) -> HttpResponse:
    asked = request.GET.get("show", "")
    shown = asked if asked in SHOWN else _first_shown(request.reach)
    found = queries.reviews().filter(queries.of_state(shown))
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": control_tabs("reviews", request.reach),
        "kinds": _kinds(shown, queries.counted(SHOWN)),
        "shown": shown,
        "can_review": can(request.reach, Capability.REVIEW_PROVIDERS),
        "page_of": page,
        "rows": [shown_row(one) for one in page.object_list],
        "empty": EMPTY[shown],
    }
    return render(request, "providers/control/reviews.html", context)


def _first_shown(reach: Reach) -> str:
    """What the visitor has to do with them."""
    return "open" if can(reach, Capability.REVIEW_PROVIDERS) else "with_lawyer"


def _kinds(shown: str, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    url = reverse("providers:reviews")
    return [
        {
            "label": label,
            "url": f"{url}?show={name}",
            "current": name == shown,
            "count": counts[name],
        }
        for name, label in SHOWN.items()
    ]


def shown_row(review: Review) -> Row:
    today, note, is_due = clock.today(), "", False
    if review.waits_for_stop:
        note, is_due = _("The stop is not set"), True
    elif review.is_watched and review.follow_up_on:
        is_due = review.follow_up_on <= today
        text = _("To be looked at again %(day)s") if is_due else _("looked at again %(day)s")
        note = text % {"day": wording.near_day(review.follow_up_on, today=today)}
    return Row(
        pk=review.pk,
        reference=review.reference,
        provider=review.provider.name,
        kind=review.get_kind_display(),
        state=words.state(review),
        note=note,
        is_due=is_due,
        opened=wording.since(review.opened_at, now=clock.now()),
        owner=words.owner(review),
    )


def found(review_id: int) -> Review:
    review = queries.review_by_id(review_id)
    if review is None:
        raise Http404
    return review


@require_safe
@for_those_who(Capability.READ_REVIEWS)
def review_page(request: WallRequest, in_depth_id: int) -> HttpResponse:
    return _page(request, found(in_depth_id))


def _page(
    request: WallRequest, review: Review, owner_form: OwnerForm | None = None, *, status: int = 200
) -> HttpResponse:
    log_reading(request.reading, [review.reference])
    made, before = queries.latest_review_checks(review), warned()
    documents = documents_of(one.pk for one in made.values())
    is_under_way = review.state in UNDER_WAY
    can_act = is_under_way and can(request.reach, Capability.REVIEW_PROVIDERS)
    entries = words.shown_entries(queries.entries_of(review), review)
    visits = queries.visits_of(review)
    context = {
        "review": review,
        "state": words.state(review),
        "checks": [
            shown_check(
                code,
                made.get(code),
                warned=before if is_under_way else None,
                documents=documents,
                url=reverse("providers:review-check", args=[review.pk, code]),
            )
            for code in review.checks
        ],
        "done": len(made),
        "total": len(review.checks),
        "visits": visits,
        "steps": _steps(review, done=len(made), visits=len(visits), is_advised=_is_advised(review)),
        "reasons": words.reason_names(review.reason_codes),
        "can_act": can_act,
        "can_ask": can_act and review.state == ReviewState.OPEN,
        "can_advise": is_under_way and can(request.reach, Capability.GIVE_LEGAL_VIEW),
        "can_read_offences": can(request.reach, Capability.READ_OFFENCES),
        "follows": following_on(review, request.reach),
        "owner": words.owner(review),
        "owner_form": _owner_form(review, owner_form) if can_act else None,
        "entries": entries,
        "is_late": status == CONFLICT,
        "conflict": entries[:1] if status == CONFLICT else [],
        "trail": [Crumb(_("In-depth reviews"), "providers:reviews"), Crumb(review.reference)],
    }
    return render(request, "providers/control/review.html", context, status=status)


def _owner_form(review: Review, form: OwnerForm | None) -> OwnerForm:
    return form or OwnerForm(initial={"version": review.version, "to": review.owner_id})


def _is_advised(review: Review) -> bool:
    return any(entry.step == "advise" for entry in queries.entries_of(review))


def _steps(review: Review, *, done: int, visits: int, is_advised: bool) -> list[dict[str, str]]:
    """What it is made of; the visit and the lawyer's view where they are called for."""
    total = len(review.checks)
    is_decided = review.state == ReviewState.DECIDED
    is_waiting = review.state == ReviewState.WITH_LAWYER
    stop = [] if not review.asks_for_stop else [_stop_step(review)]
    is_checked, is_open = done == total, review.state == ReviewState.OPEN
    counted = _("%(done)s of %(total)s made") % {"done": done, "total": total}
    return [
        _step(_("Reason"), "", is_done=True),
        _step(
            _("Checks"),
            counted if total else _("none asked for"),
            is_done=is_checked,
            is_now=is_open and not is_checked,
        ),
        _step(_("Visit"), "" if visits else _("none made"), is_done=bool(visits)),
        _step(
            _("The lawyer's view"),
            _("waits for the lawyer") if is_waiting else "" if is_advised else _("not asked for"),
            is_done=is_advised and not is_waiting,
            is_now=is_waiting,
        ),
        _step(
            _("Decision"),
            review.get_decision_display(),
            is_done=is_decided,
            is_now=is_open and is_checked,
        ),
        *stop,
    ]


def _stop_step(review: Review) -> dict[str, str]:
    waits = review.waits_for_stop
    return _step(_("Stop"), _("not set") if waits else "", is_done=not waits, is_now=waits)


def _step(title: str, note: str, *, is_done: bool, is_now: bool = False) -> dict[str, str]:
    state = "done" if is_done else "now" if is_now else "later"
    return {"title": title, "note": note, "state": state}


@require_POST
@for_those_who(Capability.REVIEW_PROVIDERS)
def hand_over(request: WallRequest, in_depth_id: int) -> HttpResponse:
    review = found(in_depth_id)
    form = OwnerForm(request.POST)
    if not form.is_valid():
        return _page(request, review, form, status=UNPROCESSABLE)
    try:
        changed = actions.assign_review(
            review_id=review.pk,
            to_id=form.cleaned_data["to"],
            by=request.user.actor,
            version=form.seen,
        )
    except (Outdated, ReviewStepNotAllowed):
        return _page(request, found(in_depth_id), status=CONFLICT)
    messages.success(request, _("The review is handed over to %(who)s.") % {"who": changed.owner})
    return redirect("providers:review", review.pk)
