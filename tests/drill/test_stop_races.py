"""A stop races recommendations a hundred times: what comes after the stop names no stopped unit."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.db import IntegrityError, connection, transaction

from placements import actions
from placements.domain.recommending import CannotRecommend
from placements.models import PlacementRequest
from providers.actions import end_stop, set_stop
from providers.models import CareUnit, StopKind
from spink.accounts import queries as accounts
from spink.accounts import wall
from tests.drill.conftest import Report, Town
from tests.drill.filing import file_draft
from tests.factories import placements as rows
from tests.factories import providers as register
from tests.support.small_world import FRAMEWORK, open_units
from tests.support.stops import INKS

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]

ROUNDS = 100
LATEST = 0.02
"""Seconds by which either may begin after the other."""


@dataclass
class Round:
    """When each had done its work, before its commit; nothing for one that was refused."""

    town: Town
    request: PlacementRequest
    number: int
    stopped_at: float = 0.0
    named_at: list[float] = field(default_factory=list)
    refused: int = 0

    def stop(self) -> None:
        unit = CareUnit.objects.get(code=FRAMEWORK)
        with transaction.atomic():
            stop = set_stop(
                on=unit,
                kind=StopKind.PAUSED,
                reason_code="own_review",
                decision=INKS,
                by=register.TESTS,
            )
            self.stopped_at = time.monotonic()
        self.stop_id = stop.pk

    def recommend(self) -> None:
        officer = self.town.officers[0]
        with wall.opened_for(accounts.reach_of_user(officer)):
            actions.recommend(request_id=self.request.pk, units=[FRAMEWORK], by=officer.actor)
            self.named_at.append(time.monotonic())

    def write_the_row(self) -> None:
        """As somebody would who goes past the action and its lock."""
        with transaction.atomic():
            sent = rows.RecommendationFactory(
                request=self.request, number=self.number, sent_by=self.town.officers[0]
            )
            rows.RecommendedUnitFactory(recommendation=sent, unit_code=FRAMEWORK)
            self.named_at.append(time.monotonic())

    def tried(self, work: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            try:
                work()
            except (CannotRecommend, IntegrityError):
                self.refused += 1

        return run


def all_at_once(*works: Callable[[], None]) -> None:
    start = threading.Barrier(len(works))

    def run(work: Callable[[], None]) -> None:
        start.wait()
        time.sleep(random.uniform(0, LATEST))
        work()
        connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def request_of(town: Town) -> PlacementRequest:
    with wall.opened_for(town.reach):
        request = file_draft(town)
        actions.submit_request(request_id=request.pk, by=town.filer.actor)
    officer = town.officers[0]
    with wall.opened_for(accounts.reach_of_user(officer)):
        return actions.take_request(request_id=request.pk, by=officer.actor)


def test_no_recommendation_names_a_unit_after_its_stop(town: Town, report: Report) -> None:
    open_units()
    found: Counter[str] = Counter()
    request = request_of(town)
    for number in range(ROUNDS):
        one = Round(town, request, number=1000 + number)
        all_at_once(one.stop, one.tried(one.recommend), one.tried(one.write_the_row))
        found["before the stop"] += len([at for at in one.named_at if at < one.stopped_at])
        found["after the stop"] += len([at for at in one.named_at if at > one.stopped_at])
        found["refused"] += one.refused
        end_stop(stop_id=one.stop_id, by=register.TESTS, decision=INKS)
    report(rounds=ROUNDS, **{name.replace(" ", "_"): count for name, count in found.items()})

    assert found["after the stop"] == 0
    assert found["before the stop"] + found["refused"] == 2 * ROUNDS
    assert found["before the stop"] > 0
    assert found["refused"] > 0
