"""What a recommendation says of a unit beyond the match: its names, and the date of its price."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Lower

from providers.models import AgreementUnit, CareUnit, Price
from spink.catalogue.domain.ladder import ProvisionForm

AGREED = frozenset({ProvisionForm.IOP, ProvisionForm.FRAMEWORK})


@dataclass(frozen=True, slots=True)
class NamedUnit:
    code: str
    name: str
    provider_name: str


@dataclass(frozen=True, slots=True)
class PriceDate:
    """Since when a rate holds (None: not known) and what it is paid for: a day, an hour ..."""

    rate_from: date | None
    rate_unit: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit on a rung, as a match placed it."""

    unit: str
    form: ProvisionForm
    rank: int | None
    rate: Decimal | None


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


def price_dates(
    placed: Iterable[Placed], *, municipality: str, service_type: str, day: date
) -> dict[str, PriceDate]:
    """The date and the kind of each unit's price on the day, by unit; three queries at most.

    Of several agreements it is the one whose rank and rate the match counted.
    """
    found: dict[str, PriceDate] = {}
    by_code = {one.unit: one for one in placed}
    for unit in CareUnit.objects.filter(code__in=by_code).select_related("direct_award"):
        one = by_code[unit.code]
        if one.form is ProvisionForm.IN_HOUSE:
            found[unit.code] = PriceDate(unit.in_house_rate_from, "day")
        elif one.form is ProvisionForm.DIRECT_AWARD:
            vetting = unit.direct_award
            found[unit.code] = PriceDate(vetting.rate_from, vetting.rate_unit)
    agreed = {code: one for code, one in by_code.items() if one.form in AGREED}
    return found | _agreed_dates(agreed, municipality, service_type, day)


def _agreed_dates(
    agreed: Mapping[str, Placed], municipality: str, service_type: str, day: date
) -> dict[str, PriceDate]:
    rows = AgreementUnit.objects.filter(
        unit__code__in=agreed,
        lot__service_type__code=service_type,
        lot__agreement__parties__contains=[municipality],
    ).select_related("unit", "lot__agreement")
    found: dict[str, PriceDate] = {}
    for row in rows.prefetch_related("prices"):
        one, agreement = agreed[row.unit.code], row.lot.agreement
        price = _price_on(row.prices.all(), day)
        counted = agreement.provision_form == one.form and row.rank == one.rank
        if counted and _holds(agreement.valid_from, agreement.valid_to, day):
            rate = price.rate if price else None
            if rate == one.rate:
                since = price.valid_from if price else None
                unit = price.rate_unit if price else "day"
                found.setdefault(row.unit.code, PriceDate(since or agreement.valid_from, unit))
    return found


def _price_on(prices: Iterable[Price], day: date) -> Price | None:
    held = [price for price in prices if price.valid_from is None or price.valid_from <= day]
    return max(held, key=lambda price: price.valid_from or date.min, default=None)


def _holds(first: date | None, last: date | None, day: date) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


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


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call about a place. Never an address: protected housing stays unnamed in space."""

    person: str = ""
    phone: str = ""
    email: str = ""


NO_CONTACT = Contact()


def contacts(codes: Iterable[str]) -> dict[str, Contact]:
    """By code, in one query."""
    rows = CareUnit.objects.filter(code__in=list(codes)).values_list(
        "code", "contact_person", "phone", "email"
    )
    return {code: Contact(*rest) for code, *rest in rows}
