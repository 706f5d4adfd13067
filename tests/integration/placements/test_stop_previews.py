"""What a stop would touch is told before it is decided: counts, and one's own requests."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import Q
from django.urls import reverse

from placements import actions, queries
from placements.matching import Need
from placements.models import PlacementRequest
from placements.queries.open_needs import needs_of, open_requests
from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.domain.roles import Role
from spink.accounts.models import User
from spink.foundation import clock
from spink.foundation.models import AuditEntry
from tests.factories.accounts import RoleAssignmentFactory, holding
from tests.factories.placements import PlacementRequestFactory
from tests.integration.placements.conftest import (
    CHEAPER,
    DIRECT,
    FRAMEWORK,
    Filed,
    World,
)
from tests.integration.placements.placing.conftest import logged_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("units")]

FEW = "färre än 5"
INKS = {"decision_reference": "N1", "decided_on": "2025-03-03"}


def reviewed(user: User, code: str, kind: str, **typed: Any) -> Any:
    url = reverse("providers:unit_stop", args=[code])
    given = {"kind": kind, "reason_code": "own_review", "step": "review"} | INKS | typed
    response = logged_in(user).post(url, given)
    assert response.status_code == 200, response.context["form"].errors
    return response


def told(response: Any) -> tuple[str, str, str, str, str]:
    shown = response.context["touched"]
    return shown.touched, shown.matched, shown.asked, shown.recommended, shown.without


def keeper() -> User:
    return holding(Role.QUALITY_CONTROLLER)


def one_who_sees_all(world: World) -> User:
    RoleAssignmentFactory(user=world.officer, role=Role.QUALITY_CONTROLLER)
    return world.officer


def recommended(world: World, request: PlacementRequest, *units: str) -> None:
    with world.behind_wall_of(world.officer):
        actions.recommend(
            request_id=request.pk,
            units=units,
            skipped_rung_reason="safety",
            by=world.officer.actor,
        )


def asked(world: World, request: PlacementRequest, code: str, form: str) -> None:
    with world.behind_wall_of(world.officer):
        actions.ask_providers(
            request_id=request.pk,
            units=[actions.AskedUnit(code, code, form)],
            by=world.officer.actor,
        )


def test_each_touched_request_is_counted_by_how_far_it_has_come(
    world: World, submitted: Filed, taken: Filed
) -> None:
    submitted()
    asked(world, taken(), FRAMEWORK, "framework")
    recommended(world, taken(), FRAMEWORK)
    recommended(world, taken(), CHEAPER)
    sees_all = one_who_sees_all(world)
    assert told(reviewed(sees_all, FRAMEWORK, "order_stop")) == ("4", "2", "1", "1", "0")
    assert told(reviewed(sees_all, DIRECT, "recommendation_stop")) == ("4", "4", "0", "0", "0")


def test_whoever_sees_the_requests_sees_what_each_loses_and_what_is_next(
    world: World, taken: Filed
) -> None:
    request = taken()
    recommended(world, request, FRAMEWORK)
    page = reviewed(one_who_sees_all(world), FRAMEWORK, "paused")
    (case,) = page.context["touched"].cases
    assert (case.reference, case.units, case.instead) == (
        request.reference,
        "Ekhagen",
        "Sävlunda, Ramavtal",
    )
    (service,) = page.context["touched"].services
    assert (service.service, service.said, service.look) == (
        "Korttidsboende",
        "Ja, för den enda",
        "fits",
    )
    assert service.instead == ["0", "0", "1", "0"]


def test_a_keeper_is_told_counts_a_department_and_service_and_small_ones_as_few(
    world: World, submitted: Filed
) -> None:
    request = submitted()
    page = reviewed(keeper(), FRAMEWORK, "paused")
    assert told(page) == (FEW, FEW, "0", "0", "0")
    (place,) = page.context["touched"].places
    assert (place.municipality, place.department, place.service, place.matched) == (
        "Göteborg",
        "Funktionsstöd",
        "Korttidsboende",
        FEW,
    )
    assert page.context["touched"].cases == []
    assert [one.said for one in page.context["touched"].services] == ["Ja, för alla"]
    secrets = (request.reference, "Astrid", "Lund", "A.L.")
    assert [text for text in secrets if text in text_of(page)] == []
    (entry,) = AuditEntry.objects.filter(action="stop_previewed")
    assert entry.details == {"kind": "paused", "on": FRAMEWORK, "units": [FRAMEWORK]}


def test_numbers_of_five_are_told_and_totals_say_no_more_than_their_parts(
    world: World, submitted: Filed
) -> None:
    for _ in range(5):
        submitted()
    submitted(world.other_department)
    page = reviewed(keeper(), FRAMEWORK, "paused")
    found = [(one.department, one.matched) for one in page.context["touched"].places]
    assert found == [("Centrum", FEW), ("Funktionsstöd", "5")]
    assert told(page) == ("minst 6", "minst 6", "0", "0", "0")


def test_those_who_have_no_other_unit_are_warned_of(world: World, submitted: Filed) -> None:
    request = submitted()
    with world.behind_wall_of(world.social_worker):
        PlacementRequest.objects.filter(pk=request.pk).update(avoid_units=[CHEAPER, DIRECT])
    page = reviewed(one_who_sees_all(world), FRAMEWORK, "paused")
    assert told(page)[-1] == "1"
    (service,) = page.context["touched"].services
    assert (service.said, service.look) == ("Nej, för ingen", "late")
    assert page.context["touched"].cases[0].instead == "Ingen annan verksamhet passar"


@pytest.mark.parametrize(
    ("first", "last", "touched"),
    [(10, None, "0"), (0, 2, "1"), (7, 7, "1"), (5, 6, "0"), (1, None, "1")],
)
def test_a_stop_of_other_days_touches_those_who_start_on_one_of_them(
    world: World, submitted: Filed, first: int, last: int | None, touched: str
) -> None:
    """The wanted start is a week from today."""
    submitted()
    today = clock.today()
    days = {"valid_from": (today + timedelta(days=first)).isoformat()}
    if last is not None:
        days["valid_to"] = (today + timedelta(days=last)).isoformat()
    page = reviewed(one_who_sees_all(world), FRAMEWORK, "paused", **days)
    assert told(page)[0] == touched


def test_drafts_and_ended_requests_are_not_touched(
    world: World, draft: Filed, submitted: Filed
) -> None:
    draft()
    with world.behind_wall_of(world.social_worker):
        actions.withdraw_request(
            request_id=submitted().pk, reason="other", by=world.social_worker.actor
        )
    page = reviewed(keeper(), FRAMEWORK, "paused")
    assert not page.context["touched"].is_touched
    assert "Stoppet berör ingen öppen förfrågan." in text_of(page)


def test_a_preview_takes_as_many_queries_for_many_requests(
    world: World, submitted: Filed, django_assert_num_queries: Any
) -> None:
    user, url = keeper(), reverse("providers:unit_stop", args=[FRAMEWORK])
    given = {"kind": "paused", "reason_code": "own_review", "step": "review"} | INKS
    client = logged_in(user)
    for count in (1, 6):
        for _ in range(count):
            submitted()
        client.post(url, given)
        with django_assert_num_queries(40):
            client.post(url, given)


def test_needs_of_many_are_the_needs_of_each(world: World) -> None:
    """A household is one need, in the one way and in the other."""
    common: dict[str, Any] = {"unit": world_unit(world), "submitted": True}
    adult = PlacementRequestFactory(**common, companions=[3], needs_wished=["supervision"])
    for age, more in ((7, {}), (9, {"needs_required": ["supervision"]}), (12, {})):
        PlacementRequestFactory(**common, household_of=adult, age=age, **more)
    PlacementRequestFactory(**common, household_of=adult, age=15, lives_together=False)
    PlacementRequestFactory(
        unit=common["unit"], household_of=adult, age=16, wanted_start=date(2025, 3, 10)
    )
    PlacementRequestFactory(
        **common,
        near_label="Göteborg",
        near_latitude=57.7,
        near_longitude=11.97,
        avoid_units=["U1", "U1"],
        subtype="",
        gender="",
        age=None,
    )
    with wall.opened_for_job(SystemJob.LOAD_SAMPLE):
        rows = open_requests(Q())
        found = needs_of(rows)
        expected = []
        for row in rows:
            request = PlacementRequest.objects.get(pk=row.pk)
            document = queries.need_of(queries.as_one(request))
            services = {request.service_type}
            expected.append(Need.from_document(document, place="need", service_types=services))
    assert len(found) == 6
    assert found == expected


def world_unit(world: World) -> Any:
    return world.social_worker.role_assignments.get().unit
