"""Working time against days that anybody can check in a calendar, and rules that hold for all."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.domain.due import after_pause, due_of, feedback_due_on, paused_by
from placements.domain.values import Urgency
from placements.domain.working_time import STANDARD, Office, OfficeRule, usual_days
from spink.foundation.clock import STOCKHOLM

OFFICE = Office()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM)


@pytest.mark.parametrize(
    ("sent", "urgency", "due"),
    [
        ("2026-03-04T10:00", Urgency.ACUTE, "2026-03-04T14:00"),
        ("2026-03-06T15:40", Urgency.ACUTE, "2026-03-09T10:40"),  # Friday to Monday
        ("2026-03-07T23:10", Urgency.ACUTE, "2026-03-09T12:00"),  # Saturday night
        ("2026-03-04T13:00", Urgency.ACUTE, "2026-03-04T17:00"),  # until closing, not beyond
        ("2026-04-02T16:00", Urgency.ACUTE, "2026-04-07T11:00"),  # over the whole of Easter
        ("2026-06-18T16:00", Urgency.ACUTE, "2026-06-22T11:00"),  # Midsummer's eve is a holiday
        ("2026-12-23T15:00", Urgency.SOON, "2026-12-28T15:00"),  # Christmas
        ("2026-03-04T10:00", Urgency.SOON, "2026-03-05T10:00"),
        ("2026-03-04T10:00", Urgency.PLANNED, "2026-03-11T10:00"),
        ("2026-05-13T16:00", Urgency.SOON, "2026-05-15T16:00"),  # over Ascension Day
    ],
)
def test_due_time_is_counted_in_working_hours(sent: str, urgency: Urgency, due: str) -> None:
    assert due_of(at(sent), urgency, OFFICE).at == at(due)


def test_due_time_says_how_many_hours_it_was_counted_from() -> None:
    assert due_of(at("2026-03-04T10:00"), Urgency.ACUTE, OFFICE).hours == 4


def test_half_day_of_the_municipality_closes_early() -> None:
    office = Office(closings={date(2026, 1, 5): time(12)})

    assert due_of(at("2026-01-05T10:00"), Urgency.ACUTE, office).at == at("2026-01-07T10:00")


def test_closed_day_of_the_municipality_does_not_count() -> None:
    office = Office(closings={date(2026, 5, 15): None})

    assert due_of(at("2026-05-13T16:00"), Urgency.SOON, office).at == at("2026-05-18T16:00")


def test_hours_change_on_the_day_that_they_are_dated() -> None:
    later = OfficeRule(date(2026, 3, 9), ((time(10), time(12)),) * 7, {Urgency.ACUTE: 1}, 3)
    office = Office(rules=(later,))

    # Of the four hours, one passes on Friday by the old rule, and two a day by the new one.
    assert due_of(at("2026-03-06T16:00"), Urgency.ACUTE, office).at == at("2026-03-10T11:00")
    assert due_of(at("2026-03-09T10:00"), Urgency.ACUTE, office).at == at("2026-03-09T11:00")


def test_hours_are_those_of_the_clock_on_days_that_change_to_summer_time() -> None:
    all_day = OfficeRule(date.min, ((time(0), time(23, 59)),) * 7, {}, 3)
    office = Office(rules=(all_day,))
    before = at("2026-03-28T23:59")

    assert office.add(before, timedelta(hours=4)) == at("2026-03-29T05:00")  # no hour from 2 to 3
    assert office.between(at("2026-10-25T00:00"), at("2026-10-25T05:00")) == timedelta(hours=6)


def test_feedback_is_due_after_three_working_days() -> None:
    assert feedback_due_on(date(2026, 4, 1), OFFICE) == date(2026, 4, 8)


def test_usual_days_are_those_of_the_calendar() -> None:
    assert [(one.day.isoformat(), one.name, one.closes_at) for one in usual_days(2026)] == [
        ("2026-01-02", "Klämdag", None),
        ("2026-01-05", "Trettondagsafton", time(12)),
        ("2026-04-02", "Skärtorsdagen", time(12)),
        ("2026-04-30", "Valborgsmässoafton", time(12)),
        ("2026-05-15", "Klämdag", None),
        ("2026-10-30", "Allahelgonsafton", time(12)),
    ]


def test_waiting_for_an_answer_moves_the_due_time() -> None:
    due = at("2026-03-04T14:00")
    paused = paused_by(due, at("2026-03-04T11:00"), at("2026-03-05T09:30"), OFFICE)

    assert paused == (6 * 60) + 90
    assert after_pause(due, paused, OFFICE) == at("2026-03-05T12:30")


def test_asking_when_it_is_late_already_moves_nothing() -> None:
    due = at("2026-03-04T14:00")

    assert paused_by(due, at("2026-03-04T14:00"), at("2026-03-05T09:30"), OFFICE) == 0


moments = st.datetimes(
    datetime.fromisoformat("2024-01-01"),
    datetime.fromisoformat("2028-12-01"),
    timezones=st.just(UTC),
) | st.sampled_from(
    [
        at(f"2026-{day}T{hour}:00")
        for day in ("03-28", "03-29", "10-24", "10-25")
        for hour in ("00", "01", "04", "16", "23")
    ]
)
times = st.times(time(6), time(11)), st.times(time(13), time(22))
weeks = st.lists(st.none() | st.tuples(*times), min_size=7, max_size=7).filter(any).map(tuple)
closings = st.dictionaries(
    st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.none() | times[0] | times[1], max_size=20
)
offices = st.builds(
    lambda week, then, day, closed: Office(
        (
            OfficeRule(date(2020, 1, 1), week, STANDARD.hours, 3),
            OfficeRule(day, then, STANDARD.hours, 3),
        ),
        closed,
    ),
    weeks,
    weeks,
    st.dates(date(2025, 1, 1), date(2027, 1, 1)),
    closings,
)
lengths = st.timedeltas(timedelta(minutes=1), timedelta(hours=60))


def is_in_hours(office: Office, moment: datetime) -> bool:
    local = moment.astimezone(STOCKHOLM)
    hours = office.hours_on(local.date())
    return hours is not None and hours[0] <= local.time() <= hours[1]


@given(offices, moments, lengths)
def test_due_time_is_within_office_hours_and_later(
    office: Office, start: datetime, working: timedelta
) -> None:
    due = office.add(start, working)

    assert is_in_hours(office, due)
    assert due >= start + working


@given(offices, moments, lengths)
def test_as_much_working_time_passes_as_was_added(
    office: Office, start: datetime, working: timedelta
) -> None:
    assert office.between(start, office.add(start, working)) == working


@given(offices, moments, moments, lengths)
def test_sent_later_is_never_due_earlier(
    office: Office, one: datetime, other: datetime, working: timedelta
) -> None:
    first, second = sorted((one, other))

    assert office.add(first, working) <= office.add(second, working)


@given(offices, moments, moments, moments)
def test_working_time_adds_up(
    office: Office, one: datetime, other: datetime, third: datetime
) -> None:
    first, second, last = sorted((one, other, third))
    parts = office.between(first, second) + office.between(second, last)

    assert office.between(first, last) == parts


@given(offices, moments)
def test_opening_is_the_next_moment_that_is_open(office: Office, moment: datetime) -> None:
    opens = office.next_opening(moment)

    assert office.is_open(opens)
    assert office.between(moment, opens) == timedelta()
    assert office.is_open(moment) == (opens == moment)
