"""Whom the wall is open for ends with the transaction.

On one connection that is kept, as persistent connections and poolers keep them.
"""

import pytest
from django.db import transaction

from spink.accounts import queries, wall
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.domain.reach import NOTHING
from tests.integration.accounts.test_wall import visible
from tests.support import two_municipalities as worlds
from tests.support.two_municipalities import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("frozen_clock")]


@pytest.fixture
def filed() -> World:
    return worlds.build()


def test_after_a_commit_nothing_is_seen(filed: World) -> None:
    with transaction.atomic():
        wall.open_for(queries.reach_of_user(filed.places["A1"].filer))
        assert len(visible()["placementrequest"]) == 4
    assert visible()["placementrequest"] == set()


def test_wall_is_not_opened_outside_of_a_transaction() -> None:
    with pytest.raises(RuntimeError):
        wall.open_for(NOTHING)


def test_after_a_rollback_nothing_is_seen(filed: World) -> None:
    with transaction.atomic():
        wall.open_for(queries.reach_of_user(filed.places["A1"].filer))
        transaction.set_rollback(True)
    with transaction.atomic():
        assert visible()["placementrequest"] == set()


def test_next_transaction_sees_its_own_users_rows_alone(filed: World) -> None:
    with transaction.atomic():
        wall.open_for(queries.reach_of_user(filed.places["A1"].filer))
    with transaction.atomic():
        wall.open_for(queries.reach_of_user(filed.places["B1"].filer))
        assert visible()["placementrequest"] == {filed.requests[key].pk for key in worlds.own("B1")}


def test_job_that_fails_leaves_the_wall_shut(filed: World) -> None:
    with pytest.raises(LookupError), wall.opened_for_job(SystemJob.LOAD_SAMPLE):
        raise LookupError
    assert filed
    assert visible()["placementrequest"] == set()
