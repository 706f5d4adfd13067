"""What of the register is changed as one: a row, or the part that a unit has one of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Model

from providers.actions.rows import bring_up, remove
from providers.models import (
    Agreement,
    AgreementLot,
    AgreementUnit,
    CareUnit,
    CareUnitAddress,
    CareUnitService,
    CorporateGroup,
    DirectAwardVetting,
    Permit,
    Price,
    Provider,
    RegisterSetting,
)


@dataclass(frozen=True, slots=True)
class Part:
    """`of_unit`: the row is found by its unit, and made when something is first known of it."""

    name: str
    model: type[Model]
    of_unit: bool = False

    @property
    def subject(self) -> str:
        """What the audit trail calls it: units of the organisation stand there as well."""
        return f"register_{self.name}"


SERVICES: Final = "services"
PARTS: Final = {
    part.name: part
    for part in (
        Part("group", CorporateGroup),
        Part("provider", Provider),
        Part("unit", CareUnit),
        Part("address", CareUnitAddress, of_unit=True),
        Part(SERVICES, CareUnitService, of_unit=True),
        Part("permit", Permit, of_unit=True),
        Part("direct_award", DirectAwardVetting, of_unit=True),
        Part("agreement", Agreement),
        Part("lot", AgreementLot),
        Part("agreed", AgreementUnit),
        Part("price", Price),
        Part("setting", RegisterSetting),
    )
}

Values = Mapping[str, Any]
"""By the names of attributes; of services a list of {"service_type", "subtypes"}."""


def write(part: Part, row_id: int | None, values: Values) -> Model:
    """The row with the values; a new one where `row_id` is None. Raises DoesNotExist.

    Within `changing_register`, which makes those who write wait for each other.
    """
    if part.name == SERVICES:
        return _write_services(row_id or 0, values[SERVICES])
    row = _row(part, row_id)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return row


def _row(part: Part, row_id: int | None) -> Model:
    if row_id is None:
        return part.model()
    rows = part.model._default_manager.select_for_update()
    if part.of_unit:
        return rows.filter(unit_id=row_id).first() or part.model(unit_id=row_id)
    return rows.get(pk=row_id)


def _write_services(unit_id: int, services: list[dict[str, Any]]) -> CareUnit:
    unit = CareUnit.objects.select_for_update().get(pk=unit_id)
    existing = {service.service_type_id: service for service in unit.services.all()}
    wanted = {
        service["service_type"]: {
            "unit_id": unit_id,
            "service_type_id": service["service_type"],
            "subtypes": list(service["subtypes"]),
            "position": position,
        }
        for position, service in enumerate(services)
    }
    remove(CareUnitService, [row for code, row in existing.items() if code not in wanted])
    bring_up(CareUnitService, existing, wanted)
    return unit
