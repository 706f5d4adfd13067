"""What is done with a review, each on a page of its own: open, check, visit, ask, decide."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from providers.actions.control import reviews as actions
from providers.actions.control.checking import Outdated
from providers.domain.control.checks import Check
from providers.domain.control.review import (
    UNDER_WAY,
    Decision,
    ReviewKind,
    ReviewStepNotAllowed,
)
from providers.models import Finding, Provider, Review
from providers.models.control.choices import FindingState, VisitForm
from providers.queries import pages
from providers.queries.control import reviews as queries
from providers.queries.control.findings import finding_by_id
from providers.web.control import review_forms as forms
from providers.web.control import review_words as words
from providers.web.control import words as finding_words
from providers.web.control.check_step import check_form, check_page
from providers.web.control.reviews import found
from providers.web.control.stepping import Now, StepPage, step_page
from providers.web.control.vetting_words import check_name
from providers.web.trail import Crumb
from spink.accounts.access_log import log_reading
from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.web.opening import for_those_who
from spink.foundation import clock
from spink.foundation.actor import Actor
from spink.web import wording
from spink.web.navigation import Text

UNPROCESSABLE = 422
GONE_ON = gettext_lazy(
    "The review has been decided or broken off: this cannot be done with it now."
)
TOO_LATE = (Outdated, ReviewStepNotAllowed)
Given = dict[str, Any]


@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who(Capability.REVIEW_PROVIDERS)
def open_one(request: WallRequest, provider_id: int) -> HttpResponse:
    provider = pages.provider_by_id(provider_id)
    if provider is None:
        raise Http404
    finding = _finding(request, provider)
    form = forms.OpenForm(request.POST or None, provider=provider)
    if form.is_bound and form.is_valid():
        try:
            review = _opened(provider, finding, form.cleaned_data, request.user.actor)
        except actions.IsReviewedAlready:
            form.add_error(None, _("The provider is reviewed already, as its page tells."))
        except actions.NotDirectlyProcured:
            text = _("The provider is not bought from by direct award: give INK's reference.")
            form.add_error("inks_reference", text)
        else:
            messages.success(request, _("The review %(ref)s is opened.") % {"ref": review})
            return redirect("providers:review", review.pk)
    context = {
        "provider": provider,
        "form": form,
        "finding": finding_words.said(finding).title if finding else "",
        "trail": [
            Crumb(_("Providers"), "providers:providers"),
            Crumb(provider.name, "providers:provider", (provider.pk,)),
            Crumb(_("Open an in-depth review")),
        ],
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "providers/control/open_review.html", context, status=status)


def _finding(request: WallRequest, provider: Provider) -> Finding | None:
    """The one that the address names, where it is up for a review of this provider."""
    text = request.GET.get("finding", "")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        return None
    finding = finding_by_id(int(text))
    if finding is None or finding.provider_id != provider.pk:
        return None
    is_free = queries.review_of_finding(finding.pk) is None
    return finding if finding.state == FindingState.REVIEW and is_free else None


def _opened(provider: Provider, finding: Finding | None, given: Given, by: Actor) -> Review:
    opening = actions.Opening(
        reason=given["reason"],
        checks=[Check(code) for code in given["checks"]],
        finding_id=finding.pk if finding else None,
        inks_reference=given["inks_reference"],
    )
    return actions.open_review(provider_id=provider.pk, opening=opening, by=by)


@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who(Capability.REVIEW_PROVIDERS)
def check(request: WallRequest, in_depth_id: int, check_code: str) -> HttpResponse:
    review = found(in_depth_id)
    if check_code not in review.checks:
        raise Http404
    asked, name = Check(check_code), check_name(check_code)
    form = check_form(request, review.version, asked)
    return check_page(
        request,
        _page(review, name, form, _("Keep the check")),
        asked,
        keep=lambda: actions.record_review_check(
            review_id=review.pk,
            check=asked,
            answer=form.answer,
            by=request.user.actor,
            version=form.seen,
        ),
        too_late=TOO_LATE,
        now=lambda: _now(review.pk),
    )


class Step(NamedTuple):
    title: Text
    submit: Text
    form: type[forms.NoteForm]
    take: Callable[[Given, Given], str]
    intro: Text = ""
    is_open: Callable[[Review], bool] = lambda review: review.state in UNDER_WAY
    inks_intro: Text = ""
    """Of a visit that INK has asked for, where that is another one."""
    warn: Callable[[Review], list[str]] = lambda _review: []


@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who(Capability.REVIEW_PROVIDERS)
def step(request: WallRequest, in_depth_id: int, review_step: str) -> HttpResponse:
    chosen = STEPS.get(review_step)
    if chosen is None:
        raise Http404
    return _taken(request, found(in_depth_id), chosen)


@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who(Capability.GIVE_LEGAL_VIEW)
def advise(request: WallRequest, in_depth_id: int) -> HttpResponse:
    return _taken(request, found(in_depth_id), ADVISE)


def _taken(request: WallRequest, review: Review, chosen: Step) -> HttpResponse:
    initial = {"version": review.version}
    form = chosen.form(request.POST or None, initial=initial, review=review)

    def act(given: Given) -> str:
        taken = {"review_id": review.pk, "by": request.user.actor, "version": form.seen}
        return chosen.take(taken, given)

    is_inks = review.kind == ReviewKind.FOR_INK
    intro = (chosen.inks_intro if is_inks else "") or chosen.intro
    page = _page(review, str(chosen.title), form, str(chosen.submit), str(intro))
    page = replace(page, alerts=_alerts(review, chosen))
    return step_page(request, page, act=act, too_late=TOO_LATE, now=lambda: _now(review.pk))


def _alerts(review: Review, chosen: Step) -> list[str]:
    if not chosen.is_open(review):
        return [str(GONE_ON)]
    return chosen.warn(review)


def _not_made(review: Review) -> list[str]:
    made = queries.latest_review_checks(review)
    left = [check_name(code) for code in review.checks if code not in made]
    return [_("Not checked yet: %(checks)s.") % {"checks": ", ".join(left)}] if left else []


def _page(review: Review, title: str, form: Any, submit: str, intro: str = "") -> StepPage:
    return StepPage(
        reference=review.reference,
        title=title,
        about=f"{review.reference}, {review.provider.name}",
        form=form,
        submit=submit,
        back=reverse("providers:review", args=[review.pk]),
        trail=_trail(review, title),
        intro=intro,
        alerts=[] if review.state in UNDER_WAY else [str(GONE_ON)],
    )


def _trail(review: Review, title: str) -> list[Crumb]:
    return [
        Crumb(_("In-depth reviews"), "providers:reviews"),
        Crumb(review.reference, "providers:review", (review.pk,)),
        Crumb(title),
    ]


def _now(review_id: int) -> Now:
    review = found(review_id)
    return Now(review.version, words.shown_entries(queries.entries_of(review)[:1], review))


def _visit(taken: Given, given: Given) -> str:
    form = VisitForm(given["form"])
    actions.record_visit(**taken, day=given["day"], form=form, notes=given["text"])
    return _("The visit is kept.")


def _ask(taken: Given, given: Given) -> str:
    actions.ask_lawyer(**taken, text=given["text"])
    return _("The lawyer is asked: the review stands in the lawyer's list.")


def _advise(taken: Given, given: Given) -> str:
    actions.give_legal_view(**taken, text=given["text"])
    return _("The lawyer's view is kept.")


def _decide(taken: Given, given: Given) -> str:
    verdict = actions.Verdict(
        decision=Decision(given["decision"]),
        reason_codes=given["reasons"],
        text=given["text"],
        follow_up_on=given.get("follow_up_on"),
    )
    actions.decide_review(**taken, verdict=verdict)
    return _("The review is decided.")


def _follow_up(taken: Given, given: Given) -> str:
    again_on = given["again_on"]
    actions.follow_up_review(**taken, text=given["text"], again_on=again_on)
    if again_on is None:
        return _("The provider is watched no more.")
    day = wording.near_day(again_on, today=clock.today())
    return _("The provider is looked at again %(day)s.") % {"day": day}


def _cancel(taken: Given, given: Given) -> str:
    actions.cancel_review(**taken, text=given["text"])
    return _("The review is broken off.")


ADVISE = Step(
    gettext_lazy("The lawyer's view"),
    gettext_lazy("Keep the view"),
    forms.AdviseForm,
    _advise,
)
STEPS = {
    "visit": Step(
        gettext_lazy("Note a visit"),
        gettext_lazy("Keep the visit"),
        forms.VisitNotesForm,
        _visit,
    ),
    "ask-lawyer": Step(
        gettext_lazy("Ask the lawyer"),
        gettext_lazy("Ask the lawyer"),
        forms.AskForm,
        _ask,
        gettext_lazy("The review stands in the lawyer's list until the view is given."),
    ),
    "decide": Step(
        gettext_lazy("Decide the review"),
        gettext_lazy("Decide now"),
        forms.DecideForm,
        _decide,
        gettext_lazy(
            "The decision changes nothing by itself. A pause or a removal leads to the stop, where "
            "you see what it touches before you set it."
        ),
        inks_intro=gettext_lazy(
            "INK decides what follows. What is kept here is that INK has been told, and of what."
        ),
        warn=_not_made,
    ),
    "follow-up": Step(
        gettext_lazy("Look at it again"),
        gettext_lazy("Save the follow-up"),
        forms.FollowUpForm,
        _follow_up,
        gettext_lazy(
            "Where something more is wrong, open a new review on the provider's page as well."
        ),
        lambda review: review.is_watched,
    ),
    "cancel": Step(
        gettext_lazy("Break off the review"),
        gettext_lazy("Break off the review"),
        forms.CancelForm,
        _cancel,
        gettext_lazy("For a review that was opened by mistake. It is not counted."),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who(Capability.READ_OFFENCES)
def offences(request: WallRequest, in_depth_id: int) -> HttpResponse:
    """Every reading is logged, also of a page that has nothing to show."""
    review = found(in_depth_id)
    form = forms.OffenceForm(request.POST or None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        actions.record_offence(review_id=review.pk, by=request.user.actor, **given)
        messages.success(request, _("What the court has said is kept."))
        return redirect("providers:review-offences", review.pk)
    log_reading(request.reading, [review.reference])
    context = {
        "review": review,
        "records": queries.offences_of(review),
        "form": form,
        "trail": _trail(review, _("Court records")),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "providers/control/offences.html", context, status=status)
