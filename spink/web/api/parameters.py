"""What stands in the address of a call: unknown parameters are refused, `fields` makes it short."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from spink.web.api.problems import ApiProblem, Fault, Problem

FIELDS = "fields"


def check_known(query: QueryDict, known: Iterable[str]) -> None:
    """Raises ApiProblem naming each parameter that is not used here or stands twice."""
    usable = set(known)
    faults = [
        Fault(_("The parameter is not known here."), parameter=name)
        for name in query
        if name not in usable
    ]
    if faults:
        raise ApiProblem(Problem.UNKNOWN_PARAMETER, faults=faults)
    lists = query.lists()
    twice = [name for name, values in lists if len(values) > 1 and name != FIELDS]
    if twice:
        detail = _("The parameter stands more than once.")
        faults = [Fault(detail, parameter=name) for name in twice]
        raise ApiProblem(Problem.INVALID_PARAMETER, faults=faults)


def wanted_fields(query: QueryDict, known: Iterable[str]) -> frozenset[str] | None:
    """The fields that are asked for, `fields=a,b` or `fields=a&fields=b`; None: all. Raises
    ApiProblem on one that there is not."""
    texts = query.getlist(FIELDS)
    if not texts:
        return None
    wanted, offered = ",".join(texts).split(","), set(known)
    unknown = [name for name in wanted if name not in offered]
    if unknown:
        detail = _("There is no field of this name: %(name)s") % {"name": unknown[0][:60]}
        raise ApiProblem(Problem.INVALID_PARAMETER, faults=[Fault(detail, parameter=FIELDS)])
    return frozenset(wanted)


def only(row: Mapping[str, Any], wanted: frozenset[str] | None) -> dict[str, Any]:
    return {name: value for name, value in row.items() if wanted is None or name in wanted}
