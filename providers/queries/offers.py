"""What a recommendation says of a unit beyond the match: its names, and whom to call."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Lower

from providers.models import CareUnit


@dataclass(frozen=True, slots=True)
class NamedUnit:
    code: str
    name: str
    provider_name: str


def hold_register() -> None:
    """Let nobody change the register until this transaction ends; changes wait, readers do not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM providers_registernumber FOR SHARE")


def named_units(codes: Iterable[str]) -> dict[str, NamedUnit]:
    """By code; a code that the register does not have is left out."""
    rows = CareUnit.objects.filter(code__in=list(codes)).values_list(
        "code", "name", "provider__name"
    )
    return {code: NamedUnit(code, name, provider) for code, name, provider in rows}


def codes_by_name(names: Iterable[str]) -> dict[str, list[str]]:
    """The codes of the units that bear each name, whatever its case, or whose code it is."""
    wanted = {name.casefold(): name for name in names}
    rows = CareUnit.objects.annotate(folded=Lower("name")).filter(
        Q(folded__in=[name.lower() for name in wanted.values()]) | Q(code__in=wanted.values())
    )
    found: dict[str, list[str]] = {}
    for code, name in rows.order_by("code").values_list("code", "name"):
        for key in (name.casefold(), code.casefold()):
            if key in wanted:
                found.setdefault(wanted[key], []).append(code)
    return found


def units_that_take_acute_admissions(codes: Iterable[str]) -> frozenset[str]:
    """Those of the units that take somebody in at night."""
    found = CareUnit.objects.filter(code__in=list(codes), takes_acute_admissions=True)
    return frozenset(found.values_list("code", flat=True))
