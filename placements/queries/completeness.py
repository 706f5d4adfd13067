"""What keeps a draft from being sent: what is missing, and what is not routed here."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from placements.domain.age import ADULT
from placements.domain.sections import Asked, Section, missing
from placements.models import PlacementRequest
from spink.catalogue import queries as catalogue
from spink.catalogue.models import LegalBasis, ServiceType
from spink.catalogue.queries import Chosen


@dataclass(frozen=True, slots=True)
class Problem:
    section: Section
    field: str
    text: str


def problems_of(
    request: PlacementRequest, *, on: date, chosen: Chosen | None = None
) -> list[Problem]:
    """All that is wrong, in the order of the sections; empty when it can be sent on the day.

    `chosen` is what the catalogue says of the request, where that is known already.
    """
    if chosen is None:
        chosen = catalogue.chosen(service=request.service_type, basis=request.legal_basis, day=on)
    service, basis = chosen.service, chosen.basis
    values = {name: getattr(request, name) for name in VALUES}
    asked = Asked(
        subtype_required=bool(service and service.subtype_required),
        is_compulsory=bool(basis and basis.is_compulsory),
        is_child_of_household=request.household_of_id is not None,
    )
    lacking = [
        Problem(section, name, _("Fill this in before you send the request."))
        for section, names in missing(values, asked).items()
        for name in names
    ]
    found = (
        lacking
        + _routing(service, on)
        + _subtype(chosen, request)
        + _basis(basis, request)
        + _dates(request, on)
        + _contradictions(request)
    )
    return sorted(found, key=lambda problem: list(Section).index(problem.section))


VALUES = (
    "person_id",
    "age",
    "gender",
    "service_type",
    "subtype",
    "legal_basis",
    "decision_date",
    "wanted_start",
    "urgency",
    "disclosure_basis",
    "best_interests",
    "childs_view",
)


def sections_of(request: PlacementRequest) -> list[Section]:
    """Those that are asked for: what concerns a child, only of a child."""
    return [section for section in Section if section is not Section.CHILD or is_child(request)]


def is_child(request: PlacementRequest) -> bool:
    by_age = request.age is not None and request.age < ADULT
    return by_age or request.household_of_id is not None


def routing_problem(service: ServiceType, *, on: date) -> str | None:
    """Why the service cannot be asked for here on the day: where to turn instead. None: it can."""
    ended = service.valid_to is not None and service.valid_to < on
    early = service.valid_from is not None and service.valid_from > on
    if service.is_requested and not ended and not early:
        return None
    return service.referral or _("This service cannot be asked for today.")


def _routing(service: ServiceType | None, on: date) -> list[Problem]:
    if service is None:
        return []
    text = routing_problem(service, on=on)
    return [Problem(Section.SERVICE, "service_type", text)] if text else []


def _subtype(chosen: Chosen, request: PlacementRequest) -> list[Problem]:
    if chosen.service is None or not request.subtype or request.subtype in chosen.subtypes:
        return []
    text = _("This subtype belongs to another service than %(service)s.")
    return [Problem(Section.SERVICE, "subtype", text % {"service": chosen.service.name})]


def _contradictions(request: PlacementRequest) -> list[Problem]:
    found = []
    if set(request.needs_required) & set(request.needs_wished):
        text = _("A need is either required or wished, not both.")
        found.append(Problem(Section.NEEDS, "needs_wished", text))
    if request.within_km and not request.near_label:
        text = _("Say near what, or choose however far.")
        found.append(Problem(Section.PLACE, "near", text))
    return found


def _basis(basis: LegalBasis | None, request: PlacementRequest) -> list[Problem]:
    text = basis_problem(basis, decided=request.decision_date) if basis else None
    return [Problem(Section.DECISION, "legal_basis", text)] if text else []


def basis_problem(basis: LegalBasis, *, decided: date | None) -> str | None:
    """Why the decision cannot rest on this section of law: not handled here, or not in force."""
    if not basis.is_handled_here:
        return basis.referral
    if decided is None:
        return None
    too_early = basis.valid_from is not None and decided < basis.valid_from
    too_late = basis.valid_to is not None and decided > basis.valid_to
    if too_early or too_late:
        return _("This section of law was not in force on the decision date.")
    return None


def _dates(request: PlacementRequest, on: date) -> list[Problem]:
    if request.decision_date and request.decision_date > on:
        text = _("The decision date lies in the future.")
        return [Problem(Section.DECISION, "decision_date", text)]
    return []
