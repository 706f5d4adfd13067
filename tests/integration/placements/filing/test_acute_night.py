"""An acute night: who may place, whom the ladder holds then, and what Monday finds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from placements import actions
from placements.domain.lifecycle import State
from placements.domain.night import NotOutOfHours
from placements.domain.recommending import CannotRecommend
from placements.models import AcutePlacement, PlacementRequest, Recommendation
from placements.queries.matching import replayed
from providers.diary import changing_register
from providers.models import CareUnit, StopKind
from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.domain.roles import Role
from spink.accounts.models import Unit, User
from spink.foundation import clock
from spink.foundation.actor import Actor
from spink.foundation.clock import STOCKHOLM
from spink.foundation.models import AuditEntry
from tests.factories import accounts as people
from tests.factories.providers import StopFactory
from tests.integration.placements.conftest import CHEAPER, DIRECT, FRAMEWORK, Filed, World
from tests.integration.placements.placing.conftest import (
    logged_in,
    page_of,
    text_of,
    version_in,
)

pytestmark = pytest.mark.usefixtures("units")

NIGHT = datetime(2025, 3, 8, 22, 30, tzinfo=UTC)  # Saturday, 23.30 in Sweden
MONDAY = datetime(2025, 3, 10, 8, 30, tzinfo=UTC)
PAYLOAD = '<script>alert("x")</script>'


def acute_admissions(*codes: str) -> None:
    with changing_register(by=Actor.system("test"), note="Akuta intag"):
        CareUnit.objects.update(takes_acute_admissions=False)
        for unit in CareUnit.objects.filter(code__in=codes):
            unit.takes_acute_admissions = True
            unit.save()


@dataclass(frozen=True)
class Night:
    worker: User
    browser: Client
    unit_id: int


@pytest.fixture
def night(world: World) -> Iterator[Night]:
    """On duty; the framework's dearer unit and the vetted one take people at night."""
    (filed_in,) = world.social_worker.role_assignments.values_list("unit_id", flat=True)
    department = people.DepartmentFactory(municipality_id="1480", name="Socialjouren")
    unit = people.UnitFactory(department=department, name="Jouren")
    worker = people.holding(Role.OUT_OF_HOURS_WORKER, unit=unit, first_name="Noor")
    acute_admissions(FRAMEWORK, DIRECT)
    with clock.frozen(NIGHT):
        people.DutyShiftFactory(user=worker, municipality_id="1480", municipality=None)
        yield Night(worker, logged_in(worker), filed_in)


def beginning(night: Night, **given: Any) -> dict[str, Any]:
    return {
        "creation_key": str(uuid4()),
        "service_type": "short_term_housing",
        "subtype": "fysiska funktionsnedsättningar",
        "age": "34",
        "gender": "woman",
        "given_name": "Astrid",
        "protection": "none",
        "unit": str(night.unit_id),
        **given,
    }


def begun(night: Night, **given: Any) -> PlacementRequest:
    answer = night.browser.post(reverse("placements:begin-acute"), beginning(night, **given))
    assert answer.status_code == 302, answer.context["form"].errors
    reference = answer.headers["Location"].split("/")[2]
    return seen(reference)


def seen(reference: str) -> PlacementRequest:
    with wall.opened_for_job(SystemJob.LOAD_SAMPLE):
        return PlacementRequest.objects.get(reference=reference)


def placing(night: Night, request: PlacementRequest, **given: Any) -> Any:
    url = page_of(request, "acute")
    version = version_in(text_of(night.browser.get(url)))
    values = {
        "version": version,
        "unit": FRAMEWORK,
        "reason": "no_roof",
        "placed_on": "2025-03-08",
        "placed_time": "23:15",
        **given,
    }
    return night.browser.post(url, values)


