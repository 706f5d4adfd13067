"""Who is told of each event, against a table of its own that an officer could read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.domain.telling import TELLS, TELLS_WHO_ACTED, People, told
from placements.notifications.sentences import SENTENCES
from spink.foundation.events import OF_A_REQUEST, PAYLOAD_KEYS, EventName

FILER, OFFICER, COLLEAGUE, SOMEBODY_ELSE = 1, 2, 3, 9

EXPECTED = {
    EventName.REQUEST_SUBMITTED: {OFFICER},
    EventName.REQUEST_ASSIGNED: {FILER, OFFICER},
    EventName.REQUEST_HANDED_OVER: {OFFICER},
    EventName.COMPLETION_ASKED: {FILER},
    EventName.COMPLETION_ANSWERED: {OFFICER},
    EventName.REQUEST_RECOMMENDED: {FILER},
    EventName.RECOMMENDATION_WITHDRAWN: {FILER},
    EventName.SERVICE_PROPOSED: {FILER},
    EventName.SERVICE_ACCEPTED: {OFFICER},
    EventName.SERVICE_DECLINED: {OFFICER},
    EventName.PROPOSAL_WITHDRAWN: {FILER},
    EventName.OUTCOME_REPORTED: {OFFICER},
    EventName.NEW_MATCH_ASKED: {OFFICER},
    EventName.REQUEST_WITHDRAWN: {OFFICER},
    EventName.REQUEST_PLACED_ACUTE: {OFFICER},
    EventName.REQUEST_COMPLETED: {OFFICER},
    EventName.MESSAGE_WRITTEN: {FILER, OFFICER},
    EventName.ATTACHMENT_FOUND_CLEAN: {FILER, OFFICER},
    EventName.ATTACHMENT_REFUSED: {SOMEBODY_ELSE},
    EventName.REQUEST_STOPPED: {OFFICER},
    EventName.REQUEST_STOP_LIFTED: {FILER, OFFICER},
    EventName.ALTERNATIVE_PICKED: {OFFICER},
}
HAD_BY_OFFICER = People(frozenset({FILER}), OFFICER, frozenset({OFFICER, COLLEAGUE}))
HAD_BY_NOBODY = People(frozenset({FILER}), None, frozenset({OFFICER, COLLEAGUE}))


def test_every_event_that_tells_somebody_is_in_the_table() -> None:
    assert set(TELLS) == set(EXPECTED)


@pytest.mark.parametrize(("event", "expected"), EXPECTED.items())
def test_told_of_a_request_that_an_officer_has(event: EventName, expected: set[int]) -> None:
    assert told(event, HAD_BY_OFFICER, by_user_id=SOMEBODY_ELSE) == expected


@pytest.mark.parametrize(("event", "expected"), EXPECTED.items())
def test_told_of_a_request_that_nobody_has(event: EventName, expected: set[int]) -> None:
    """The whole team is told in the officer's place, but not that one of them has been given it."""
    instead = {OFFICER, COLLEAGUE} if event is not EventName.REQUEST_ASSIGNED else set()
    in_place = expected - {OFFICER} | (instead if OFFICER in expected else set())

    assert told(event, HAD_BY_NOBODY, by_user_id=SOMEBODY_ELSE) == in_place


@given(
    st.sampled_from(sorted(set(EXPECTED) - TELLS_WHO_ACTED)),
    st.sampled_from([FILER, OFFICER, COLLEAGUE, None]),
)
def test_told_is_never_the_one_who_acted(event: EventName, by: int | None) -> None:
    for people in (HAD_BY_OFFICER, HAD_BY_NOBODY):
        assert by not in told(event, people, by_user_id=by)


def test_sentence_stands_for_every_event_of_a_request() -> None:
    of_a_request = {name for name in EventName if PAYLOAD_KEYS[name] == OF_A_REQUEST}

    assert set(SENTENCES) == of_a_request
