"""A unit as the register's document gives it on a day, with what was known of it then."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from spink.foundation.clock import STOCKHOLM
from spink.sample import names
from spink.sample.drawing import Draw
from spink.sample.register.frameworks import Chain, Generation, Ranks, chain_of
from spink.sample.register.occupancy import Places
from spink.sample.register.plans import Group, Provider, Unit
from spink.sample.register.prices import price_periods, rate_on

Json = dict[str, Any]

REGISTER_BEGINS: Final = date(2022, 12, 30)
LAPSED: Final = 0.04
"""The share of vettings that nobody has renewed."""
STAFFINGS: Final = (
    "Personal dygnet runt",
    "Personal dygnet runt, vaken natt",
    "Personal dygnet runt, sovande jour",
    "Personal dagtid, jour övrig tid",
)
WORKDAY_BEGINS: Final = 8


def group_document(group: Group) -> Json:
    return {"id": group.code, "name": group.name}


def provider_document(provider: Provider) -> Json:
    return _given(
        {
            "id": provider.code,
            "name": provider.name,
            "group": provider.group,
            "legal_form": provider.legal_form,
            "ownership": provider.ownership,
            "organisation_number": provider.number,
            "municipality": provider.municipality,
            "contact_person": provider.contact,
            "phone": provider.phone,
            "email": provider.email,
        }
    )


def lasting(unit: Unit, seed: int) -> Json:
    """What the document says of the unit on every day."""
    draw = Draw(seed, "document", unit.code)
    return _given(
        {
            "id": unit.code,
            "name": unit.name,
            "provider": unit.provider.code,
            "operated_by": unit.operated_by,
            "services": [_given(_service(unit))],
            "ages": list(unit.ages),
            "companion_ages": _companion_ages(unit),
            "genders": list(unit.genders),
            "drug_free": unit.drug_free,
            "needs_met": list(unit.needs_met),
            "needs_refused": list(unit.needs_refused),
            "priority_group": unit.priority_group,
            "priority_ages": list(unit.priority_ages or ()),
            "priority_needs": list(unit.priority_needs),
            "takes_acute_admissions": unit.acute,
            "location": _location(unit),
            "district": "" if unit.is_protected else unit.place.name,
            "address": _address(unit, draw),
            "methods": list(unit.methods),
            **_contact(unit, draw),
        }
    )


def unit_document(
    unit: Unit,
    *,
    always: Json,
    day: date,
    places: Places | None,
    counted_on: date,
    ranks: Ranks,
    decision: str,
    seed: int,
) -> Json:
    """As the register gives the unit on the day: contracts and prices known by then.

    `always` is what `lasting` gives for the unit, `decision` names what has let it into direct
    award. Stops are decided by people, between the editions.
    """
    return always | _given(
        {
            "permit": _permit(unit, day),
            "places": _places(unit, places, counted_on),
            "in_house_rate": rate_on(unit, day) if unit.operated_by else None,
            "in_house_rate_from": f"{day.year}-01-01" if unit.operated_by else None,
            "agreements": list(_agreements(unit, day, ranks, seed)),
            "direct_award": direct_award(unit, day, decision, seed),
        }
    )


def _given(document: Json) -> Json:
    """Only what is known: neither empty texts nor empty lists nor nulls."""
    return {key: value for key, value in document.items() if value is False or value == 0 or value}


def _service(unit: Unit) -> Json:
    return {"service_type": unit.profile.service_type, "subtypes": list(unit.subtypes)}


def _companion_ages(unit: Unit) -> list[int | None] | None:
    return list(unit.profile.companion_ages) if unit.profile.companion_ages else None


def _permit(unit: Unit, day: date) -> Json | None:
    """Needed by those who are not municipalities, and of protected housing since April 2024."""
    needed_from = unit.profile.permit_needed_from
    if not unit.profile.permit or unit.operated_by:
        return None
    if needed_from and day < date.fromisoformat(needed_from) - timedelta(days=7):
        return None
    held = unit.permit_from is not None
    revoked = unit.permit_to if unit.permit_to and unit.permit_to <= day else None
    return {"required": True} | _given(
        {
            "activity": unit.profile.permit,
            "number": f"EX-{unit.code[1:]}" if held else None,
            "valid_from": _day(unit.permit_from),
            "valid_to": _day(revoked),
            "evidence": "IVO, beslut" if held else None,
            "evidence_date": _day(unit.permit_from),
        }
    )


def _places(unit: Unit, places: Places | None, counted_on: date) -> Json | None:
    if places is None:
        return None
    return {
        "total": places.total,
        "occupied": places.occupied,
        "unavailable": places.unavailable,
    } | _given(
        {
            "next_free_on": _day(places.next_free_on),
            "confirmed_at": _morning(counted_on),
            "confirmed_by": unit.provider.contact,
        }
    )


def _location(unit: Unit) -> Json:
    """Of protected housing nothing but the municipality: more would give the house away."""
    if unit.is_protected:
        return {"municipality": unit.place.municipality}
    latitude, longitude = unit.position
    return {"municipality": unit.place.municipality, "lat": latitude, "lon": longitude}


def _address(unit: Unit, draw: Draw) -> Json | None:
    street = f"{draw.one(names.FIRST)}{draw.one(names.PLACES_ON_LAND)}s väg {draw.whole(1, 60)}"
    return None if unit.is_protected else {"street": street, "city": unit.place.name}


def _contact(unit: Unit, draw: Draw) -> Json:
    domain = names.ascii_name(unit.provider.name)
    return _given(
        {
            "staffing": draw.one(STAFFINGS) if unit.places else "",
            "unit_director": " ".join(names.person_name(draw)),
            "contact_person": " ".join(names.person_name(draw)),
            "phone": names.phone(draw),
            "email": f"{names.ascii_name(unit.name)}@{domain}.example",
        }
    )


def _agreements(unit: Unit, day: date, ranks: Ranks, seed: int) -> Iterator[Json]:
    """One entry a lot and price: the import puts entries of one agreement and lot together."""
    chain = chain_of(unit.profile.key, unit.contract_form)
    if chain is None:
        return
    for generation in chain.generations(day):
        if generation.number in unit.contracts:
            yield from _contract(unit, chain, generation, day, ranks, seed)


def _contract(
    unit: Unit, chain: Chain, generation: Generation, day: date, ranks: Ranks, seed: int
) -> Iterator[Json]:
    for lot in lots_of(unit, chain, generation.number):
        for period in price_periods(unit, generation, seed=seed, known_on=day):
            yield _given(
                {
                    "agreement": agreement_code(unit, chain, generation),
                    "lot": lot or None,
                    "provision_form": chain.form,
                    "parties": list(chain.parties),
                    "service_type": unit.profile.service_type,
                    "subtypes": [lot] if lot else [],
                    "valid_from": period.valid_from.isoformat(),
                    "valid_to": period.valid_to.isoformat(),
                    "rank": ranks.get((unit.code, generation.number, lot)),
                    "rate": period.rate,
                    "rate_unit": unit.profile.rate_unit,
                    "rate_from": period.valid_from.isoformat(),
                }
            )


def lots_of(unit: Unit, chain: Chain, generation: int) -> list[str]:
    """The lots that the unit's subtypes lie in; one without a name where the chain has none."""
    if not chain.lots:
        return [""]
    return [lot for lot in chain.lots_of(generation) if lot in unit.subtypes]


