"""Decisions not carried out in three months: which they are, who says why, what figures tell."""

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from placements.domain.lifecycle import State
from placements.domain.not_carried_out import Quarter
from placements.models import DelayReason, PlacementRequest
from placements.queries import decisions
from spink.accounts import queries as accounts
from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.domain.roles import Role
from spink.accounts.models import User
from spink.foundation import clock
from spink.foundation.models import AuditEntry
from tests.factories import accounts as people
from tests.factories import placements as made
from tests.integration.placements.conftest import World
from tests.integration.placements.placing.conftest import logged_in, page_of, text_of

DECIDED = date(2025, 1, 31)
JUNE = datetime(2025, 6, 2, 8, tzinfo=UTC)
SECOND, THIRD = Quarter(2025, 2), Quarter(2025, 3)
PAYLOAD = '<script>alert("x")</script>'
LIST = reverse("placements:not-carried-out")


def decided(filer: User, **given: Any) -> PlacementRequest:
    unit = accounts.units_with_departments(accounts.reach_of_user(filer).filing_unit_ids)[0]
    with wall.opened_for_job(SystemJob.LOAD_SAMPLE):
        values = {"state": State.RECOMMENDED, "decision_date": DECIDED} | given
        return made.PlacementRequestFactory(
            unit=unit,
            created_by=filer,
            person=made.PersonFactory(unit=unit, created_by=filer),
            submitted=True,
            **values,
        )


def chose(request: PlacementRequest, at: datetime, **given: Any) -> None:
    with wall.opened_for_job(SystemJob.LOAD_SAMPLE):
        values: dict[str, Any] = {"result": "chosen", "unit_code": "U", "reason": "client_wish"}
        made.OutcomeFeedbackFactory(request=request, reported_at=at, **(values | given))


def listed(user: User, quarter: Quarter, *, at: datetime = JUNE) -> list[str]:
    reach = accounts.reach_of_user(user)
    with clock.frozen(at), wall.opened_for(reach):
        return [one.reference for one in decisions.not_carried_out(reach, quarter)]


@pytest.mark.parametrize(
    ("today", "quarter", "expected"),
    [
        (datetime(2025, 4, 30, 12, tzinfo=UTC), SECOND, 0),  # the last day in time
        (datetime(2025, 5, 1, 12, tzinfo=UTC), SECOND, 1),
        (datetime(2025, 8, 1, 12, tzinfo=UTC), SECOND, 1),
        (datetime(2025, 8, 1, 12, tzinfo=UTC), THIRD, 1),
        (datetime(2025, 8, 1, 12, tzinfo=UTC), Quarter(2025, 1), 0),
    ],
)
def test_decision_stands_from_the_day_after_three_months(
    world: World, today: datetime, quarter: Quarter, expected: int
) -> None:
    decided(world.social_worker)

    assert len(listed(world.social_worker, quarter, at=today)) == expected


@pytest.mark.parametrize(
    ("chosen_at", "expected"),
    [
        (datetime(2025, 4, 30, 21, tzinfo=UTC), [0, 0]),  # in time
        (datetime(2025, 4, 30, 22, 30, tzinfo=UTC), [1, 0]),  # after midnight in Sweden
        (datetime(2025, 7, 2, 12, tzinfo=UTC), [1, 1]),  # late, in the next quarter
    ],
)
def test_decision_stands_until_a_placement_is_reported_chosen(
    world: World, chosen_at: datetime, expected: list[int]
) -> None:
    chose(decided(world.social_worker), chosen_at)
    autumn = datetime(2025, 9, 1, tzinfo=UTC)

    found = [len(listed(world.social_worker, one, at=autumn)) for one in (SECOND, THIRD)]
    assert found == expected


@pytest.mark.parametrize(
    ("reason", "stands"), [("client_declined", True), ("decision_revoked", False)]
)
def test_request_that_ended_without_a_placement_stands_as_long_as_the_decision_does(
    world: World, reason: str, stands: bool
) -> None:
    ended = datetime(2025, 3, 3, tzinfo=UTC)
    request = decided(
        world.social_worker,
        state=State.CLOSED,
        ended_at=ended,
        ended_by=world.social_worker,
    )
    chose(request, ended, result="none_chosen", unit_code="", reason=reason)

    assert (request.reference in listed(world.social_worker, SECOND)) == stands


def test_withdrawn_by_mistake_is_no_decision(world: World) -> None:
    decided(
        world.social_worker,
        state=State.WITHDRAWN,
        withdrawal_reason="filed_by_mistake",
        ended_at=datetime(2025, 2, 3, tzinfo=UTC),
        ended_by=world.social_worker,
    )

    assert listed(world.social_worker, SECOND) == []


def test_other_units_decisions_are_not_listed(world: World) -> None:
    own, other = decided(world.social_worker), decided(world.other_department)

    assert listed(world.social_worker, SECOND) == [own.reference]
    assert listed(world.other_department, SECOND) == [other.reference]
    assert listed(world.officer, SECOND) == []


@pytest.fixture
def june(world: World) -> Any:
    with clock.frozen(JUNE):
        yield world


def explain(browser: Client, request: PlacementRequest, **given: str) -> Any:
    url = page_of(request, "explain-delay", query=f"?quarter={given.pop('quarter', SECOND)}")
    return browser.post(url, {"reason": "client_declined", "note": "", "seen": "0", **given})