def test_night_is_written_down_placed_and_completed_on_monday(world: World, night: Night) -> None:
    request = begun(night)
    assert placing(night, request, text="Ombud ringer i morgon").status_code == 302
    request = seen(request.reference)
    monday = datetime(2025, 3, 10, 17, tzinfo=STOCKHOLM)
    assert (request.state, request.due_at) == (State.PLACED_ACUTE, monday)

    with clock.frozen(MONDAY):
        browser = logged_in(world.colleague)
        listed = text_of(browser.get(reverse("placements:placed-acute")))
        assert (request.reference in listed, "Ekhagen" in listed) == (True, True)
        check = page_of(request, "check")
        refused = browser.post(check, {"version": version_in(text_of(browser.get(check)))})
        assert refused.status_code == 422
        url = page_of(request, "section", "decision")
        values = {"legal_basis": "sol_4_1", "decision_date": "2025-03-08", "urgency": "acute"}
        values |= {"wanted_start": "2025-03-08", "version": version_in(text_of(browser.get(url)))}
        assert browser.post(url, values).status_code == 302
        done = browser.post(check, {"version": version_in(text_of(browser.get(check)))})
        assert done.status_code == 302
        listed = text_of(browser.get(reverse("placements:placed-acute")))
    is_listed = page_of(request, "request") in listed
    assert (seen(request.reference).state, is_listed) == (State.CLOSED, False)


def test_page_calls_only_units_that_take_acute_admissions(night: Night) -> None:
    page = text_of(night.browser.get(page_of(begun(night), "acute")))

    assert [name in page for name in ("Ekhagen", "Sjövik", "Sävlunda", "Byalagsgatan")] == [
        True,
        True,
        False,
        False,
    ]
    assert "1 verksamhet passar men tar inte emot akut." in page


def test_choice_is_kept_so_that_it_can_be_replayed(world: World, night: Night) -> None:
    request = begun(night)
    placing(night, request, unit=DIRECT, skipped_rung_reason="no_answer")

    with world.behind_wall_of(night.worker):
        sent = Recommendation.objects.get(request=request)
        (row,) = sent.units.all()
        made = AcutePlacement.objects.get(request=request)
        again = replayed(sent.need, register_number=sent.register_number, instant=sent.instant)
    assert again.digest == sent.outcome_digest
    assert (row.unit_code, int(row.rate), made.reason) == (DIRECT, 3400, "no_roof")
    assert (sent.skipped_rung_reason, sent.direct_award_reason) == (
        "no_answer",
        "skipped_with_reason",
    )
    assert seen(request.reference).has_purchase


def test_order_of_the_ladder_holds_at_night(night: Night) -> None:
    request = begun(night)
    answer = placing(night, request, unit=DIRECT)

    assert (answer.status_code, list(answer.context["form"].errors)) == (
        422,
        ["skipped_rung_reason"],
    )
    assert seen(request.reference).state == State.DRAFT


def test_rung_that_takes_nobody_at_night_is_not_passed(night: Night) -> None:
    acute_admissions(DIRECT)
    request = begun(night)

    assert placing(night, request, unit=DIRECT).status_code == 302


def try_to_place(world: World, night: Night, request: PlacementRequest, **given: Any) -> None:
    values = {"unit": FRAMEWORK, "reason": "no_roof", "placed_at": NIGHT} | given
    with world.behind_wall_of(night.worker):
        actions.place_acute(request_id=request.pk, by=night.worker.actor, **values)


def test_unit_that_takes_nobody_at_night_is_refused(world: World, night: Night) -> None:
    request = begun(night)
    with pytest.raises(CannotRecommend) as refused:
        try_to_place(world, night, request, unit=CHEAPER)

    assert (refused.value.code, seen(request.reference).state) == ("not_a_candidate", State.DRAFT)


def test_stopped_unit_is_never_placed_in(world: World, night: Night) -> None:
    request = begun(night)
    with changing_register(by=Actor.system("test"), note="Stopp"):
        StopFactory(unit=CareUnit.objects.get(code=FRAMEWORK), kind=StopKind.ORDER_STOP)
    with pytest.raises(CannotRecommend):
        try_to_place(world, night, request)

    assert "Ekhagen" not in text_of(night.browser.get(page_of(request, "acute")))


@pytest.mark.parametrize(
    ("placed_at", "code"),
    [
        (NIGHT + timedelta(hours=1), "in_the_future"),
        (NIGHT - timedelta(days=8), "too_long_ago"),
        (NIGHT - timedelta(days=1, hours=9), "office_was_open"),
    ],
)
def test_only_the_night_is_registered_this_way(
    world: World, night: Night, placed_at: datetime, code: str
) -> None:
    with pytest.raises(NotOutOfHours) as refused:
        try_to_place(world, night, begun(night), placed_at=placed_at)

    assert refused.value.code == code


