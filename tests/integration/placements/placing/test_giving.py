"""Who has a request: the next one, one or many to a colleague, with a note that is read first."""

import re
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from placements import actions
from placements.domain.lifecycle import State
from placements.domain.values import Protection
from placements.models import HandOverNote, PlacementRequest
from spink.accounts import queries as accounts
from spink.accounts import wall
from spink.accounts.domain.reach import Reach
from spink.accounts.domain.roles import Role
from spink.accounts.models import PlacementTeam, Unit, User
from spink.foundation import clock
from spink.foundation.models import AuditEntry
from tests.conftest import MORNING
from tests.factories import accounts as people
from tests.factories import placements as rows
from tests.integration.placements.conftest import Filed, World
from tests.integration.placements.placing.conftest import logged_in, page_of, text_of, version_in
from tests.support.small_world import settle_people

MANY = "/queue/hand-over/"
NOTE = "Modern ringer i dag.\nSvara henne."

Add = Callable[..., PlacementRequest]


def add_to(world: World, *, owner: User | None = None, **fields: Any) -> PlacementRequest:
    unit = Unit.objects.get(name="Utredning 3")
    team = fields.pop("team", None) or PlacementTeam.objects.get(code="vuxna")
    owned = {"assigned_to": owner, "assigned_at": clock.now()} if owner else {}
    state = State.IN_PROGRESS if owner else State.SUBMITTED
    made: PlacementRequest = rows.PlacementRequestFactory(
        submitted=True,
        unit=unit,
        created_by=world.social_worker,
        placement_function=team.function,
        team=team,
        **{"state": state, "due_at": clock.now() + timedelta(days=3)} | owned | fields,
    )
    return made


@pytest.fixture
def add(world: World) -> Add:
    return lambda **fields: add_to(world, **fields)


def owner_of(request: PlacementRequest) -> int | None:
    request.refresh_from_db()
    return request.assigned_to_id


