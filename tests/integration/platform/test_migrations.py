"""Every migration can be taken back and made again, with rows in the tables as well."""

from collections.abc import Iterable
from typing import TypeAlias

import pytest
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from placements import actions
from providers.models import CareUnit
from spink.catalogue.actions import load_catalogue
from tests.integration.placements.conftest import SECTIONS
from tests.support.filing import file_draft
from tests.support.small_world import open_units, settle_people

APPS = ("placements", "webhooks", "providers", "catalogue", "admin", "accounts", "foundation")
State: TypeAlias = tuple[tuple[str, str | None], ...]

FIRST: State = (
    ("placements", "0003_duty_fills_in_persons"),
    ("providers", "0003_protected_housing"),
    ("catalogue", "0001_initial"),
    ("accounts", "0004_role_names"),
)
"""What a database of the first days has."""
LATELY: State = (
    ("placements", "0033_process_deviations_wall"),
    ("webhooks", None),
    ("providers", "0022_told_of_watches"),
    ("catalogue", "0013_retention_from_the_decision"),
    ("accounts", "0009_kept_answers_subjects"),
    ("foundation", "0003_job_runs"),
)
"""What the version before this one has; older ways back stay as they have been tried."""


def own_tables() -> list[str]:
    tables = connection.introspection.table_names()
    return [table for table in tables if table.split("_")[0] in APPS]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("state", "goes_to_nothing"),
    [
        pytest.param(LATELY, False, id="of_the_version_before"),
        pytest.param(FIRST, True, id="of_the_first_days", marks=pytest.mark.drill),
    ],
)
def test_migrations_are_taken_back_and_made_where_a_register_and_requests_stand(
    state: State, goes_to_nothing: bool
) -> None:
    """To the database of that time and on again; on the way also to one without a table."""
    before = own_tables()
    load_catalogue()
    world = settle_people()
    open_units()
    request = file_draft(world, world.social_worker, SECTIONS)
    with world.behind_wall_of(world.social_worker):
        actions.submit_request(request_id=request.pk, by=world.social_worker.actor)
    units = set(CareUnit.objects.values_list("code", flat=True))
    migrate(state)
    if goes_to_nothing:
        assert tables_left_at_nothing() == []
    between = own_tables()
    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())
    assert own_tables() == before
    assert set(between) < set(before)
    assert set(CareUnit.objects.values_list("code", flat=True)) == units
    assert len(units) > 0
    with world.behind_wall_of(world.officer):
        taken = actions.take_request(request_id=request.pk, by=world.officer.actor)
    assert taken.reference == request.reference


def tables_left_at_nothing() -> list[str]:
    with transaction.atomic():
        migrate([(app, None) for app in APPS])
        left = own_tables()
        transaction.set_rollback(True)
    return left


def migrate(targets: Iterable[tuple[str, str | None]]) -> None:
    """In one plan, which costs a third of what one command an app does."""
    MigrationExecutor(connection).migrate(list(targets))
