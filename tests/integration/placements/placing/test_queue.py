"""The work queue: its views, groups, filters, and what it never shows."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from placements.domain.lifecycle import State
from placements.domain.values import Answer, Protection, Urgency
from placements.models import PlacementRequest
from spink.accounts.models import AccessEntry, Department, PlacementTeam, Unit
from spink.foundation import clock
from tests.factories import placements as rows
from tests.integration.placements.conftest import World
from tests.integration.placements.placing.conftest import logged_in, text_of

PAYLOAD = '<img src=x onerror="alert(1)">'
QUERIES = 19

Add = Callable[..., PlacementRequest]


@pytest.fixture
def add(world: World) -> Add:
    """A request in the queue of the officers' function."""
    unit = Unit.objects.get(name="Utredning 3")
    team = PlacementTeam.objects.get(code="vuxna")

    def add_one(
        *, mine: bool = True, due_in: timedelta = timedelta(days=3), **fields: Any
    ) -> PlacementRequest:
        person = fields.pop("person", None) or rows.PersonFactory(unit=unit, initials="A.L.")
        state = fields.pop("state", State.IN_PROGRESS if mine else State.SUBMITTED)
        owned = {"assigned_to": world.officer, "assigned_at": clock.now()} if mine else {}
        return rows.PlacementRequestFactory(
            submitted=True,
            unit=fields.pop("unit", unit),
            person=person,
            created_by=world.social_worker,
            placement_function=team.function,
            team=team,
            state=state,
            due_at=clock.now() + due_in,
            **owned,
            **fields,
        )

    return add_one


def references(page: str) -> list[str]:
    return re.findall(r'<span class="under row num">(\S+)', page)


def groups(page: str) -> list[str]:
    return re.findall(r'scope="rowgroup">([^<]+)', page)


def test_requests_stand_in_groups_by_what_they_call_for(officer: Client, add: Add) -> None:
    late = add(due_in=-timedelta(hours=2))
    today = add(due_in=timedelta(hours=1))
    later = add(due_in=timedelta(days=2))
    waiting = add(state=State.AWAITING_INFORMATION)
    nobodys = add(mine=False)
    page = text_of(officer.get("/queue/?view=all"))
    assert groups(page) == [
        "Försenade (1)",
        "I dag (1)",
        "Senare (1)",
        "Väntar på andra (1)",
        "Ej tilldelade (1)",
    ]
    assert references(page) == [one.reference for one in (late, today, later, waiting, nobodys)]
    assert ("2 timmar försenad" in page, "om 1 timme" in page.lower()) == (True, True)


def test_late_request_stands_first_whether_taken_or_not_and_whoever_is_asked(
    officer: Client, add: Add
) -> None:
    nobodys = add(mine=False, due_in=-timedelta(hours=3))
    asked = add(due_in=-timedelta(hours=2))
    rows.ProviderInquiryFactory(request=asked)
    page = text_of(officer.get("/queue/?view=all"))
    assert groups(page) == ["Försenade (2)"]
    assert references(page) == [nobodys.reference, asked.reference]


def test_request_waits_for_units_until_one_of_them_has_a_place(officer: Client, add: Add) -> None:
    waits, answered = add(), add()
    for request in (waits, answered):
        rows.ProviderInquiryFactory(request=request)
    rows.ProviderInquiryFactory(request=waits, answered=True, answer=Answer.NO)
    rows.ProviderInquiryFactory(request=answered, answered=True, answer=Answer.YES)
    page = text_of(officer.get("/queue/?view=all"))
    assert groups(page) == ["Senare (1)", "Väntar på andra (1)"]
    assert references(page) == [answered.reference, waits.reference]


