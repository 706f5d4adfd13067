"""What is known of those whom a stop would reach, in the words of its page."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from providers.models import CareUnit, Permit
from providers.queries.pages import units as all_units
from providers.queries.stops import Target, provider_ids_under, stops_on, units_under
from providers.web import words
from providers.web.stops.known_of_control import Known as KnownOfControl
from providers.web.stops.known_of_control import known_of_control
from spink.accounts.domain.reach import Reach
from spink.catalogue.domain.ladder import LADDER, ProvisionForm
from spink.catalogue.wording import rung_name
from spink.foundation import clock
from spink.web import wording

UNITS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Known:
    units: list[CareUnit]
    more_units: int
    rungs: str
    permits: str
    permits_lack: bool
    stops: list[str]
    """Those of before and those that hold, the newest first."""
    of_control: KnownOfControl


def known_of(on: Target, rungs: Collection[ProvisionForm], reach: Reach) -> Known:
    units = units_under(on)
    providers = provider_ids_under(on)
    count = units.count()
    lacking = _lacking(units)
    return Known(
        units=list(all_units().filter(pk__in=units.values("pk"))[:UNITS_SHOWN]),
        more_units=max(0, count - UNITS_SHOWN),
        rungs=wording.listed([str(rung_name(form)) for form in LADDER if form in rungs]),
        permits=_permits(lacking),
        permits_lack=lacking > 0,
        stops=[
            f"{words.stop_kind(stop)} {words.period(stop.valid_from, stop.valid_to)}"
            for stop in stops_on(on)[:UNITS_SHOWN]
        ],
        of_control=known_of_control(providers, reach, many=len(providers) > 1),
    )


def _lacking(units: "QuerySet[CareUnit]") -> int:
    today = clock.today()
    needed = Permit.objects.filter(unit__in=units, required=True)
    holding = needed.filter(valid_from__lte=today).exclude(valid_to__lt=today)
    return needed.count() - holding.count()


def _permits(lacking: int) -> str:
    if not lacking:
        return _("All permits that are needed hold")
    text = ngettext(
        "%(count)d unit lacks a permit that it needs",
        "%(count)d units lack a permit that they need",
        lacking,
    )
    return text % {"count": lacking}
