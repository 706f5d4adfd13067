"""What a stop does to open requests, and its lifting: as a job of the system, after the decision.

It may be carried out any number of times: it brings what is written in line with what holds.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import Any, Final

from placements.actions import stepping
from placements.domain.lifecycle import State, Step
from placements.domain.values import Audience
from placements.matching.without import Standing, Stopping
from placements.models import (
    PlacementRequest,
    Recommendation,
    RecommendedUnit,
    StopTouch,
    TimelineEntry,
)
from placements.queries.queue import OPEN
from placements.queries.touched import Touched, touched_requests
from providers import queries as register_queries
from providers.queries.stops import Reached, reached_by, stops_beside
from spink.accounts import wall
from spink.accounts.access_log import Reading, log_reading
from spink.accounts.domain.jobs import SystemJob
from spink.catalogue.domain.ladder import PURCHASED
from spink.catalogue.models import ReasonKind
from spink.foundation import clock
from spink.foundation.actor import Actor
from spink.foundation.events import EventName

JOB: Final = SystemJob.CARRY_OUT_STOPS
BY: Final = Actor.system("Kvalitet och kontroll")
READING: Final = Reading(by=Actor.system(JOB.name.lower()), route="outbox")
NAMED: Final = 5
"""Units at most in a sentence of the timeline."""
AGAIN: Final = (
    "unit_codes",
    "unit_names",
    "was_asked",
    "alternative_code",
    "alternative_name",
    "alternative_form",
    "picked_at",
    "picked_by",
    "lifted_at",
    "settled_at",
)
WITHDRAWN_FOR: Final = "unit_stopped"


def carry_out_stop(*, stop_id: int) -> None:
    """Write down which requests the stop touches now, and which no more; events tell people."""
    with wall.opened_for_job(JOB):
        reached = reached_by(stop_id)
        if reached is None:
            return
        known = {one.request_id: one for one in _touches(stop_id)}
        if not reached.is_lifted:
            _touch(reached, known)
        _lift(reached, known.values())
    if reached.is_lifted:
        for other in stops_beside(stop_id):
            carry_out_stop(stop_id=other)


def _touches(stop_id: int) -> Iterable[StopTouch]:
    return StopTouch.objects.filter(stop=stop_id).select_related("request")


def _stopping(reached: Reached) -> Stopping:
    return Stopping(reached.kind, reached.first, reached.last)


def _touch(reached: Reached, known: Mapping[int, StopTouch]) -> None:
    stop = _stopping(reached)
    every = touched_requests(stop, reached.units, register_queries.current_register())
    found = [one for one in every if _was_there(one, reached, stop)]
    new = [one for one in found if one.request.pk not in known]
    codes = {code for one in new for code in _named(one)}
    names = {code: unit.name for code, unit in register_queries.named_units(codes).items()}
    rows = StopTouch.objects.bulk_create(_row(one, reached, names) for one in new)
    concerned = {one.request.pk for one in new if one.recommended or one.asked}
    TimelineEntry.objects.bulk_create(
        _entry(row, "stop", is_told_to_filers=row.request_id in concerned) for row in rows
    )
    again = _again(found, known)
    requests = PlacementRequest.objects.in_bulk([row.request_id for row in (*rows, *again)])
    log_reading(READING, [request.reference for request in requests.values()])
    for one in found:
        concerns = bool(one.recommended or one.asked)
        request = requests.get(one.request.pk)
        if request and (concerns or request.assigned_to_id):
            stepping.publish(EventName.REQUEST_STOPPED, request, BY)


def _again(found: Iterable[Touched], known: Mapping[int, StopTouch]) -> list[StopTouch]:
    """Those that were lifted, and those that lose more than they did: a unit has been moved."""
    rows = [(one, known[one.request.pk]) for one in found if one.request.pk in known]
    again = [(one, row) for one, row in rows if _is_lifted(row) or _more(one, row)]
    codes = {code for one, row in again for code in (*_more(one, row), *_named(one))}
    names = {code: unit.name for code, unit in register_queries.named_units(codes).items()}
    for one, row in again:
        more = _more(one, row)
        if more:
            _offer(row, one.alternative, names)
        row.unit_codes = [*row.unit_codes, *more]
        row.unit_names = [*row.unit_names, *(names[code] for code in more)]
        row.was_asked = row.was_asked or bool(one.asked)
        row.lifted_at = row.settled_at = None
    changed = [row for _one, row in again]
    StopTouch.objects.bulk_update(changed, AGAIN)
    return changed


def _offer(row: StopTouch, instead: Standing | None, names: Mapping[str, str]) -> None:
    """What was the next best, and was picked perhaps, may be the unit that is lost now."""
    row.alternative_code = instead.unit if instead else ""
    row.alternative_name = names[instead.unit] if instead else ""
    row.alternative_form = instead.form.value if instead else ""
    row.picked_at = row.picked_by = None


def _more(one: Touched, row: StopTouch) -> list[str]:
    """Of units that were a choice alone nobody is told a second time."""
    return [code for code in (*one.recommended, *one.asked) if code not in row.unit_codes]


def _is_lifted(row: StopTouch | None) -> bool:
    return row is not None and row.lifted_at is not None


def _was_there(one: Touched, reached: Reached, stop: Stopping) -> bool:
    """A request that was sent under the stop has never had the unit to choose."""
    if one.recommended or one.asked or reached.decided_at is None:
        return True
    since = reached.decided_at
    first = stop.first
    if first and not stop.holds(one.request.wanted_start):
        since = max(since, datetime.combine(first, time(), clock.STOCKHOLM))
    return one.request.submitted_at <= since


def _named(one: Touched) -> list[str]:
    return [*one.units, *([one.alternative.unit] if one.alternative else [])]


def _row(one: Touched, reached: Reached, names: Mapping[str, str]) -> StopTouch:
    instead = one.alternative
    return StopTouch(
        request_id=one.request.pk,
        stop_id=reached.stop_id,
        unit_codes=one.units,
        unit_names=[names[code] for code in one.units],
        withdrawn_codes=[],
        was_asked=bool(one.asked),
        alternative_code=instead.unit if instead else "",
        alternative_name=names[instead.unit] if instead else "",
        alternative_form=instead.form.value if instead else "",
        touched_at=clock.now(),
    )


def _entry(row: StopTouch, kind: str, *, is_told_to_filers: bool) -> TimelineEntry:
    """Whoever filed has never heard of a unit that was a choice alone."""
    facts: dict[str, Any] = {"units": row.unit_names[:NAMED]}
    return TimelineEntry(
        request_id=row.request_id,
        at=clock.now(),
        actor_kind=BY.kind,
        actor_id=BY.id,
        actor_label=BY.label,
        kind=kind,
        audience=Audience.BOTH if is_told_to_filers else Audience.PLACING,
        facts=facts,
    )


def _lift(reached: Reached, rows: Iterable[StopTouch]) -> None:
    """Those for whom the stop is in force no more."""
    stop, today = _stopping(reached), clock.today()
    over = [
        row
        for row in rows
        if row.lifted_at is None
        and (
            reached.is_lifted
            or not stop.is_in_force(today, row.request.wanted_start or today)
            or not any(reached.units.row_of(code) is not None for code in row.unit_codes)
        )
    ]
    for row in over:
        row.lifted_at = clock.now()
    StopTouch.objects.bulk_update(over, ["lifted_at"])
    still_open = [row for row in over if row.request.state in OPEN]
    TimelineEntry.objects.bulk_create(
        _entry(row, "stop_lifted", is_told_to_filers=bool(row.withdrawn_codes) or row.was_asked)
        for row in still_open
    )
    for row in still_open:
        if row.withdrawn_codes:
            stepping.publish(EventName.REQUEST_STOP_LIFTED, row.request, BY)


def withdraw_stopped(*, request_id: int) -> None:
    """Take back what is recommended and stopped, unless it has been acted on meanwhile."""
    with wall.opened_for_job(JOB):
        request = stepping.lock(request_id, version=None)
        standing = list(_standing(request))
        stops = register_queries.closing_stops(
            {unit.unit_code: unit.provision_form for unit in standing},
            instant=clock.today(),
            start=request.wanted_start,
        )
        stopped = [unit for unit in standing if unit.unit_code in stops]
        if request.state != State.RECOMMENDED or not stopped:
            return
        left = [unit for unit in standing if unit.unit_code not in stops]
        step = Step.WITHDRAW_RECOMMENDATION if left else Step.WITHDRAW_LAST_RECOMMENDATION
        with stepping.taking_step(step, request_id=request_id, by=BY, version=None) as change:
            _take_back(stopped, left)
            forms = {unit.provision_form for unit in left}
            change.request.has_purchase = any(form in PURCHASED for form in forms)
            change.facts = {
                "units": [unit.unit_name for unit in stopped],
                "reason": WITHDRAWN_FOR,
                "reason_kind": ReasonKind.RECOMMENDATION_WITHDRAWN,
            }
            change.details = {"units": sorted(stops), "reason": WITHDRAWN_FOR}
        _note_on_touches(request_id, stops)


def _standing(request: PlacementRequest) -> Iterable[RecommendedUnit]:
    return RecommendedUnit.objects.filter(
        recommendation__request=request, recommendation__withdrawn_at=None, stopped_at=None
    ).order_by("recommendation", "position")


def _take_back(stopped: list[RecommendedUnit], left: list[RecommendedUnit]) -> None:
    """A recommendation of which nothing is left is withdrawn itself."""
    now = clock.now()
    RecommendedUnit.objects.filter(pk__in=[unit.pk for unit in stopped]).update(stopped_at=now)
    empty = {unit.recommendation_id for unit in stopped} - {one.recommendation_id for one in left}
    Recommendation.objects.filter(pk__in=empty).update(
        withdrawn_at=now, withdrawn_reason=WITHDRAWN_FOR
    )


def _note_on_touches(request_id: int, stops: Mapping[str, register_queries.ClosingStop]) -> None:
    for touch in StopTouch.objects.filter(request=request_id, lifted_at=None):
        touch.withdrawn_codes = sorted({*touch.withdrawn_codes, *(stops.keys() & touch.unit_codes)})
        touch.save(update_fields=["withdrawn_codes"])
