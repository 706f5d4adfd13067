"""What the register's pages say of places, periods, stops and changes, in words."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from providers.domain.freshness import is_fresh
from providers.models import CareUnit, Stop, StopKind
from spink.web import wording


@dataclass(frozen=True, slots=True)
class Said:
    text: str
    look: str = ""


def free_places(unit: CareUnit) -> str:
    if unit.places_total is None:
        return _("Not counted in places")
    free = max(0, unit.places_total - unit.places_occupied - unit.places_unavailable)
    return _("%(free)s of %(total)s") % {"free": free, "total": unit.places_total}


def counted(unit: CareUnit, now: datetime) -> Said:
    """When the places were last confirmed, and whether that is still to be trusted."""
    if unit.places_total is None:
        return Said("")
    at = unit.places_confirmed_at
    if at is None:
        return Said(_("Never confirmed"), "old")
    text = _("Counted %(moment)s") % {"moment": wording.moment(at, now=now)}
    return Said(text, "fresh" if is_fresh(at, now=now) else "old")


def period(first: date | None, last: date | None) -> str:
    if first and last:
        return f"{wording.short_day(first)} – {wording.short_day(last)}"
    if first:
        return _("from %(day)s") % {"day": wording.short_day(first)}
    if last:
        return _("until %(day)s") % {"day": wording.short_day(last)}
    return _("without end")


def ages(low: int | None, high: int | None) -> str:
    if low and high is not None:
        return _("%(low)s–%(high)s years") % {"low": low, "high": high}
    if low:
        return _("from %(low)s years") % {"low": low}
    if high is not None:
        return _("up to %(high)s years") % {"high": high}
    return _("All ages")


def stop_kind(stop: Stop) -> str:
    """A kind that is not known closes every rung, as a pause does."""
    return str(dict(StopKind.choices).get(stop.kind, StopKind.PAUSED.label))


def stop_on(stop: Stop) -> str:
    if stop.provider:
        return _("The provider %(name)s") % {"name": stop.provider.name}
    if stop.group:
        return _("The group %(name)s") % {"name": stop.group.name}
    return _("The unit")


def stop_level(stop: Stop) -> str:
    if stop.unit:
        return _("Unit")
    return _("Provider") if stop.provider else _("Group")
