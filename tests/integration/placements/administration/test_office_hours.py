"""Office hours, due times and closed days: set by administrators, kept with what rests on them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from placements import actions
from placements.models import ClosedDay, OfficeHours, PlacementRequest
from spink.accounts.domain.roles import Role
from spink.foundation import clock
from spink.foundation.clock import STOCKHOLM
from spink.foundation.models import AuditEntry
from tests.factories import accounts as people
from tests.integration.placements.conftest import Filed, World
from tests.integration.placements.placing.conftest import logged_in, page_of, text_of

FRIDAY = datetime(2025, 3, 7, 14, 40, tzinfo=UTC)  # 15.40 in Sweden
WEEK = {f"opens_{day}": "08:00" for day in range(5)} | {
    f"closes_{day}": "16:00" for day in range(5)
}
HOURS = {
    "valid_from": "2025-03-03",
    "acute_hours": "3",
    "soon_hours": "8",
    "planned_hours": "40",
    "feedback_days": "2",
    "jour_name": "Socialjouren Göteborg",
    "jour_phone": "031-390 06 00",
    "seen": "0",
    **WEEK,
}
PAYLOAD = '<script>alert("x")</script>'


@pytest.fixture
def administrator(world: World) -> Client:
    return logged_in(people.holding(Role.ADMINISTRATOR))


def url(name: str = "office") -> str:
    return reverse(f"placements:{name}", args=["1480"])


def urgent(world: World, draft: Filed) -> PlacementRequest:
    request = draft()
    with world.behind_wall_of(world.social_worker):
        PlacementRequest.objects.filter(pk=request.pk).update(urgency="acute")
    return request


def sent_at(world: World, draft: Filed, at: datetime) -> PlacementRequest:
    request = urgent(world, draft)
    filer = world.social_worker
    with clock.frozen(at), world.behind_wall_of(filer):
        return actions.submit_request(request_id=request.pk, by=filer.actor)


def test_hours_decide_when_a_request_is_due_and_the_page_says_why(
    world: World, administrator: Client, draft: Filed
) -> None:
    assert administrator.post(url(), HOURS).status_code == 302
    request = sent_at(world, draft, FRIDAY)

    assert request.due_at == datetime(2025, 3, 10, 10, 40, tzinfo=STOCKHOLM)
    with clock.frozen(FRIDAY):
        page = text_of(logged_in(world.officer).get(page_of(request, "request")))
    assert "3 arbetstimmar: akut, skickad i dag 15:40" in page


def test_new_hours_leave_sent_requests_as_they_are(
    world: World, administrator: Client, draft: Filed
) -> None:
    request = sent_at(world, draft, FRIDAY)
    administrator.post(url(), HOURS)
    with world.behind_wall_of(world.social_worker):
        request.refresh_from_db()

    assert (request.due_at, request.due_hours) == (
        datetime(2025, 3, 10, 10, 40, tzinfo=STOCKHOLM),
        4,
    )


def test_hours_of_one_municipality_are_not_those_of_another(administrator: Client) -> None:
    administrator.post(url(), HOURS)

    rows = OfficeHours.objects.values_list("municipality_id", "acute_hours", "jour_phone")
    assert list(rows) == [("1480", 3, "031-390 06 00")]


def test_every_change_stands_in_the_trail(administrator: Client) -> None:
    administrator.post(url(), HOURS)
    administrator.post(url("add-closed-day"), {"day": "2025-04-17", "name": "Skärtorsdagen"})
    administrator.post(url("remove-closed-day"), {"day": "2025-04-17"})

    entries = AuditEntry.objects.filter(subject="office").order_by("at", "id")
    said = [(one.action, one.subject_id, one.details.get("acute_hours")) for one in entries]
    assert said == [
        ("office_hours_set", "1480", 3),
        ("closed_day_added", "1480", None),
        ("closed_day_removed", "1480", None),
    ]


def test_second_administrator_does_not_overwrite_the_first(administrator: Client) -> None:
    administrator.post(url(), HOURS)
    answer = administrator.post(url(), HOURS | {"acute_hours": "1"})

    assert (answer.status_code, OfficeHours.objects.get().acute_hours) == (409, 3)
    assert 'name="acute_hours" value="1"' in text_of(answer)
    assert 'name="seen" value="1"' in text_of(answer)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"valid_from": "2025-03-02"}, "valid_from"),
        ({"opens_0": ""}, "opens_0"),
        ({"closes_0": "08:30"}, "closes_0"),
        ({"acute_hours": "0"}, "acute_hours"),
        ({"jour_phone": ""}, "jour_phone"),
        (dict.fromkeys(WEEK, ""), "opens_0"),
    ],
)
def test_impossible_hours_are_refused_at_their_field(
    administrator: Client, wrong: dict[str, str], field: str
) -> None:
    answer = administrator.post(url(), HOURS | wrong)

    assert (answer.status_code, OfficeHours.objects.count()) == (422, 0)
    assert list(answer.context["form"].errors) == [field]


def test_past_days_are_kept_as_they_were(administrator: Client) -> None:
    ClosedDay.objects.create(municipality_id="1480", day=date(2025, 1, 2), name="Klämdag")
    administrator.post(url("remove-closed-day"), {"day": "2025-01-02"})
    answer = administrator.post(url("add-closed-day"), {"day": "2025-01-03", "name": "Klämdag"})

    assert (answer.status_code, list(ClosedDay.objects.values_list("day", flat=True))) == (
        422,
        [date(2025, 1, 2)],
    )


def test_usual_days_of_a_year_are_added_once(administrator: Client) -> None:
    administrator.post(url("add-closed-day"), {"day": "2025-04-17", "name": "Vår egen dag"})
    for _again in range(2):
        administrator.post(url("add-usual-days"), {"year": "2025"})

    assert list(ClosedDay.objects.values_list("day", "name")) == [
        (date(2025, 4, 17), "Vår egen dag"),
        (date(2025, 4, 30), "Valborgsmässoafton"),
        (date(2025, 5, 2), "Klämdag"),
        (date(2025, 5, 30), "Klämdag"),
        (date(2025, 10, 31), "Allahelgonsafton"),
    ]


def test_names_are_shown_as_text(administrator: Client) -> None:
    administrator.post(url("add-closed-day"), {"day": "2025-04-17", "name": PAYLOAD})

    assert PAYLOAD not in text_of(administrator.get(url()))


def test_list_takes_the_same_queries_for_any_number_of_municipalities(
    administrator: Client, django_assert_num_queries: Any
) -> None:
    administrator.get(reverse("placements:offices"))
    with django_assert_num_queries(COUNT_OF_LIST):
        administrator.get(reverse("placements:offices"))
    for number in range(20):
        people.MunicipalityFactory(code=f"20{number:02}", name=f"Kommun {number}")
    with django_assert_num_queries(COUNT_OF_LIST):
        administrator.get(reverse("placements:offices"))


COUNT_OF_LIST = 8


def test_answer_moves_the_due_time_by_the_working_time_that_it_took(
    world: World, taken: Filed
) -> None:
    request = taken()
    due = request.due_at
    with world.behind_wall_of(world.officer):
        actions.ask_information(request_id=request.pk, question="?", by=world.officer.actor)
    later = clock.now() + timedelta(hours=2)
    with clock.frozen(later), world.behind_wall_of(world.social_worker):
        actions.answer_information(request_id=request.pk, answer="!", by=world.social_worker.actor)
    with world.behind_wall_of(world.officer):
        request.refresh_from_db()

    assert due is not None
    assert (request.due_at, request.due_paused) == (due + timedelta(hours=2), 120)


SATURDAY_NIGHT = datetime(2025, 3, 8, 22, 30, tzinfo=UTC)


def test_acute_request_on_a_saturday_night_says_who_answers_now(
    world: World, administrator: Client, draft: Filed
) -> None:
    administrator.post(url(), HOURS)
    request = sent_at(world, draft, SATURDAY_NIGHT)
    with clock.frozen(SATURDAY_NIGHT):
        own = text_of(logged_in(world.social_worker).get(page_of(request, "request")))
        officers = text_of(logged_in(world.officer).get(page_of(request, "request")))
    with clock.frozen(FRIDAY):
        in_hours = text_of(logged_in(world.social_worker).get(page_of(request, "request")))

    assert 'href="tel:031-390 06 00"' in own
    assert "Placeringsfunktionen öppnar måndag 10 mars 08:00." in own
    assert ('id="out-of-hours"' in officers, 'id="out-of-hours"' in in_hours) == (False, False)


def test_page_before_sending_says_who_answers_now(
    world: World, administrator: Client, draft: Filed
) -> None:
    administrator.post(url(), HOURS)
    request = urgent(world, draft)
    with clock.frozen(SATURDAY_NIGHT):
        page = text_of(logged_in(world.social_worker).get(page_of(request, "check")))

    assert "Socialjouren Göteborg" in page
