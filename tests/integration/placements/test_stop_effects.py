"""What a stop does to open requests, and what happens when it is lifted or its days have passed."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from placements import actions, queries
from placements.models import PlacementRequest, RecommendedUnit, StopTouch
from placements.tasks import carry_out_stops_of_the_day
from placements.web.shared.stops import Banner
from providers.actions import end_stop, set_stop
from providers.models import CareUnit, Stop, StopKind
from spink.accounts import queries as accounts
from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob
from spink.foundation import clock
from spink.foundation.events import EventName
from spink.foundation.models import OutboxEvent
from tests.factories import providers as register
from tests.integration.placements.conftest import (
    CHEAPER,
    DIRECT,
    FRAMEWORK,
    OWN,
    Filed,
    World,
)
from tests.integration.placements.placing.conftest import logged_in, page_of, text_of
from tests.integration.placements.test_notifications import deliver, marks_of, told_of
from tests.support.stops import INKS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("units")]


def stop(code: str = FRAMEWORK, kind: StopKind = StopKind.PAUSED, **days: date) -> Stop:
    """Decided, and what follows of it carried out."""
    on = CareUnit.objects.get(code=code)
    made = set_stop(
        on=on, kind=kind, reason_code="own_review", decision=INKS, by=register.TESTS, **days
    )
    deliver()
    return made


def recommended(world: World, request: PlacementRequest, *units: str) -> None:
    with world.behind_wall_of(world.officer):
        actions.recommend(
            request_id=request.pk,
            units=units,
            skipped_rung_reason="safety",
            by=world.officer.actor,
        )
    deliver()


def touches() -> list[tuple[str, list[str], list[str], str]]:
    with wall.opened_for_job(SystemJob.CARRY_OUT_STOPS):
        found = StopTouch.objects.filter(lifted_at=None).order_by("request_id")
        return [
            (
                one.request.reference,
                one.unit_codes,
                one.withdrawn_codes,
                one.alternative_code,
            )
            for one in found.select_related("request")
        ]


def state_of(request: PlacementRequest) -> tuple[str, list[tuple[str, bool]], list[bool]]:
    """Its state, which recommended units are stopped, and which recommendations withdrawn."""
    with wall.opened_for_job(SystemJob.CARRY_OUT_STOPS):
        now = PlacementRequest.objects.get(pk=request.pk)
        rows = RecommendedUnit.objects.filter(recommendation__request=request)
        units = [(row.unit_code, row.stopped_at is not None) for row in rows]
        sent = now.recommendations.order_by("number")
        return now.state, units, [one.withdrawn_at is not None for one in sent]


def banners(client: Client, request: PlacementRequest) -> list[Banner]:
    found: list[Banner] = client.get(page_of(request, "request")).context["stops"]
    return found


def test_a_recommendation_that_was_not_acted_on_is_withdrawn_and_people_are_told(
    world: World, taken: Filed
) -> None:
    request = taken()
    recommended(world, request, FRAMEWORK)
    stop()
    assert state_of(request) == ("in_progress", [(FRAMEWORK, True)], [True])
    assert touches() == [(request.reference, [FRAMEWORK], [FRAMEWORK], CHEAPER)]
    assert told_of(EventName.REQUEST_STOPPED) == {world.officer}
    assert told_of(EventName.RECOMMENDATION_WITHDRAWN) == {world.social_worker}
    with world.behind_wall_of(world.social_worker):
        reach = accounts.reach_of_user(world.social_worker)
        entries = queries.timeline_of(request, reach=reach)
    assert [entry.kind for entry in entries][:2] == ["withdraw_last_recommendation", "stop"]
    assert {entry.actor_label for entry in entries[:2]} == {"Kvalitet och kontroll"}


def test_of_several_recommended_units_the_others_stand(world: World, taken: Filed) -> None:
    request = taken()
    recommended(world, request, CHEAPER, FRAMEWORK)
    stop()
    assert state_of(request) == ("recommended", [(FRAMEWORK, True), (CHEAPER, False)], [False])
    with world.behind_wall_of(world.social_worker):
        assert list(actions.reporting.standing_units(request)) == [CHEAPER]
    (banner,) = banners(logged_in(world.social_worker), request)
    assert (banner.text, banner.instead) == (
        "Ekhagen är stoppad sedan 3 mars 2025.",
        "Nästa bästa är Sävlunda (Ramavtal).",
    )
    assert (banner.link_text, banner.pick_text) == ("Vi valde Sävlunda", "")


def test_one_that_was_acted_on_stands(world: World, taken: Filed) -> None:
    request = taken()
    recommended(world, request, FRAMEWORK)
    with world.behind_wall_of(world.social_worker):
        actions.report_outcome(
            request_id=request.pk, unit_code=FRAMEWORK, by=world.social_worker.actor
        )
    stop()
    assert state_of(request) == ("closed", [(FRAMEWORK, False)], [False])
    assert touches() == []


def test_a_stop_of_another_rung_withdraws_nothing(world: World, taken: Filed) -> None:
    request = taken()
    recommended(world, request, FRAMEWORK)
    stop(DIRECT, StopKind.RECOMMENDATION_STOP)
    assert state_of(request) == ("recommended", [(FRAMEWORK, False)], [False])
    assert touches() == [(request.reference, [DIRECT], [], FRAMEWORK)]


def test_a_request_to_which_it_was_a_choice_alone_tells_the_one_who_has_it(
    world: World, submitted: Filed, taken: Filed
) -> None:
    waiting, begun = submitted(), taken()
    stop()
    assert touches() == [
        (waiting.reference, [FRAMEWORK], [], CHEAPER),
        (begun.reference, [FRAMEWORK], [], CHEAPER),
    ]
    assert told_of(EventName.REQUEST_STOPPED) == {world.officer}
    stopped = (begun.reference, "request_stopped")
    assert [mark for mark in marks_of(world, world.officer) if mark[1] == stopped[1]] == [stopped]
    assert len(banners(logged_in(world.social_worker), begun)) == 1
    with world.behind_wall_of(world.social_worker):
        reach = accounts.reach_of_user(world.social_worker)
        kinds = [entry.kind for entry in queries.timeline_of(begun, reach=reach)]
    assert "stop" not in kinds


def test_a_request_that_came_under_the_stop_is_not_touched(world: World, taken: Filed) -> None:
    made = stop()
    with clock.frozen(clock.now() + timedelta(hours=1)):
        taken()
        actions.carry_out_stop(stop_id=made.pk)
    assert touches() == []


def test_carried_out_twice_it_is_written_once(world: World, taken: Filed) -> None:
    request = taken()
    recommended(world, request, FRAMEWORK)
    made = stop()
    before = OutboxEvent.objects.count()
    for _ in range(2):
        actions.carry_out_stop(stop_id=made.pk)
        actions.withdraw_stopped(request_id=request.pk)
    assert touches() == [(request.reference, [FRAMEWORK], [FRAMEWORK], CHEAPER)]
    assert OutboxEvent.objects.count() == before


def test_a_lifted_stop_is_told_to_those_whose_recommendation_it_withdrew(
    world: World, taken: Filed
) -> None:
    request, other = taken(), taken()
    recommended(world, request, FRAMEWORK)
    made = stop()
    end_stop(stop_id=made.pk, by=register.TESTS, decision=INKS)
    deliver()
    assert touches() == []
    assert told_of(EventName.REQUEST_STOP_LIFTED) == {world.social_worker, world.officer}
    told = [row for row in marks_of(world, world.social_worker) if "lifted" in row[1]]
    assert told == [(request.reference, "request_stop_lifted")]
    assert banners(logged_in(world.officer), other) == []
    assert state_of(request)[0] == "in_progress"


def test_where_another_stop_holds_the_unit_stays_stopped(world: World, taken: Filed) -> None:
    request = taken()
    first, second = stop(), stop(kind=StopKind.UNPUBLISHED)
    assert [row[0] for row in touches()] == [request.reference]
    end_stop(stop_id=first.pk, by=register.TESTS, decision=INKS)
    deliver()
    assert touches() == [(request.reference, [FRAMEWORK], [], CHEAPER)]
    with wall.opened_for_job(SystemJob.CARRY_OUT_STOPS):
        assert StopTouch.objects.get(lifted_at=None).stop_id == second.pk


def test_a_stop_to_come_touches_when_it_begins_and_one_that_is_over_lets_go(
    world: World, taken: Filed
) -> None:
    """The wanted start is on 10 March."""
    request = taken()
    recommended(world, request, FRAMEWORK)
    stop(valid_from=date(2025, 3, 5), valid_to=date(2025, 3, 7))
    assert touches() == []

    def on(day: int) -> list[Any]:
        with clock.frozen(datetime(2025, 3, day, 0, 3, tzinfo=clock.STOCKHOLM)):
            carry_out_stops_of_the_day()
            deliver()
            return touches()

    assert on(4) == []
    assert on(5) == [(request.reference, [FRAMEWORK], [FRAMEWORK], CHEAPER)]
    assert on(7) == [(request.reference, [FRAMEWORK], [FRAMEWORK], CHEAPER)]
    assert on(8) == []


def test_a_stop_on_the_wanted_start_touches_at_once(world: World, taken: Filed) -> None:
    request = taken()
    recommended(world, request, FRAMEWORK)
    stop(valid_from=date(2025, 3, 9), valid_to=date(2025, 3, 12))
    assert touches() == [(request.reference, [FRAMEWORK], [FRAMEWORK], CHEAPER)]
    (banner,) = banners(logged_in(world.social_worker), request)
    assert banner.text == "Ekhagen: stopp från 9 mars 2025."


def test_the_social_worker_goes_on_with_the_next_best_and_the_officer_recommends_it(
    world: World, taken: Filed
) -> None:
    request = taken()
    recommended(world, request, FRAMEWORK)
    stop()
    worker, officer = logged_in(world.social_worker), logged_in(world.officer)
    queue = reverse("placements:queue") + "?view=all"
    page = worker.get(reverse("placements:my-requests"))
    waiting = page.context["groups"][0].rows
    assert [(row.request.pk, row.is_stopped) for row in waiting] == [(request.pk, True)]
    (banner,) = banners(worker, request)
    assert banner.pick_text == "Gå vidare med Sävlunda"
    url = page_of(request, "stop-touch", banner.pk)
    assert worker.post(url, {"do": "pick"}).status_code == 302
    deliver()
    assert told_of(EventName.ALTERNATIVE_PICKED) == {world.officer}
    assert banners(worker, request)[0].note == (
        "Du vill gå vidare med Sävlunda. Handläggaren har fått besked."
    )
    again = worker.post(url, {"do": "pick"}, follow=True)
    assert "Det här är redan omhändertaget." in text_of(again)
    (row,) = [one for group in officer.get(queue).context["groups"] for one in group.rows]
    assert row.is_stopped
    (banner,) = banners(officer, request)
    assert (banner.note, banner.link_text) == (
        "Socialsekreteraren vill gå vidare med Sävlunda.",
        "Rekommendera Sävlunda",
    )
    assert officer.get(banner.link).status_code == 200
    recommended(world, request, CHEAPER)
    (banner,) = banners(officer, request)
    assert (banner.link, banner.can_settle) == ("", False)
    (banner,) = banners(worker, request)
    assert banner.link_text == "Vi valde Sävlunda"


def test_each_side_does_its_own_part_alone(world: World, taken: Filed) -> None:
    request = taken()
    recommended(world, request, FRAMEWORK)
    stop()
    worker, officer = logged_in(world.social_worker), logged_in(world.officer)
    (banner,) = banners(officer, request)
    url = page_of(request, "stop-touch", banner.pk)
    assert officer.post(url, {"do": "pick"}).status_code == 403
    assert worker.post(url, {"do": "settle"}).status_code == 403
    assert logged_in(world.other_department).post(url, {"do": "pick"}).status_code == 404
    assert officer.post(url, {"do": "settle"}).status_code == 302
    assert banners(officer, request)[0].can_settle is False


def test_nothing_else_fits_is_said(world: World, taken: Filed) -> None:
    request = taken()
    with world.behind_wall_of(world.officer):
        PlacementRequest.objects.filter(pk=request.pk).update(avoid_units=[CHEAPER, DIRECT, OWN])
    stop()
    (banner,) = banners(logged_in(world.officer), request)
    assert banner.instead == "Ingen annan verksamhet passar behovet som det är."
    assert (banner.link, banner.pick_text) == ("", "")


def moved(code: str, to: CareUnit) -> None:
    with register.changing_register(by=register.TESTS):
        CareUnit.objects.filter(code=code).update(provider=to.provider)
    carry_out_stops_of_the_day()
    deliver()


def stopped_elsewhere(*, of_group: bool) -> CareUnit:
    """A unit of a provider that is stopped, or is in a group that is."""
    unit: CareUnit = register.CareUnitFactory(provider__group=register.CorporateGroupFactory())
    on = unit.provider.group if of_group else unit.provider
    set_stop(on=on, kind=StopKind.PAUSED, reason_code="own_review", by=register.TESTS)
    deliver()
    return unit


@pytest.mark.parametrize("of_group", [False, True])
def test_a_unit_that_comes_to_a_stopped_provider_is_taken_back_and_freed_when_it_leaves(
    world: World, taken: Filed, of_group: bool
) -> None:
    free = register.CareUnitFactory()
    stopped = stopped_elsewhere(of_group=of_group)
    request = taken()
    recommended(world, request, FRAMEWORK)
    moved(FRAMEWORK, stopped)
    assert state_of(request) == ("in_progress", [(FRAMEWORK, True)], [True])
    assert touches() == [(request.reference, [FRAMEWORK], [FRAMEWORK], CHEAPER)]
    moved(FRAMEWORK, free)
    assert touches() == []


def test_a_second_unit_that_comes_to_a_stopped_provider_is_taken_back_too(
    world: World, taken: Filed
) -> None:
    stopped, request = stopped_elsewhere(of_group=False), taken()
    recommended(world, request, FRAMEWORK, DIRECT)
    moved(DIRECT, stopped)
    assert state_of(request)[1] == [(FRAMEWORK, False), (DIRECT, True)]
    moved(FRAMEWORK, stopped)
    assert state_of(request) == ("in_progress", [(FRAMEWORK, True), (DIRECT, True)], [True])
    ((_reference, codes, withdrawn, instead),) = touches()
    assert (sorted(codes), withdrawn) == ([DIRECT, FRAMEWORK], [DIRECT, FRAMEWORK])
    assert instead == CHEAPER
