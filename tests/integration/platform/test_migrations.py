"""Every migration can be taken back and made again, with rows in the tables as well."""

from collections.abc import Iterable

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
FIRST = (
    ("placements", "0003_duty_fills_in_persons"),
    ("providers", "0003_protected_housing"),
    ("catalogue", "0001_initial"),
    ("accounts", "0004_role_names"),
)
"""What a database of the first days has."""


def own_tables() -> list[str]:
    tables = connection.introspection.table_names()
    return [table for table in tables if table.split("_")[0] in APPS]


@pytest.mark.django_db(transaction=True)
def test_migrations_are_taken_back_and_made_where_a_register_and_requests_stand() -> None:
    """To a database of the first days and on again; from there also to one without a table."""
    before = own_tables()
    load_catalogue()
    world = settle_people()
    open_units()
    request = file_draft(world, world.social_worker, SECTIONS)
    with world.behind_wall_of(world.social_worker):
        actions.submit_request(request_id=request.pk, by=world.social_worker.actor)
    units = set(CareUnit.objects.values_list("code", flat=True))
    migrate(FIRST)
    with transaction.atomic():
        migrate([(app, None) for app in APPS])
        left = own_tables()
        transaction.set_rollback(True)
    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())
    assert (left, own_tables()) == ([], before)
    assert set(CareUnit.objects.values_list("code", flat=True)) == units
    assert (len(before) > 0, len(units) > 0) == (True, True)
    with world.behind_wall_of(world.officer):
        taken = actions.take_request(request_id=request.pk, by=world.officer.actor)
    assert taken.reference == request.reference


def migrate(targets: Iterable[tuple[str, str | None]]) -> None:
    """In one plan, which costs a third of what one command an app does."""
    MigrationExecutor(connection).migrate(list(targets))