def test_social_workers_own_acute_request_is_placed_at_night(
    world: World, night: Night, submitted: Filed
) -> None:
    request = submitted()
    page = text_of(night.browser.get(page_of(request, "request")))
    assert page_of(request, "acute") in page
    assert placing(night, request).status_code == 302

    with clock.frozen(MONDAY):
        page = text_of(logged_in(world.social_worker).get(page_of(request, "request")))
    assert ("Placerad utanför kontorstid" in page, "Saknar tak över huvudet i natt" in page) == (
        True,
        True,
    )


def test_second_registration_of_the_same_night_is_told_of_the_first(
    world: World, night: Night, submitted: Filed
) -> None:
    request = submitted()
    version = version_in(text_of(night.browser.get(page_of(request, "acute"))))
    placing(night, request)
    answer = night.browser.post(
        page_of(request, "acute"),
        {
            "version": version,
            "unit": FRAMEWORK,
            "reason": "violence",
            "placed_on": "2025-03-08",
            "placed_time": "23:20",
        },
    )

    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        page_of(request, "request"),
    )
    with world.behind_wall_of(night.worker):
        assert [one.reason for one in AcutePlacement.objects.all()] == ["no_roof"]


def test_worker_off_duty_and_others_place_nobody(
    world: World, night: Night, submitted: Filed
) -> None:
    request = submitted()
    off_duty = people.holding(Role.OUT_OF_HOURS_WORKER, unit=Unit.objects.get(pk=night.unit_id))
    asked = [world.social_worker, off_duty, world.officer]

    assert [logged_in(one).get(page_of(request, "acute")).status_code for one in asked] == [403] * 3
    assert [logged_in(one).get(reverse("placements:begin-acute")).status_code for one in asked] == [
        403
    ] * 3


def test_worker_of_another_municipality_finds_nothing(
    world: World, night: Night, submitted: Filed
) -> None:
    request = submitted()
    department = people.DepartmentFactory(municipality_id="1481", name="Mölndal")
    worker = people.holding(
        Role.OUT_OF_HOURS_WORKER, unit=people.UnitFactory(department=department)
    )
    people.DutyShiftFactory(user=worker, municipality_id="1481", municipality=None)
    browser = logged_in(worker)

    assert browser.get(page_of(request, "acute")).status_code == 404
    answer = browser.post(reverse("placements:begin-acute"), beginning(night))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["unit"])


def test_twice_sent_is_once_begun(world: World, night: Night) -> None:
    given = beginning(night)
    for _again in range(2):
        night.browser.post(reverse("placements:begin-acute"), given)

    with world.behind_wall_of(night.worker):
        assert PlacementRequest.objects.count() == 1


def test_other_units_do_not_see_what_was_placed(world: World, night: Night) -> None:
    request = begun(night, given_name=PAYLOAD)
    placing(night, request)

    with clock.frozen(MONDAY):
        lists = {
            name: text_of(logged_in(user).get(reverse("placements:placed-acute")))
            for name, user in (
                ("own", world.social_worker),
                ("officer", world.officer),
                ("other", world.other_department),
                ("elsewhere", world.other_officer),
            )
        }
    assert {name: request.reference in page for name, page in lists.items()} == {
        "own": True,
        "officer": True,
        "other": False,
        "elsewhere": False,
    }
    assert [PAYLOAD in page for page in lists.values()] == [False] * 4


def test_list_takes_the_same_queries_for_any_number(
    world: World, night: Night, django_assert_num_queries: Any
) -> None:
    placing(night, begun(night))
    browser = logged_in(world.colleague)
    browser.get(reverse("placements:placed-acute"))
    with django_assert_num_queries(COUNT_OF_LIST):
        browser.get(reverse("placements:placed-acute"))
    for _one in range(3):
        placing(night, begun(night))
    with django_assert_num_queries(COUNT_OF_LIST):
        browser.get(reverse("placements:placed-acute"))


COUNT_OF_LIST = 12


def test_steps_stand_in_the_trail_without_names(night: Night) -> None:
    request = begun(night)
    placing(night, request, text="Astrid väntar")

    entries = AuditEntry.objects.filter(reference=request.reference).order_by("at", "id")
    assert [one.action for one in entries][-1] == "place_acute"
    assert "Astrid" not in str([one.details for one in entries])
