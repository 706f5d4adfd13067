"""The register's document (docs: the match format): its parts, checked."""

from collections.abc import Collection, Mapping, Sequence

from providers.domain.register.unit_document import UnitRow, read_unit
from spink.catalogue.domain.ladder import LADDER
from spink.foundation import fields
from spink.foundation.bad_input import BadInput
from spink.foundation.fields import Document

ProvisionForms = Mapping[str, frozenset[str]]
"""Which rungs exist for each service type."""

_KNOWN_FORMS = frozenset(LADDER)


def read_provision_forms(given: Document) -> ProvisionForms:
    forms = fields.required(fields.part, given, "provision_forms")
    try:
        for service_type in forms:
            fields.code({"provision_forms": service_type}, "provision_forms")
        return {service_type: _forms(forms, service_type) for service_type in forms}
    except BadInput as bad:
        inside = bad if bad.field == "provision_forms" else bad.inside("provision_forms")
        raise inside from None


def read_units(units: Sequence[object], service_types: Collection[str]) -> list[UnitRow]:
    """Ordered by id, by code point."""
    rows: dict[str, UnitRow] = {}
    for number, document in enumerate(units):
        try:
            row = read_unit(document, service_types)
            if row.id in rows:
                raise BadInput("is the id of another unit too", field="id")
        except BadInput as bad:
            raise bad.at(f"units[{number}]") from None
        rows[row.id] = row
    return [rows[unit_id] for unit_id in sorted(rows)]


def listed_units(given: Document) -> Sequence[object]:
    if given.get("units") is None:
        raise BadInput("is missing", field="units")
    return fields.listed(given, "units")


def _forms(forms: Document, service_type: str) -> frozenset[str]:
    if forms[service_type] is None:
        raise BadInput("must be a list", field=service_type)
    return frozenset(fields.all_among(forms, service_type, _KNOWN_FORMS))
