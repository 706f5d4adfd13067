"""What a stop would touch, told before it is decided: counts, and the reader's own requests.

All open requests are compared as a job of the system. Whoever does not see them all is told small
numbers as few: a stop tried on one provider would else tell of one person.
"""

from collections import Counter, defaultdict

from placements.domain.not_carried_out import SMALLEST_SHOWN
from placements.matching.without import Stopping
from placements.models import PlacementRequest
from placements.queries.requests import log_list
from placements.queries.touched import Touched, touched_requests
from placements.queries.visible import seen_by, visible_requests
from providers import queries as register_queries
from providers.stop_previews import Asked, Counts, OwnCase, Place, Stage, StopEffects
from spink.accounts import queries as accounts
from spink.accounts import wall
from spink.accounts.access_log import Reading
from spink.accounts.domain.capabilities import Capability
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.domain.reach import Reach
from spink.accounts.policies import can

SHOWN_AT_MOST = 50
STAGES = (Stage.RECOMMENDED, Stage.ASKED, Stage.MATCHED)


def own_cases(asked: Asked, reach: Reach) -> list[OwnCase]:
    """The reader's own requests that the stop would touch: what is recommended first.

    Whoever files is told of units that are recommended or asked, and of no other: the match is the
    officers' to see. Whoever shows a case logs the reading.
    """
    found = touched_requests(
        Stopping(asked.kind, asked.first, asked.last),
        asked.units,
        register_queries.current_register(),
        among=seen_by(reach),
        with_choices=can(reach, Capability.MATCH_REQUEST),
    )
    references = dict(
        visible_requests(reach)
        .filter(pk__in=[one.request.pk for one in found])
        .values_list("pk", "reference")
    )
    cases = [_case(references[one.request.pk], one) for one in found]
    return sorted(cases, key=lambda case: (STAGES.index(case.stage), case.reference))


def stop_effects(asked: Asked, reach: Reach, reading: Reading) -> StopEffects:
    stop = Stopping(asked.kind, asked.first, asked.last)
    with wall.opened_for_job(SystemJob.PREVIEW_STOP):
        found = touched_requests(stop, asked.units, register_queries.current_register())
    own = list(
        visible_requests(reach)
        .filter(pk__in=[one.request.pk for one in found])
        .order_by("reference")
    )
    shown = own[:SHOWN_AT_MOST]
    log_list(shown, reading=reading)
    return StopEffects(
        least=0 if len(own) == len(found) else SMALLEST_SHOWN,
        by_place=_by_place(found),
        instead=_instead(found),
        own=_own(shown, found),
        has_more_own=len(own) > len(shown),
    )


def _by_place(found: list[Touched]) -> dict[Place, Counts]:
    departments = accounts.department_places({one.request.department_id for one in found})
    counted: defaultdict[Place, Counter[str]] = defaultdict(Counter)
    for one in found:
        municipality, department = departments[one.request.department_id]
        of_place = counted[Place(municipality, department, one.request.service_type)]
        of_place[_stage(one).value] += 1
        of_place["without"] += one.alternative is None
    ordered = sorted(counted, key=lambda place: (place.municipality, place.department))
    return {place: Counts(**counted[place]) for place in ordered}


def _instead(found: list[Touched]) -> dict[str, Counter[str]]:
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in found:
        form = one.alternative.form.value if one.alternative else ""
        counted[one.request.service_type][form] += 1
    return counted


def _stage(one: Touched) -> Stage:
    if one.recommended:
        return Stage.RECOMMENDED
    return Stage.ASKED if one.asked else Stage.MATCHED


def _own(rows: list[PlacementRequest], found: list[Touched]) -> list[OwnCase]:
    by_id = {one.request.pk: one for one in found}
    return [_case(row.reference, by_id[row.pk]) for row in rows]


def _case(reference: str, one: Touched) -> OwnCase:
    return OwnCase(
        reference=reference,
        service=one.request.service_type,
        wanted_start=one.request.wanted_start,
        stage=_stage(one),
        units=one.units,
        alternative=one.alternative.unit if one.alternative else "",
        form=one.alternative.form.value if one.alternative else "",
    )
