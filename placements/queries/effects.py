"""What a change of the register would do to open requests: told to those who keep the register.

They see no requests: all are compared as a job of the system, and counts are all that comes out.
References are told to those alone whose own wall holds the requests. From others small numbers
are kept, or a change made up to fit one person would tell whether that person is among them.
"""

from collections import Counter
from collections.abc import Iterable

from placements.domain.not_carried_out import SMALLEST_SHOWN, totals
from placements.matching import Need
from placements.matching.compared import Compared, compared
from placements.models import PlacementRequest, RecommendedUnit
from placements.queries.matching import need_of
from placements.queries.queue import OPEN
from placements.queries.requests import log_list
from placements.queries.visible import visible_requests
from providers.previews import Change, Effects, UnitEffect
from spink.accounts import wall
from spink.accounts.access_log import Reading
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.domain.reach import Reach

SHOWN_AT_MOST = 20

Touched = list[tuple[int, Compared]]
"""The request's id, and what becomes of it."""


def effects_on_open_requests(change: Change, reach: Reach, reading: Reading) -> Effects:
    with wall.opened_for_job(SystemJob.PREVIEW_REGISTER_CHANGE):
        requests = list(_open_requests())
        needs = [_need(request, change) for request in requests]
        every = list(compared(needs, change.before, change.after, change.codes))
        ids = [request.pk for request in requests]
        touched = [(pk, one) for pk, one in zip(ids, every, strict=True) if one.is_touched]
        recommended = _recommended(touched)
    least = 0 if _sees_all(ids, reach) else SMALLEST_SHOWN
    by_service = Counter(one.need.service_type for _, one in touched).most_common()
    told, is_all = totals(dict(by_service)) if len(touched) >= least > 0 else (len(touched), True)
    return Effects(
        least=least,
        compared=len(every),
        touched=told,
        touches_more=not is_all,
        left_without=sum(one.had_choice and not one.has_choice for one in every),
        rescued=sum(one.has_choice and not one.had_choice for one in every),
        recommended=recommended,
        units=_units(touched, least),
        by_service=by_service,
        references=_references(touched, reach, reading),
    )


def _sees_all(ids: list[int], reach: Reach) -> bool:
    return visible_requests(reach).filter(pk__in=ids).count() == len(ids)


def _open_requests() -> Iterable[PlacementRequest]:
    """Sent and not decided."""
    return PlacementRequest.objects.filter(
        state__in=OPEN, submitted_at__isnull=False, wanted_start__isnull=False
    ).exclude(service_type="")


def _need(request: PlacementRequest, change: Change) -> Need:
    return Need.from_document(
        need_of(request), place="request", service_types=change.after.provision_forms
    )


def _recommended(touched: Touched) -> int:
    """How many have a recommendation, not withdrawn, of a unit that they lose."""
    lost = {pk: one.lost for pk, one in touched if one.lost}
    rows = RecommendedUnit.objects.filter(
        recommendation__request__in=lost, recommendation__withdrawn_at__isnull=True
    ).values_list("recommendation__request_id", "unit_code")
    return len({pk for pk, unit in rows if unit in lost[pk]})


def _units(touched: Touched, least: int) -> list[UnitEffect]:
    gained = Counter(unit for _, one in touched for unit in one.gained)
    lost = Counter(unit for _, one in touched for unit in one.lost)
    moved = Counter(unit for _, one in touched for unit in one.moved)
    return [
        UnitEffect(unit, gained[unit], lost[unit], moved[unit], _why(unit, touched, least))
        for unit in sorted(gained | lost | moved)
    ]


def _why(unit: str, touched: Touched, least: int) -> list[tuple[str, int]]:
    """Reasons that so few have are not told at all."""
    counted = Counter(reason for _, one in touched for reason in one.reasons.get(unit, ()))
    return [(reason, count) for reason, count in counted.most_common() if count >= least]


def _references(touched: Touched, reach: Reach, reading: Reading) -> list[str]:
    seen = visible_requests(reach).filter(pk__in=[pk for pk, _ in touched]).order_by("reference")
    rows = list(seen[:SHOWN_AT_MOST])
    log_list(rows, reading=reading)
    return [row.reference for row in rows]