class TestTakeNext:
    def test_the_most_urgent_that_nobody_has_is_the_officers(
        self, world: World, officer: Client, add: Add
    ) -> None:
        add()
        first = add(due_at=clock.now() + timedelta(hours=1))
        add(due_at=clock.now() - timedelta(hours=1), owner=world.second_officer)
        answer = officer.post("/queue/take-next/")
        assert (answer["Location"], owner_of(first)) == (page_of(first, "match"), world.officer.pk)

    def test_other_teams_requests_are_left_to_them(self, officer: Client, add: Add) -> None:
        spink = PlacementTeam.objects.get(code="vuxna").function
        theirs = add(team=people.PlacementTeamFactory(function=spink, code="barn"))
        page = text_of(officer.post("/queue/take-next/", follow=True))
        assert ("Inget väntar på en handläggare i ditt team." in page, owner_of(theirs)) == (
            True,
            None,
        )

    def test_taking_the_next_is_not_done_by_opening_an_address(self, officer: Client) -> None:
        assert officer.get("/queue/take-next/").status_code == 405


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def test_two_officers_never_get_the_same_and_neither_waits(self) -> None:
        with clock.frozen(MORNING):
            world = settle_people()
            expected = {add_to(world).pk, add_to(world).pk}
            team_ids = {PlacementTeam.objects.get(code="vuxna").pk}
            officers = [world.officer, world.second_officer]
            reaches = [accounts.reach_of_user(officer) for officer in officers]
            both_have_one = threading.Barrier(2, timeout=20)
            taken: list[int] = []

            def take(officer: User, reach: Reach) -> None:
                try:
                    with wall.opened_for(reach):
                        request = actions.take_next(team_ids=team_ids, by=officer.actor)
                        assert request is not None
                        taken.append(request.pk)
                        both_have_one.wait()  # neither has committed yet
                finally:
                    connection.close()

            threads = [
                threading.Thread(target=take, args=pair)
                for pair in zip(officers, reaches, strict=True)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        assert (len(taken), set(taken)) == (2, expected)


@pytest.mark.usefixtures("units")
class TestNote:
    @pytest.fixture
    def handed_over(self, world: World, officer: Client, taken: Filed) -> PlacementRequest:
        request = taken()
        url = page_of(request, "hand-over")
        version = version_in(text_of(officer.get(url)))
        officer.post(url, {"version": version, "to": world.second_officer.pk, "note": NOTE})
        request.refresh_from_db()
        return request

    @pytest.mark.parametrize("page", ["match", "request"])
    def test_receiver_sees_it_first_until_it_is_read(
        self, second_officer: Client, handed_over: PlacementRequest, page: str
    ) -> None:
        before = text_of(second_officer.get(page_of(handed_over, page)))
        second_officer.post(page_of(handed_over, "read-hand-over"))
        after = text_of(second_officer.get(page_of(handed_over, page)))
        title = "Överlämnad till dig"
        assert (title in before, "Modern ringer i dag." in before, title in after) == (
            True,
            True,
            False,
        )

    def test_queue_says_that_a_note_waits(
        self, second_officer: Client, handed_over: PlacementRequest
    ) -> None:
        assert "Hälsning från en kollega" in text_of(second_officer.get("/queue/"))

    def test_nobody_else_is_shown_it_or_reads_it_away(
        self, world: World, officer: Client, handed_over: PlacementRequest
    ) -> None:
        page = text_of(officer.get(page_of(handed_over, "match")))
        officer.post(page_of(handed_over, "read-hand-over"))
        with world.behind_wall_of(world.second_officer):
            assert HandOverNote.objects.get().read_at is None
        assert "Överlämnad till dig" not in page

    def test_filing_side_never_sees_it(self, world: World, handed_over: PlacementRequest) -> None:
        page = text_of(logged_in(world.social_worker).get(page_of(handed_over, "request")))
        with world.behind_wall_of(world.social_worker):
            assert list(HandOverNote.objects.all()) == []
        assert "Modern ringer" not in page

    def test_reading_it_stands_in_the_trail_once(
        self, second_officer: Client, handed_over: PlacementRequest
    ) -> None:
        for _ in range(2):
            second_officer.post(page_of(handed_over, "read-hand-over"))
        assert AuditEntry.objects.filter(action="read_hand_over_notes").count() == 1


def chosen_in(page: str) -> list[str]:
    return re.findall(r'name="chosen" value="([^"]+)" checked', page)


class TestMany:
    def test_all_of_them_are_the_colleagues_with_the_note(
        self, world: World, officer: Client, add: Add
    ) -> None:
        requests = [add(owner=world.officer), add()]
        page = text_of(officer.get(MANY, {"request": [one.reference for one in requests]}))
        data = {"chosen": chosen_in(page), "to": world.second_officer.pk, "note": NOTE}
        answer = officer.post(MANY, data, follow=True)
        assert [owner_of(one) for one in requests] == [world.second_officer.pk] * 2
        assert f"{world.second_officer} har fått 2 förfrågningar till." in text_of(answer)
        with world.behind_wall_of(world.second_officer):
            assert HandOverNote.objects.filter(to=world.second_officer).count() == 2

    def test_household_of_the_same_officer_goes_along(
        self, world: World, officer: Client, add: Add
    ) -> None:
        adult = add(owner=world.officer)
        child = add(owner=world.officer, household_of=adult)
        nobodys = add(household_of=adult)
        alone = add(owner=world.officer)
        page = text_of(officer.get(MANY, {"request": adult.reference}))
        sent = {"chosen": chosen_in(page), "to": world.second_officer.pk, "note": "Semester"}
        answer = officer.post(MANY, sent, follow=True)
        assert "har fått 2 förfrågningar till" in text_of(answer)
        given = world.second_officer.pk
        assert [owner_of(one) for one in (adult, child, nobodys, alone)] == [
            given,
            given,
            None,
            world.officer.pk,
        ]

    def test_one_in_the_way_keeps_all_and_says_why(
        self, world: World, officer: Client, add: Add
    ) -> None:
        changed, hers, fine = (
            add(owner=world.officer),
            add(owner=world.second_officer),
            add(owner=world.officer),
        )
        asked = {"request": [one.reference for one in (changed, hers, fine)]}
        chosen = chosen_in(text_of(officer.get(MANY, asked)))
        with world.behind_wall_of(world.officer):
            actions.ask_information(
                request_id=changed.pk, question="Rullstol?", by=world.officer.actor
            )
        answer = officer.post(MANY, {"chosen": chosen, "to": world.second_officer.pk, "note": NOTE})
        page = text_of(answer)
        assert (answer.status_code, owner_of(fine), "Modern ringer i dag." in page) == (
            409,
            world.officer.pk,
            True,
        )
        assert page.count("Har ändrats sedan du öppnade sidan.") == 1
        assert page.count("Kollegan har den redan.") == 1
        assert chosen_in(page) == [f"{fine.reference}:{fine.version}"]

    def test_ended_one_is_in_the_way(self, world: World, officer: Client, add: Add) -> None:
        ended = add(
            owner=world.officer,
            state=State.CLOSED,
            ended_at=clock.now(),
            ended_by=world.social_worker,
        )
        data = {"chosen": [f"{ended.reference}:1"], "to": world.second_officer.pk}
        assert "Är avslutad och kan inte lämnas över." in text_of(officer.post(MANY, data))

    def test_without_a_receiver_the_field_says_so_and_the_rows_stay(
        self, world: World, officer: Client, add: Add
    ) -> None:
        request = add(owner=world.officer)
        data = {"chosen": [f"{request.reference}:1"], "to": ""}
        answer = officer.post(MANY, data)
        page = text_of(answer)
        assert (answer.status_code, 'id="id_to_error"' in page, request.reference in page) == (
            422,
            True,
            True,
        )

    @pytest.mark.parametrize("chosen", [[], ["2025-99999:1"], ["x"], ["2025-00001:-1"], [":"]])
    def test_nothing_chosen_or_unknown_says_what_to_do(
        self, world: World, officer: Client, chosen: list[str]
    ) -> None:
        answer = officer.post(MANY, {"chosen": chosen, "to": world.second_officer.pk})
        assert (answer.status_code, "Ingen förfrågan är vald." in text_of(answer)) == (422, True)

    def test_requests_of_other_functions_are_not_found(
        self, world: World, officer: Client, add: Add
    ) -> None:
        theirs = add(team=PlacementTeam.objects.get(code="alla"))
        data = {"chosen": [f"{theirs.reference}:1"], "to": world.second_officer.pk}
        page = text_of(officer.post(MANY, data))
        with world.behind_wall_of(world.other_officer):
            assert (theirs.reference in page, owner_of(theirs)) == (False, None)

    def test_protected_person_stays_hidden(self, world: World, officer: Client, add: Add) -> None:
        unit = Unit.objects.get(name="Utredning 3")
        person = rows.PersonFactory(unit=unit, initials="", protection=Protection.MARKED)
        hidden = add(owner=world.officer, person=person, age=77)
        page = text_of(officer.get(MANY, {"request": hidden.reference}))
        assert ("77 år" in page, "Skyddade uppgifter" in page) == (False, True)


class TestWorkload:
    def test_each_officer_with_what_is_open_and_overdue(
        self, world: World, officer: Client, add: Add
    ) -> None:
        add(owner=world.officer, due_at=clock.now() - timedelta(hours=1))
        add(owner=world.officer, state=State.RECOMMENDED)
        add(owner=world.second_officer, state=State.AWAITING_INFORMATION)
        add()
        page = text_of(officer.get("/queue/workload/"))
        assert figures(page) == {
            str(world.officer): [2, 1, 0, 1, 1],
            str(world.second_officer): [1, 0, 1, 0, 0],
            "Ingen än": [1, 0, 0, 0, 0],
        }

    def test_one_who_has_left_is_pointed_out(self, world: World, officer: Client, add: Add) -> None:
        left = people.holding(Role.PLACEMENT_OFFICER, team=PlacementTeam.objects.get(code="alla"))
        add(owner=left)
        page = text_of(officer.get("/queue/workload/"))
        assert "Är inte längre handläggare här: lämna över förfrågningarna" in page

    def test_receivers_are_named_with_their_load(
        self, world: World, officer: Client, add: Add
    ) -> None:
        mine = add(owner=world.officer)
        add(owner=world.second_officer, due_at=clock.now() - timedelta(hours=1))
        page = text_of(officer.get(page_of(mine, "hand-over")))
        assert f"{world.second_officer} (1 öppen, 1 försenad)" in page

    @pytest.mark.parametrize("size", [1, 40])
    def test_queries_are_as_many_whatever_the_size(
        self, world: World, officer: Client, add: Add, size: int
    ) -> None:
        for _ in range(size):
            add(owner=world.officer)
        officer.get("/queue/workload/")
        with CaptureQueriesContext(connection) as queries:
            officer.get("/queue/workload/")
        assert len(queries) == 8


def figures(page: str) -> dict[str, list[int]]:
    found = re.findall(r'<a class="row-name"[^>]*>([^<]+)</a>(.*?)</tr>', page, re.DOTALL)
    return {
        name: [
            int(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)
        ]
        for name, row in found
    }