def test_views_count_their_requests_and_show_only_them(
    world: World, officer: Client, add: Add
) -> None:
    mine, nobodys = add(), add(mine=False)
    page = text_of(officer.get("/queue/"))
    assert re.findall(r">\s*([^<>]+ \(\d+\))</a>", page) == [
        "Mina (1)",
        "Team vuxna (2)",
        "Ej tilldelade (1)",
        "Alla (2)",
    ]
    assert references(page) == [mine.reference]
    assert references(text_of(officer.get("/queue/?view=unassigned"))) == [nobodys.reference]


def test_unknown_view_shows_ones_own(officer: Client, add: Add) -> None:
    mine = add()
    add(mine=False)
    assert references(text_of(officer.get("/queue/?view=team-999999"))) == [mine.reference]


def test_filters_narrow_the_list_and_each_can_be_taken_away(officer: Client, add: Add) -> None:
    add(urgency=Urgency.PLANNED)
    urgent = add(urgency=Urgency.ACUTE)
    page = text_of(officer.get("/queue/?view=all&urgency=acute&q=2025"))
    assert references(page) == [urgent.reference]
    assert 'href="?view=all&amp;q=2025"' in page
    assert 'href="?view=all&amp;urgency=acute"' in page
    assert 'href="?view=all"' in page


@pytest.mark.parametrize("text", ["A.L.", "al", "150072-2390", "1500722390"])
def test_nobody_is_searched_for_by_initials_or_number(officer: Client, add: Add, text: str) -> None:
    """The address would hold them, and so would every log that it comes by."""
    found, other = add(), add(person=rows.PersonFactory(initials="B.K."))
    page = text_of(officer.get("/queue/", {"view": "all", "q": text}))
    assert sorted(references(page)) == sorted([found.reference, other.reference])
    assert 'id="id_q_error"' in page


def test_reference_is_found_by_its_end(officer: Client, add: Add) -> None:
    found = add(reference="2025-04711")
    add(reference="2025-00012")
    assert references(text_of(officer.get("/queue/?q=4711"))) == [found.reference]


def test_filter_that_hides_everything_offers_to_clear_it(officer: Client, add: Add) -> None:
    add()
    page = text_of(officer.get("/queue/?q=99999"))
    assert ("Ingen öppen förfrågan passar filtren." in page, "Rensa filtren" in page) == (
        True,
        True,
    )


def test_wrong_filter_is_said_at_its_field_and_filters_nothing(officer: Client, add: Add) -> None:
    found = add()
    page = text_of(officer.get("/queue/?state=gone"))
    assert references(page) == [found.reference]
    assert 'id="id_state_error"' in page


@pytest.fixture
def hidden(add: Add) -> PlacementRequest:
    """A request of a protected person in a department of its own, with canaries in every field."""
    goteborg = Department.objects.get(name="Centrum").municipality
    department = Department.objects.create(
        municipality=goteborg, name="Kanarieförvaltningen", short_name="Kanarieförvaltningen"
    )
    unit = Unit.objects.create(department=department, name="Kanarieenheten")
    person = rows.PersonFactory(unit=unit, initials="", protection=Protection.MARKED)
    rows.PersonIdentityFactory(
        person=person, given_name="Kanariegivet", family_name="Kanarieefter", address="Kanariegatan"
    )
    return add(person=person, unit=unit, age=77)


def test_protected_person_is_shown_without_initials_age_and_department(
    officer: Client, hidden: PlacementRequest
) -> None:
    page = text_of(officer.get("/queue/?view=all")).partition("<table")[2]
    assert references(page) == [hidden.reference]
    assert ("Kanarie" in page, "77 år" in page) == (False, False)
    assert ("Visas inte" in page, "Skyddade uppgifter" in page) == (True, True)


def test_protected_person_is_not_found_by_department(
    officer: Client, add: Add, hidden: PlacementRequest
) -> None:
    seen = add(unit=hidden.unit)
    page = text_of(officer.get("/queue/", {"view": "all", "department": hidden.department_id}))
    assert references(page) == [seen.reference]


