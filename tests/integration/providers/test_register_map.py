"""The units on a map: where they are, gathered when many, and never protected housing."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from providers.models import CareUnit
from spink.accounts.models import User
from tests.factories import providers as made
from tests.support.register_edits import next_transaction

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.fixture
def reader(keeper: User) -> Client:
    client = Client()
    client.force_login(keeper, backend="django.contrib.auth.backends.ModelBackend")
    return client


def marks(reader: Client, **asked: str) -> list[tuple[str, int]]:
    drawing = reader.get("/register/map/", asked).context["drawing"]
    return [(mark.name, mark.count) for mark in drawing.marks] if drawing else []


def at(name: str, latitude: float | None, longitude: float | None, **values: str) -> CareUnit:
    return made.CareUnitFactory(name=name, latitude=latitude, longitude=longitude, **values)


def test_units_far_apart_have_marks_of_their_own_from_north_to_south(reader: Client) -> None:
    at("Syd", 57.5, 12.0)
    at("Nord", 58.0, 12.0)
    assert marks(reader) == [("Nord", 1), ("Syd", 1)]
    drawing = reader.get("/register/map/").context["drawing"]
    north, south = drawing.marks
    assert (north.y < south.y, north.x == south.x) == (True, True)
    assert north.url == f"/register/units/{CareUnit.objects.get(name='Nord').code}/"


def test_units_close_together_are_one_mark_that_leads_nearer(reader: Client) -> None:
    at("Ett", 57.7, 11.9)
    at("Två", 57.701, 11.901)
    at("Långt bort", 58.4, 13.0)
    assert marks(reader) == [("Långt bort", 1), ("2 verksamheter ligger här", 2)]
    mark = reader.get("/register/map/?age=30").context["drawing"].marks[1]
    nearer = reader.get(f"/register/map/{mark.url}")
    assert [one.name for one in nearer.context["drawing"].marks] == ["Två", "Ett"]
    assert [row.name for row in nearer.context["rows"]] == ["Ett", "Två"]
    assert nearer.context["whole_url"] == "?age=30"


def test_protected_housing_is_never_on_the_map_but_in_the_list(reader: Client) -> None:
    at("Öppet", 57.7, 11.9)
    hidden = at("Gömt", 57.8, 12.0)
    made.CareUnitServiceFactory(unit=hidden, service_type_id="protected_housing")
    without_triggers(hidden)
    page = reader.get("/register/map/")
    assert marks(reader) == [("Öppet", 1)]
    svg = re.search(r"<svg.*</svg>", page.content.decode(), re.DOTALL)
    assert svg is not None
    assert (hidden.code in svg[0], "Gömt" in svg[0], "57.8" in svg[0]) == (False, False, False)
    assert [row.name for row in page.context["rows"]] == ["Gömt", "Öppet"]
    assert page.context["elsewhere"] == 1


def without_triggers(unit: CareUnit) -> None:
    """A position that should not be there: the map does not trust that there is none."""
    next_transaction()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE providers_careunit DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE providers_careunit SET latitude = 57.8, longitude = 12 WHERE id = %s",
            [unit.pk],
        )
        cursor.execute("ALTER TABLE providers_careunit ENABLE TRIGGER USER")


def test_map_is_filtered_as_the_list_is(reader: Client) -> None:
    at("Ett", 57.7, 11.9, municipality="1480")
    at("Två", 58.0, 12.5, municipality="1481")
    assert marks(reader, municipality="1481") == [("Två", 1)]
    assert marks(reader, q="ett") == [("Ett", 1)]
    assert [label.text for label in reader.get("/register/map/").context["drawing"].labels] == [
        "Göteborg", "Mölndal"]  # fmt: skip


@pytest.mark.parametrize("box", ["", "nothing", "1,2,3", "nan,1,2,3", "58,11,57,12", "inf,1,2,3"])
def test_box_that_is_none_shows_everything(reader: Client, box: str) -> None:
    at("Ett", 57.7, 11.9)
    assert marks(reader, box=box) == [("Ett", 1)]


def test_map_without_positions_says_so_and_lists_the_units(reader: Client) -> None:
    at("Ingenstans", None, None)
    page = reader.get("/register/map/")
    assert "Ingen av verksamheterna har något läge." in page.content.decode()
    assert [row.name for row in page.context["rows"]] == ["Ingenstans"]


def test_map_asks_as_many_queries_for_many_units(reader: Client) -> None:
    counts = []
    for size in (1, 30):
        for number in range(size):
            at(f"Nr {number}", 57.5 + number / 100, 12 + number / 50)
        next_transaction()
        with CaptureQueriesContext(connection) as queries:
            reader.get("/register/map/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
