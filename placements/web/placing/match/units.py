"""A candidate as its row shows it: what speaks for it, how sure its places are, what it costs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from placements.models import ProviderInquiry
from placements.web.shared import offered
from placements.web.shared.offered import Said
from providers.queries import PriceDate, UnitCard
from spink.catalogue.domain.ladder import ProvisionForm
from spink.web import wording

Candidate = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ShownUnit:
    code: str
    name: str
    url: str
    choose: str
    under: str
    met: list[str]
    wishes: int
    """How many wishes there are at all."""
    places: str
    places_note: Said
    rate: str
    rate_note: Said
    distance: str
    rank: str
    asked: Said | None
    earlier: Said | None
    remark: Said | None
    """What the officer should know, and what keeps nobody away by itself."""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the rows of a page are made from; read in a constant number of queries."""

    cards: Mapping[str, UnitCard]
    prices: Mapping[str, PriceDate]
    needs: Mapping[str, str]
    municipalities: Mapping[str, str]
    inquiries: Mapping[str, ProviderInquiry]
    """Each unit's latest."""
    wishes: int
    wanted_start: date
    now: datetime
    earlier: Mapping[str, Said] = field(default_factory=dict)
    """Of those that have been recommended before."""
    overdue: Mapping[str, date] = field(default_factory=dict)
    """Of units that a vetting has let in: since when a check of the provider has run out."""

    def name(self, code: str) -> str:
        """A unit that has left the register is named by its code."""
        card = self.cards.get(code)
        return card.name if card else code


def shown_unit(candidate: Candidate, form: ProvisionForm, facts: Facts) -> ShownUnit:
    code = candidate["unit"]
    card = facts.cards.get(code)
    price = facts.prices.get(code)
    return ShownUnit(
        code=code,
        name=facts.name(code),
        url=unit_url(code),
        choose=_("Choose %(name)s") % {"name": facts.name(code)},
        under=where(card, facts.municipalities) if card else "",
        met=[facts.needs.get(need, need) for need in candidate["wished_met"]],
        wishes=facts.wishes,
        places=offered.places(card, facts.wanted_start, facts.now),
        places_note=offered.counted(card, facts.now, is_certain=candidate["places_certain"]),
        rate=rate_text(candidate["rate"], price),
        rate_note=offered.priced(
            form,
            is_known=candidate["rate"] is not None,
            since=price.rate_from if price else None,
            now=facts.now,
        ),
        distance=distance_text(candidate["distance_km"]),
        rank="" if candidate["rank"] is None else str(candidate["rank"]),
        asked=offered.asked(facts.inquiries.get(code), facts.wanted_start, facts.now),
        earlier=facts.earlier.get(code),
        remark=_remark(facts.overdue.get(code)) if form is ProvisionForm.DIRECT_AWARD else None,
    )


def _remark(overdue: date | None) -> Said | None:
    if overdue is None:
        return None
    day = {"day": wording.short_day(overdue)}
    return Said(_("The vetting of the provider ran out %(day)s") % day, "late")


def unit_url(code: str) -> str:
    """The unit's page in the register; empty where there is none."""
    try:
        return reverse("providers:unit", args=[code])
    except NoReverseMatch:
        return ""


def where(card: UnitCard, municipalities: Mapping[str, str]) -> str:
    """Stiftelsen Sävlunda, Göteborg (Hisingen)"""
    place = municipalities.get(card.municipality, "")
    if place and card.district and card.district != place:
        place = f"{place} ({card.district})"
    return ", ".join(filter(None, [card.provider_name, place or card.district]))


def rate_text(rate: float | Decimal | None, price: PriceDate | None) -> str:
    """Without its unit where that is the day, which the column's heading says."""
    if rate is None:
        return ""
    unit = price.rate_unit if price else "day"
    return wording.kronor(rate) if unit == "day" else wording.rate(rate, unit)


def distance_text(kilometres: float | None) -> str:
    return "" if kilometres is None else wording.kilometres(round(kilometres * 1000))