def test_household_is_marked_but_not_that_of_a_protected_person(
    officer: Client, add: Add, hidden: PlacementRequest
) -> None:
    add(household_of=add())
    add(household_of=hidden)
    page = text_of(officer.get("/queue/?view=all"))
    assert sorted(re.findall(r"[^<>]*[Hh]ushåll[^<>]+", page)) == [
        "Barn i ett hushåll med två",
        "Barn i ett hushåll med två",
        "Hushåll med två",
    ]


def test_queue_is_sorted_by_wanted_start_within_its_groups(officer: Client, add: Add) -> None:
    today = clock.today()
    late = add(due_in=-timedelta(hours=1), wanted_start=today + timedelta(days=9))
    first = add(due_in=timedelta(days=2), wanted_start=today + timedelta(days=1))
    second = add(due_in=timedelta(days=4), wanted_start=today)
    by_due, by_start, unknown = (
        text_of(officer.get(f"/queue/?view=mine&sort={sort}")) for sort in ("due", "start", "age")
    )
    assert references(by_due) == [late.reference, first.reference, second.reference]
    assert references(by_start) == [late.reference, second.reference, first.reference]
    assert references(unknown) == references(by_due)
    assert ("I dag</td>" in by_start, 'name="sort" value="start"' in by_start) == (True, True)


def test_request_that_waits_for_the_social_worker_is_not_late(officer: Client, add: Add) -> None:
    passed = add(state=State.AWAITING_INFORMATION, due_in=-timedelta(days=1))
    queue = text_of(officer.get("/queue/"))
    page = text_of(officer.get(f"/requests/{passed.reference}/"))
    assert ("försenad" in queue, "tills svaret kommer" in queue) == (False, True)
    assert ("försenad" in page, "Tiden står still" in page) == (False, True)


def test_time_that_had_run_out_before_the_question_is_told(officer: Client, add: Add) -> None:
    passed = add(state=State.AWAITING_INFORMATION, due_in=-timedelta(days=1))
    rows.InformationRequestFactory(request=passed, asked_at=clock.now())
    queue = text_of(officer.get("/queue/"))
    assert ("Står still" in queue, "hade gått ut före frågan" in queue) == (True, True)


def test_other_functions_see_nothing_of_the_queue(world: World, add: Add) -> None:
    add()
    page = text_of(logged_in(world.other_officer).get("/queue/?view=all"))
    assert references(page) == []


def test_text_with_markup_is_shown_as_text(officer: Client, add: Add) -> None:
    add(subtype=PAYLOAD)
    page = text_of(officer.get("/queue/", {"view": "all", "q": PAYLOAD}))
    shown = text_of(officer.get("/queue/?view=all"))
    assert (PAYLOAD in page, PAYLOAD in shown, "&lt;img src=x" in shown) == (False, False, True)


def test_reading_the_list_leaves_one_row_in_the_log(officer: Client, add: Add) -> None:
    shown = sorted(add().reference for _ in range(3))
    officer.get("/queue/")
    entries = AccessEntry.objects.filter(route="/queue/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('spink.job_tables', '{\"accounts_accessentry\"}', true)")
    assert [entry.subjects for entry in entries] == [shown]


@pytest.mark.parametrize("size", [1, 60])
def test_queries_are_as_many_whatever_the_size(officer: Client, add: Add, size: int) -> None:
    for _ in range(size):
        add()
    officer.get("/queue/")
    with CaptureQueriesContext(connection) as queries:
        officer.get("/queue/")
    assert len(queries) == QUERIES


def test_long_queue_is_shown_in_pages_whose_groups_count_everything(
    officer: Client, add: Add
) -> None:
    for _ in range(60):
        add()
    first, second = (text_of(officer.get(f"/queue/?page={page}")) for page in (1, 2))
    assert (len(references(first)), len(references(second))) == (50, 10)
    assert groups(first) == groups(second) == ["Senare (60)"]
