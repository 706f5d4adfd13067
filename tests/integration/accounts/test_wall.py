"""The wall in PostgreSQL alone: plain `Model.objects.all()`, no filter of the application."""

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from pytest_django import DjangoDbBlocker

from placements.domain.values import Audience
from spink.accounts import queries, wall
from spink.accounts.access_log import Reading, log_reading
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.domain.reach import NOTHING
from spink.accounts.domain.roles import Role
from spink.accounts.models import AccessEntry
from spink.foundation import clock
from tests.conftest import MORNING
from tests.support import two_municipalities as worlds
from tests.support.two_municipalities import ON_DUTY, PLACES, VARIANTS, Key, World

pytestmark = pytest.mark.usefixtures("frozen_clock", "taken_back")

GUARDED_TABLES = """
WITH RECURSIVE guarded AS (
    SELECT 'placements_person'::regclass::oid AS id
    UNION SELECT 'placements_placementrequest'::regclass::oid
    UNION SELECT c.conrelid FROM pg_constraint c JOIN guarded g ON c.confrelid = g.id
    WHERE c.contype = 'f'
)
SELECT t.relname, t.relrowsecurity AND t.relforcerowsecurity
    AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = t.oid)
FROM pg_class t WHERE t.oid IN (SELECT id FROM guarded) OR t.relname = 'accounts_accessentry'
"""
OF_A_REQUEST = (
    "recommendation",
    "recommendedunit",
    "recommendationexception",
    "providerinquiry",
    "informationrequest",
    "outcomefeedback",
    "attachment",
    "readmark",
    "acuteplacement",
    "serviceproposal",
    "stoptouch",
)

OF_THE_FILING_SIDE = (
    "complaintrequest",
    "delayreason",
    "notification",
    "processdeviationrequest",
)
OF_THE_PLACING_SIDE = ("handovernote", "selfcheckitem", "selfcheckanswer")


