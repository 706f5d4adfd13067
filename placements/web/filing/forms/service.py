from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from placements.domain.sections import Section
from placements.queries.completeness import routing_problem
from placements.web.filing.forms.base import SectionForm
from placements.web.shared.services import by_area, by_service
from spink.catalogue import queries as catalogue
from spink.catalogue.models import ServiceType
from spink.foundation import clock
from spink.web.forms import offer


class ServiceForm(SectionForm):
    """Every service can be chosen, so that one who chooses wrongly learns where to turn."""

    section = Section.SERVICE

    service_type = forms.ChoiceField(label=_("Service"), required=False)
    subtype = forms.ChoiceField(
        label=_("Subtype"),
        help_text=_("Choose among those of the service."),
        required=False,
    )
    sis_shortage = forms.BooleanField(
        label=_("SiS shortage: the youth needs a SiS place and got none"), required=False
    )

    def prepare(self) -> None:
        self.services = {service.code: service for service in catalogue.all_services()}
        self.subtypes = catalogue.subtypes_by_service(clock.today())
        areas, subtypes = by_area(self.services.values()), by_service(self.services, self.subtypes)
        offer(self, "service_type", [("", _("Choose a service")), *areas])
        offer(self, "subtype", [("", _("No subtype")), *subtypes])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        service = self.services.get(cleaned.get("service_type") or "")
        if service is not None:
            self._check_routing(service)
            self._check_subtype(service, cleaned.get("subtype") or "")
        return cleaned

    def _check_routing(self, service: ServiceType) -> None:
        problem = routing_problem(service, on=clock.today())
        if problem:
            self.add_error("service_type", problem)

    def _check_subtype(self, service: ServiceType, subtype: str) -> None:
        own = {one.code for one in self.subtypes.get(service.code, [])}
        if subtype and subtype not in own:
            self.add_error(
                "subtype",
                _("This subtype belongs to another service than %(service)s.")
                % {"service": service.name},
            )
        elif service.subtype_required and not subtype:
            self.add_error("subtype", _("Choose a subtype of the service."))
