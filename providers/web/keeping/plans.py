"""Planned changes in words: on the page of what they will change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from providers.actions.keeping import REMOVED
from providers.actions.keeping.parts import PARTS, SERVICES
from providers.models import BROKEN_OFF, PlannedChange, PlanState
from providers.telling import GIVES_AWAY
from providers.web.keeping.differences import said_of
from spink.accounts import queries as accounts
from spink.catalogue import queries as catalogue
from spink.foundation import clock
from spink.web import wording

WHY: dict[PlanState, Promise] = {
    PlanState.FAILED: gettext_lazy("could not be carried out"),
    PlanState.HELD: gettext_lazy("held: the one who planned it keeps the register no more"),
}


@dataclass(frozen=True, slots=True)
class ShownPlan:
    pk: int
    day: date
    text: str
    planned: str
    broke_off: str
    """Why nothing came of it; empty for one that waits."""
    can_cancel: bool


def shown_plans(plans: list[PlannedChange], *, can_cancel: bool) -> list[ShownPlan]:
    return [
        ShownPlan(
            plan.pk,
            plan.day,
            _text(plan),
            _("Planned %(day)s by %(who)s")
            % {
                "day": wording.short_day(plan.planned_at.astimezone(clock.STOCKHOLM).date()),
                "who": plan.planned_by.get("label", ""),
            },
            str(WHY[PlanState(plan.state)]) if plan.state in BROKEN_OFF else "",
            can_cancel,
        )
        for plan in plans
    ]


@dataclass(frozen=True, slots=True)
class BrokenOff:
    """One among those of all units: what it was to change, and where."""

    plan: ShownPlan
    unit: str
    url: str


def broken_off(plans: Iterable[PlannedChange]) -> list[BrokenOff]:
    listed = list(plans)
    shown = shown_plans(listed, can_cancel=True)
    return [
        BrokenOff(said, plan.unit.name if plan.unit else "", _page_of(plan))
        for plan, said in zip(listed, shown, strict=True)
    ]


def _page_of(plan: PlannedChange) -> str:
    if plan.unit is not None:
        return reverse("providers:unit", args=[plan.unit.code])
    of_agreements = {"agreement": "providers:agreement", "lot": "providers:lot"}
    page = of_agreements.get(plan.part)
    return reverse(page, args=[plan.row_id]) if page else ""


def without_places(plans: list[PlannedChange]) -> list[PlannedChange]:
    """Those of protected housing that do not tell where it lies."""
    return [plan for plan in plans if not GIVES_AWAY & plan.values.keys()]


def _text(plan: PlannedChange) -> str:
    if REMOVED in plan.values:
        return _("leaves the agreement")
    if plan.part == SERVICES:
        codes = [one["service_type"] for one in plan.values["services"]]
        names = catalogue.names(codes, of="service")
        return _("services: %(names)s") % {"names": wording.listed([names[c] for c in codes])}
    fields: dict[str, Any] = {
        field.attname: field for field in PARTS[plan.part].model._meta.concrete_fields
    }
    said = [
        f"{fields[name].verbose_name}: {_value(fields[name], name, value)}"
        for name, value in plan.values.items()
    ]
    return capfirst(", ".join(said))


def _value(field: Any, name: str, value: Any) -> str:
    codes = value if isinstance(value, list) else [value]
    names: dict[Any, Any] = dict(field.flatchoices or ())
    if name in ("needs_met", "needs_refused", "priority_needs"):
        names = dict(catalogue.names(codes, of="need"))
    elif name in ("operated_by", "municipality", "parties"):
        names = dict(accounts.municipality_names(code for code in codes if code))
    elif name == "subtypes":
        names = dict(catalogue.names(codes, of="subtype"))
    python = field.to_python(value)
    return said_of(python, names)
