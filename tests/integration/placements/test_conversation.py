"""Messages between the two sides, each side's own notes, and who has read what."""

import re

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from placements import actions, notifications
from placements.domain.lifecycle import Side
from placements.domain.values import Audience
from placements.models import PlacementRequest, ReadMark
from spink.accounts import queries as accounts
from spink.accounts.models import User
from tests.integration.placements.conftest import Filed, World
from tests.integration.placements.placing.conftest import logged_in, page_of, text_of
from tests.integration.placements.test_notifications import deliver

pytestmark = pytest.mark.usefixtures("units")


def said(
    browser: Client, request: PlacementRequest, part: str = "messages", query: str = ""
) -> str:
    """The part of the page, without tags and with single spaces."""
    page = text_of(browser.get(page_of(request, "request", query=query)))
    section = page.partition(f'<h2 id="{part}"')[2].partition("</section>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", section).split())


def write(browser: Client, request: PlacementRequest, text: str, **more: str) -> None:
    answer = browser.post(page_of(request, "write"), {"text": text, **more})
    assert answer.status_code == 302


@pytest.fixture
def filer(world: World) -> Client:
    return logged_in(world.social_worker)


@pytest.fixture
def officer(world: World) -> Client:
    return logged_in(world.officer)


def test_conversation_has_the_newest_last_with_who_wrote_and_from_which_side(
    taken: Filed, filer: Client, officer: Client
) -> None:
    request = taken()
    write(filer, request, "Är det bråttom?")
    write(officer, request, "Ja, före fredag.")
    text = said(filer, request)
    assert text.index("Är det bråttom?") < text.index("Ja, före fredag.")
    assert ("Du förvaltningen" in text, "Elin Larsson" in text) == (True, True)
    assert text.count("placeringsfunktionen") == 1


def test_question_and_answer_stand_in_the_conversation_with_their_words(
    world: World, taken: Filed, filer: Client, officer: Client
) -> None:
    request = taken()
    with world.behind_wall_of(world.officer):
        actions.ask_information(
            request_id=request.pk, question="Behövs vaken natt?", by=world.officer.actor
        )
    with world.behind_wall_of(world.social_worker):
        actions.answer_information(
            request_id=request.pk, answer="Nej, sovande.", by=world.social_worker.actor
        )
    for browser in (filer, officer):
        text = said(browser, request)
        order = [text.index(part) for part in ("Fråga", "Behövs vaken natt?", "Svar", "Nej, sovan")]
        assert order == sorted(order)


def test_message_says_who_has_read_it_once_the_other_side_has_opened_it(
    taken: Filed, filer: Client, officer: Client
) -> None:
    request = taken()
    write(filer, request, "Ett")
    assert said(filer, request).count("Inte läst än") == 1
    assert "Nytt" in said(officer, request)
    assert "Läst av Elin Larsson" in said(filer, request)
    assert "Nytt" not in said(officer, request)
    write(filer, request, "Två")
    text = said(filer, request)
    assert (text.count("Läst av Elin"), text.count("Inte läst än")) == (1, 1)


def test_those_who_only_read_leave_no_mark(world: World, taken: Filed, filer: Client) -> None:
    request = taken()
    write(filer, request, "Ett")
    with world.behind_wall_of(world.social_worker):
        before = ReadMark.objects.count()
    reader = logged_in(world.colleague)
    said(reader, request)
    with world.behind_wall_of(world.social_worker):
        marks = ReadMark.objects.order_by("id")
        assert [one.side for one in marks[before:]] == [Side.FILING]


def test_internal_note_stands_apart_and_is_read_by_the_own_side_alone(
    world: World, taken: Filed, filer: Client, officer: Client
) -> None:
    request = taken()
    write(officer, request, "Kanarienot", internal="on")
    assert "Kanarienot" in said(officer, request, "notes")
    assert "Kanarienot" not in said(officer, request, "messages")
    assert "Bara placeringsfunktionen" in said(officer, request, "notes")
    page = text_of(filer.get(page_of(request, "request")))
    assert "Kanarienot" not in page
    second = logged_in(world.second_officer)
    assert "Kanarienot" in said(second, request, "notes")
    assert "Läst av Ruben Larsson" in said(officer, request, "notes")


@pytest.mark.parametrize(("more", "kept"), [({}, "id_text"), ({"internal": "on"}, "note_text")])
def test_empty_words_are_refused_at_the_form_that_they_were_sent_from(
    taken: Filed, officer: Client, more: dict[str, str], kept: str
) -> None:
    request = taken()
    answer = officer.post(page_of(request, "write"), {"text": " ", **more})
    assert answer.status_code == 422
    assert re.findall(r'id="(\w+)_error"', text_of(answer)) == [kept]


def test_long_conversation_shows_its_end_and_the_whole_when_asked(
    world: World, taken: Filed, filer: Client
) -> None:
    request = taken()
    with world.behind_wall_of(world.social_worker):
        for number in range(23):
            actions.write(
                request_id=request.pk,
                text=f"Nummer-{number}.",
                audience=Audience.BOTH,
                by=world.social_worker.actor,
            )
    short, whole = said(filer, request), said(filer, request, query="?messages=all")
    assert ("Visa 3 tidigare" in short, "Nummer-2." in short, "Nummer-3." in short) == (
        True,
        False,
        True,
    )
    assert "Nummer-0." in whole


def test_match_page_says_that_there_are_messages_and_leaves_their_marks(
    world: World, taken: Filed, filer: Client, officer: Client
) -> None:
    request = taken()
    write(filer, request, "Ett")
    deliver()
    for _ in range(2):
        assert "nytt meddelande" in text_of(officer.get(page_of(request, "match")))
    assert unread(world, world.officer) == ["message_written"]
    said(officer, request)
    assert "nytt meddelande" not in text_of(officer.get(page_of(request, "match")))
    assert unread(world, world.officer) == []


def unread(world: World, user: User) -> list[str]:
    with world.behind_wall_of(user):
        return [one.event for one in notifications.unread(accounts.reach_of_user(user))]


def test_mark_is_never_taken_back_and_nobody_sets_anothers(
    world: World, taken: Filed, filer: Client
) -> None:
    request = taken()
    given = {"request_id": request.pk, "side": Side.FILING}
    user_id = world.social_worker.pk
    with world.behind_wall_of(world.social_worker):
        for read_to in (7, 3):
            actions.note_reading(**given, user_id=user_id, read_to=read_to)
        assert ReadMark.objects.get().read_to == 7
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            actions.note_reading(**given, user_id=world.officer.pk, read_to=9)


@pytest.mark.parametrize("count", [1, 7])
def test_conversation_takes_the_same_queries_however_long_it_is(
    world: World, taken: Filed, filer: Client, count: int
) -> None:
    request = taken()
    for number in range(count):
        write(filer, request, f"Nummer {number}")
    filer.get(page_of(request, "request"))
    with CaptureQueriesContext(connection) as asked:
        filer.get(page_of(request, "request"))
    assert len(asked) == 30
