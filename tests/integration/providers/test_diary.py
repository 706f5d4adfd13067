"""What the database itself does with the register's number and diary."""

import json
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from providers import queries
from providers.diary import changing_register
from providers.models import (
    CareUnit,
    CareUnitAddress,
    CareUnitService,
    Provider,
    RegisterChange,
    RegisterEdition,
    RegisterNumber,
)
from spink.catalogue.actions import load_catalogue
from spink.catalogue.models import ServiceRung
from spink.foundation.actor import Actor, ActorKind
from tests.factories.providers import CareUnitFactory, CareUnitServiceFactory
from tests.support.register_edits import next_transaction

KEEPER = Actor(ActorKind.PERSON, "7", "Karin Keeper")
OTHER = Actor.system("other")


def forget_actor() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('spink.actor', '', true)")


def add_provider(code: str, by: Actor = KEEPER) -> Provider:
    with changing_register(by=by):
        return Provider.objects.create(code=code, name=code)


@pytest.mark.django_db
def test_a_change_without_an_actor_is_refused() -> None:
    forget_actor()
    with pytest.raises(IntegrityError, match="without an actor"):
        Provider.objects.create(code="P1", name="P1")


@pytest.mark.django_db
def test_a_change_after_the_block_has_ended_is_refused() -> None:
    add_provider("P1")
    with pytest.raises(IntegrityError, match="without an actor"):
        Provider.objects.update(name="by nobody")


@pytest.mark.django_db
def test_an_inner_block_gives_the_outer_actor_back() -> None:
    with changing_register(by=KEEPER):
        add_provider("P1", by=OTHER)
        Provider.objects.update(name="by the keeper")
    assert RegisterEdition.objects.get().actor == OTHER.as_dict()


@pytest.mark.django_db
def test_a_change_is_kept_with_number_time_actor_and_both_images() -> None:
    before = datetime.now(UTC)  # noqa: TID251 - the diary's time is the database's own
    provider = add_provider("P1")
    next_transaction()
    with changing_register(by=OTHER, note="renamed"):
        Provider.objects.filter(pk=provider.pk).update(name="New")
    first, second = RegisterEdition.objects.order_by("number")
    assert [first.number, second.number] == [1, 2]
    assert before <= first.at < second.at
    assert (first.actor, second.actor, second.note) == (
        KEEPER.as_dict(),
        OTHER.as_dict(),
        "renamed",
    )
    change = second.changes.get()
    assert (change.table_name, change.row_pk, change.operation) == (
        "providers_provider",
        provider.pk,
        "U",
    )
    assert (change.before["name"], change.after["name"]) == ("P1", "New")
    assert first.changes.get().before is None


@pytest.mark.django_db
def test_saving_what_is_there_already_takes_no_number() -> None:
    add_provider("P1")
    next_transaction()
    with changing_register(by=KEEPER):
        Provider.objects.get().save()
        Provider.objects.filter(code="nobody").update(name="x")
        Provider.objects.filter(code="nobody").delete()
    assert queries.current_number() == 1


@pytest.mark.django_db
def test_a_deleted_row_leaves_its_last_image() -> None:
    provider = add_provider("P1")
    with changing_register(by=KEEPER):
        provider.delete()
    last = RegisterChange.objects.order_by("id").last()
    assert last is not None
    assert (last.operation, last.before["code"], last.after) == ("D", "P1", None)


@pytest.mark.django_db
def test_a_changed_rung_of_the_catalogue_takes_a_number() -> None:
    load_catalogue()
    next_transaction()
    number = queries.current_number()
    with changing_register(by=KEEPER):
        rung = ServiceRung.objects.order_by("id").first()
        assert rung is not None
        rung.valid_to = datetime(2025, 1, 1, tzinfo=UTC).date()
        rung.save()
    assert queries.current_number() == number + 1
    assert RegisterChange.objects.filter(edition=number + 1).get().table_name == (
        "catalogue_servicerung"
    )


