"""The register's steps in the audit trail, in words. From what to what stands in its diary."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from providers.actions.keeping.parts import PARTS, SERVICES, Part
from providers.models import (
    Agreement,
    CareUnit,
    CorporateGroup,
    CorrectionResult,
    Fact,
    Provider,
    StopKind,
)
from spink.accounts.web import trail
from spink.web.navigation import Text

STEPS: dict[str, Text] = {
    "added": _("Added"),
    "changed": _("Changed"),
    "removed": _("Taken away"),
    "ended": _("Was ended"),
}
PLANNED: dict[str, Text] = {
    "change_planned": _("Change planned"),
    "planned_change_cancelled": _("Planned change cancelled"),
    "planned_change_done": _("Planned change carried out"),
    "planned_change_failed": _("Planned change could not be carried out"),
    "planned_change_held": _("Planned change held: its planner keeps the register no more"),
}
LABELS: dict[str, Text] = {
    "group": _("Group"),
    "provider": _("Provider"),
    "unit": _("Care unit"),
    "address": _("Address of a unit"),
    SERVICES: _("Services of a unit"),
    "permit": _("Permit"),
    "direct_award": _("Vetting for direct award"),
    "agreement": _("Agreement"),
    "lot": _("Lot of an agreement"),
    "agreed": _("Unit in an agreement"),
    "price": _("Price"),
    "setting": _("Settings of the register"),
}
OF_A_UNIT = {"unit", "address", SERVICES, "permit", "direct_award", "agreed"}


def _names_in(model: type[Model], field: str) -> Callable[[set[str]], Mapping[str, str]]:
    def found(codes: set[str]) -> dict[str, str]:
        rows = model._default_manager.filter(code__in=codes)
        return {str(code): str(name) for code, name in rows.values_list("code", field)}

    return found


UNIT_NAMES = _names_in(CareUnit, "name")
NAMES = {
    "group": _names_in(CorporateGroup, "name"),
    "provider": _names_in(Provider, "name"),
    "agreement": _names_in(Agreement, "name"),
} | dict.fromkeys(OF_A_UNIT, UNIT_NAMES)


def unit_url(code: str) -> str:
    return reverse("providers:unit", args=[code])


def _said_of(part: Part) -> Callable[[str, Any], Any]:
    def said(name: str, value: Any) -> Any:
        return _fields(part, value) if name == "fields" else value

    return said


def _fields(part: Part, names: list[str]) -> str:
    return ", ".join(_field(part.model, name) for name in names)


def _field(model: type[Model], name: str) -> str:
    fields = {field.name: field.verbose_name for field in model._meta.concrete_fields}
    return str(fields.get(name.removesuffix("_id")) or LABELS.get(name, name))


def _subject_of(part: Part) -> trail.Subject:
    ends = {f"{part.name}_{end}": said for end, said in STEPS.items()}
    return trail.Subject(
        code=part.subject,
        label=LABELS[part.name],
        fields={
            "fields": _("What"),
            "day": _("On the day"),
            "last_day": _("Last day"),
            "units": _("Care units"),
        },
        steps=ends | PLANNED,
        said=_said_of(part),
        url=unit_url if part.name in OF_A_UNIT else lambda _code: "",
        names=NAMES.get(part.name, lambda _codes: {}),
    )


def _said_of_a_unit(name: str, value: Any) -> Any:
    words = {"fact": Fact.choices, "result": CorrectionResult.choices}
    return dict(words.get(name, ())).get(value, value)


def _said_of_a_stop(name: str, value: Any) -> Any:
    return dict(StopKind.choices).get(value, value) if name == "kind" else value


for each in PARTS.values():
    trail.register(_subject_of(each))
trail.register(
    trail.Subject(
        code="register_preview",
        label=_("Previews of changes"),
        fields={"units": _("Care units"), "kind": _("Kind"), "on": _("On")},
        steps={
            "change_previewed": _("Change previewed"),
            "stop_previewed": _("Stop previewed"),
        },
        names=lambda parts: {part: str(LABELS.get(part, part)) for part in parts},
    )
)
trail.register(
    trail.Subject(
        code="care_unit",
        label=_("Places and corrections of units"),
        fields={
            "occupied": _("Occupied"),
            "unavailable": _("Not available"),
            "fact": _("What"),
            "result": _("What came of it"),
        },
        steps={
            "confirm_places": _("Places confirmed"),
            "ask_correction": _("Correction asked for, after an exception"),
            "settle_correction": _("Correction settled"),
        },
        said=_said_of_a_unit,
        url=unit_url,
        names=UNIT_NAMES,
    )
)
trail.register(
    trail.Subject(
        code="stop",
        label=_("Stops"),
        fields={"kind": _("Kind"), "on": _("On")},
        steps={"set_stop": _("Stop set"), "end_stop": _("Stop lifted")},
        said=_said_of_a_stop,
    )
)
trail.register(
    trail.Subject(
        code="register",
        label=_("Import of the register"),
        fields={
            "units": _("Care units"),
            "providers": _("Providers"),
            "groups": _("Groups"),
            "agreements": _("Agreements"),
            "stops": _("Stops"),
        },
        steps={"import_register": _("File read in")},
    )
)
