"""Random edits of a small register, as a keeper of the register could make them."""

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from django.db import IntegrityError, connection, transaction

from providers.diary import changing_register
from providers.models import (
    Agreement,
    AgreementLot,
    AgreementUnit,
    CareUnit,
    CareUnitAddress,
    CareUnitService,
    CorporateGroup,
    DirectAwardVetting,
    Permit,
    Price,
    Provider,
    RegisterSetting,
    Stop,
)
from spink.catalogue.models import ServiceRung
from spink.foundation.actor import Actor

EDITOR = Actor.system("editor")
SUBTYPES = {
    "short_term_housing": "fysiska funktionsnedsättningar",
    "residential_care_home": "akut",
    "protected_housing": "avhoppare",
}
SERVICES = tuple(SUBTYPES)
DAY = date(2025, 3, 3)

Edit = Callable[[random.Random], object]
M = TypeVar("M")


def next_transaction() -> None:
    """Let the next change of this test's transaction take a number of its own."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SELECT set_config('spink.register_number', '', true)")


def apply(edit: Edit, seed: int) -> None:
    """One edit; one that the database refuses leaves no trace."""
    with suppress(IntegrityError), transaction.atomic(), changing_register(by=EDITOR):
        edit(random.Random(seed))


def _any(rows: list[M], rng: random.Random) -> M | None:
    return rng.choice(rows) if rows else None


def _unit(rng: random.Random) -> CareUnit | None:
    return _any(list(CareUnit.objects.order_by("id")), rng)


def _some_day(rng: random.Random) -> date | None:
    return rng.choice([None, DAY + timedelta(days=rng.randrange(-400, 400))])


def _period(rng: random.Random) -> tuple[date | None, date | None]:
    first, last = _some_day(rng), _some_day(rng)
    return (last, first) if first and last and last < first else (first, last)


def add_unit(rng: random.Random) -> None:
    code = f"P{rng.randrange(3)}"
    provider, _ = Provider.objects.get_or_create(code=code, defaults={"name": code})
    unit = CareUnit.objects.create(
        code=f"U{rng.randrange(6)}",
        name="Åsgården",
        provider=provider,
        operated_by=rng.choice(["", "1480"]),
        age_from=rng.choice([None, 18]),
        drug_free=rng.choice([None, True, False]),
        needs_met=rng.sample(["mobility", "supervision", "self_harm"], rng.randrange(3)),
        places_total=rng.choice([None, 10]),
        latitude=57.68,
        longitude=11.95,
        in_house_rate=rng.choice([None, Decimal("2600.50")]),
    )
    CareUnitService.objects.create(unit=unit, service_type_id=rng.choice(SERVICES))


def change_unit(rng: random.Random) -> None:
    if unit := _unit(rng):
        unit.places_occupied = rng.randrange(12)
        # An open lower end comes back as nought: it means the same.
        unit.companion_age_from, unit.companion_age_to = rng.choice([(None, None), (0, 17)])
        unit.next_free_on = _some_day(rng)
        unit.save()


def rename_unit(rng: random.Random) -> None:
    if unit := _unit(rng):
        CareUnit.objects.filter(pk=unit.pk).update(code=f"U{rng.randrange(6)}")


def remove_unit(rng: random.Random) -> None:
    if unit := _unit(rng):
        unit.delete()


def change_services(rng: random.Random) -> None:
    if unit := _unit(rng):
        service = rng.choice(SERVICES)
        CareUnitService.objects.update_or_create(
            unit=unit,
            service_type_id=service,
            defaults={
                "subtypes": rng.choice([[], [SUBTYPES[service]]]),
                "position": rng.randrange(3),
            },
        )


def change_address(rng: random.Random) -> None:
    if unit := _unit(rng):
        CareUnitAddress.objects.update_or_create(
            unit=unit, defaults={"street": f"Storgatan {rng.randrange(9)}"}
        )


def change_permit(rng: random.Random) -> None:
    first, last = _period(rng)
    if unit := _unit(rng):
        Permit.objects.update_or_create(unit=unit, defaults={"valid_from": first, "valid_to": last})


def change_vetting(rng: random.Random) -> None:
    first, last = _period(rng)
    if unit := _unit(rng):
        DirectAwardVetting.objects.update_or_create(
            unit=unit, defaults={"vetted_from": first, "vetted_to": last, "rate": 3400}
        )


def change_agreement(rng: random.Random) -> None:
    first, last = _period(rng)
    Agreement.objects.update_or_create(
        code=f"A{rng.randrange(3)}",
        defaults={
            "provision_form": rng.choice(["framework", "iop"]),
            "parties": rng.sample(["1480", "1481"], rng.randrange(3)),
            "valid_from": first,
            "valid_to": last,
        },
    )


def change_lot(rng: random.Random) -> None:
    if agreement := _any(list(Agreement.objects.order_by("id")), rng):
        AgreementLot.objects.update_or_create(
            agreement=agreement,
            code=rng.choice(["", "A"]),
            defaults={"service_type_id": rng.choice(SERVICES)},
        )


def join_lot(rng: random.Random) -> None:
    lot, unit = _any(list(AgreementLot.objects.order_by("id")), rng), _unit(rng)
    if lot and unit:
        AgreementUnit.objects.update_or_create(
            lot=lot, unit=unit, defaults={"rank": rng.choice([None, 1, 2])}
        )


def change_price(rng: random.Random) -> None:
    if place := _any(list(AgreementUnit.objects.order_by("id")), rng):
        Price.objects.update_or_create(
            agreement_unit=place, valid_from=_some_day(rng), defaults={"rate": rng.randrange(5000)}
        )


def drop_agreement(rng: random.Random) -> None:
    if agreement := _any(list(Agreement.objects.order_by("id")), rng):
        agreement.delete()


def join_group(rng: random.Random) -> None:
    group, _ = CorporateGroup.objects.get_or_create(code=f"G{rng.randrange(2)}")
    if provider := _any(list(Provider.objects.order_by("id")), rng):
        provider.group = rng.choice([None, group])
        provider.save()


def move_unit(rng: random.Random) -> None:
    unit, provider = _unit(rng), _any(list(Provider.objects.order_by("id")), rng)
    if unit and provider:
        unit.provider = provider
        unit.save()


def add_stop(rng: random.Random) -> None:
    on = {
        "unit": _unit(rng),
        "provider": _any(list(Provider.objects.order_by("id")), rng),
        "group": _any(list(CorporateGroup.objects.order_by("id")), rng),
    }
    name = rng.choice(list(on))
    first, last = _period(rng)
    if on[name]:
        Stop.objects.create(
            kind=rng.choice(["paused", "order_stop"]),
            valid_from=first,
            valid_to=last,
            **{name: on[name]},
        )


def lift_stop(rng: random.Random) -> None:
    if stop := _any(list(Stop.objects.order_by("id")), rng):
        stop.delete()


def change_setting(rng: random.Random) -> None:
    RegisterSetting.objects.update_or_create(
        defaults={"places_horizon_days": rng.choice([None, 14, 21])}
    )


def change_rung(rng: random.Random) -> None:
    if rung := _any(list(ServiceRung.objects.order_by("id")), rng):
        rung.valid_to = rng.choice([None, date(2025, 1, 1), date(2025, 12, 31)])
        rung.save()


EDITS: tuple[Edit, ...] = (
    add_unit,
    add_unit,
    change_unit,
    rename_unit,
    remove_unit,
    change_services,
    change_address,
    change_permit,
    change_vetting,
    change_agreement,
    change_lot,
    join_lot,
    join_lot,
    change_price,
    change_price,
    drop_agreement,
    join_group,
    move_unit,
    add_stop,
    lift_stop,
    change_setting,
    change_rung,
)
