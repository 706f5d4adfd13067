"""The officer proposes another service to the social worker, and takes it back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from placements import actions, queries
from placements.domain.lifecycle import ProposalWaits, State, Step, StepNotAllowed
from placements.models import PlacementRequest
from placements.web.placing.opening import about_request
from placements.web.placing.steps import conflict_page, sent, step_page, taken
from placements.web.shared.need_facts import need_facts
from placements.web.shared.services import asked_for_today, by_area, by_service
from spink.accounts.middleware import WallRequest
from spink.catalogue import queries as catalogue
from spink.foundation import clock
from spink.web.forms import offer
from spink.web.versions import VersionedForm

TEMPLATE = "propose_service"


class ProposalForm(VersionedForm):
    """Services that can be asked for today, but for the one that has been."""

    kept_text = "note"
    service_type = forms.ChoiceField(
        label=gettext_lazy("Which service do you propose?"),
        error_messages={"required": gettext_lazy("Choose the service that you propose")},
    )
    subtype = forms.ChoiceField(
        label=gettext_lazy("Subtype"),
        help_text=gettext_lazy("Choose among those of the service, or leave it open."),
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("The social worker reads it, and answers yes or no."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
        error_messages={"required": gettext_lazy("Write why you propose another service")},
    )
    whole_household = forms.BooleanField(
        label=gettext_lazy("Propose the same to the whole household"),
        help_text=gettext_lazy("Those who are to live together get one proposal each."),
        required=False,
        initial=True,
    )

    def __init__(self, data: Any, placement: PlacementRequest, *, has_household: bool) -> None:
        super().__init__(data, initial={"version": placement.version})
        found = asked_for_today(catalogue.all_services())
        self.services = {one.code: one for one in found if one.code != placement.service_type}
        self.subtypes = catalogue.subtypes_by_service(clock.today())
        areas, subtypes = by_area(self.services.values()), by_service(self.services, self.subtypes)
        offer(self, "service_type", [("", _("Choose a service")), *areas])
        offer(self, "subtype", [("", _("No subtype")), *subtypes])
        if not has_household:
            del self.fields["whole_household"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        service = self.services.get(cleaned.get("service_type") or "")
        subtype = cleaned.get("subtype")
        if service is None or not subtype:
            return cleaned
        if subtype not in {one.code for one in self.subtypes.get(service.code, [])}:
            named = {"service": service.name}
            self.add_error(
                "subtype",
                _("This subtype belongs to another service than %(service)s.") % named,
            )
        return cleaned


@require_http_methods(["GET", "POST"])
@about_request
def propose(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    """The social worker is told, and answers on the request's own page."""
    if request.method == "GET" and placement.service_proposed_at is not None:
        error = ProposalWaits(Step.PROPOSE_SERVICE, State(placement.state))
        return conflict_page(request, placement, error)
    has_household = len(queries.living_together(placement)) > 1
    form = ProposalForm(sent(request), placement, has_household=has_household)

    def act() -> None:
        for_all = form.cleaned_data.get("whole_household", False)
        propose_it = actions.propose_to_household if for_all else actions.propose_service
        propose_it(
            request_id=placement.pk,
            service_type=form.cleaned_data["service_type"],
            subtype=form.cleaned_data["subtype"],
            note=form.cleaned_data["note"],
            by=request.user.actor,
            version=form.seen,
        )

    context = {"needs": need_facts(queries.as_one(placement))}
    if request.method != "POST":
        return step_page(request, placement, form, TEMPLATE, **context)
    refused = taken(request, placement, form, Step.PROPOSE_SERVICE, TEMPLATE, act, **context)
    if refused:
        return refused
    messages.success(request, _("Your proposal about %(reference)s is sent.") % _named(placement))
    return redirect("placements:request", placement.reference)


@require_POST
@about_request
def withdraw(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    """What is proposed to the whole household is withdrawn from all of it."""
    try:
        actions.answer_for_household(
            Step.WITHDRAW_PROPOSAL, request_id=placement.pk, by=request.user.actor
        )
    except StepNotAllowed as error:
        return conflict_page(request, placement, error)
    messages.success(request, _("The proposal is withdrawn."))
    return redirect("placements:match", placement.reference)


def _named(placement: PlacementRequest) -> dict[str, str]:
    return {"reference": placement.reference}