def sql(statement: str, *values: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """One transaction for the module; what a test does there is taken back."""
    with django_db_blocker.unblock(), clock.frozen(MORNING), transaction.atomic():
        built = worlds.build()
        for variant, place in product(VARIANTS, PLACES):
            built.user(variant, place)
        yield built
        transaction.set_rollback(True)


@pytest.fixture
def taken_back(world: World) -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def guarded_models() -> dict[str, Any]:
    tables = {name for name, _ in sql(GUARDED_TABLES)} - {"accounts_accessentry"}
    return {
        model._meta.model_name: model
        for model in apps.get_app_config("placements").get_models()
        if model._meta.db_table in tables
    }


def seen_audiences(variant: str) -> set[str]:
    placing = variant == Role.PLACEMENT_OFFICER
    return {Audience.BOTH.value, Audience.PLACING.value if placing else Audience.FILING.value}


def expected(world: World, variant: str, place: str) -> dict[str, set[Any]]:
    """Exactly the rows that the variant at the place sees, by the name of their model."""
    seen = worlds.seen_by(variant, place)
    files = variant == Role.SOCIAL_WORKER
    matches = variant == Role.PLACEMENT_OFFICER
    rows = {name: _of(world, name, seen) for name in OF_A_REQUEST}
    entries = [entry for key in seen for entry in world.rows[key].get("timelineentry", [])]
    told = _of(world, "notification", worlds.own(place)) if files else set()
    return rows | {
        "placementrequest": {world.requests[key].pk for key in seen},
        "person": {world.requests[key].person_id for key in seen},
        "personidentity": {
            world.requests[key].person_id for key in seen if files or "protected" not in key[1]
        },
        "timelineentry": {one.pk for one in entries if one.audience in seen_audiences(variant)},
        "complaintrequest": _of(world, "complaintrequest", _of_own_unit(variant, place)),
        "delayreason": _of(world, "delayreason", _of_own_unit(variant, place)),
        "processdeviationrequest": _of(
            world, "processdeviationrequest", _of_own_unit(variant, place)
        ),
        **{name: _of(world, name, seen if matches else set()) for name in OF_THE_PLACING_SIDE},
        "notification": told,
    }


def _of_own_unit(variant: str, place: str) -> set[Key]:
    """Why a decision is late is read by the unit that filed it alone."""
    if variant in (Role.PLACEMENT_OFFICER, Role.LOCAL_PROCUREMENT_COORDINATOR):
        return set()
    return worlds.seen_by(variant, place) & worlds.own(place)


def _of(world: World, name: str, keys: set[Key]) -> set[Any]:
    return {row.pk for key in keys for row in world.rows[key].get(name, [])}


def visible() -> dict[str, set[Any]]:
    return {
        name: set(model.objects.values_list("pk", flat=True))
        for name, model in guarded_models().items()
    }


def nothing() -> dict[str, set[Any]]:
    return {name: set() for name in guarded_models()}


def everything() -> dict[str, set[Any]]:
    with wall.opened_for_job(SystemJob.LOAD_SAMPLE):
        return visible()


def test_application_is_no_superuser_and_does_not_bypass_row_security() -> None:
    roles = "SELECT rolsuper, rolbypassrls, rolcreaterole, rolreplication FROM pg_roles"
    assert sql(f"{roles} WHERE rolname = current_user") == [(False, False, False, False)]
    mighty = "SELECT rolname FROM pg_roles WHERE (rolsuper OR rolbypassrls)"
    assert sql(f"{mighty} AND pg_has_role(current_user, oid, 'member')") == []


def test_every_table_with_persons_or_requests_has_forced_row_security() -> None:
    guarded = dict(sql(GUARDED_TABLES))
    assert guarded == dict.fromkeys(guarded, True)
    assert len(guarded) >= 11


def test_policies_read_the_settings_once_a_query_and_not_once_a_row() -> None:
    written = sql("SELECT coalesce(qual, '') || coalesce(with_check, '') FROM pg_policies")
    calls = [call for (text,) in written for call in re.findall(r"(\S+ )wall_\w+\(", text)]
    guarding = [call for call in calls if call != "COALESCE((("]
    assert set(guarding) == {"SELECT "}
    assert len(guarding) >= len(written)


@pytest.mark.parametrize("job", SystemJob)
def test_job_is_listed_with_guarded_tables_alone(job: SystemJob) -> None:
    forced = "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
    assert set(job.tables) - {name for (name,) in sql(forced)} == set()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("variant", VARIANTS)
def test_role_sees_exactly_its_rows_of_every_guarded_table(
    world: World, variant: str, place: str
) -> None:
    reach = queries.reach_of_user(world.user(variant, place))
    with wall.opened_for(reach):
        assert visible() == expected(world, variant, place)


def test_world_holds_rows_that_could_leak_in_every_guarded_table(world: World) -> None:
    counts = {name: len(rows) for name, rows in everything().items()}
    assert counts == {
        "placementrequest": 20,
        "person": 20,
        "personidentity": 20,
        "timelineentry": 36,
        **dict.fromkeys((*OF_A_REQUEST, *OF_THE_PLACING_SIDE), 12),
        **dict.fromkeys(OF_THE_FILING_SIDE, 12),
    }
    assert set(world.places) == set(PLACES)


@pytest.mark.usefixtures("world")
def test_without_a_setting_nothing_is_seen() -> None:
    assert visible() == nothing()


@pytest.mark.usefixtures("world")
def test_reach_of_nobody_sees_nothing() -> None:
    with wall.opened_for(NOTHING):
        assert visible() == nothing()


def test_duty_worker_sees_own_unit_alone_after_the_shift(world: World) -> None:
    user = world.user(ON_DUTY, "A1")
    user.duty_shifts.update(ends_at=user.duty_shifts.get().started_at)
    with wall.opened_for(queries.reach_of_user(user)):
        assert visible()["placementrequest"] == {world.requests[key].pk for key in worlds.own("A1")}


def test_filer_who_has_left_the_unit_reads_nothing_more(world: World) -> None:
    filer = world.places["A1"].filer
    filer.role_assignments.all().delete()
    with wall.opened_for(queries.reach_of_user(filer)):
        seen = visible()
    assert seen.pop("notification") == _of(world, "notification", worlds.own("A1"))
    assert set().union(*seen.values()) == set()


@pytest.mark.parametrize("variant", VARIANTS)
def test_rows_outside_the_own_reach_are_neither_changed_nor_deleted(
    world: World, variant: str
) -> None:
    before = everything()
    with wall.opened_for(queries.reach_of_user(world.user(variant, "A1"))):
        mine = visible()
        changed = {
            name: (
                _touch(model, before[name] - mine[name]),
                _remove(model, before[name] - mine[name]),
            )
            for name, model in guarded_models().items()
        }
    assert changed == dict.fromkeys(changed, (0, 0))
    assert everything() == before


def _touch(model: Any, keys: set[Any]) -> int:
    pk = model._meta.pk.column
    statement = f"UPDATE {model._meta.db_table} SET {pk} = {pk} WHERE {pk} = ANY(%s)"
    return _count(statement, keys)


def _remove(model: Any, keys: set[Any]) -> int:
    pk = model._meta.pk.column
    return _count(f"DELETE FROM {model._meta.db_table} WHERE {pk} = ANY(%s)", keys)


def _count(statement: str, keys: set[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(keys)])
        return cursor.rowcount


def test_request_is_not_moved_through_the_wall(world: World) -> None:
    mine, theirs = world.requests["A1", "plain"], world.places["A2"].unit
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        wall.opened_for(queries.reach_of_user(world.places["A1"].filer)),
    ):
        type(mine).objects.filter(pk=mine.pk).update(unit=theirs)


