"""Many hands on one request: nothing is lost, nothing happens twice."""

import threading
from collections import Counter
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.db import connection

from placements import actions
from placements.domain.lifecycle import StepNotAllowed
from placements.domain.sections import Section
from placements.domain.values import NumberKind
from placements.models import PlacementRequest, TimelineEntry
from spink.accounts import queries as accounts
from spink.accounts import wall
from spink.foundation import clock
from spink.foundation.identity_numbers import person_number
from spink.foundation.models import AuditEntry, OutboxEvent
from tests.drill.conftest import Report, Town
from tests.drill.filing import file_draft

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]

HANDS = 20
EDITS_EACH = 50


@pytest.fixture
def draft(town: Town) -> PlacementRequest:
    with wall.opened_for(town.reach):
        return PlacementRequest.objects.get(id=file_draft(town).pk)


def all_at_once(work: Callable[[int], str]) -> Counter[str]:
    """Twenty threads do the work in the same moment; how often each outcome came."""
    start = threading.Barrier(HANDS)
    outcomes: list[str] = []

    def hand(number: int) -> None:
        start.wait()
        try:
            outcomes.append(work(number))
        except (actions.Outdated, StepNotAllowed) as refused:
            outcomes.append(type(refused).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=hand, args=(number,)) for number in range(HANDS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(outcomes)


def read(town: Town, request: PlacementRequest) -> PlacementRequest:
    with wall.opened_for(town.reach):
        return PlacementRequest.objects.get(id=request.pk)


def test_thousand_concurrent_edits_lose_no_word(
    town: Town, draft: PlacementRequest, report: Report
) -> None:
    refused: list[str] = []

    def add_word(word: str) -> None:
        """As a person would: read, write to the end, save; read again when told of another."""
        while True:
            seen = read(town, draft)
            values = {"description": f"{seen.description} {word}".strip()}
            try:
                with wall.opened_for(town.reach):
                    actions.save_section(
                        request_id=seen.pk,
                        section=Section.MORE,
                        values=values,
                        by=town.filer.actor,
                        version=seen.version,
                    )
            except actions.Outdated:
                refused.append(word)
            else:
                return

    def work(hand: int) -> str:
        for number in range(EDITS_EACH):
            add_word(f"{hand}.{number}")
        return "saved"

    outcomes = all_at_once(work)
    words = read(town, draft).description.split()
    edits = HANDS * EDITS_EACH
    lost = edits - len(set(words))
    report(edits=edits, refused_and_tried_again=len(refused), lost=lost)

    assert outcomes == {"saved": HANDS}
    assert lost == 0
    assert len(words) == edits
    assert refused != []
    assert read(town, draft).version == draft.version + edits


def test_double_submits_in_parallel_send_once(
    town: Town, draft: PlacementRequest, report: Report
) -> None:
    def submit(_hand: int) -> str:
        with wall.opened_for(town.reach):
            actions.submit_request(request_id=draft.pk, by=town.filer.actor)
        return "sent"

    outcomes = all_at_once(submit)
    with wall.opened_for(town.reach):
        entries = TimelineEntry.objects.filter(request=draft, kind="submit").count()
    report(submits=HANDS, sent=outcomes["sent"], timeline_entries=entries)

    assert outcomes == {"sent": 1, "StepNotAllowed": HANDS - 1}
    assert entries == 1
    assert OutboxEvent.objects.count() == 1
    assert AuditEntry.objects.filter(action="submit").count() == 1


def test_same_new_number_in_many_drafts_at_once_is_one_person(town: Town, report: Report) -> None:
    with wall.opened_for(town.reach):
        drafts = [file_draft(town).pk for _ in range(HANDS)]
    number = person_number("191500722390", today=clock.today())
    details = actions.PersonDetails(number_kind=NumberKind.COORDINATION, number=number)

    def save(hand: int) -> str:
        with wall.opened_for(town.reach):
            actions.save_person(request_id=drafts[hand], details=details, by=town.filer.actor)
        return "saved"

    outcomes = all_at_once(save)
    with wall.opened_for(town.reach):
        persons = PlacementRequest.objects.values("person").distinct().count()
    report(drafts=HANDS, persons=persons)

    assert outcomes == {"saved": HANDS}
    assert persons == 1


def test_double_starts_in_parallel_make_one_draft(town: Town, report: Report) -> None:
    (unit_id,) = town.reach.filing_unit_ids
    key: UUID = uuid4()

    def start(_hand: int) -> str:
        with wall.opened_for(town.reach):
            made = actions.start_draft(unit_id=unit_id, creation_key=key, by=town.filer.actor)
        return made.reference

    outcomes = all_at_once(start)
    with wall.opened_for(town.reach):
        rows = PlacementRequest.objects.count()
    report(starts=HANDS, rows=rows)

    assert list(outcomes.values()) == [HANDS]
    assert rows == 1


def test_officers_who_take_in_the_same_moment_are_told_who_was_first(
    town: Town, draft: PlacementRequest, report: Report
) -> None:
    with wall.opened_for(town.reach):
        actions.submit_request(request_id=draft.pk, by=town.filer.actor)
    reaches = [accounts.reach_of_user(officer) for officer in town.officers]

    def take(hand: int) -> str:
        officer = hand % 2
        with wall.opened_for(reaches[officer]):
            actions.take_request(request_id=draft.pk, by=town.officers[officer].actor)
        return "taken"

    outcomes = all_at_once(take)
    report(takes=HANDS, taken=outcomes["taken"])

    assert outcomes == {"taken": 1, "StepNotAllowed": HANDS - 1}
