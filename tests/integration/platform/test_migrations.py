"""Every migration can be taken back and made again, with rows in the tables as well."""

import pytest
from django.core.management import call_command
from django.db import connection

from placements import actions
from providers.models import CareUnit
from spink.catalogue.actions import load_catalogue
from tests.integration.placements.conftest import SECTIONS
from tests.support.filing import file_draft
from tests.support.small_world import open_units, settle_people

APPS = ("placements", "providers", "catalogue", "admin", "accounts", "foundation")
FIRST = (("placements", "0003"), ("providers", "0003"), ("catalogue", "0001"), ("accounts", "0004"))
"""What a database of the first days has."""


def own_tables() -> list[str]:
    tables = connection.introspection.table_names()
    return [table for table in tables if table.split("_")[0] in APPS]


@pytest.mark.django_db(transaction=True)
def test_migrations_leave_no_table_when_taken_back_and_all_when_made_again() -> None:
    before = own_tables()
    for app in APPS:
        call_command("migrate", app, "zero", verbosity=0)
    between = own_tables()
    call_command("migrate", verbosity=0)
    assert (between, own_tables()) == ([], before)
    assert len(before) > 0


@pytest.mark.django_db(transaction=True)
def test_migrations_are_made_where_a_register_and_requests_stand_already() -> None:
    load_catalogue()
    world = settle_people()
    open_units()
    request = file_draft(world, world.social_worker, SECTIONS)
    with world.behind_wall_of(world.social_worker):
        actions.submit_request(request_id=request.pk, by=world.social_worker.actor)
    units = set(CareUnit.objects.values_list("code", flat=True))
    for app, name in FIRST:
        call_command("migrate", app, name, verbosity=0)
    call_command("migrate", verbosity=0)
    assert set(CareUnit.objects.values_list("code", flat=True)) == units
    assert len(units) > 0
    with world.behind_wall_of(world.officer):
        taken = actions.take_request(request_id=request.pk, by=world.officer.actor)
    assert taken.reference == request.reference
