"""What is said of stopped units, to both sides."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _

from placements.actions.reporting import standing_units
from placements.domain.lifecycle import TRANSITIONS, Side, State, Step
from placements.models import PlacementRequest, RecommendedUnit, StopTouch
from placements.queries.stops import closing_stop_of, touches_of
from providers import queries as register
from providers.queries import ClosingStop
from spink.catalogue.wording import rung_name
from spink.foundation import clock
from spink.foundation.clock import STOCKHOLM
from spink.web import wording

UNITS_NAMED = 3
RECOMMENDABLE = TRANSITIONS[Step.RECOMMEND].sources


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


@dataclass(frozen=True, slots=True)
class Banner:
    """What a stop took from the request, what is next, and what the reader may do about it."""

    pk: int
    text: str
    instead: str
    note: str
    link: str
    link_text: str
    pick_text: str
    can_settle: bool

    @property
    def html_id(self) -> str:
        return f"stop-{self.pk}"


def banners_of(placement: PlacementRequest, sides: Collection[Side]) -> list[Banner]:
    touches = touches_of(placement)
    if not touches:
        return []
    standing = standing_units(placement)
    return [_banner(touch, placement, sides, standing) for touch in touches]


def _banner(
    touch: StopTouch,
    placement: PlacementRequest,
    sides: Collection[Side],
    standing: Mapping[str, RecommendedUnit],
) -> Banner:
    is_open, code = touch.settled_at is None, touch.alternative_code
    is_placing = Side.PLACING in sides and Side.FILING not in sides
    note, link, link_text = "", "", ""
    if touch.picked_at and is_open:
        note = (
            _("The social worker wants to go on with %(name)s.")
            if is_placing
            else _("You want to go on with %(name)s. The officer has been told.")
        )
        note %= {"name": touch.alternative_name}
    if code in standing and Side.FILING in sides and placement.state == State.RECOMMENDED:
        link = reverse("placements:report", args=[placement.reference]) + f"?unit={quote(code)}"
        link_text = _("We chose %(unit)s") % {"unit": touch.alternative_name}
    elif is_placing and is_open and code and placement.state in RECOMMENDABLE:
        link = reverse("placements:recommend", args=[placement.reference]) + f"?unit={quote(code)}"
        link_text = _("Recommend %(name)s") % {"name": touch.alternative_name}
    return Banner(
        pk=touch.pk,
        text=_stopped_text(touch),
        instead=_instead(touch),
        note=note,
        link=link,
        link_text=link_text,
        pick_text=_pick_text(touch, sides, standing),
        can_settle=is_placing and is_open,
    )


def _stopped_text(touch: StopTouch) -> str:
    names = touch.unit_names[:UNITS_NAMED]
    if len(touch.unit_names) > len(names):
        names = [*names, _("others")]
    since = touch.stop.valid_from or touch.touched_at.astimezone(STOCKHOLM).date()
    named = {"name": wording.listed(names), "day": wording.day(since)}
    if since > clock.today():
        return _("%(name)s: stopped from %(day)s.") % named
    if len(names) == 1:
        return _("%(name)s is stopped since %(day)s.") % named
    return _("%(name)s are stopped since %(day)s.") % named


def _instead(touch: StopTouch) -> str:
    if not touch.alternative_code:
        return _("No other unit fits as the need stands.")
    return _("The next best is %(name)s (%(rung)s).") % {
        "name": touch.alternative_name,
        "rung": rung_name(touch.alternative_form),
    }


def _pick_text(
    touch: StopTouch, sides: Collection[Side], standing: Mapping[str, RecommendedUnit]
) -> str:
    """Only what was recommended is the filing side's to replace."""
    can_pick = (
        Side.FILING in sides
        and touch.withdrawn_codes
        and touch.alternative_code
        and touch.alternative_code not in standing
        and touch.picked_at is None
        and touch.settled_at is None
    )
    return _("Go on with %(name)s") % {"name": touch.alternative_name} if can_pick else ""