def agreement_code(unit: Unit, chain: Chain, generation: Generation) -> str:
    """A supplier's contract of one period of a framework."""
    return f"{chain.key}-{generation.valid_from.year}-{unit.provider.code}"


def agreement_documents(units: Iterable[Unit], day: date) -> list[Json]:
    """The contracts that are known on the day, each with the lots that its units lie in."""
    found: dict[str, Json] = {}
    for unit in units:
        chain = chain_of(unit.profile.key, unit.contract_form)
        for generation in chain.generations(day) if chain else []:
            if chain and generation.number in unit.contracts:
                code = agreement_code(unit, chain, generation)
                agreement = found.setdefault(
                    code, _agreement(code, unit.provider.code, chain, generation)
                )
                _add_lots(agreement["lots"], unit, chain, generation.number)
    return list(found.values())


def _agreement(code: str, provider: str, chain: Chain, generation: Generation) -> Json:
    return {
        "id": code,
        "provider": provider,
        "name": f"{chain.name} {generation.valid_from.year}",
        "reference": f"{generation.valid_from.year}-{chain.key}",
        "provision_form": chain.form,
        "parties": list(chain.parties),
        "valid_from": generation.valid_from.isoformat(),
        "valid_to": generation.valid_to.isoformat(),
        "lots": [],
    }


def _add_lots(lots: list[Json], unit: Unit, chain: Chain, generation: int) -> None:
    known = {lot.get("id", "") for lot in lots}
    lots.extend(
        _given(
            {
                "id": lot,
                "name": f"Delområde {lot}" if lot else "",
                "service_type": unit.profile.service_type,
                "subtypes": [lot] if lot else [],
            }
        )
        for lot in lots_of(unit, chain, generation)
        if lot not in known
    )


def direct_award(unit: Unit, day: date, decision: str, seed: int) -> Json | None:
    if unit.vetted_from:
        return _let_in(unit, unit.vetted_from, day, decision)
    if not unit.direct:
        return None
    draw = Draw(seed, "vetting", unit.code)
    first = _first_vetted(unit, draw)
    if first is None or first > day:
        return None
    lapses = draw.chance(LAPSED)
    begins = first
    while not lapses and _year_later(begins) - timedelta(days=100) <= day:
        begins = _year_later(begins)
    vetted = begins if begins <= day else _year_before(begins)
    return {
        "vetted_from": first.isoformat(),
        "vetted_to": (_year_later(begins) - timedelta(days=1)).isoformat(),
        "rate": rate_on(unit, vetted),
        "rate_unit": unit.profile.rate_unit,
        "rate_from": vetted.isoformat(),
        "decision": decision,
    }


def _let_in(unit: Unit, first: date, day: date, decision: str) -> Json | None:
    """Until further notice, at a price that is asked for every year."""
    if first > day:
        return None
    priced = first
    while _year_later(priced) <= day:
        priced = _year_later(priced)
    return {
        "vetted_from": first.isoformat(),
        "rate": rate_on(unit, priced),
        "rate_unit": unit.profile.rate_unit,
        "rate_from": priced.isoformat(),
        "decision": decision,
    }


def is_bought_by_award(unit: Unit, day: date, seed: int) -> bool:
    """In direct award alone, and vetted on the day."""
    award = direct_award(unit, day, "", seed)
    within = award is not None and award.get("vetted_to", "9999") >= day.isoformat()
    return within and not unit.contracts


def _first_vetted(unit: Unit, draw: Draw) -> date | None:
    """Those that lose a contract are vetted when it ends; others before the register begins."""
    chain = chain_of(unit.profile.key, unit.contract_form)
    if chain and 0 in unit.contracts:
        last = max(unit.contracts)
        ended = [one for one in chain.generations(date(2040, 1, 1)) if one.number == last]
        return ended[0].valid_to + timedelta(days=1)
    return REGISTER_BEGINS - timedelta(days=draw.whole(10, 340))


def _year_later(day: date) -> date:
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _morning(day: date) -> str:
    return datetime.combine(day, time(WORKDAY_BEGINS - 1, 15), STOCKHOLM).isoformat()
