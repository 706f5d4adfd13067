"""The inbox of findings, and one finding with what is decided about it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from providers.actions.control import findings as actions
from providers.domain.control.lifecycle import (
    TO_TRIAGE,
    FindingState,
    FindingStep,
    StepNotAllowed,
)
from providers.models import CareUnit, Finding
from providers.queries.control import findings as queries
from providers.queries.control.reviews import review_of_finding, review_under_way
from providers.queries.control.sources import silent_sources
from providers.web.control import words
from providers.web.control.filters import FindingFilter
from providers.web.control.forms import JudgeForm, OwnerForm
from providers.web.control.history import shown_entries
from providers.web.control.silence import silence
from providers.web.control.stepping import sent_version
from providers.web.control.tabs import control_tabs
from providers.web.control.team import team_that_takes
from providers.web.trail import Crumb
from spink.accounts import queries as accounts
from spink.accounts.access_log import log_reading
from spink.accounts.domain.capabilities import Capability
from spink.accounts.domain.roles import Role
from spink.accounts.middleware import WallRequest
from spink.accounts.policies import can, check_can
from spink.accounts.web.opening import for_those_who
from spink.foundation import clock
from spink.web import wording
from spink.web.filtering import chosen_filters
from spink.web.navigation import Text

ROWS_A_PAGE = 50
CONFLICT, UNPROCESSABLE = 409, 422
SHOWN: dict[str, Text] = {
    "to_judge": gettext_lazy("To judge"),
    "mine": gettext_lazy("My findings"),
    "watched": gettext_lazy("Being watched"),
    "review": gettext_lazy("In in-depth review"),
    "reviewed": gettext_lazy("Reviewed findings"),
    "dismissed": gettext_lazy("Dismissed findings"),
}
EMPTY: dict[str, Text] = {
    "to_judge": gettext_lazy("Nothing waits to be judged. Sources are asked every day."),
    "mine": gettext_lazy("You have no findings. Take one from those that wait to be judged."),
    "watched": gettext_lazy("Nothing is watched now."),
    "review": gettext_lazy("No finding is in an in-depth review."),
    "reviewed": gettext_lazy("No in-depth review of a finding has been ended yet."),
    "dismissed": gettext_lazy("Nothing has been dismissed yet."),
}


@dataclass(frozen=True, slots=True)
class Row:
    pk: int
    said: words.Said
    provider: str
    source: str
    severity: tuple[str, str]
    state: tuple[str, str]
    age: str
    note: str
    owner: str
    version: int
    can_take: bool
    care_unit: CareUnit | None
    """That the permit is for which the finding is about."""


@require_safe
@for_those_who(Capability.READ_FINDINGS)
def control(_request: WallRequest) -> HttpResponse:
    """All parts of the control lie under this address, which the menu leads to."""
    return redirect("providers:findings")


@require_safe
@for_those_who(Capability.READ_FINDINGS)
def inbox(request: WallRequest) -> HttpResponse:
    asked = request.GET.get("show", "")
    shown = asked if asked in SHOWN else "to_judge"
    user_id, day = request.reach.user_id, clock.today()
    team = accounts.holders_of(Role.QUALITY_CONTROLLER)
    filterset = FindingFilter(
        request.GET,
        queries.findings().filter(queries.of_state(shown, user_id=user_id, day=day)),
        owners=[(str(one.pk), str(one)) for one in team],
    )
    page = Paginator(filterset.qs, ROWS_A_PAGE).get_page(request.GET.get("page"))
    can_judge = can(request.reach, Capability.TRIAGE_FINDINGS)
    takers = frozenset(one.pk for one in team) if can_judge else frozenset[int]()
    context = {
        "tabs": control_tabs("findings", request.reach),
        "shown": shown,
        "kinds": _kinds(shown, queries.counted(SHOWN, user_id=user_id, day=day)),
        "filter": filterset,
        "chosen": chosen_filters(filterset),
        "clear_url": f"?show={shown}",
        "page_of": page,
        "rows": shown_rows(page.object_list, takers),
        "empty": EMPTY[shown],
        "silent": [silence(one) for one in silent_sources()],
    }
    return render(request, "providers/control/findings.html", context)


def _kinds(shown: str, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    url = reverse("providers:findings")
    return [
        {
            "label": label,
            "url": f"{url}?show={name}",
            "current": name == shown,
            "count": counts[name],
        }
        for name, label in SHOWN.items()
    ]


def shown_rows(found: Iterable[Finding], takers: Collection[int]) -> list[Row]:
    """One that nobody of the takers has can be taken."""
    listed = list(found)
    units = queries.units_of_permits(listed)
    return [_shown_row(one, units.get(one.pk), takers) for one in listed]


def _shown_row(finding: Finding, care_unit: CareUnit | None, takers: Collection[int]) -> Row:
    now = clock.now()
    return Row(
        pk=finding.pk,
        said=words.said(finding),
        provider=finding.provider.name,
        source=words.found_by(finding),
        severity=words.severity(finding),
        state=words.state(finding),
        age=wording.since(finding.found_at, now=now),
        note=_note(finding),
        owner=str(finding.owner) if finding.owner else words.nobody(),
        version=finding.version,
        can_take=bool(takers) and finding.owner_id not in takers and finding.state in TO_TRIAGE,
        care_unit=care_unit,
    )


def _note(finding: Finding) -> str:
    if finding.state == FindingState.REVIEW and not hasattr(finding, "review"):
        return _("The review is not opened")
    if finding.watched_until is None:
        return ""
    day = wording.near_day(finding.watched_until, today=clock.today())
    return _("until %(day)s") % {"day": day}


@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who(Capability.READ_FINDINGS)
def finding_page(request: WallRequest, finding_id: int) -> HttpResponse:
    if request.method == "POST":
        check_can(request.reach, Capability.TRIAGE_FINDINGS)
    finding = _found(finding_id)
    if request.method != "POST":
        return _page(request, finding)
    form = JudgeForm(request.POST, is_reviewed=review_under_way(finding.provider_id) is not None)
    if not form.is_valid():
        return _page(request, finding, form, status=UNPROCESSABLE)
    return _after(request, finding, form, lambda: _judged(request, finding, form))


def _judged(request: WallRequest, finding: Finding, form: JudgeForm) -> str:
    """Take the step that was chosen; gives what to say of it."""
    chosen = form.cleaned_data
    given: dict[str, Any] = {
        "finding_id": finding.pk,
        "text": chosen["note"],
        "by": request.user.actor,
        "version": form.seen,
    }
    if chosen["step"] == FindingStep.WATCH:
        actions.watch_finding(until=chosen["until"], **given)
        day = wording.near_day(chosen["until"], today=clock.today())
        return _("The finding is watched, and comes back %(day)s.") % {"day": day}
    if chosen["step"] == FindingStep.DISMISS:
        actions.dismiss_finding(reason_code=chosen["reason"], **given)
        return _("The finding is dismissed.")
    actions.send_to_review(**given)
    return _("The finding is up for an in-depth review.")


@require_POST
@for_those_who(Capability.TRIAGE_FINDINGS)
def take(request: WallRequest, finding_id: int) -> HttpResponse:
    finding = _found(finding_id)

    def act() -> str:
        actions.assign_finding(
            finding_id=finding.pk,
            to_id=request.user.pk,
            by=request.user.actor,
            version=sent_version(request),
        )
        return _("The finding is yours now.")

    return _after(request, finding, JudgeForm(), act)


@require_POST
@for_those_who(Capability.TRIAGE_FINDINGS)
def hand_over(request: WallRequest, finding_id: int) -> HttpResponse:
    finding = _found(finding_id)
    form = OwnerForm(request.POST)
    if not form.is_valid():
        return _page(request, finding, owner_form=form, status=UNPROCESSABLE)

    def act() -> str:
        assigned = actions.assign_finding(
            finding_id=finding.pk,
            to_id=form.cleaned_data["to"],
            by=request.user.actor,
            version=form.seen,
        )
        return _("The finding is handed over to %(who)s.") % {"who": assigned.owner}

    return _after(request, finding, JudgeForm(), act)


@require_POST
@for_those_who(Capability.TRIAGE_FINDINGS)
def reopen(request: WallRequest, finding_id: int) -> HttpResponse:
    finding = _found(finding_id)

    def act() -> str:
        actions.reopen_finding(
            finding_id=finding.pk, by=request.user.actor, version=sent_version(request)
        )
        return _("The finding is open again.")

    try:
        return _after(request, finding, JudgeForm(), act)
    except actions.IsOpenAlready:
        messages.warning(request, _("The same thing has been found again, and is open already."))
        return redirect("providers:finding", finding_id)


def _after(
    request: WallRequest, finding: Finding, form: JudgeForm, act: Callable[[], str]
) -> HttpResponse:
    """409 where somebody else was quicker: what happened is told, and what was typed is kept."""
    try:
        done = act()
    except (actions.Outdated, StepNotAllowed):
        current = _found(finding.pk)
        if form.is_bound:
            form.renew(current.version)
        return _page(request, current, form, status=CONFLICT)
    messages.success(request, done)
    return redirect("providers:finding", finding.pk)


def _found(finding_id: int) -> Finding:
    finding = queries.finding_by_id(finding_id)
    if finding is None:
        raise Http404
    return finding


def _page(
    request: WallRequest,
    finding: Finding,
    form: JudgeForm | None = None,
    *,
    owner_form: OwnerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    log_reading(request.reading, [finding.reference])
    can_judge = can(request.reach, Capability.TRIAGE_FINDINGS)
    takers = team_that_takes(request.reach, Capability.TRIAGE_FINDINGS)
    is_open = finding.state in TO_TRIAGE
    initial = {"version": finding.version}
    under_way = review_under_way(finding.provider_id)
    bound = form if form is not None and form.is_bound else None
    entries = shown_entries(queries.entries_of(finding))
    context = {
        "finding": finding,
        "row": shown_rows([finding], takers)[0],
        "facts": _facts(finding),
        "form": (bound or JudgeForm(initial=initial, is_reviewed=under_way is not None))
        if can_judge and is_open
        else None,
        "typed": bound.data.get("note", "") if bound and not is_open else "",
        "owner_form": (
            (owner_form or OwnerForm(initial={**initial, "to": finding.owner_id}))
            if can_judge and is_open
            else None
        ),
        "can_reopen": can_judge and finding.state == FindingState.DISMISSED,
        "under_way": under_way,
        "review": review_of_finding(finding.pk),
        "can_review": finding.state == FindingState.REVIEW
        and can(request.reach, Capability.REVIEW_PROVIDERS),
        "conflict": entries[:1] if status == CONFLICT else [],
        "is_late": status == CONFLICT,
        "entries": entries,
        "trail": [
            Crumb(_("Findings"), "providers:findings"),
            Crumb(words.said(finding).title),
        ],
    }
    return render(request, "providers/control/finding.html", context, status=status)


def _facts(finding: Finding) -> list[tuple[str, str]]:
    said = [
        (_("Source"), words.found_by(finding)),
        (_("Found"), wording.moment(finding.found_at, now=clock.now())),
    ]
    if finding.day:
        said.append((_("Day of it"), wording.day(finding.day)))
    return said
