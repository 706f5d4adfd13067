"""Who has read a department's requests: the access log, for those who review it.

The log itself is read by nobody's own reach, but by the job that reviews it; which departments'
readings it gives is decided here, by the reach of the reviewer.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet

from placements.models import AccessReview, AccessReviewRow, Judgement
from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob
from spink.foundation import clock


@dataclass(frozen=True, slots=True)
class ReadingOfRequests:
    """One row of the log; `references` are those of the reviewed departments alone."""

    id: UUID
    at: datetime
    reader_id: str
    reader: str
    route: str
    reason: str
    references: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What narrows the log. Both days are inclusive."""

    since: date
    until: date
    who: str = ""
    reference: str = ""


_FROM: Final = """
FROM accounts_accessentry e CROSS JOIN LATERAL (
    SELECT array_agg(r.reference ORDER BY r.reference) AS own
    FROM placements_placementrequest r
    WHERE r.reference = ANY (e.subjects) AND r.department_id = ANY (%(departments)s)
        AND (%(reference)s = '' OR r.reference = %(reference)s)
) shown
WHERE shown.own IS NOT NULL AND e.actor_kind IN ('person', 'api_client')
    AND e.at >= %(since)s AND e.at < %(until)s
    AND (%(reference)s = '' OR e.subjects @> ARRAY[%(reference)s]::varchar[])
    AND (%(who)s = '' OR strpos(lower(e.actor_label), lower(%(who)s)) > 0)
"""
_COLUMNS: Final = "SELECT e.id, e.at, e.actor_id, e.actor_label, e.route, e.reason, shown.own"


class Readings:
    """The readings asked for, the latest first; a list that a paginator takes its pages from."""

    def __init__(self, department_ids: Collection[int], asked: Asked) -> None:
        self._given: dict[str, Any] = {
            "departments": sorted(department_ids),
            "reference": asked.reference,
            "who": asked.who,
            "since": clock.beginning_of(asked.since),
            "until": clock.beginning_of(asked.until + timedelta(days=1)),
        }

    def count(self) -> int:
        [(found,)] = self._rows(f"SELECT count(*) {_FROM}")
        return int(found)

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[ReadingOfRequests]:
        ending = "ORDER BY e.at DESC, e.id LIMIT %(limit)s OFFSET %(offset)s"
        start = part.start or 0
        return self._read(ending, limit=part.stop - start, offset=start)

    def drawn(self, seed: str, size: int) -> list[ReadingOfRequests]:
        """Those whose identifiers, hashed with the seed, come first."""
        hashed = "sha256(convert_to(%(seed)s || e.id::text, 'UTF8'))"
        return self._read(f"ORDER BY {hashed} LIMIT %(limit)s", seed=seed, limit=size)

    def _read(self, ending: str, **more: Any) -> list[ReadingOfRequests]:
        rows = self._rows(f"{_COLUMNS} {_FROM} {ending}", **more)
        return [ReadingOfRequests(*row) for row in rows]

    def _rows(self, statement: str, **more: Any) -> list[Any]:
        job = SystemJob.REVIEW_ACCESS_LOG
        with wall.opened_for_job(job), connection.cursor() as cursor:
            cursor.execute(statement, self._given | more)
            rows: list[Any] = cursor.fetchall()
            return rows


def reviews_of(department_ids: Collection[int]) -> QuerySet[AccessReview]:
    """The latest month first, each with how much of it is judged."""
    found = AccessReview.objects.filter(department__in=department_ids)
    return _counted(found.select_related("department", "drawn_by"))


def review_of(department_ids: Collection[int], review_id: int) -> AccessReview | None:
    return reviews_of(department_ids).filter(pk=review_id).first()


def rows_of_review(review: AccessReview) -> list[AccessReviewRow]:
    return list(review.rows.select_related("judged_by"))


@dataclass(frozen=True, slots=True)
class FollowedUp:
    """A department's review of a month in numbers, without what was read."""

    municipality: str
    department: str
    month: date
    population: int
    drawn: int
    judged: int
    doubted: int


def reviews_in_numbers() -> list[FollowedUp]:
    """Of every department, for those who see to it that reviews are made."""
    with wall.opened_for_job(SystemJob.FOLLOW_UP_REVIEWS):
        rows = _counted(AccessReview.objects.select_related("department__municipality"))
        return [
            FollowedUp(
                municipality=str(row.department.municipality),
                department=str(row.department),
                month=row.month,
                population=row.population,
                drawn=row.drawn,
                judged=row.judged,
                doubted=row.doubted,
            )
            for row in rows.order_by("-month", "department__name")[:FOLLOWED_AT_MOST]
        ]


FOLLOWED_AT_MOST = 600
"""A year of every department in the region."""


def _counted(found: QuerySet[AccessReview]) -> QuerySet[Any]:
    doubt = [Judgement.UNCLEAR, Judgement.UNWARRANTED]
    return found.annotate(
        drawn=Count("rows"),
        judged=Count("rows", filter=~Q(rows__judgement="")),
        doubted=Count("rows", filter=Q(rows__judgement__in=doubt)),
    )
