"""Changes of the diary in the words of its pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, Final

from django.db.models import DateField, DateTimeField, DecimalField, Field, Model
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from providers.models import RateUnit
from providers.queries.diary.columns import COUNTS
from providers.queries.diary.names import CODES, MUNICIPALITIES, Names, Row
from providers.queries.diary.sight import Sight
from providers.queries.history import UNTOLD
from providers.telling import (
    GIVES_AWAY,
    HIDDEN,
    SECRET,
    WHY_STOPPED,
    column_name,
    models_by_table,
)
from providers.web.keeping.differences import Difference, said_of
from spink.foundation import clock
from spink.web import wording
from spink.web.navigation import Text

LEFT_OUT: Final = UNTOLD | {"position", "part", "row_id", "values", "planned_by"}
"""Columns that order rows, and those of plans that are told on the unit's own page."""

OPERATIONS: dict[str, tuple[str, Text]] = {
    "I": ("new", pgettext_lazy("of a row", "Added")),
    "U": ("working", pgettext_lazy("of a row", "Changed")),
    "D": ("none", pgettext_lazy("of a row", "Taken away")),
}


@dataclass(frozen=True, slots=True)
class ShownChange:
    about: str
    url: str
    part: str
    look: str
    operation: str
    differences: list[Difference]
    """`before` is empty of what was added, `after` of what was taken away."""

    @property
    def is_change(self) -> bool:
        return self.look == OPERATIONS["U"][0]


def part_name(part: str) -> str:
    if part == COUNTS:
        return _("Counts of places")
    return capfirst(str(models_by_table()[part]._meta.verbose_name))


def shown_change(
    row: Row, operation: str, names: Names, *, sight: Sight, is_protected: bool
) -> ShownChange:
    image = row.after if row.after is not None else row.before
    about, url = _about(row, image, names)
    look, word = OPERATIONS[operation]
    return ShownChange(
        about or part_name(row.table_name),
        url,
        _part(row, image, names),
        look,
        str(word),
        _differences(row, operation, names, _left_out(sight, is_protected), sight),
    )


def _left_out(sight: Sight, is_protected: bool) -> frozenset[str]:
    return LEFT_OUT | GIVES_AWAY if is_protected and not sight.sees_protected else LEFT_OUT


def _differences(
    row: Row, operation: str, names: Names, left_out: frozenset[str], sight: Sight
) -> list[Difference]:
    before, after = row.before or {}, row.after or {}
    model = models_by_table()[row.table_name]
    fields = [str(field.column) for field in model._meta.concrete_fields]
    hidden = HIDDEN if sight.sees_why else HIDDEN | WHY_STOPPED
    return [
        _difference(model, column, before.get(column), after.get(column), names, column in hidden)
        for column in sorted({**before, **after}, key=_in_order(fields))
        if column not in left_out
        and _is_told(before.get(column), after.get(column), operation, column)
    ]


def _in_order(fields: list[str]) -> Callable[[str], int]:
    places = {column: place for place, column in enumerate(fields)}
    return lambda column: places.get(column, len(places))


def _is_told(before: Any, after: Any, operation: str, column: str) -> bool:
    """Of what was added or taken away only what says something."""
    if column in SECRET and operation != "U":
        return False
    if operation == "U":
        return bool(before != after)
    return (after if operation == "I" else before) not in (None, "", [], False)


def _difference(
    model: type[Model], column: str, before: Any, after: Any, names: Names, is_hidden: bool
) -> Difference:
    label = capfirst(column_name(model, column))
    if is_hidden:
        return Difference(label, "", _("Not shown"))
    say = partial(value_said, model, column, names)
    return Difference(label, say(before), say(after))


