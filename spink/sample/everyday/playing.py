"""The order of the day."""

from collections.abc import Callable
from typing import Final

from spink.accounts.domain.jobs import SystemJob
from spink.accounts.wall import opened_for_job
from spink.foundation import clock
from spink.sample.everyday import (
    control,
    decisions,
    desk,
    families,
    findings,
    keeping,
    nights,
    proposals,
    self_checks,
)
from spink.sample.everyday.stage import Stage
from spink.sample.persons import People
from spink.sample.requests.staff import staff_of

Scene = Callable[[Stage], None]

BEHIND_THE_WALL: Final[tuple[Scene, ...]] = (
    keeping.office_hours,
    decisions.late_decisions,
    families.household,
    families.side_by_side,
    families.double,
    proposals.waiting,
    proposals.accepted,
    nights.completed,
    nights.to_complete,
    desk.exception,
    desk.handed_over,
    desk.saved_views,
    desk.conversation,
    keeping.planned_changes,
    findings.findings,
    control.vetting_under_way,
    control.checks_made_again,
    control.review_in_progress,
    control.open_complaints,
    control.visits_of_the_season,
    control.remarks,
    families.resolved_double,
)
OPENING_IT_THEMSELVES: Final[tuple[Scene, ...]] = (
    desk.check_documents,
    keeping.access_review,
    self_checks.self_checks,
    control.review_with_the_lawyer,
    control.complaint_about_a_request,
)


class Everyday:
    def __init__(self, seed: int) -> None:
        self._seed = seed

    @staticmethod
    def count() -> int:
        return len(BEHIND_THE_WALL) + len(OPENING_IT_THEMSELVES)

    def load(self, advance: Callable[[int], None]) -> int:
        stage = self._stage()
        for scene in BEHIND_THE_WALL:
            with opened_for_job(SystemJob.LOAD_SAMPLE):
                scene(stage)
            advance(1)
        for scene in OPENING_IT_THEMSELVES:
            scene(stage)
            advance(1)
        return self.count()

    def load_today(self, advance: Callable[[int], None]) -> int:
        """In a transaction of its own: it has a number of its own in the register's diary."""
        with opened_for_job(SystemJob.LOAD_SAMPLE):
            control.stop_of_today(self._stage())
        advance(1)
        return 1

    def _stage(self) -> Stage:
        return Stage(self._seed, clock.now(), staff_of(), People(self._seed, "everyday"))
