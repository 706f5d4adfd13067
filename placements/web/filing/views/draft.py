"""A draft as a task list: sections that are saved one by one."""

import re
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from placements import actions, policies, queries
from placements.domain.lifecycle import EDITABLE, State
from placements.domain.sections import Section
from placements.models import PlacementRequest
from placements.queries.completeness import problems_of, sections_of
from placements.web.filing import forms, sections
from placements.web.shared.attachments.shown import shown
from placements.web.shared.household import household_of
from placements.web.shared.opening import about_readable_request, for_readers
from placements.web.shared.proposals import continuation_of
from placements.web.shared.same_person import same_person
from spink.accounts.middleware import WallRequest
from spink.accounts.policies import NotAllowed
from spink.foundation import clock

FORMS: dict[Section, type[forms.SectionForm]] = {
    Section.PERSON: forms.PersonForm,
    Section.CHILD: forms.ChildForm,
    Section.SERVICE: forms.ServiceForm,
    Section.DECISION: forms.DecisionForm,
    Section.NEEDS: forms.NeedsForm,
    Section.PLACE: forms.PlaceForm,
    Section.MORE: forms.MoreForm,
}
UNPROCESSABLE = 422
CONFLICT = 409
VERSION = re.compile(r"[0-9]{1,9}")


@for_readers
@require_POST
def start(request: WallRequest) -> HttpResponse:
    """Begin a draft; the form's own key makes a double click one draft."""
    policies.check_can_file(request.reach)
    try:
        draft = actions.start_draft(
            unit_id=_unit_id(request), creation_key=key_of(request), by=request.user.actor
        )
    except actions.KeyTaken:
        raise Http404 from None
    return redirect("placements:section", draft.reference, Section.PERSON.value)


def _unit_id(request: WallRequest) -> int:
    units = {str(unit): unit for unit in request.reach.filing_unit_ids}
    wanted = request.POST.get("unit", "")
    if not wanted:
        return min(units.values())
    if wanted not in units:
        raise NotAllowed(_("You do not file requests for this unit."))
    return units[wanted]


def key_of(request: WallRequest) -> UUID:
    try:
        return UUID(request.POST.get("creation_key", ""))
    except ValueError:
        raise Http404 from None


@require_safe
@about_readable_request
def edit(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    """The task list."""
    if placement.state not in EDITABLE:
        return redirect("placements:request", placement.reference)
    policies.check_can_edit_draft(placement, request.reach)
    problems = problems_of(placement, on=clock.today())
    context = {
        "placement": placement,
        "title": sections.title_of(placement),
        "tasks": sections.tasks_of(placement, problems),
        "is_complete": not problems,
        "documents": shown(queries.attachments_of(placement), placement, request.reach),
        "acute_url": reverse("placements:acute", args=[placement.reference])
        if policies.can_place_acute(placement, request.reach)
        else "",
        "household": household_of(placement, request.reading),
        "creation_key": uuid4(),
        "same": same_person(request, placement),
        "continuation": continuation_of(request, placement),
    }
    return render(request, "placements/filing/edit.html", context)


@about_readable_request
def section(request: WallRequest, placement: PlacementRequest, section: str) -> HttpResponse:
    """One section. What cannot be kept is said at its field, and all that was typed stays."""
    wanted = _section(section)
    _check_may_write(wanted, placement, request)
    form = FORMS[wanted](request.POST or None, request=placement)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                _save(form, placement, request)
            except actions.Outdated:
                _renew(form, wanted, placement, request)
                status = CONFLICT
            else:
                messages.success(request, _("Saved."))
                return redirect(_next_url(request, placement, wanted))
        else:
            status = UNPROCESSABLE
    context = {
        "placement": placement,
        "title": sections.TITLES[wanted],
        "form": form,
        **_place_among(wanted, placement),
    }
    return render(request, "placements/filing/section.html", context, status=status)


def _place_among(wanted: Section, placement: PlacementRequest) -> dict[str, int]:
    """Part 2 of 6; 0 for a section that is not asked of this request."""
    asked = sections_of(placement)
    return {"number": asked.index(wanted) + 1 if wanted in asked else 0, "of": len(asked)}


def _check_may_write(wanted: Section, placement: PlacementRequest, request: WallRequest) -> None:
    if wanted is Section.PERSON:
        policies.check_can_edit_person(placement, request.reach)
    else:
        policies.check_can_edit_draft(placement, request.reach)


def _section(name: str) -> Section:
    try:
        return Section(name)
    except ValueError:
        raise Http404 from None


def _save(form: forms.SectionForm, placement: PlacementRequest, request: WallRequest) -> None:
    known = {
        "request_id": placement.pk,
        "by": request.user.actor,
        "version": form.cleaned_data["version"],
    }
    if isinstance(form, forms.PersonForm):
        actions.save_person(details=form.details(), **known)
    else:
        actions.save_section(section=form.section, values=form.values(), **known)


def _renew(
    form: forms.SectionForm, wanted: Section, placement: PlacementRequest, request: WallRequest
) -> None:
    """What was typed stays and can be saved now, by one who may still write the section."""
    placement.refresh_from_db()
    _check_may_write(wanted, placement, request)
    form.renew(placement.version)
    if isinstance(form, forms.PersonForm):
        form.take_over_mark(placement)
    form.add_error(
        None,
        _(
            "The draft was changed in another window or by a colleague since you opened this page. "
            "What you typed is still here: open the section in a new tab to see what differs, "
            "and save again if it still holds."
        ),
    )


def _next_url(request: WallRequest, placement: PlacementRequest, saved: Section) -> str:
    if request.GET.get("back") == "check":
        return reverse("placements:check", args=[checked_with(placement).reference])
    placement.refresh_from_db()  # what was saved decides what is asked next
    if saved is Section.CHILD and "stay" not in request.POST and _is_complete(placement):
        return reverse("placements:edit", args=[checked_with(placement).reference])
    asked = sections_of(placement)
    after = asked.index(saved) + 1 if saved in asked else len(asked)
    if "stay" in request.POST or after == len(asked):
        return reverse("placements:edit", args=[placement.reference])
    return reverse("placements:section", args=[placement.reference, asked[after].value])


def _is_complete(placement: PlacementRequest) -> bool:
    """Of a child nothing is left to ask: the rest is carried over from the adult's request."""
    return not problems_of(placement, on=clock.today())


def checked_with(placement: PlacementRequest) -> PlacementRequest:
    """The draft on whose page this one is checked and sent: the adult's, for a child's."""
    adult = placement.household_of
    return adult if adult is not None and adult.state == State.DRAFT else placement


def version_of(request: WallRequest) -> int | None:
    """What no page was made from is outdated, however it is written."""
    version = request.POST.get("version", "")
    if not version:
        return None
    return int(version) if VERSION.fullmatch(version) else 0
