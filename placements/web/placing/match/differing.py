"""What exactly keeps a unit from fitting, in words: the span, the kilometres, the day, the need."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from placements.matching.differences import Difference, Differences
from placements.matching.need import Need
from placements.matching.reasons import Reason
from placements.web.placing.words import REASONS
from providers.domain.priority import PriorityGroup
from spink.web import wording


@dataclass(frozen=True, slots=True)
class Telling:
    need: Need
    needs: Mapping[str, str]
    """Names of special needs by code."""


def detail(difference: Difference, telling: Telling) -> str:
    """Empty where the reason says all there is to say."""
    say = _DETAILS.get(difference.reason)
    return say(difference, telling) if say else ""


def reasons_text(differences: Differences, row: int, telling: Telling) -> str:
    """Every reason that keeps the unit away, each with what differs."""
    told = []
    for reason in differences.reasons(row):
        said = detail(differences.of(row, reason), telling)
        told.append(f"{REASONS[reason]}: {said}" if said else f"{REASONS[reason]}.")
    return " ".join(told)


def ages_text(ages: tuple[int, int | None] | None) -> str:
    """18–64 år, från 18 år"""
    if ages is None:
        return ""
    first, last = ages
    if last is None:
        return _("from %(first)d years") % {"first": first}
    return _("%(first)d–%(last)d years") % {"first": first, "last": last}


def group_words(group: PriorityGroup, needs: Mapping[str, str]) -> str:
    """Its words as the register has them; without any, its ages and needs."""
    ages = ages_text((group.age_from or 0, group.age_to)) if group.has_ages else ""
    named = [needs.get(need, need) for need in group.needs]
    return group.words or ", ".join(filter(None, [ages, *named]))


def _not_open(difference: Difference, telling: Telling) -> str:
    start = telling.need.wanted_start
    if difference.first and difference.first > start:
        return _("opens %(day)s, %(after)s") % _days_after(difference.first, start)
    if difference.last:
        return _("closes %(day)s.") % {"day": wording.day(difference.last)}
    return ""


def _days_after(day: date, start: date) -> dict[str, str]:
    count = (day - start).days
    after = _("%(days)d days after the wanted start.") % {"days": count}
    if count == 1:
        after = _("the day after the wanted start.")
    return {"day": wording.day(day), "after": after}


def _age(difference: Difference, _telling: Telling) -> str:
    return _("takes %(ages)s.") % {"ages": ages_text(difference.ages)}


def _companion(difference: Difference, _telling: Telling) -> str:
    return _("takes companions of %(ages)s.") % {"ages": ages_text(difference.ages)}


def _gender(difference: Difference, _telling: Telling) -> str:
    named = {"woman": _("women"), "man": _("men"), "other": _("persons of another gender")}
    words = [named[code] for code in difference.codes]
    return _("only for %(genders)s.") % {"genders": wording.listed(words)}


def _drug_free(difference: Difference, _telling: Telling) -> str:
    if difference.drug_free:
        return _("the unit is drug-free, the request asks for one that is not.")
    return _("the unit is not drug-free, the request asks for one that is.")


def _needs(difference: Difference, telling: Telling) -> str:
    names = [_within_a_sentence(telling.needs.get(code, code)) for code in difference.codes]
    return f"{wording.listed(names)}."


def _within_a_sentence(name: str) -> str:
    """With a small letter first, but for what is written in capitals."""
    return name if name[1:2].isupper() else f"{name[:1].lower()}{name[1:]}"


def _no_free_place(difference: Difference, telling: Telling) -> str:
    asked = telling.need.places_asked
    if difference.first and difference.first > telling.need.wanted_start:
        days = _days_after(difference.first, telling.need.wanted_start)
        return _("the next is free %(day)s, %(after)s") % days
    if asked > 1:
        free = max(difference.free or 0, 0)
        return _("%(free)d free, %(asked)d are needed.") % {"free": free, "asked": asked}
    return _("it is not known when the next is free.")


def _agreement_expired(difference: Difference, telling: Telling) -> str:
    start = telling.need.wanted_start
    if difference.last and difference.last < start:
        return _("ended %(day)s.") % {"day": wording.day(difference.last)}
    if difference.first and difference.first > start:
        return _("begins %(day)s.") % {"day": wording.day(difference.first)}
    return ""


def _too_far(difference: Difference, telling: Telling) -> str:
    near = telling.need.near
    if difference.metres is None or near is None or near.within_km is None:
        return ""
    return _("%(distance)s, the limit is %(limit)s.") % {
        "distance": wording.kilometres(difference.metres),
        "limit": _limit(near.within_km),
    }


def _limit(kilometres: float) -> str:
    """40 km: asked for in whole ones, as a rule."""
    decimals = 0 if float(kilometres).is_integer() else 1
    return f"{wording.number(kilometres, decimals=decimals)}{wording.NO_BREAK}km"


_DETAILS: dict[Reason, Callable[[Difference, Telling], str]] = {
    Reason.NOT_OPEN: _not_open,
    Reason.AGE: _age,
    Reason.COMPANION: _companion,
    Reason.GENDER: _gender,
    Reason.DRUG_FREE: _drug_free,
    Reason.NEED_REFUSED: _needs,
    Reason.NEED_NOT_MET: _needs,
    Reason.NO_FREE_PLACE: _no_free_place,
    Reason.AGREEMENT_EXPIRED: _agreement_expired,
    Reason.TOO_FAR: _too_far,
}
