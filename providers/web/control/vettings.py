"""The list of vettings, and one vetting as a list of the checks that it rests on."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from providers.actions.control import vettings as actions
from providers.actions.control.checking import Outdated
from providers.domain.control.vetting import WORKED_ON, VettingState, VettingStepNotAllowed
from providers.models import Vetting, VettingSetting
from providers.queries.control import vettings as queries
from providers.queries.control.documents import documents_of
from providers.web.control import vetting_words as words
from providers.web.control.shown_checks import shown_check
from providers.web.control.stepping import CONFLICT, UNPROCESSABLE, sent_version
from providers.web.control.tabs import control_tabs
from providers.web.control.team import team_that_takes
from providers.web.control.vetting_forms import OwnerForm, SettingForm
from providers.web.trail import Crumb
from spink.accounts.access_log import log_reading
from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.policies import can
from spink.accounts.web.opening import for_those_who
from spink.foundation import clock
from spink.web import wording
from spink.web.navigation import Text

ROWS_A_PAGE = 50
SHOWN: dict[str, Text] = {
    "ongoing": gettext_lazy("Vettings under way"),
    "due": gettext_lazy("Checks to make again"),
    "mine": gettext_lazy("My vettings"),
    "added": gettext_lazy("Added for direct award"),
    "by_ink": gettext_lazy("Vetted by INK"),
    "closed": gettext_lazy("Not added, ended or broken off"),
}
EMPTY: dict[str, Text] = {
    "ongoing": gettext_lazy("No vetting is under way. A vetting is begun on the provider's page."),
    "due": gettext_lazy("No check runs out soon."),
    "mine": gettext_lazy("You have no vetting to go on with, and no check to make again."),
    "added": gettext_lazy("No provider has been added by a vetting yet."),
    "by_ink": gettext_lazy("No vetting by INK is noted yet."),
    "closed": gettext_lazy("Nothing has been refused, ended or broken off yet."),
}


@dataclass(frozen=True, slots=True)
class Row:
    pk: int
    reference: str
    provider: str
    provider_id: int
    state: tuple[str, str]
    done: int
    total: int
    begun: str
    runs_out: tuple[str, str]
    """The look and the day of the check that runs out first."""
    first_check: str
    to_make: str
    """How many checks are to be made again."""
    owner: str
    version: int
    can_take: bool


@require_safe
@for_those_who(Capability.READ_VETTINGS)
def vetting_list(request: WallRequest) -> HttpResponse:
    asked, text = request.GET.get("show", ""), request.GET.get("q", "")[:80].strip()
    shown, day = asked if asked in SHOWN else "ongoing", clock.today()
    user_id = request.reach.user_id
    found = queries.vettings().filter(queries.of_state(shown, day=day, user_id=user_id))
    if text:
        found = queries.vettings_named(found, text)
    warned, team = queries.warned(), team_that_takes(request.reach, Capability.VET_PROVIDERS)
    found = queries.with_checks_to_make(found, by=day + warned)
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": control_tabs("vettings", request.reach),
        "kinds": _kinds(shown, queries.counted(SHOWN, day=day, user_id=user_id)),
        "shown": shown,
        "q": text,
        "page_of": page,
        "rows": [shown_row(one, day=day, warned=warned, team=team) for one in page.object_list],
        "empty": EMPTY[shown],
        "warned": warned.days,
        "can_vet": can(request.reach, Capability.VET_PROVIDERS),
    }
    return render(request, "providers/control/vettings.html", context)


def _kinds(shown: str, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    url = reverse("providers:vettings")
    return [
        {
            "label": label,
            "url": f"{url}?show={name}",
            "current": name == shown,
            "count": counts[name],
        }
        for name, label in SHOWN.items()
    ]


def shown_row(vetting: Vetting, *, day: date, warned: timedelta, team: Collection[int] = ()) -> Row:
    """It can be taken where nobody of the team has it: also when who had it has left."""
    runs_out = _first_end(vetting, day=day, warned=warned)
    return Row(
        pk=vetting.pk,
        reference=vetting.reference,
        provider=vetting.provider.name,
        provider_id=vetting.provider_id,
        state=words.state(vetting),
        done=getattr(vetting, "made_count", 0),
        total=len(vetting.checks),
        begun=wording.since(vetting.begun_at, now=clock.now()),
        runs_out=runs_out,
        first_check=words.check_name(getattr(vetting, "first_check", "")) if runs_out[1] else "",
        to_make=_to_make(getattr(vetting, "to_make", 0)),
        owner=str(vetting.owner) if vetting.owner else words.nobody(),
        version=vetting.version,
        can_take=bool(team) and vetting.state in WORKED_ON and vetting.owner_id not in team,
    )


def _to_make(count: int) -> str:
    text = ngettext("%(count)d to make again", "%(count)d to make again", count)
    return text % {"count": count} if count else ""


def _first_end(vetting: Vetting, *, day: date, warned: timedelta) -> tuple[str, str]:
    ends: date | None = getattr(vetting, "runs_out", None)
    if ends is None or vetting.state not in WORKED_ON:
        return "", ""
    said = wording.near_day(ends, today=day)
    if ends < day:
        return "late", _("Ran out %(day)s") % {"day": said}
    return "old" if ends <= day + warned else "", said


@require_safe
@for_those_who(Capability.READ_VETTINGS)
def vetting_page(request: WallRequest, vetting_id: int) -> HttpResponse:
    return _page(request, found(vetting_id))


def _page(
    request: WallRequest,
    vetting: Vetting,
    owner_form: OwnerForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    log_reading(request.reading, [vetting.reference])
    day, warned = clock.today(), queries.warned()
    can_vet = can(request.reach, Capability.VET_PROVIDERS)
    is_ongoing = vetting.state == VettingState.ONGOING
    made, earlier = queries.latest_checks(vetting), queries.earlier_checks(vetting)
    documents = documents_of(one.pk for one in (*made.values(), *earlier))
    is_worked_on = can_vet and vetting.state in WORKED_ON
    initial = {"version": vetting.version, "to": vetting.owner_id}
    entries = words.shown_entries(queries.entries_of(vetting))
    context = {
        "vetting": vetting,
        "state": words.state(vetting),
        "checks": [
            shown_check(
                code,
                made.get(code),
                warned=warned if vetting.state in WORKED_ON else None,
                documents=documents,
                url=reverse("providers:vetting-check", args=[vetting.pk, code]),
            )
            for code in vetting.checks
        ],
        "earlier": [
            shown_check(one.check_code, one, warned=None, documents=documents) for one in earlier
        ],
        "done": len(made),
        "total": len(vetting.checks),
        "reasons": words.reason_names(vetting.reason_codes),
        "units": queries.units_of(vetting),
        "missing": words.missing(queries.in_the_way(vetting, day)) if is_ongoing else [],
        "has_failed": any(one.result == "failed" for one in made.values()),
        "can_check": is_worked_on,
        "can_decide": can_vet and is_ongoing,
        "can_end": can_vet and vetting.state in (VettingState.ADDED, VettingState.BY_INK),
        "owner": str(vetting.owner) if vetting.owner else words.nobody(),
        "can_take": is_worked_on and vetting.owner_id != request.user.pk,
        "owner_form": (owner_form or OwnerForm(initial=initial)) if is_worked_on else None,
        "entries": entries,
        "is_late": status == CONFLICT,
        "conflict": entries[:1] if status == CONFLICT else [],
        "trail": [Crumb(_("Vettings"), "providers:vettings"), Crumb(vetting.reference)],
    }
    return render(request, "providers/control/vetting.html", context, status=status)


def found(vetting_id: int) -> Vetting:
    vetting = queries.vetting_by_id(vetting_id)
    if vetting is None:
        raise Http404
    return vetting


@require_POST
@for_those_who(Capability.VET_PROVIDERS)
def hand_over(request: WallRequest, vetting_id: int) -> HttpResponse:
    vetting = found(vetting_id)
    form = OwnerForm(request.POST)
    if not form.is_valid():
        return _page(request, vetting, form, status=UNPROCESSABLE)
    try:
        changed = actions.assign_vetting(
            vetting_id=vetting.pk,
            to_id=form.cleaned_data["to"],
            by=request.user.actor,
            version=form.seen,
        )
    except (Outdated, VettingStepNotAllowed):
        return _page(request, found(vetting_id), status=CONFLICT)
    messages.success(request, _("The vetting is handed over to %(who)s.") % {"who": changed.owner})
    return redirect("providers:vetting", vetting.pk)


@require_POST
@for_those_who(Capability.VET_PROVIDERS)
def take(request: WallRequest, vetting_id: int) -> HttpResponse:
    vetting = found(vetting_id)
    try:
        actions.assign_vetting(
            vetting_id=vetting.pk,
            to_id=request.user.pk,
            by=request.user.actor,
            version=sent_version(request),
        )
    except (Outdated, VettingStepNotAllowed):
        return _page(request, found(vetting_id), status=CONFLICT)
    messages.success(request, _("The vetting is yours now."))
    return redirect("providers:vetting", vetting.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who(Capability.VET_PROVIDERS)
def settings(request: WallRequest) -> HttpResponse:
    row = VettingSetting(warned_days=queries.warned().days)
    form = SettingForm(request.POST or None, instance=row)
    if form.is_bound and form.is_valid():
        actions.set_warned_days(days=form.cleaned_data["warned_days"], by=request.user.actor)
        messages.success(request, _("The settings are saved."))
        return redirect("providers:vettings")
    context = {
        "form": form,
        "trail": [Crumb(_("Vettings"), "providers:vettings"), Crumb(_("Settings of vettings"))],
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "providers/control/vetting_settings.html", context, status=status)
