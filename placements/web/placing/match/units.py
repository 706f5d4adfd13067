"""A candidate as its row shows it: what speaks for it, how sure its places are, what it costs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from placements.domain.values import Answer
from placements.models import ProviderInquiry
from placements.web.placing.short import short, short_moment
from placements.web.placing.words import ANSWER_LOOKS
from providers.domain.freshness import is_fresh
from providers.queries import PriceDate, UnitCard
from spink.catalogue.domain.ladder import ProvisionForm
from spink.foundation.clock import STOCKHOLM
from spink.web import wording

QUOTED_FOR = timedelta(days=180)
"""So long the price of a direct award is taken as it stands."""

Candidate = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """A line with its shape; no look, no shape."""

    text: str
    look: str = ""


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
        places=_places(card, facts.wanted_start, facts.now.astimezone(STOCKHOLM).date()),
        places_note=_counted(card, facts.now, is_certain=candidate["places_certain"]),
        rate=rate_text(candidate["rate"], price),
        rate_note=_priced(form, candidate["rate"], price, facts.now),
        distance=distance_text(candidate["distance_km"]),
        rank="" if candidate["rank"] is None else str(candidate["rank"]),
        asked=asked(facts.inquiries.get(code), facts.now),
    )


def unit_url(code: str) -> str:
    """The unit's page in the register; empty where there is none."""
    try:
        return reverse("providers:unit", args=[code])
    except NoReverseMatch:
        return ""


def where(card: UnitCard, municipalities: Mapping[str, str]) -> str:
    """Stiftelsen Sävlunda, Göteborg (Hisingen)"""
    place = municipalities.get(card.municipality, "")
    if place and card.district:
        place = f"{place} ({card.district})"
    return ", ".join(filter(None, [card.provider_name, place or card.district]))


def _places(card: UnitCard | None, start: date, today: date) -> str:
    if card is None or card.free is None:
        return _("Not counted")
    if card.free == 0 and card.next_free_on and card.next_free_on <= start:
        return _("Free %(day)s") % {"day": short(card.next_free_on, today=today)}
    return _("%(free)s of %(total)s") % {
        "free": wording.number(card.free),
        "total": wording.number(card.places_total or 0),
    }


def _counted(card: UnitCard | None, now: datetime, *, is_certain: bool) -> Said:
    if card is None or card.free is None:
        return Said("")
    at = card.places_confirmed_at
    if at is None:
        return Said(_("Nobody has confirmed it"), "old")
    named = {"day": short_moment(at, now=now)}
    if not is_certain:
        return Said(_("Full when counted %(day)s") % named, "old")
    if is_fresh(at, now=now):
        return Said(_("Counted %(day)s") % named, "fresh")
    return Said(_("Uncertain, from %(day)s") % named, "old")


def rate_text(rate: float | Decimal | None, price: PriceDate | None) -> str:
    """Without its unit where that is the day, which the column's heading says."""
    if rate is None:
        return ""
    unit = price.rate_unit if price else "day"
    return wording.kronor(rate) if unit == "day" else wording.rate(rate, unit)


def _priced(
    form: ProvisionForm, rate: float | Decimal | None, price: PriceDate | None, now: datetime
) -> Said:
    since = price.rate_from if price else None
    if rate is None:
        return Said(_("No price known"), "old")
    if since is None:
        return Said(_("date not known"), "old" if form is ProvisionForm.DIRECT_AWARD else "")
    named = {"day": wording.short_day(since)}
    if form is not ProvisionForm.DIRECT_AWARD:
        return Said(_("holds from %(day)s") % named)
    is_old = now.astimezone(STOCKHOLM).date() - since > QUOTED_FOR
    return Said(_("quoted %(day)s") % named, "old" if is_old else "")


def distance_text(kilometres: float | None) -> str:
    return "" if kilometres is None else wording.kilometres(round(kilometres * 1000))


def asked(inquiry: ProviderInquiry | None, now: datetime) -> Said | None:
    """What came of asking the unit about a place."""
    if inquiry is None:
        return None
    at = inquiry.answered_at or inquiry.asked_at
    named = {"moment": wording.moment(at, now=now)}
    texts = {
        "": _("Asked %(moment)s, no answer yet"),
        Answer.YES: _("Answered yes %(moment)s"),
        Answer.NO: _("Answered no %(moment)s"),
    }
    if inquiry.answer == Answer.LATER and inquiry.place_from:
        day = wording.short_day(inquiry.place_from)
        text = _("Has a place from %(day)s") % {"day": day}
    else:
        text = texts.get(inquiry.answer, texts[Answer.YES]) % named
    return Said(text, ANSWER_LOOKS[inquiry.answer])
