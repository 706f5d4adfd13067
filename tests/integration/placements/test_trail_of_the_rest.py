"""The trail tells of the register's own steps, of hours and of texts, and of nobody's request."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from placements.actions.office import add_closed_day
from placements.actions.standard_texts import create_text
from placements.domain.standard_texts import Purpose
from providers.actions.corrections import ask_correction
from providers.actions.keeping import change_part, plan_change
from providers.actions.places import confirm_places
from providers.actions.stops import end_stop, set_stop
from providers.models import CareUnit, Fact, StopKind
from spink.accounts.domain.roles import Role
from spink.foundation import clock
from tests.factories.accounts import MunicipalityFactory, PlacementTeamFactory, holding
from tests.factories.providers import CareUnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> Client:
    client = Client()
    client.force_login(holding(Role.ADMINISTRATOR))
    return client


def a_unit(code: str, name: str) -> CareUnit:
    unit: CareUnit = CareUnitFactory(
        code=code, name=name, places_total=8, places_occupied=0, places_unavailable=0
    )
    return unit


def told(client: Client, **asked: str) -> list[tuple[str, str, list[tuple[str, Any]]]]:
    entries = client.get(reverse("trail"), asked).context["entries"]
    return [
        (str(one.step), one.name, [(str(each.field), each.after) for each in one.differences])
        for one in reversed(entries)
    ]


def test_steps_of_the_register_are_told_in_words(administrator: Client) -> None:
    keeper = holding(Role.QUALITY_CONTROLLER).actor
    unit = a_unit("U-1", "Ekhagen")
    tomorrow = clock.today() + timedelta(days=1)
    change_part(part="unit", row_id=unit.pk, values={"age_from": 18}, by=keeper)
    plan_change(part="unit", row_id=unit.pk, values={"age_to": 65}, day=tomorrow, by=keeper)
    confirm_places(unit_id=unit.pk, occupied=3, unavailable=1, by=keeper)
    stop = set_stop(on=unit, kind=StopKind.PAUSED, by=keeper, reason_code="x")
    end_stop(stop_id=stop.pk, by=keeper)
    assert told(administrator) == [
        ("Ändrades", "Ekhagen", [("Vad", "från ålder")]),
        (
            "Ändring planerades",
            "Ekhagen",
            [("Vad", "till ålder"), ("Den dag", tomorrow.isoformat())],
        ),
        ("Platser bekräftades", "Ekhagen", [("Belagda", 3), ("Inte tillgängliga", 1)]),
        ("Stopp sattes", "", [("Slag", "Pausad"), ("På", "U-1")]),
        ("Stopp hävdes", "", [("Slag", "Pausad"), ("På", "U-1")]),
    ]


def test_correction_hours_and_text_are_told_in_words(administrator: Client) -> None:
    officer = holding(Role.PLACEMENT_OFFICER, team=PlacementTeamFactory()).actor
    by = holding(Role.ADMINISTRATOR).actor
    a_unit("U-1", "Ekhagen")
    ask_correction(
        unit_code="U-1",
        unit_name="Ekhagen",
        facts=[Fact.AGES],
        confirmed_by="Föreståndaren",
        confirmed_on=clock.today(),
        by=officer,
    )
    place = MunicipalityFactory(code="1480", name="Göteborg")
    day = date(clock.today().year + 1, 6, 5)
    add_closed_day(municipality=place.pk, day=day, name="Klämdag", by=by)
    create_text(
        purpose=Purpose.HAND_OVER,
        service_type="",
        name="Semester",
        body="Jag är ledig.",
        valid_from=clock.today(),
        by=by,
    )
    assert told(administrator) == [
        ("Rättelse begärdes, efter ett undantag", "Ekhagen", [("Vad", "Åldrar")]),
        (
            "Stängd eller kortare dag lades till",
            "Klämdag",
            [("Dag", day.isoformat()), ("Stänger klockan", "inget")],
        ),
        (
            "Lades till",
            "Semester",
            [
                ("Vad den är till för", "Hälsning vid överlämning"),
                ("Från och med", clock.today().isoformat()),
            ],
        ),
    ]
    assert told(administrator, subject="office")[0][1] == "Klämdag"


def test_trail_takes_as_many_queries_for_many_units_as_for_few(administrator: Client) -> None:
    keeper = holding(Role.QUALITY_CONTROLLER).actor

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            administrator.get(reverse("trail"))
        return len(asked)

    def confirm(number: int) -> None:
        confirm_places(unit_id=a_unit(f"U-{number}", "Ekhagen").pk, occupied=1, by=keeper)

    confirm(0)
    administrator.get(reverse("trail"))
    few = queries()
    for number in range(1, 13):
        confirm(number)
    assert queries() == few