@pytest.mark.django_db
def test_a_rolled_back_savepoint_takes_its_number_back() -> None:
    with transaction.atomic():
        add_provider("P1")
        transaction.set_rollback(True)
    assert (queries.current_number(), RegisterChange.objects.count()) == (0, 0)
    add_provider("P2")
    edition = RegisterEdition.objects.get()
    assert (edition.number, edition.changes.get().after["code"]) == (1, "P2")


@pytest.mark.django_db
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    steps=st.lists(
        st.tuples(st.booleans(), st.lists(st.booleans(), max_size=4)), min_size=1, max_size=8
    )
)
def test_numbers_have_no_gap_whatever_is_rolled_back(
    steps: list[tuple[bool, list[bool]]],
) -> None:
    """Each step is a transaction with savepoints, each of which stays or is rolled back."""
    with transaction.atomic():
        stayed = 0
        for number, (whole, savepoints) in enumerate(steps):
            with transaction.atomic():
                for inner, keeps in enumerate(savepoints):
                    with transaction.atomic():
                        add_provider(f"P{number}-{inner}")
                        transaction.set_rollback(not keeps)
                transaction.set_rollback(not whole)
            next_transaction()
            stayed += whole and any(savepoints)
            assert queries.current_number() == stayed
        editions = list(RegisterEdition.objects.order_by("number").values_list("number", "at"))
        assert [number for number, _ in editions] == list(range(1, stayed + 1))
        assert sorted(at for _, at in editions) == [at for _, at in editions]
        assert Provider.objects.count() == RegisterChange.objects.count()
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("model", [RegisterChange, RegisterEdition])
def test_the_diary_is_only_added_to(model: type[RegisterChange | RegisterEdition]) -> None:
    add_provider("P1")
    next_transaction()
    table = model._meta.db_table
    for statement in (
        f"UPDATE {table} SET number = 7",
        f"DELETE FROM {table}",
        f"TRUNCATE {table} CASCADE",
    ):
        with (
            pytest.raises(IntegrityError, match="only added to"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.django_db
def test_a_table_of_the_register_is_not_emptied() -> None:
    with (
        pytest.raises(IntegrityError, match="only added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE providers_price")


@pytest.mark.django_db
def test_a_row_keeps_its_id() -> None:
    provider = add_provider("P1")
    with (
        pytest.raises(IntegrityError, match="keeps its id"),
        changing_register(by=KEEPER),
    ):
        Provider.objects.filter(pk=provider.pk).update(id=provider.pk + 1)


@pytest.mark.django_db
def test_an_entry_dated_by_a_loader_has_its_time_and_says_so() -> None:
    at = datetime(2023, 1, 2, tzinfo=UTC)
    with changing_register(by=OTHER, dated=at):
        Provider.objects.create(code="P1", name="P1")
    next_transaction()
    add_provider("P2")
    first, second = RegisterEdition.objects.order_by("number")
    assert (first.at, first.dated, second.dated) == (at, True, False)
    assert queries.number_as_of(at - timedelta(microseconds=1)) == 0
    assert queries.number_as_of(at) == queries.number_as_of(second.at - timedelta(seconds=1)) == 1
    assert queries.number_as_of(second.at) == 2


@pytest.mark.django_db
def test_an_entry_is_not_dated_before_the_last() -> None:
    at = datetime(2023, 1, 2, tzinfo=UTC)
    with changing_register(by=OTHER, dated=at):
        Provider.objects.create(code="P1", name="P1")
    next_transaction()
    with (
        pytest.raises(IntegrityError, match="dated"),
        changing_register(by=OTHER, dated=at),
    ):
        Provider.objects.create(code="P2", name="P2")


@pytest.mark.django_db
def test_the_diary_is_dated_with_aware_times_only() -> None:
    at = datetime(2025, 1, 1, tzinfo=UTC)
    with (
        pytest.raises(ValueError, match="aware"),
        changing_register(by=OTHER, dated=at.replace(tzinfo=None)),
    ):
        pass


@pytest.mark.django_db(transaction=True)
def test_transactions_at_once_are_numbered_in_the_order_of_their_commits() -> None:
    """The second waits for the first, and both their times and numbers follow the commits."""
    first_has_changed, second_begins = threading.Event(), threading.Event()

    def second() -> None:
        first_has_changed.wait(5)
        second_begins.set()
        add_provider("second")
        connection.close()

    thread = threading.Thread(target=second)
    thread.start()
    with transaction.atomic():
        add_provider("first")
        first_has_changed.set()
        second_begins.wait(5)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.2)")
        assert RegisterEdition.objects.count() == 1
        allocated = RegisterEdition.objects.get().at
    thread.join()
    one, two = RegisterEdition.objects.order_by("number")
    assert [one.changes.get().after["code"], two.changes.get().after["code"]] == [
        "first",
        "second",
    ]
    assert allocated + timedelta(seconds=0.2) <= one.at < two.at
    assert RegisterNumber.objects.get().at == two.at


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_lose_no_number() -> None:
    unit = CareUnitFactory(places_occupied=0)

    def admit() -> None:
        for _ in range(5):
            with changing_register(by=KEEPER):
                seen = CareUnit.objects.get(pk=unit.pk)
                seen.places_occupied += 1
                seen.save()
        connection.close()

    before = queries.current_number()
    threads = [threading.Thread(target=admit) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert queries.current_number() == before + 20
    assert CareUnit.objects.get(pk=unit.pk).places_occupied == 20
    times = list(RegisterEdition.objects.order_by("number").values_list("at", flat=True))
    assert times == sorted(set(times))


@pytest.mark.django_db(transaction=True)
def test_what_others_have_not_committed_is_not_in_the_kept_register() -> None:
    """One process keeps columns for transactions that see different registers."""
    load_catalogue()
    CareUnitFactory(code="U1")
    seen: list[list[str]] = []

    def look() -> None:
        seen.append(list(queries.current_register().ids))
        connection.close()

    with transaction.atomic():
        CareUnitFactory(code="U2")
        assert list(queries.current_register().ids) == ["U1", "U2"]
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
        transaction.set_rollback(True)
    assert seen == [["U1"]]
    assert list(queries.current_register().ids) == ["U1"]


@pytest.mark.django_db
def test_protected_housing_has_no_place_here_and_everywhere() -> None:
    """Not even the diary of the edition in which the unit was made holds where it lies."""
    load_catalogue()
    next_transaction()
    with transaction.atomic():
        unit = CareUnitFactory(latitude=57.123456, longitude=11.654321)
        with changing_register(by=KEEPER):
            CareUnitAddress.objects.create(unit=unit, street="Hemliga gatan 1")
        CareUnitServiceFactory(unit=unit, service_type_id="protected_housing")
    unit.refresh_from_db()
    assert (unit.latitude, unit.longitude) == (None, None)
    assert not CareUnitAddress.objects.exists()
    kept = json.dumps(list(RegisterChange.objects.values("before", "after")))
    assert [secret for secret in ("57.123456", "11.654321", "Hemliga") if secret in kept] == []
    with pytest.raises(IntegrityError, match="no address"), changing_register(by=KEEPER):
        CareUnitAddress.objects.create(unit=unit, street="Hemliga gatan 1")
    with changing_register(by=KEEPER):
        CareUnit.objects.filter(pk=unit.pk).update(latitude=57.1, longitude=11.6)
    unit.refresh_from_db()
    assert unit.latitude is None


@pytest.mark.django_db
def test_a_position_is_both_or_none() -> None:
    with pytest.raises(IntegrityError, match="careunit_position_on_earth"):
        CareUnitFactory(longitude=None)


@pytest.mark.django_db
def test_a_unit_becomes_protected_housing_by_a_change_of_service() -> None:
    load_catalogue()
    service = CareUnitServiceFactory(service_type_id="short_term_housing")
    with changing_register(by=KEEPER):
        CareUnitService.objects.update(service_type_id="protected_housing")
    service.unit.refresh_from_db()
    assert service.unit.latitude is None


@pytest.mark.django_db
def test_a_setting_that_is_no_json_names_no_actor() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('spink.actor', 'Karin', true)")
    with pytest.raises(DataError):
        Provider.objects.create(code="P1", name="P1")
