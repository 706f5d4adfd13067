"""The ladder at night: the units that take acute admissions, with whom to call."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from placements.actions.recommending import placed
from placements.models import PlacementRequest
from placements.queries.acute import AcuteOffer
from providers import queries as register
from providers.queries import UnitCard
from spink.accounts import queries as accounts
from spink.catalogue.wording import rung_name
from spink.foundation import clock
from spink.web import wording


@dataclass(frozen=True, slots=True)
class Row:
    code: str
    name: str
    under: str
    phone: str
    contact: str
    places: str
    counted: str
    rate: str
    choose: str


@dataclass(frozen=True, slots=True)
class Rung:
    form: str
    title: str
    rows: list[Row]


def rungs_of(placement: PlacementRequest, found: AcuteOffer) -> list[Rung]:
    """In the ladder's order, those without a unit too; a constant number of queries."""
    candidates = found.offer.candidates
    cards = register.unit_cards([code for codes in candidates.values() for code in codes])
    prices = register.price_dates(
        [
            placed(form, found.matched.candidate(code))
            for form, codes in candidates.items()
            for code in codes
        ],
        municipality=placement.municipality_id,
        service_type=placement.service_type,
        day=placement.wanted_start or clock.today(),
    )
    places = accounts.municipality_names({card.municipality for card in cards.values()})
    return [
        Rung(
            form,
            rung_name(form),
            [
                _row(cards[code], found, places, prices.get(code))
                for code in candidates[form]
                if code in cards
            ],
        )
        for form in found.offer.forms
    ]


def _row(
    card: UnitCard,
    found: AcuteOffer,
    places: dict[str, str],
    price: register.PriceDate | None,
) -> Row:
    rate = found.matched.candidate(card.code)["rate"]
    unit = price.rate_unit if price else "day"
    at = card.places_confirmed_at
    return Row(
        code=card.code,
        name=card.name,
        under=", ".join(filter(None, [card.provider_name, places.get(card.municipality, "")])),
        phone=card.phone,
        contact=card.contact,
        places=_places(card),
        counted=_("Counted %(moment)s") % {"moment": wording.moment(at, now=clock.now())}
        if at
        else "",
        rate="" if rate is None else wording.rate(rate, unit),
        choose=_("Choose %(name)s") % {"name": card.name},
    )


def _places(card: UnitCard) -> str:
    if card.free is None:
        return _("Not counted")
    return _("%(free)s of %(total)s") % {
        "free": wording.number(card.free),
        "total": wording.number(card.places_total or 0),
    }


def named_units(rungs: list[Rung]) -> list[tuple[str, str]]:
    return [(row.code, row.name) for rung in rungs for row in rung.rows]


def is_ladder_empty(rungs: list[Rung]) -> bool:
    return not any(rung.rows for rung in rungs)
