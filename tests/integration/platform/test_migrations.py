"""Every migration can be taken back, and made again."""

import pytest
from django.core.management import call_command
from django.db import connection

APPS = ("placements", "providers", "catalogue", "admin", "accounts", "foundation")


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
