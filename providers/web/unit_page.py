"""All that is known of a care unit, in the words of its page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from providers.models import (
    AgreementForm,
    AgreementUnit,
    CareUnit,
    CareUnitAddress,
    DirectAwardVetting,
    Gender,
    Permit,
    Price,
    Review,
    Stop,
)
from providers.queries import pages
from providers.queries.control.reviews import reviews_of_stops
from providers.web import words
from spink.accounts import queries as accounts
from spink.catalogue import queries as catalogue
from spink.foundation import clock
from spink.web import wording


@dataclass(frozen=True, slots=True)
class ShownPrice:
    rate: str
    since: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class ShownAgreement:
    pk: int
    agreement_id: int
    name: str
    reference: str
    form: str
    lot: str
    parties: str
    period: str
    holds: bool
    rank: int | None
    prices: list[ShownPrice]


@dataclass(frozen=True, slots=True)
class ShownService:
    name: str
    subtypes: str


@dataclass(frozen=True, slots=True)
class ShownStop:
    pk: int
    kind: str
    on: str
    period: str
    reason: str
    decided: str
    review: Review | None
    """That has led to it."""


@dataclass(frozen=True, slots=True)
class ShownUnit:
    unit: CareUnit
    municipality: str
    operated_by: str
    services: list[ShownService]
    ages: str
    companions: str
    genders: str
    drug_free: str
    priority: list[str]
    """For whom a full unit keeps its places: in words, by age, by needs."""
    needs_met: list[str]
    needs_refused: list[str]
    open: str
    places: str
    counted: words.Said
    agreements: list[ShownAgreement]
    permit: Permit | None
    permit_period: str
    permit_holds: bool
    direct_award: DirectAwardVetting | None
    vetted: str
    award_rate: str
    in_house_rate: str
    address: CareUnitAddress | None
    is_protected: bool
    is_hidden: bool
    """Where it lies and whom to call is not for this reader."""


def shown_unit(unit: CareUnit, now: datetime, *, sees_protected: bool) -> ShownUnit:
    today = now.astimezone(clock.STOCKHOLM).date()
    places = list(unit.agreements.all())
    municipalities = accounts.municipality_names(_municipalities(unit, places))
    named = {*unit.needs_met, *unit.needs_refused, *unit.priority_needs}
    needs = catalogue.names(named, of="need")
    permit: Permit | None = _one(unit, "permit")
    award: DirectAwardVetting | None = _one(unit, "direct_award")
    is_protected = pages.gives_protected_housing(unit)
    is_hidden = is_protected and not sees_protected
    return ShownUnit(
        unit=unit,
        municipality="" if is_hidden else _lies_in(unit, municipalities),
        operated_by="" if is_hidden else municipalities.get(unit.operated_by, unit.operated_by),
        services=_services(unit),
        ages=words.ages(unit.age_from, unit.age_to),
        companions=_companions(unit),
        genders=_genders(unit),
        drug_free=_drug_free(unit),
        priority=_priority(unit, needs),
        needs_met=[needs[code] for code in unit.needs_met],
        needs_refused=[needs[code] for code in unit.needs_refused],
        open=words.period(unit.open_from, unit.open_to) if unit.open_from or unit.open_to else "",
        places=words.free_places(unit),
        counted=words.counted(unit, now),
        agreements=[_agreement(place, municipalities, today) for place in places],
        permit=permit,
        permit_period=words.period(permit.valid_from, permit.valid_to) if permit else "",
        permit_holds=bool(permit and permit.valid_from and holds_on(permit, today)),
        direct_award=award,
        vetted=words.period(award.vetted_from, award.vetted_to) if award else "",
        award_rate=_rate(award.rate, award.rate_unit) if award else "",
        in_house_rate=_rate(unit.in_house_rate, "day"),
        address=None if is_protected else _one(unit, "address"),
        is_protected=is_protected,
        is_hidden=is_hidden,
    )


def _lies_in(unit: CareUnit, municipalities: dict[str, str]) -> str:
    """Göteborg (Hisingen)"""
    name = municipalities.get(unit.municipality, unit.municipality)
    return f"{name} ({unit.district})" if unit.district and unit.district != name else name


def shown_stops(stops: Iterable[Stop], *, sees_why: bool) -> list[ShownStop]:
    """Why a stop was set, and by whom, is shown to the quality roles alone."""
    listed = list(stops)
    reasons = catalogue.names({stop.reason_code for stop in listed}, of="stop") if sees_why else {}
    reviews = reviews_of_stops(listed) if sees_why and listed else {}
    return [
        ShownStop(
            stop.pk,
            words.stop_kind(stop),
            words.stop_on(stop),
            words.period(stop.valid_from, stop.valid_to),
            reasons.get(stop.reason_code, ""),
            _decided(stop) if sees_why else "",
            reviews.get(stop.pk),
        )
        for stop in listed
    ]


def _decided(stop: Stop) -> str:
    if stop.decided_at is None:
        return ""
    day = wording.short_day(stop.decided_at.astimezone(clock.STOCKHOLM).date())
    return f"{day}, {stop.decided_by}"


def _one(unit: CareUnit, name: str) -> Any:
    try:
        return getattr(unit, name)
    except ObjectDoesNotExist:
        return None


def _municipalities(unit: CareUnit, places: list[AgreementUnit]) -> set[str]:
    parties = {code for place in places for code in place.lot.agreement.parties}
    return {code for code in {unit.municipality, unit.operated_by, *parties} if code}


def _services(unit: CareUnit) -> list[ShownService]:
    services = list(unit.services.all())
    names = catalogue.names({one.service_type_id for one in services}, of="service")
    subtypes = catalogue.names({code for one in services for code in one.subtypes}, of="subtype")
    return [
        ShownService(
            names[one.service_type_id], wording.listed([subtypes[code] for code in one.subtypes])
        )
        for one in services
    ]


def _priority(unit: CareUnit, needs: Mapping[str, str]) -> list[str]:
    low, high = unit.priority_age_from, unit.priority_age_to
    ages = "" if low is None and high is None else words.ages(low, high)
    return [*filter(None, [unit.priority_group, ages]), *(needs[c] for c in unit.priority_needs)]


def _companions(unit: CareUnit) -> str:
    if unit.companion_age_from is None and unit.companion_age_to is None:
        return _("As the unit's own ages")
    return words.ages(unit.companion_age_from, unit.companion_age_to)


def _genders(unit: CareUnit) -> str:
    names = dict(Gender.choices)
    return wording.listed([str(names[code]) for code in unit.genders]) or _("All genders")


def _drug_free(unit: CareUnit) -> str:
    if unit.drug_free is None:
        return _("Not said")
    return _("Drug-free") if unit.drug_free else _("Not drug-free")


def holds_on(dated: Any, day: date) -> bool:
    return (dated.valid_from is None or dated.valid_from <= day) and (
        dated.valid_to is None or day <= dated.valid_to
    )


def _rate(amount: Any, unit: str) -> str:
    return wording.rate(amount, unit) if amount is not None else ""


def _agreement(place: AgreementUnit, municipalities: dict[str, str], day: date) -> ShownAgreement:
    agreement = place.lot.agreement
    forms = dict(AgreementForm.choices)
    return ShownAgreement(
        pk=place.pk,
        agreement_id=agreement.pk,
        name=str(agreement),
        reference=agreement.reference,
        form=str(forms.get(agreement.provision_form, agreement.provision_form)),
        lot=place.lot.name or place.lot.code,
        parties=wording.listed([municipalities.get(code, code) for code in agreement.parties]),
        period=words.period(agreement.valid_from, agreement.valid_to),
        holds=holds_on(agreement, day),
        rank=place.rank,
        prices=shown_prices(list(place.prices.all()), agreement.valid_from, day),
    )


def shown_prices(prices: list[Price], begins: date | None, day: date) -> list[ShownPrice]:
    """In order of time; the last one that has begun is the price now."""
    begun = [price for price in prices if price.valid_from is None or price.valid_from <= day]
    current = begun[-1] if begun else None
    return [
        ShownPrice(
            wording.rate(price.rate, price.rate_unit),
            words.period(price.valid_from or begins, None),
            price is current,
        )
        for price in prices
    ]
