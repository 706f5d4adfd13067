"""Check your answers, and send: one request, or those of a household together."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placements import actions, policies, queries
from placements.domain.lifecycle import EDITABLE, State, StepNotAllowed
from placements.domain.sections import Section
from placements.models import PlacementRequest
from placements.queries.completeness import Problem, problems_of
from placements.web.filing import sections
from placements.web.filing.views.draft import CONFLICT, UNPROCESSABLE, checked_with, version_of
from placements.web.shared.household import who_text
from placements.web.shared.opening import about_readable_request
from placements.web.shared.same_person import same_person
from placements.web.shared.working_time import out_of_hours
from spink.accounts.domain.reach import Reach
from spink.accounts.middleware import WallRequest
from spink.foundation import clock

OF_A_CHILD = (Section.PERSON, Section.CHILD, Section.NEEDS)


@dataclass(frozen=True, slots=True)
class Member:
    """A child's draft on the page of the adult's."""

    reference: str
    title: str
    parts: list[sections.Part]


@about_readable_request
def check(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    """All answers, with what is still missing; a child's draft is sent with the adult's."""
    if placement.state not in EDITABLE:
        return redirect("placements:request", placement.reference)
    policies.check_can_edit_draft(placement, request.reach)
    whole = checked_with(placement)
    if whole.pk != placement.pk:
        return redirect("placements:check", whole.reference)
    status = 200
    if request.method == "POST":
        try:
            return _submit(request, placement)
        except actions.Incomplete:
            status = UNPROCESSABLE
        except StepNotAllowed:
            return redirect("placements:request", placement.reference)
        except actions.Outdated:
            placement.refresh_from_db()
            messages.warning(request, _("The draft has changed: check it once more."))
            status = CONFLICT
    context = _context(request, placement)
    return render(request, "placements/filing/check.html", context, status=status)


def _context(request: WallRequest, placement: PlacementRequest) -> dict[str, object]:
    children = _drafts_with(placement)
    queries.log_list(children, reading=request.reading)
    today = clock.today()
    own = problems_of(placement, on=today)
    others = {child.pk: problems_of(child, on=today) for child in children}
    return {
        "placement": placement,
        "title": sections.title_of(placement),
        "parts": sections.answers_of(placement, request.reach, own),
        "members": [_member(child, request.reach, others[child.pk]) for child in children],
        "problems": [
            *sections.summary_of(placement, own),
            *(
                _named(child, line)
                for child in children
                for line in sections.summary_of(child, others[child.pk])
            ),
        ],
        "count": 1 + len(children),
        "jour": out_of_hours(placement),
        "same": same_person(request, placement),
    }


def _drafts_with(placement: PlacementRequest) -> list[PlacementRequest]:
    """The children's drafts, which are sent together with the adult's."""
    found = queries.household_of(placement)
    return [one for one in found if one.pk != placement.pk and one.state == State.DRAFT]


def _named(child: PlacementRequest, line: tuple[str, str]) -> tuple[str, str]:
    text, url = line
    return f"{who_text(child)}. {text}", url


def _member(child: PlacementRequest, reach: Reach, problems: list[Problem]) -> Member:
    parts = sections.answers_of(child, reach, problems)
    own = [part for part in parts if part.section in OF_A_CHILD]
    who = who_text(child)
    return Member(child.reference, who, [_told_apart(part, who, child.reference) for part in own])


def _told_apart(part: sections.Part, who: str, reference: str) -> sections.Part:
    """For those who hear the headings, whose part it is: the adult has one of the same name."""
    named = format_html('{}<span class="hidden">, {}, {}</span>', part.title, who, reference)
    return replace(part, title=named)


def _submit(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    known: dict[str, Any] = {
        "request_id": placement.pk,
        "by": request.user.actor,
        "version": version_of(request),
    }
    if placement.state == State.PLACED_ACUTE:
        actions.complete_request(**known)
        done = _("The request %(reference)s is completed.") % {"reference": placement}
        messages.success(request, done)
        return redirect("placements:request", placement.reference)
    sent = actions.submit_household(**known)
    said = ngettext(
        "The request %(reference)s is sent.",
        "The household's %(count)d requests are sent.",
        len(sent),
    )
    messages.success(request, said % {"reference": placement, "count": len(sent)})
    return redirect("placements:request", placement.reference)