def test_social_worker_says_why_and_the_list_shows_it(june: World) -> None:
    request = decided(june.social_worker)
    browser = logged_in(june.colleague)
    before = text_of(browser.get(LIST))
    assert explain(browser, request, note=PAYLOAD).status_code == 302
    after = text_of(browser.get(LIST))

    reason = "Personen tackade nej till erbjudande"
    assert [reason in page for page in (before, after)] == [False, True]
    assert (PAYLOAD in after, "33 dagar sent" in after) == (False, True)
    (entry,) = AuditEntry.objects.filter(action="give_delay_reason")
    assert entry.details == {"quarter": "2025-2", "reason": "client_declined"}


def test_reason_holds_for_later_quarters_and_leaves_earlier_ones(june: World) -> None:
    request = decided(june.social_worker)
    explain(logged_in(june.social_worker), request)
    with clock.frozen(datetime(2025, 8, 1, tzinfo=UTC)):
        browser = logged_in(june.social_worker)
        explain(browser, request, quarter=str(THIRD), reason="no_place")
        texts = [text_of(browser.get(f"{LIST}?quarter={one}")) for one in (SECOND, THIRD)]

    declined, no_place = "Personen tackade nej till erbjudande", "Ledig plats saknas"
    assert [(declined in one, no_place in one) for one in texts] == [(True, False), (False, True)]


def test_decision_that_holds_no_more_leaves_the_next_quarter(june: World) -> None:
    request = decided(june.social_worker)
    explain(logged_in(june.social_worker), request, reason="decision_ended")
    august = datetime(2025, 8, 1, tzinfo=UTC)

    assert listed(june.social_worker, SECOND, at=august) == [request.reference]
    assert listed(june.social_worker, THIRD, at=august) == []


def test_second_reason_does_not_overwrite_the_first(june: World) -> None:
    request = decided(june.social_worker)
    explain(logged_in(june.colleague), request)
    answer = explain(logged_in(june.social_worker), request, reason="no_place", note="Mitt skäl")

    with june.behind_wall_of(june.social_worker):
        assert DelayReason.objects.get().reason == "client_declined"
    assert (answer.status_code, "Mitt skäl" in text_of(answer)) == (409, True)
    assert 'name="seen" value="1"' in text_of(answer)


def test_only_the_own_unit_says_why(june: World) -> None:
    request = decided(june.social_worker)
    manager = people.holding(Role.UNIT_MANAGER, unit=request.unit)

    codes = [
        explain(logged_in(one), request).status_code
        for one in (june.other_department, june.officer, manager)
    ]
    assert codes == [404, 403, 403]
    assert request.reference in text_of(logged_in(manager).get(LIST))


def test_decision_in_time_is_not_explained(june: World) -> None:
    request = decided(june.social_worker, decision_date=date(2025, 5, 1))

    assert explain(logged_in(june.social_worker), request).status_code == 302
    with june.behind_wall_of(june.social_worker):
        assert DelayReason.objects.count() == 0


def test_list_takes_the_same_queries_for_any_number(
    june: World, django_assert_num_queries: Any
) -> None:
    browser = logged_in(june.social_worker)
    for more in (1, 5):
        for _one in range(more):
            explain(browser, decided(june.social_worker))
        with django_assert_num_queries(COUNT_OF_LIST):
            browser.get(LIST)


COUNT_OF_LIST = 11


@pytest.fixture
def controller(june: World) -> Client:
    return logged_in(people.holding(Role.CONTROLLER))


def test_figures_hide_small_numbers_and_hold_nobody(june: World, controller: Client) -> None:
    requests = [decided(june.social_worker) for _one in range(7)]
    for request in requests[:2]:
        explain(logged_in(june.social_worker), request, note="Kanarie")
    page = text_of(controller.get(reverse("placements:not-carried-out-figures")))

    cells = [one.split("<")[0] for one in page.split('<td class="right num">')[1:]]
    assert [one for one in cells if one not in ("0", "")] == [
        "färre än 5",
        "5",
        "minst 1",
        "5",
        "minst 6",
    ]
    assert "<b>minst 6</b>" in page
    assert [one.reference in page for one in requests] == [False] * 7
    assert "Kanarie" not in page


def test_figures_as_csv(june: World, controller: Client) -> None:
    for _one in range(6):
        decided(june.other_department)
    answer = controller.get(reverse("placements:not-carried-out-csv"))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))

    assert rows == [
        ["Kvartal", "Kommun", "Förvaltning", "Skäl", "Beslut"],
        ["2025-2", "Göteborg", "Centrum", "Inget skäl angivet", "6"],
    ]


def test_wall_is_as_it_was_after_figures_were_counted(june: World) -> None:
    decided(june.other_department)
    with june.behind_wall_of(june.social_worker):
        counted = decisions.count_by_reason(SECOND)
        assert (list(counted.values()), PlacementRequest.objects.count()) == ([1], 0)


def test_controller_finds_no_list_of_persons(june: World, controller: Client) -> None:
    request = decided(june.social_worker)

    assert controller.get(LIST).status_code == 403
    assert controller.get(page_of(request, "explain-delay")).status_code == 403


def test_reason_that_is_none_is_refused(june: World) -> None:
    answer = explain(logged_in(june.social_worker), decided(june.social_worker), reason="x")

    assert answer.status_code == 422
