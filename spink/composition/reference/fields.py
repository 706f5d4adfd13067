"""What stands in a body, an answer or an address: JSON Schema as the rows of a table."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

Schema = Mapping[str, Any]

DEEPEST = 4
LABELLED = re.compile(r"^\* `(.*?)` - (.*)$", re.MULTILINE)
"""How drf-spectacular writes what the values of an enumeration mean."""


@dataclass(frozen=True, slots=True)
class Value:
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """`name` of what lies within another: `person.age`, `units[].rate`."""

    name: str
    kind: str
    is_required: bool
    about: str
    limits: tuple[str, ...]
    values: tuple[Value, ...]
    place: str = ""


@dataclass(frozen=True, slots=True)
class Schemas:
    """The components of the document, to which its parts refer."""

    components: Mapping[str, Mapping[str, Any]]

    def named(self, part: Schema) -> Schema:
        """What is meant, where only its name stands."""
        while "$ref" in part:
            _hash, _components, kind, name = str(part["$ref"]).split("/")
            part = {key: value for key, value in part.items() if key != "$ref"} | dict(
                self.components[kind][name]
            )
        return part

    def rows(self, schema: Schema, inside: str = "", depth: int = 0) -> Iterator[Row]:
        whole = self.named(schema)
        required = whole.get("required", ())
        for name, field in whole.get("properties", {}).items():
            yield self.row(inside + name, field, is_required=name in required)
            inner, brackets = self._within(field)
            if inner is not None and depth < DEEPEST:
                yield from self.rows(inner, f"{inside}{name}{brackets}.", depth + 1)

    def row(self, name: str, field: Schema, *, is_required: bool, place: str = "") -> Row:
        meant, is_nullable = self._meant(field)
        items = self._meant(meant["items"])[0] if "items" in meant else {}
        return Row(
            name=name,
            kind=_kind(meant, items) + (" | null" if is_nullable else ""),
            is_required=is_required,
            about=LABELLED.sub(
                "", str(field.get("description") or meant.get("description", ""))
            ).strip(),
            limits=tuple(_limits(meant)),
            values=tuple(_values(meant) or _values(items)),
            place=place,
        )

    def _within(self, field: Schema) -> tuple[Schema | None, str]:
        """The object that a field holds, or holds a list of."""
        meant, _is_nullable = self._meant(field)
        items = self.named(meant["items"]) if "items" in meant else {}
        if "properties" in meant:
            return meant, ""
        return (items, "[]") if "properties" in items else (None, "")

    def _meant(self, field: Schema) -> tuple[Schema, bool]:
        """The one of several that is no null and not empty, and whether null may stand there."""
        whole = self.named(field)
        offered = [self.named(one) for one in (*whole.get("oneOf", ()), *whole.get("allOf", ()))]
        kinds = whole.get("type")
        is_nullable = kinds is not None and "null" in kinds
        if not offered:
            return whole, is_nullable
        filled = [one for one in offered if one.get("type") != "null" and one.get("enum") != [""]]
        has_null = any(one.get("type") == "null" for one in offered)
        return dict(whole) | dict(filled[0]), is_nullable or has_null


def _kind(schema: Schema, items: Schema) -> str:
    """A word of JSON, or the format where that says more."""
    kinds = schema.get("type", "string" if "enum" in schema else "object")
    kind = next(one for one in kinds if one != "null") if isinstance(kinds, list) else kinds
    if kind == "array":
        return f"{_kind(items, {})}[]"
    return str(schema.get("format", kind)) if kind == "string" else str(kind)


def _limits(schema: Schema) -> Iterator[str]:
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is not None and most is not None:
        yield _("From %(least)s to %(most)s.") % {"least": least, "most": most}
    elif least is not None:
        yield _("At least %(least)s.") % {"least": least}
    if schema.get("minLength"):
        yield _("Not empty.")
    if "maxLength" in schema:
        yield _("At most %(number)s characters.") % {"number": schema["maxLength"]}
    if "maxItems" in schema:
        yield _("At most %(number)s in the list.") % {"number": schema["maxItems"]}
    default = schema.get("default")
    if default not in (None, ""):
        told = str(default).lower() if isinstance(default, bool) else default
        yield _("%(value)s unless given.") % {"value": told}


def _values(schema: Schema) -> list[Value]:
    labels = dict(LABELLED.findall(str(schema.get("description", ""))))
    return [Value(str(code), labels.get(code, "")) for code in schema.get("enum", ())]
