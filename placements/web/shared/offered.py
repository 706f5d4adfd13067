"""How sure what a unit offers is: its places, what it answered, and its price. For both sides."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placements.domain.values import Answer
from placements.models import ProviderInquiry
from placements.web.shared.short import short, short_moment
from providers.domain.freshness import is_fresh
from providers.queries import UnitCard
from spink.catalogue.domain.ladder import ProvisionForm
from spink.foundation.clock import STOCKHOLM
from spink.web import wording

QUOTED_FOR = timedelta(days=180)
"""So long the price of a direct award is taken as it stands."""

ANSWER_LOOKS: dict[str, str] = {
    "": "waiting",
    Answer.YES: "fits",
    Answer.LATER: "fits",
    Answer.NO: "none",
}


@dataclass(frozen=True, slots=True)
class Said:
    """A line with its shape; no look, no shape."""

    text: str
    look: str = ""


def places(card: UnitCard | None, start: date, now: datetime) -> str:
    """2 av 6, Ledig 3 dec, Räknas inte i platser"""
    if card is None or card.free is None:
        return _("Not counted")
    if card.free == 0 and card.next_free_on and card.next_free_on <= start:
        if is_outdated(card):
            return _("Uncertain")
        return _("Free %(day)s") % {"day": short(card.next_free_on, today=_day(now))}
    return _("%(free)s of %(total)s") % {
        "free": wording.number(card.free),
        "total": wording.number(card.places_total or 0),
    }


def counted(card: UnitCard | None, now: datetime, *, is_certain: bool) -> Said:
    """When the places were counted, and whether the count is to be believed."""
    if card is None or card.free is None:
        return Said("")
    at = card.places_confirmed_at
    if at is None:
        return Said(_("Nobody has confirmed it"), "old")
    named = {"day": short_moment(at, now=now)}
    if not is_certain or is_outdated(card):
        return Said(_("Full when counted %(day)s") % named, "old")
    if is_fresh(at, now=now):
        return Said(_("Counted %(day)s") % named, "fresh")
    return Said(_("Uncertain, from %(day)s") % named, "old")


def is_outdated(card: UnitCard) -> bool:
    """Whether a full unit was to be free on a day that had passed when it was counted as full."""
    if card.free != 0 or card.next_free_on is None or card.places_confirmed_at is None:
        return False
    return card.next_free_on <= _day(card.places_confirmed_at)


def priced(form: ProvisionForm | str, *, is_known: bool, since: date | None, now: datetime) -> Said:
    """How old a price is. That of a direct award was quoted once and does not hold by itself."""
    is_quoted = form == ProvisionForm.DIRECT_AWARD
    if not is_known:
        return Said(_("No price known"), "old")
    if since is None:
        return Said(_("date not known"), "old" if is_quoted else "")
    named = {"day": wording.short_day(since)}
    if not is_quoted:
        return Said(_("holds from %(day)s") % named)
    if _day(now) - since > QUOTED_FOR:
        return Said(_("quoted %(day)s, ask whether it still holds") % named, "old")
    return Said(_("quoted %(day)s") % named)


def asked(inquiry: ProviderInquiry | None, start: date, now: datetime) -> Said | None:
    """What came of asking the unit about a place."""
    if inquiry is None:
        return None
    if inquiry.answer == Answer.LATER and inquiry.place_from:
        return free_from(inquiry.place_from, start)
    at = inquiry.answered_at or inquiry.asked_at
    texts = {
        "": _("Asked %(moment)s, no answer yet"),
        Answer.YES: _("Answered yes %(moment)s"),
        Answer.NO: _("Answered no %(moment)s"),
    }
    text = texts.get(inquiry.answer, texts[Answer.YES])
    return Said(text % {"moment": wording.moment(at, now=now)}, ANSWER_LOOKS[inquiry.answer])


def free_from(day: date, start: date) -> Said:
    """Har plats från 3 dec, tio dagar efter önskad start"""
    free = _("Has a place from %(day)s") % {"day": wording.short_day(day)}
    late = (day - start).days
    if late <= 0:
        return Said(free, ANSWER_LOOKS[Answer.LATER])
    after = ngettext(
        "%(free)s, %(number)s day after the wanted start",
        "%(free)s, %(number)s days after the wanted start",
        late,
    )
    return Said(after % {"free": free, "number": wording.number_word(late)}, "old")


def _day(at: datetime) -> date:
    return at.astimezone(STOCKHOLM).date()
