"""Rows of the register for its own pages, in a number of queries that does not grow with them."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from providers.models import (
    AgreementUnit,
    CareUnit,
    CareUnitService,
    CorporateGroup,
    Price,
    Provider,
    Stop,
)
from spink.catalogue.domain.ladder import ProvisionForm
from spink.catalogue.domain.services import PROTECTED_HOUSING
from spink.foundation.swedish import Plain, SwedishOrder, plain

PERMIT_ENDS_SOON: Final = timedelta(days=90)

Units = QuerySet[CareUnit]
Providers = QuerySet[Provider]


def units() -> Units:
    """All units in Swedish order, with their providers and services."""
    return (
        CareUnit.objects.select_related("provider")
        .prefetch_related("services")
        .order_by(SwedishOrder("name"), "id")
    )


def providers() -> Providers:
    return Provider.objects.select_related("group").order_by(SwedishOrder("name"), "id")


def counted_providers() -> Providers:
    """With the number of their units."""
    return providers().annotate(unit_count=Count("units"))


MOST_WORDS: Final = 8
_WORD: Final = re.compile(r"[^\W_]+")


def units_found(found: Units, text: str) -> Units:
    """Those of which every word is said somewhere, or begun: name, provider, service, method,
    need, place. The most relevant first. What is typed without dots finds words with them, too.
    Where that finds nothing, those whose name holds the text inside a word."""
    words = _WORD.findall(text.lower())[:MOST_WORDS]
    if words:
        query = SearchQuery(
            " & ".join(f"{word}:*" for word in words), search_type="raw", config="simple"
        )
        said = found.filter(search__document=query)
        if said.exists():
            rank = SearchRank(F("search__document"), query)
            return said.order_by(rank.desc(), SwedishOrder("name"), "id")
    return _units_named(found, text)


def _units_named(found: Units, text: str) -> Units:
    """By name, provider, district or code, with or without the dots of å, ä and ö; protected
    housing never by where it lies."""
    wanted = plain(text.strip())
    return found.annotate(
        plain_name=Plain("name"),
        plain_provider=Plain("provider__name"),
        plain_district=Plain("district"),
        plain_code=Plain("code"),
    ).filter(
        Q(plain_name__contains=wanted)
        | Q(plain_provider__contains=wanted)
        | (Q(plain_district__contains=wanted) & ~Exists(_protected()))
        | Q(plain_code=wanted)
    )


def providers_named(found: Providers, text: str) -> Providers:
    """By name, group or organisation number."""
    wanted = plain(text.strip())
    number = "".join(mark for mark in text if mark.isdigit())
    by_number = Q(organisation_number=number[-10:]) if len(number) >= 10 else Q()
    return found.annotate(plain_name=Plain("name"), plain_group=Plain("group__name")).filter(
        Q(plain_name__contains=wanted) | Q(plain_group__contains=wanted) | by_number
    )


def units_in(found: Units, municipality: str, *, with_protected: bool) -> Units:
    """Those that lie there; without protected housing where that would tell where it lies."""
    there = found.filter(municipality=municipality)
    return there if with_protected else unprotected(there)


def unprotected(found: Units) -> Units:
    return found.filter(~Exists(_protected()))


def _protected() -> QuerySet[CareUnitService]:
    return CareUnitService.objects.filter(unit=OuterRef("pk"), service_type__code=PROTECTED_HOUSING)


def gives_protected_housing(unit: CareUnit) -> bool:
    return any(service.service_type_id == PROTECTED_HOUSING for service in unit.services.all())


def units_with_service(found: Units, service_type: str) -> Units:
    given = CareUnitService.objects.filter(unit=OuterRef("pk"), service_type__code=service_type)
    return found.filter(Exists(given))


def units_with_free_places(found: Units) -> Units:
    """Counted, and more than are taken or cannot be used."""
    return found.filter(places_total__gt=F("places_occupied") + F("places_unavailable"))


def units_for_age(found: Units, age: int) -> Units:
    return found.filter(
        Q(age_from__isnull=True) | Q(age_from__lte=age),
        Q(age_to__isnull=True) | Q(age_to__gte=age),
    )


def units_meeting(found: Units, need: str) -> Units:
    return found.filter(needs_met__contains=[need])


def units_stopped(found: Units, day: date, *, stopped: bool) -> Units:
    """On themselves, through their provider or through their group."""
    holding = _holding(day)
    reached = (
        Q(Exists(holding.filter(unit=OuterRef("pk"))))
        | Q(Exists(holding.filter(provider=OuterRef("provider_id"))))
        | Q(Exists(holding.filter(group=OuterRef("provider__group_id"))))
    )
    return found.filter(reached) if stopped else found.exclude(reached)


def units_whose_permit(found: Units, state: str, day: date) -> Units:
    """`soon`: ends within three months; `lacking`: is needed, and does not hold on the day."""
    soon = day + PERMIT_ENDS_SOON
    if state == "soon":
        return found.filter(permit__valid_to__gte=day, permit__valid_to__lte=soon)
    lacks = (
        Q(permit__valid_from__isnull=True)
        | Q(permit__valid_from__gt=day)
        | Q(permit__valid_to__lt=day)
    )
    return found.filter(lacks, permit__required=True)


def units_on_rung(found: Units, form: str, *, buyer: str, day: date) -> Units:
    """Those open on the rung on the day to the municipality, or to any where none is given.

    Stops are not looked at: they are shown with the unit.
    """
    if form == ProvisionForm.IN_HOUSE:
        return found.filter(operated_by=buyer) if buyer else found.exclude(operated_by="")
    if form == ProvisionForm.DIRECT_AWARD:
        return found.filter(
            Q(direct_award__vetted_from__isnull=True) | Q(direct_award__vetted_from__lte=day),
            Q(direct_award__vetted_to__isnull=True) | Q(direct_award__vetted_to__gte=day),
            direct_award__isnull=False,
        )
    agreed = AgreementUnit.objects.filter(
        Q(lot__agreement__valid_from__isnull=True) | Q(lot__agreement__valid_from__lte=day),
        Q(lot__agreement__valid_to__isnull=True) | Q(lot__agreement__valid_to__gte=day),
        unit=OuterRef("pk"),
        lot__service_type__isnull=False,
        lot__agreement__provision_form=form,
    )
    if buyer:
        agreed = agreed.filter(lot__agreement__parties__contains=[buyer])
    return found.filter(Exists(agreed))


def unit_by_code(code: str) -> CareUnit | None:
    """With all that its page shows. An address may hold NUL, which no code does."""
    if "\0" in code:
        return None
    return (
        CareUnit.objects.select_related("provider__group", "permit", "direct_award", "address")
        .prefetch_related(
            "services",
            Prefetch(
                "agreements",
                AgreementUnit.objects.select_related("lot__agreement").prefetch_related(
                    Prefetch(
                        "prices", Price.objects.order_by(F("valid_from").asc(nulls_first=True))
                    )
                ),
            ),
        )
        .filter(code=code)
        .first()
    )


def provider_by_id(pk: int) -> Provider | None:
    return Provider.objects.select_related("group").filter(pk=pk).first()


def provider_by_code(code: str) -> Provider | None:
    return Provider.objects.select_related("group").filter(code=code).first()


def stops_in_force(found: Iterable[CareUnit], day: date) -> dict[int, list[Stop]]:
    """By the id of the unit: its own stops, its provider's and its group's, in one query."""
    listed = list(found)
    stops = list(
        _holding(day).filter(
            Q(unit__in=[unit.pk for unit in listed])
            | Q(provider__in={unit.provider_id for unit in listed})
            | Q(group__in={unit.provider.group_id for unit in listed if unit.provider.group_id})
        )
    )
    return {unit.pk: [stop for stop in stops if _reaches(stop, unit)] for unit in listed}


def stops_of_provider(provider: Provider, day: date) -> list[Stop]:
    """Those on the provider itself and on its group."""
    reached = Q(provider=provider.pk)
    if provider.group_id is not None:
        reached |= Q(group=provider.group_id)
    return list(_holding(day).filter(reached))


def stops_of_group(group: CorporateGroup, day: date) -> list[Stop]:
    return list(_holding(day).filter(group=group))


def _holding(day: date) -> QuerySet[Stop]:
    return (
        Stop.objects.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
            ended_at__isnull=True,
        )
        .select_related("unit", "provider", "group")
        .order_by("id")
    )


def _reaches(stop: Stop, unit: CareUnit) -> bool:
    return (
        stop.unit_id == unit.pk
        or (stop.provider_id is not None and stop.provider_id == unit.provider_id)
        or (stop.group_id is not None and stop.group_id == unit.provider.group_id)
    )
