"""Two placements of the socialjour: one that the unit has completed, one that it still has to."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final

from placements import actions
from placements.domain.sections import Section
from placements.domain.values import Protection
from placements.models import PlacementRequest
from placements.queries.acute import acute_offer
from spink.foundation import clock
from spink.foundation.actor import Actor
from spink.foundation.clock import STOCKHOLM
from spink.sample.everyday.stage import FILER, LOGINS_UNIT, Stage
from spink.sample.persons import Somebody
from spink.sample.requests.filing import details_of, sections_of

ON_DUTY = "socialjour"
WANTED: Final = (
    ("protected_housing", "våld i nära relation eller hedersrelaterat våld", "violence"),
    ("emergency_aid_housing", "", "no_roof"),
    ("short_term_housing", "psykiska funktionsnedsättningar", "placement_ended"),
)
"""Tried in turn until a unit takes somebody in at night."""
AT_NIGHT = time(23, 20)
MORNING_LATER = timedelta(hours=11)


def to_complete(stage: Stage) -> None:
    somebody = replace(stage.somebody(age=38, gender="woman"), protection=Protection.MARKED)
    _placed(stage, somebody, nights_ago=0, wanted=WANTED)


def completed(stage: Stage) -> None:
    somebody = stage.somebody(age=52, gender="man")
    placed = _placed(stage, somebody, nights_ago=2, wanted=WANTED[1:])
    if placed is None:
        return
    filer = stage.user(FILER).actor
    with clock.frozen(_night(stage, 2) + MORNING_LATER):
        asked = stage.content("completed", somebody, placed.service_type, placed.subtype)
        wanted = sections_of(asked)
        wanted[Section.DECISION]["wanted_start"] = placed.wanted_start
        for section in (Section.DECISION, Section.MORE):
            actions.save_section(
                request_id=placed.pk, section=section, values=wanted[section], by=filer
            )
        actions.complete_request(request_id=placed.pk, by=filer)


def _placed(
    stage: Stage, somebody: Somebody, *, nights_ago: int, wanted: Sequence[tuple[str, str, str]]
) -> PlacementRequest | None:
    """With the first of the first rung that takes somebody in at night; None where none does."""
    worker, night = stage.user(ON_DUTY).actor, _night(stage, nights_ago)
    with clock.frozen(night):
        request = actions.begin_acute(
            unit_id=stage.staff.units[LOGINS_UNIT].pk,
            creation_key=stage.key("night", nights_ago),
            details=details_of(somebody, age=somebody.age_in(stage.now.year)),
            sections={},
            by=worker,
        )
        found = _first_unit(request.pk, wanted, worker)
        if found is None:
            actions.withdraw_request(request_id=request.pk, reason="solved_otherwise", by=worker)
            return None
    with clock.frozen(night + timedelta(minutes=25)):
        unit, reason = found
        actions.place_acute(
            request_id=request.pk,
            unit=unit,
            reason=reason,
            placed_at=night,
            text="Kunde inte vänta till i morgon. Boendet tog emot på telefon.",
            by=worker,
        )
    return PlacementRequest.objects.get(pk=request.pk)


def _first_unit(
    request_id: int, wanted: Sequence[tuple[str, str, str]], worker: Actor
) -> tuple[str, str] | None:
    for service, subtype, reason in wanted:
        values = {"service_type": service, "subtype": subtype}
        request = actions.save_section(
            request_id=request_id, section=Section.SERVICE, values=values, by=worker
        )
        offer = acute_offer(request).offer
        for form in offer.forms:
            if units := offer.candidates[form]:
                return units[0], reason
    return None


def _night(stage: Stage, nights_ago: int) -> datetime:
    """An evening that is over by now, some nights before the last."""
    local = stage.now.astimezone(STOCKHOLM)
    last = datetime.combine(local.date() - timedelta(days=1), AT_NIGHT, STOCKHOLM)
    return last - timedelta(days=nights_ago)
