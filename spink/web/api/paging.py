"""Lists come in parts: `limit` with `page` or `offset` (the national REST profile)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Count, Model, QuerySet, Window
from django.utils.translation import gettext as _

from spink.web.api.problems import ApiProblem, Fault, Problem

M = TypeVar("M", bound=Model)

USUAL, MOST = 20, 100
DEEPEST = 100_000
"""Rows; what lies deeper is found by a filter."""
COUNTED = 10_000
"""So many are counted: of more, an answer would take the longer the more there are."""
PARAMETERS = frozenset({"limit", "page", "offset"})


@dataclass(frozen=True, slots=True)
class Part:
    limit: int
    offset: int


def part_of(query: Mapping[str, str]) -> Part:
    """Raises ApiProblem with each parameter that is wrong."""
    limit = _number(query, "limit", least=1, most=MOST, usual=USUAL)
    if "page" in query and "offset" in query:
        raise _wrong("offset", _("Give page or offset, not both."))
    if "page" in query:
        page = _number(query, "page", least=1, most=DEEPEST // limit, usual=1)
        return Part(limit, (page - 1) * limit)
    return Part(limit, _number(query, "offset", least=0, most=DEEPEST, usual=0))


def cut(found: QuerySet[M], part: Part) -> tuple[list[M], int]:
    """The rows of the part, and how many there are in all, as far as is counted: two queries."""
    counted = found.order_by()[:COUNTED].count()
    return list(found[part.offset : part.offset + part.limit]), counted


def cut_at_once(found: QuerySet[M], part: Part) -> tuple[list[M], int]:
    """The same in one query, which reads all of them to count them: for lists that stay small."""
    counted = found.annotate(listed_in_all=Window(Count("pk")))
    rows = list(counted[part.offset : part.offset + part.limit])
    if rows:
        return rows, min(rows[0].listed_in_all, COUNTED)  # type: ignore[attr-defined]
    return [], found.order_by()[:COUNTED].count() if part.offset else 0


def listed(rows: Sequence[Any], total: int, part: Part) -> dict[str, Any]:
    return {"total": total, "limit": part.limit, "offset": part.offset, "results": list(rows)}


def _number(query: Mapping[str, str], name: str, *, least: int, most: int, usual: int) -> int:
    text = query.get(name)
    if text is None:
        return usual
    is_plain = text.isascii() and text.isdigit() and len(text) <= len(str(most))
    if not is_plain or not least <= int(text) <= most:
        between = {"least": least, "most": most}
        raise _wrong(name, _("A whole number from %(least)s to %(most)s.") % between)
    return int(text)


def _wrong(name: str, detail: str) -> ApiProblem:
    return ApiProblem(Problem.INVALID_PARAMETER, faults=[Fault(detail, parameter=name)])


Shown = Callable[[M], dict[str, Any]]
