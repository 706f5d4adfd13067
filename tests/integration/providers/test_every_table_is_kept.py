"""A table of the register that is added later cannot be forgotten by the diary."""

import pytest
from django.apps import apps
from django.db import connection

from providers.queries import sources
from spink.catalogue.models import ServiceRung

DIARY = {"providers_registernumber", "providers_registeredition", "providers_registerchange"}

CONTROL = {
    model._meta.db_table
    for model in apps.get_app_config("providers").get_models()
    if model.__module__.startswith("providers.models.control.")
}
BESIDE = CONTROL | {
    "providers_registercorrection",
    "providers_registerupload",
    "providers_importprogress",
    "providers_unitsearch",
}
"""What the control of providers keeps with its own traces, tasks, files that wait for somebody, and
the words of rows that the diary has."""


def register_tables() -> set[str]:
    models = [*apps.get_app_config("providers").get_models(), ServiceRung]
    return {model._meta.db_table for model in models} - DIARY - BESIDE


def test_every_table_of_the_register_is_read_from_the_diary() -> None:
    assert set(sources.TABLES) == register_tables()


@pytest.mark.django_db
def test_every_table_of_the_register_has_its_triggers() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger"
            " WHERE tgname LIKE 'diary%%' AND tgenabled = 'O'"
        )
        found = cursor.fetchall()
    kept: dict[str, set[str]] = {table: set() for table in register_tables() | DIARY}
    for table, trigger in found:
        kept[table].add(trigger)
    every = {"diary_insert", "diary_update", "diary_delete", "diary_truncate"}
    assert {table: kept[table] for table in register_tables()} == dict.fromkeys(
        register_tables(), every
    )
    only_added_to = {"diary_truncate", "diary_is_only_added_to"}
    assert kept["providers_registeredition"] == only_added_to
    assert kept["providers_registerchange"] == only_added_to


@pytest.mark.django_db
def test_every_table_has_an_id_for_the_diary_to_name() -> None:
    models = [*apps.get_app_config("providers").get_models(), ServiceRung]
    named = {
        m._meta.db_table: m._meta.pk.column
        for m in models
        if m._meta.db_table not in DIARY | BESIDE
    }
    assert set(named.values()) == {"id"}
