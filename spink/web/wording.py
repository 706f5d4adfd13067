"""How dates, times, money and distances are said, in the active language.

Pure: whoever needs the time of day passes it in. Every text that leaves here is plain
text and is escaped by the template like any other.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.utils.dateformat import format as format_date
from django.utils.dateformat import time_format
from django.utils.translation import get_language, gettext, ngettext, pgettext

from spink.foundation.clock import STOCKHOLM

NO_BREAK = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
LONG_AGO = 90 * DAY
MINUTE = timedelta(minutes=1)
HOURS_THAT_NEED_MINUTES = 12

_NUMBER_WORDS = {
    "sv": [
        "noll",
        "en",
        "två",
        "tre",
        "fyra",
        "fem",
        "sex",
        "sju",
        "åtta",
        "nio",
        "tio",
        "elva",
        "tolv",
    ],
    "en": [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ],
}


def _is_swedish() -> bool:
    return (get_language() or "sv").startswith("sv")


# Days and times


def day(value: date) -> str:
    """5 mars 2026"""
    return format_date(value, "j F Y")


def short_day(value: date) -> str:
    """14 nov 2025"""
    return format_date(value, "j b Y" if _is_swedish() else "j M Y")


def month(value: date) -> str:
    """mars 2026"""
    return format_date(value, "F Y")


def weekday(value: date) -> str:
    """torsdag 5 mars 2026"""
    return format_date(value, "l j F Y")


def near_day(value: date, *, today: date) -> str:
    """i dag, i går, i morgon, torsdag 5 mars, 5 april or 5 mars 2025: as near as it can be said."""
    named = {-1: gettext("yesterday"), 0: gettext("today"), 1: gettext("tomorrow")}
    distance = (value - today).days
    if distance in named:
        return named[distance]
    if abs(distance) < 7:
        return format_date(value, "l j F")
    return format_date(value, "j F" if value.year == today.year else "j F Y")


def time_of_day(value: datetime) -> str:
    """14:32, in Sweden"""
    return time_format(value.astimezone(STOCKHOLM).time(), "H:i")


def moment(value: datetime, *, now: datetime) -> str:
    """i dag 14:32"""
    local, today = value.astimezone(STOCKHOLM).date(), now.astimezone(STOCKHOLM).date()
    return f"{near_day(local, today=today)} {time_of_day(value)}"


def full_moment(value: datetime) -> str:
    """3 mars 2026 14:32"""
    return f"{day(value.astimezone(STOCKHOLM).date())} {time_of_day(value)}"


# Spans of time


def _days(count: int) -> str:
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}


def _hours(count: int) -> str:
    return ngettext("%(count)d hour", "%(count)d hours", count) % {"count": count}


def _minutes(count: int) -> str:
    return ngettext("%(count)d minute", "%(count)d minutes", count) % {"count": count}


def duration(span: timedelta) -> str:
    """1 timme och 28 minuter; rounded down, and to whole hours or days where it is long."""
    if span < MINUTE:
        return gettext("less than a minute")
    if span < HOUR:
        return _minutes(span // MINUTE)
    if span >= DAY:
        return _days(span // DAY)
    hours, minutes = span // HOUR, span % HOUR // MINUTE
    if not minutes or hours >= HOURS_THAT_NEED_MINUTES:
        return _hours(hours)
    return listed([_hours(hours), _minutes(minutes)])


def rough_duration(span: timedelta) -> str:
    """2 timmar: the largest unit only."""
    return _hours(span // HOUR) if HOUR <= span < DAY else duration(span)


def until(value: datetime, *, now: datetime) -> str:
    """om 1 timme och 28 minuter; once it has passed, 2 timmar försenad."""
    if value < now:
        return gettext("%(duration)s late") % {"duration": rough_duration(now - value)}
    return gettext("in %(duration)s") % {"duration": duration(value - now)}


def left(value: datetime, *, now: datetime) -> str:
    """1 timme och 28 minuter kvar; once it has passed, 2 timmar försenad."""
    if value < now:
        return until(value, now=now)
    return gettext("%(duration)s left") % {"duration": duration(value - now)}


def since(value: datetime, *, now: datetime) -> str:
    """för 18 minuter sedan; of what is long ago the day"""
    if now - value > LONG_AGO:
        return short_day(value.astimezone(STOCKHOLM).date())
    return gettext("%(duration)s ago") % {"duration": rough_duration(max(now - value, timedelta()))}


def days_until(value: date, *, today: date) -> str:
    """om två dagar, i dag, för tre dagar sedan"""
    distance = (value - today).days
    if abs(distance) <= 1:
        return near_day(value, today=today)
    count = abs(distance)
    words = ngettext("%(number)s day", "%(number)s days", count) % {"number": number_word(count)}
    return (gettext("in %(duration)s") if distance > 0 else gettext("%(duration)s ago")) % {
        "duration": words
    }


# Numbers


def number(value: float | Decimal, *, decimals: int = 0) -> str:
    """18 204 and 6,3 in Swedish; 18,204 and 6.3 in English. Halves are rounded up."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{abs(exact):,f}"
    if _is_swedish():
        text = text.replace(",", NO_BREAK).replace(".", ",")
    return f"{MINUS}{text}" if exact < 0 else text


def number_word(value: int) -> str:
    """två; from thirteen on in figures."""
    words = _NUMBER_WORDS["sv" if _is_swedish() else "en"]
    return words[value] if 0 <= value < len(words) else number(value)


def kronor(amount: float | Decimal) -> str:
    """2 950 kr; öre only where there are any."""
    whole = Decimal(str(amount)) == Decimal(str(amount)).to_integral_value()
    text = number(amount, decimals=0 if whole else 2)
    return f"{text}{NO_BREAK}kr" if _is_swedish() else f"SEK{NO_BREAK}{text}"


def rate(amount: float | Decimal, unit: str = "day") -> str:
    """2 950 kr per dygn. Units are those of the register: day, week, month, hour, occasion."""
    words = {
        "day": pgettext("rate", "a day"),
        "week": pgettext("rate", "a week"),
        "month": pgettext("rate", "a month"),
        "hour": pgettext("rate", "an hour"),
        "occasion": pgettext("rate", "an occasion"),
    }
    return f"{kronor(amount)} {words.get(unit, unit)}"


def kilometres(metres: float) -> str:
    """6,3 km, given whole metres"""
    return f"{number(Decimal(str(metres)) / 1000, decimals=1)}{NO_BREAK}km"


def percent(share: float | Decimal, *, decimals: int = 0) -> str:
    """18 %, given 0.18"""
    text = number(Decimal(str(share)) * 100, decimals=decimals)
    return f"{text}{NO_BREAK}%" if _is_swedish() else f"{text}%"


# Words


def listed(items: Sequence[str]) -> str:
    """a, b och c"""
    if len(items) < 2:
        return "".join(items)
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(items[:-1]), "last": items[-1]}


def initials(name: str) -> str:
    """A.L., of the first and the last word of a name"""
    words = name.split()
    return "".join(f"{word[0].upper()}." for word in [*words[:1], *words[1:][-1:]])


def age(years: int) -> str:
    """34 år"""
    return ngettext("%(count)d year", "%(count)d years", years) % {"count": years}
