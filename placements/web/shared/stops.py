"""What is said of stopped units, to both sides."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from placements.models import PlacementRequest, RecommendedUnit
from placements.queries.stops import closing_stop_of
from providers import queries as register
from providers.queries import ClosingStop
from spink.web import wording


def stop_text(
    placement: PlacementRequest, unit: str, recommended: Mapping[str, RecommendedUnit]
) -> str:
    """Empty where no stop keeps the unit from being chosen."""
    known = recommended.get(unit)
    stop = closing_stop_of(placement, unit, form=known.provision_form if known else None)
    if stop is None:
        return ""
    named = known.unit_name if known else register.named_units([unit])[unit].name
    return is_stopped(named, stop)


def is_stopped(name: str, stop: ClosingStop) -> str:
    if stop.since is None:
        return _("%(name)s is stopped.") % {"name": name}
    return _("%(name)s is stopped since %(day)s.") % {
        "name": name,
        "day": wording.day(stop.since),
    }