def value_said(model: type[Model], column: str, names: Names, value: Any) -> str:
    """A value of an image as a reader sees it."""
    field = next((one for one in model._meta.concrete_fields if one.column == column), None)
    if value is None or value in ("", []):
        return said_of(None, {})
    if column in _IDS:
        return _IDS[column](names).get(value, _("Taken away since"))
    if column in CODES:
        return said_of(value, names.codes.get(CODES[column], {}))
    if column == "rate_unit":
        return said_of(value, dict(RateUnit.choices))
    if column in MUNICIPALITIES:
        return said_of(value, names.municipalities)
    return _said_as(field, value)


_IDS: dict[str, Callable[[Names], Mapping[int, str]]] = {
    "provider_id": lambda names: names.providers,
    "group_id": lambda names: names.groups,
    "agreement_id": lambda names: names.agreements,
    "service_type_id": lambda names: names.services,
}


def _said_as(field: "Field[Any, Any] | None", value: Any) -> str:
    choices = dict(getattr(field, "flatchoices", ()) or ())
    if isinstance(value, str) and isinstance(field, DateTimeField):
        at = datetime.fromisoformat(value)
        return wording.full_moment(at.astimezone(clock.STOCKHOLM))
    if isinstance(value, str) and isinstance(field, DateField):
        return wording.day(date.fromisoformat(value))
    if isinstance(field, DecimalField):
        return wording.kronor(value)
    return said_of(value, choices)


def _about(row: Row, image: Mapping[str, Any], names: Names) -> tuple[str, str]:
    """Whom the row belongs to, and its page where it still has one."""
    if row.unit_id is not None:
        return _unit(row, image, names)
    provider, group = _owner(row, image, "provider"), _owner(row, image, "group")
    if row.table_name in ("providers_provider", "providers_stop") and provider is not None:
        return _named(names.providers, provider, image, "providers:provider")
    if row.table_name in ("providers_corporategroup", "providers_stop") and group is not None:
        return _named(names.groups, group, image, "providers:group")
    agreement = _agreement_of(row, image)
    if agreement is not None:
        return _named(names.agreements, agreement, image, "providers:agreement")
    return names.services.get(image.get("service_type_id") or 0, ""), ""


def _unit(row: Row, image: Mapping[str, Any], names: Names) -> tuple[str, str]:
    known = names.units.get(row.unit_id or 0)
    if known is None:
        return str(image.get("name") or _("A unit that was taken away")), ""
    code, name = known
    return name, reverse("providers:unit", args=[code])


def _owner(row: Row, image: Mapping[str, Any], kind: str) -> int | None:
    own = {"provider": "providers_provider", "group": "providers_corporategroup"}[kind]
    return row.row_pk if row.table_name == own else image.get(f"{kind}_id")


def _agreement_of(row: Row, image: Mapping[str, Any]) -> int | None:
    if row.table_name == "providers_agreement":
        return row.row_pk
    return image.get("agreement_id")


def _named(
    names: Mapping[int, str], pk: int, image: Mapping[str, Any], page: str
) -> tuple[str, str]:
    if pk in names:
        return names[pk], reverse(page, args=[pk])
    return str(image.get("name") or image.get("code") or _("Taken away since")), ""


def _part(row: Row, image: Mapping[str, Any], names: Names) -> str:
    """The part of the register, and of what is agreed in which agreement."""
    name = part_name(row.table_name)
    lot = image.get("lot_id") or names.places.get(image.get("agreement_unit_id") or 0)
    agreement, called = names.lots.get(lot or 0, (0, ""))
    if not agreement:
        return name
    known = " · ".join(filter(None, [names.agreements.get(agreement, ""), called]))
    return f"{name}: {known}"


def differences_on_a_line(change: ShownChange) -> str:
    """From what to what, for lists."""
    return ", ".join(_on_a_line(one, change) for one in change.differences)


def _on_a_line(one: Difference, change: ShownChange) -> str:
    if not one.before:
        return one.label
    if change.is_change:
        return f"{one.label} {one.before} → {one.after}"
    return f"{one.label} {one.after if change.look == 'new' else one.before}"