def test_request_is_not_filed_in_the_name_of_another_unit(world: World) -> None:
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        wall.opened_for(queries.reach_of_user(world.places["A1"].filer)),
    ):
        world.requests["A1", "plain"].__class__.objects.create(
            reference="2025-99999",
            unit=world.places["B1"].unit,
            department=world.places["B1"].department,
            municipality=world.places["B1"].department.municipality,
            created_by=world.places["A1"].filer,
        )


@pytest.mark.parametrize("job", SystemJob)
@pytest.mark.usefixtures("world")
def test_job_reads_the_tables_that_it_is_listed_with_and_no_other(job: SystemJob) -> None:
    with wall.opened_for_job(job):
        seen = {name for name, rows in visible().items() if rows}
    assert seen == {table.removeprefix("placements_") for table in job.tables} & set(
        guarded_models()
    )


def test_access_log_is_added_to_and_read_by_its_review_alone(world: World) -> None:
    filer = world.places["A1"].filer
    with wall.opened_for(queries.reach_of_user(filer)):
        log_reading(Reading(by=filer.actor, route="/x"), ["2025-00001"])
        assert list(AccessEntry.objects.all()) == []
        assert AccessEntry.objects.update(reason="x") == 0
        assert _count("DELETE FROM accounts_accessentry WHERE id <> ALL(%s)", set()) == 0
    with wall.opened_for_job(SystemJob.REVIEW_ACCESS_LOG):
        assert AccessEntry.objects.get().subjects == ["2025-00001"]


def test_nobody_writes_the_access_log_in_the_name_of_another(world: World) -> None:
    other = world.places["B1"].filer
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        wall.opened_for(queries.reach_of_user(world.places["A1"].filer)),
    ):
        log_reading(Reading(by=other.actor, route="/x"), ["2025-00001"])


def test_opening_for_a_job_shuts_out_the_user_and_afterwards_the_job(world: World) -> None:
    with wall.opened_for(queries.reach_of_user(world.places["A1"].filer)):
        mine = visible()
        with wall.opened_for_job(SystemJob.FOLLOW_UP_REVIEWS):
            assert visible() == nothing()
        assert visible() == mine


def test_text_in_a_code_adds_no_other_code() -> None:
    reach = NOTHING.__class__(duty_municipality_codes=frozenset({'1480","1481', "\\"}))
    with wall.opened_for(reach):
        assert sql("SELECT wall_codes('spink.duty_municipality_codes')") == [
            (sorted(reach.duty_municipality_codes),)
        ]
