"""A stop and a recommendation in the same moment: one comes before the other."""

import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from placements import actions
from placements.models import PlacementRequest, RecommendedUnit
from providers.actions import set_stop
from providers.models import CareUnit, StopKind
from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob
from spink.catalogue.actions import load_catalogue
from spink.foundation import clock
from tests.conftest import MORNING
from tests.factories import placements as rows
from tests.factories import providers as register
from tests.integration.placements.conftest import FRAMEWORK, SECTIONS
from tests.support.filing import file_draft
from tests.support.small_world import World, open_units, settle_people
from tests.support.stops import INKS

pytestmark = pytest.mark.django_db(transaction=True)


def taken_by_the_officer(world: World) -> PlacementRequest:
    request = file_draft(world, world.social_worker, SECTIONS)
    with world.behind_wall_of(world.social_worker):
        actions.submit_request(request_id=request.pk, by=world.social_worker.actor)
    with world.behind_wall_of(world.officer):
        return actions.take_request(request_id=request.pk, by=world.officer.actor)


def stop() -> None:
    unit = CareUnit.objects.get(code=FRAMEWORK)
    set_stop(
        on=unit, kind=StopKind.PAUSED, reason_code="own_review", decision=INKS, by=register.TESTS
    )


def in_another_thread(work: Callable[[], None]) -> threading.Thread:
    def run() -> None:
        with clock.frozen(MORNING):
            work()
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_a_row_that_is_written_beside_a_stop_waits_and_is_refused() -> None:
    """Written by the row alone, without the action's own lock: the database's rule."""
    with clock.frozen(MORNING):
        load_catalogue()
        world = settle_people()
        open_units()
        sent = rows.RecommendationFactory(
            request=taken_by_the_officer(world), sent_by=world.officer
        )
        refused: list[str] = []

        def recommend() -> None:
            try:
                rows.RecommendedUnitFactory(recommendation=sent, unit_code=FRAMEWORK)
            except IntegrityError as error:
                refused.append(str(error).split("\n", maxsplit=1)[0])

        with transaction.atomic():
            stop()
            thread = in_another_thread(recommend)
            thread.join(0.3)
            assert thread.is_alive()
        thread.join()
    assert refused == ["unit U-framework is stopped"]


def test_a_stop_that_is_set_beside_a_recommendation_comes_after_it() -> None:
    with clock.frozen(MORNING):
        load_catalogue()
        world = settle_people()
        open_units()
        request = taken_by_the_officer(world)
        with world.behind_wall_of(world.officer):
            actions.recommend(request_id=request.pk, units=[FRAMEWORK], by=world.officer.actor)
            thread = in_another_thread(stop)
            thread.join(0.3)
            assert thread.is_alive()
        thread.join()
        with wall.opened_for_job(SystemJob.LOAD_SAMPLE):
            assert RecommendedUnit.objects.get().unit_code == FRAMEWORK
