"""Rows for the pages in which the register is kept."""

from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from providers.models import (
    BROKEN_OFF,
    Agreement,
    AgreementLot,
    AgreementUnit,
    CareUnit,
    CareUnitService,
    CorporateGroup,
    PlannedChange,
    PlanState,
    Price,
    Provider,
    RegisterChange,
    RegisterSetting,
    Stop,
)
from providers.queries.pages import Units, units
from spink.catalogue.domain.services import PROTECTED_HOUSING
from spink.foundation.swedish import Plain, SwedishOrder, plain


def is_protected(unit: CareUnit) -> bool:
    return CareUnitService.objects.filter(unit=unit, service_type__code=PROTECTED_HOUSING).exists()


def code_is_taken(model: Any, code: str) -> bool:
    taken: bool = model.objects.filter(code=code).exists()
    return taken


def last_change() -> int:
    """The last change of the whole register: what a page that shows many units has seen."""
    return RegisterChange.objects.order_by("-id").values_list("id", flat=True).first() or 0


def places_to_confirm(today: date) -> Units:
    """Open units that are counted in places: those never confirmed, then the oldest count first."""
    counted = units().filter(
        Q(open_to__isnull=True) | Q(open_to__gte=today), places_total__isnull=False
    )
    return oldest_count_first(counted)


def oldest_count_first(found: Units) -> Units:
    return found.order_by(
        F("places_confirmed_at").asc(nulls_first=True), SwedishOrder("name"), "id"
    )


def waiting_changes(unit_id: int | None = None, **row: Any) -> list[PlannedChange]:
    """Those of a unit, or of another row (`part`, `row_id`), which wait or have failed."""
    which = {"unit_id": unit_id} if unit_id is not None else row
    return list(PlannedChange.objects.filter(state__in=(PlanState.PLANNED, *BROKEN_OFF), **which))


def broken_off_changes() -> "QuerySet[PlannedChange]":
    """Those whose day came and went, and that nobody has taken away since."""
    return PlannedChange.objects.filter(state__in=BROKEN_OFF).select_related("unit")


def planned(plan_id: int) -> PlannedChange | None:
    return PlannedChange.objects.select_related("unit").filter(pk=plan_id).first()


def groups() -> "QuerySet[CorporateGroup]":
    return CorporateGroup.objects.annotate(provider_count=Count("providers")).order_by(
        SwedishOrder("name"), "id"
    )


def groups_named(found: "QuerySet[CorporateGroup]", text: str) -> "QuerySet[CorporateGroup]":
    return found.annotate(plain_name=Plain("name")).filter(plain_name__contains=plain(text.strip()))


def group_by_id(pk: int) -> CorporateGroup | None:
    return CorporateGroup.objects.filter(pk=pk).first()


def agreements() -> "QuerySet[Agreement]":
    """Those that end last first, with their providers and how many units they have."""
    return (
        Agreement.objects.select_related("provider")
        .annotate(unit_count=Count("lots__units__unit", distinct=True))
        .order_by(F("valid_to").desc(nulls_first=True), "code")
    )


def agreements_named(found: "QuerySet[Agreement]", text: str) -> "QuerySet[Agreement]":
    wanted = plain(text.strip())
    return found.annotate(plain_name=Plain("name"), plain_reference=Plain("reference")).filter(
        Q(plain_name__contains=wanted)
        | Q(plain_reference__contains=wanted)
        | Q(code__iexact=text.strip())
    )


def agreements_in_force(found: "QuerySet[Agreement]", day: date) -> "QuerySet[Agreement]":
    return found.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=day),
        Q(valid_to__isnull=True) | Q(valid_to__gte=day),
    )


def agreements_ended(found: "QuerySet[Agreement]", day: date) -> "QuerySet[Agreement]":
    return found.filter(valid_to__lt=day)


def agreements_to_come(found: "QuerySet[Agreement]", day: date) -> "QuerySet[Agreement]":
    return found.filter(valid_from__gt=day)


def agreement_by_id(pk: int) -> Agreement | None:
    return Agreement.objects.select_related("provider").filter(pk=pk).first()


def lots_of(agreement: Agreement) -> "QuerySet[AgreementLot]":
    return (
        agreement.lots.select_related("service_type")
        .annotate(unit_count=Count("units"))
        .order_by("code", "id")
    )


def lot_by_id(pk: int) -> AgreementLot | None:
    return AgreementLot.objects.select_related("agreement", "service_type").filter(pk=pk).first()


def agreed_in(lot: AgreementLot) -> "QuerySet[AgreementUnit]":
    """The lot's units by rank, with their prices in order of time."""
    return (
        AgreementUnit.objects.filter(lot=lot)
        .select_related("unit__provider")
        .prefetch_related(Prefetch("prices", prices_in_order()))
        .order_by(F("rank").asc(nulls_last=True), SwedishOrder("unit__name"), "id")
    )


def agreed_by_id(pk: int) -> AgreementUnit | None:
    return (
        AgreementUnit.objects.select_related("unit__provider", "lot__agreement")
        .prefetch_related(Prefetch("prices", prices_in_order()))
        .filter(pk=pk)
        .first()
    )


def prices_in_order() -> "QuerySet[Price]":
    return Price.objects.order_by(F("valid_from").asc(nulls_first=True))


def price_by_id(pk: int) -> Price | None:
    return (
        Price.objects.select_related("agreement_unit__unit", "agreement_unit__lot__agreement")
        .filter(pk=pk)
        .first()
    )


def lots_open_to(unit: CareUnit, day: date) -> list[AgreementLot]:
    """Lots of the unit's services that it is not in yet, of agreements that have not ended."""
    return list(
        AgreementLot.objects.filter(
            Q(agreement__valid_to__isnull=True) | Q(agreement__valid_to__gte=day),
            service_type__in=unit.services.values("service_type"),
        )
        .exclude(Exists(AgreementUnit.objects.filter(lot=OuterRef("pk"), unit=unit)))
        .select_related("agreement", "service_type")
        .order_by("agreement__name", "code", "id")
    )


def running_units(provider: Provider, today: date) -> list[CareUnit]:
    """Those of its units that have no last day yet, or one to come."""
    return list(units().filter(Q(open_to__isnull=True) | Q(open_to__gte=today), provider=provider))


def stop_by_id(pk: int) -> Stop | None:
    return Stop.objects.select_related("unit", "provider", "group").filter(pk=pk).first()


def setting() -> RegisterSetting:
    """The register's one row of settings, which may not be there yet."""
    return RegisterSetting.objects.first() or RegisterSetting()
