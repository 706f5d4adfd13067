"""What a stop would do to the reader's own requests. Nothing is said of whether, or why, somebody
thinks of one: the page answers for every unit, provider and group alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from providers.models import CareUnit, Provider, StopKind
from providers.queries import keeping, named_units, pages
from providers.queries.stops import Target, register_of, units_under
from providers.stop_previews import Asked, OwnCase, Stage, StopTeller, stop_teller
from providers.web.keeping.forms.base import day_field
from providers.web.keeping.opening import or_404
from providers.web.keeping.providers import group_trail, provider_trail
from providers.web.keeping.units import unit_trail
from providers.web.trail import Crumb
from spink.accounts.access_log import log_reading
from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.web.opening import for_those_who
from spink.catalogue import queries as catalogue
from spink.catalogue.wording import rung_name
from spink.foundation import clock
from spink.web import wording
from spink.web.forms import Form

ROWS_A_PAGE: Final = 50
STAGES: Final[Mapping[Stage, tuple[str, Promise]]] = {
    Stage.RECOMMENDED: ("working", gettext_lazy("Recommended")),
    Stage.ASKED: ("waiting", gettext_lazy("Asked")),
    Stage.MATCHED: ("reserve", gettext_lazy("Fits")),
}


class IfStoppedForm(Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("What would hold"), choices=StopKind.choices, required=False
    )
    valid_from = day_field(gettext_lazy("From"))
    valid_to = day_field(gettext_lazy("To"))

    def __init__(self, data: Any) -> None:
        super().__init__(data, initial={"kind": StopKind.PAUSED})

    @property
    def answered(self) -> tuple[str, date, date | None]:
        """What is missing or faulty is as the widest stop: of every rung, from today on."""
        given: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        kind = given.get("kind") or StopKind.PAUSED.value
        return kind, given.get("valid_from") or clock.today(), given.get("valid_to")


@dataclass(frozen=True, slots=True)
class Row:
    reference: str
    address: str
    service: str
    start: str
    stage: tuple[str, str]
    loses: str
    instead: str
    """Empty for none."""
    instead_code: str
    rung: str


@require_safe
@for_those_who(Capability.READ_REQUESTS)
def if_unit_stopped(request: WallRequest, code: str) -> HttpResponse:
    unit = or_404(pages.unit_by_code(code))
    return _page(request, unit, unit_trail(unit, _title()))


@require_safe
@for_those_who(Capability.READ_REQUESTS)
def if_provider_stopped(request: WallRequest, provider_id: int) -> HttpResponse:
    provider = or_404(pages.provider_by_id(provider_id))
    here = Crumb(provider.name, "providers:provider", (provider.pk,))
    return _page(request, provider, provider_trail(here, Crumb(_title())))


@require_safe
@for_those_who(Capability.READ_REQUESTS)
def if_group_stopped(request: WallRequest, group_id: int) -> HttpResponse:
    group = or_404(keeping.group_by_id(group_id))
    here = Crumb(group.name, "providers:group", (group.pk,))
    return _page(request, group, group_trail(here, Crumb(_title())))


def _title() -> str:
    return _("If it is stopped")


def if_stopped_url(on: Target, asked: Mapping[str, str] | None = None) -> str:
    """The page of the target; `asked` is what would hold."""
    if isinstance(on, CareUnit):
        url = reverse("providers:unit_if_stopped", args=[on.code])
    else:
        kind = "provider" if isinstance(on, Provider) else "group"
        url = reverse(f"providers:{kind}_if_stopped", args=[on.pk])
    return f"{url}?{urlencode(asked)}" if asked else url


def _page(request: WallRequest, on: Target, trail: list[Crumb]) -> HttpResponse:
    form = IfStoppedForm(request.GET if "kind" in request.GET else None)
    teller = stop_teller()
    cases: Sequence[OwnCase] = []
    if teller is not None:
        asked = Asked(*form.answered, units=register_of(units_under(on)))
        cases = teller.own(asked, request.reach)
    page = Paginator(cases, ROWS_A_PAGE).get_page(request.GET.get("page"))
    listed = list(page.object_list)
    log_reading(request.reading, [case.reference for case in listed])
    context = {
        "on": on,
        "form": form,
        "page_of": page,
        "rows": _rows(listed, teller) if teller else [],
        "without": sum(not case.alternative for case in cases),
        "trail": trail,
    }
    return render(request, "providers/stops/own.html", context)


def _rows(cases: Sequence[OwnCase], teller: StopTeller) -> list[Row]:
    names = named_units({code for one in cases for code in (*one.units, one.alternative)})
    services = catalogue.names({one.service for one in cases}, of="service")
    return [
        Row(
            one.reference,
            teller.address(one.reference),
            services[one.service],
            wording.short_day(one.wanted_start),
            (STAGES[one.stage][0], str(STAGES[one.stage][1])),
            ", ".join(names[code].name for code in one.units if code in names),
            names[one.alternative].name if one.alternative in names else "",
            one.alternative,
            rung_name(one.form) if one.form else "",
        )
        for one in cases
    ]
