"""What is compared of units beside what a match says of them, in a constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from providers.models import AgreementUnit, CareUnit, DirectAwardVetting
from providers.queries.control.visits import LastVisit, last_visits
from providers.queries.pages import stops_in_force
from spink.catalogue.domain.ladder import ProvisionForm


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a unit stands on its rung by, and until when; no end is None."""

    name: str
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class ComparedUnit:
    """`stops` are kinds of those in force on the day; `agreed` is by rung."""

    code: str
    needs_met: frozenset[str]
    needs_refused: frozenset[str]
    methods: tuple[str, ...]
    staffing: str
    stops: tuple[str, ...]
    agreed: dict[ProvisionForm, Agreed]
    last_visit: LastVisit | None


def compared_units(
    codes: Iterable[str], *, municipality: str, service_type: str, start: date, today: date
) -> dict[str, ComparedUnit]:
    """By code; agreements are those of the municipality for the service on the start day."""
    units = list(
        CareUnit.objects.filter(code__in=list(codes))
        .select_related("provider", "direct_award")
        .prefetch_related(
            Prefetch("agreements", AgreementUnit.objects.select_related("lot__agreement"))
        )
    )
    stops = stops_in_force(units, today)
    visited = last_visits(unit.code for unit in units)
    return {
        unit.code: ComparedUnit(
            code=unit.code,
            needs_met=frozenset(unit.needs_met),
            needs_refused=frozenset(unit.needs_refused),
            methods=tuple(unit.methods),
            staffing=unit.staffing,
            stops=tuple(stop.kind for stop in stops[unit.pk]),
            agreed=_agreed(unit, municipality, service_type, start),
            last_visit=visited.get(unit.code),
        )
        for unit in units
    }


def _agreed(
    unit: CareUnit, municipality: str, service_type: str, start: date
) -> dict[ProvisionForm, Agreed]:
    found: dict[ProvisionForm, Agreed] = {}
    for place in unit.agreements.all():
        agreement = place.lot.agreement
        if (
            municipality in agreement.parties
            and place.lot.service_type_id == service_type
            and _holds(agreement.valid_from, agreement.valid_to, start)
            and agreement.provision_form
        ):
            form = ProvisionForm(agreement.provision_form)
            found.setdefault(form, Agreed(agreement.name or agreement.code, agreement.valid_to))
    award: DirectAwardVetting | None = getattr(unit, "direct_award", None)
    if award is not None and _holds(award.vetted_from, award.vetted_to, start):
        found[ProvisionForm.DIRECT_AWARD] = Agreed("", award.vetted_to)
    return found


def _holds(first: date | None, last: date | None, day: date) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)
