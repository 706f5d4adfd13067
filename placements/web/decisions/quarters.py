from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from placements.domain.not_carried_out import Quarter
from spink.foundation import clock

SHOWN: int = 8


@dataclass(frozen=True, slots=True)
class QuarterChoice:
    value: str
    name: str
    current: bool


def listed() -> list[Quarter]:
    """The running one first."""
    newest = Quarter.of(clock.today())
    return [newest.back(number) for number in range(SHOWN)]


def chosen(request: HttpRequest) -> Quarter:
    """As the address says; the running one where it says nothing, or nonsense."""
    try:
        wanted = Quarter.read(request.GET.get("quarter", ""))
    except ValueError:
        return Quarter.of(clock.today())
    return wanted if wanted in listed() else Quarter.of(clock.today())


def can_be_explained(quarter: Quarter) -> bool:
    """The running one and the one before, which is reported now; older ones are reported."""
    return quarter in listed()[:2]


def choices(current: Quarter) -> list[QuarterChoice]:
    return [QuarterChoice(str(one), named(one), one == current) for one in listed()]


def named(quarter: Quarter) -> str:
    return _("Quarter %(number)d %(year)d") % {"number": quarter.number, "year": quarter.year}
