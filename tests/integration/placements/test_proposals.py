"""The officer proposes another service: accepted, declined, withdrawn, or overtaken."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from placements import actions
from placements.actions import withdraw_proposal
from placements.domain.lifecycle import ProposalWaits, State, Step, StepNotAllowed
from placements.domain.not_carried_out import Quarter
from placements.domain.values import Protection
from placements.models import PersonIdentity, PlacementRequest, ServiceProposal
from placements.queries.decisions import not_carried_out
from spink.accounts import queries as accounts
from spink.accounts import wall
from spink.accounts.models import User
from spink.foundation import clock
from spink.foundation.models import AuditEntry, OutboxEvent
from tests.conftest import MORNING
from tests.integration.placements.conftest import FRAMEWORK, Filed, World
from tests.integration.placements.placing.conftest import (
    logged_in,
    page_of,
    text_of,
    version_in,
)
from tests.integration.placements.placing.test_giving import add_to
from tests.integration.placements.test_households import filled_child, send
from tests.support.small_world import settle_people

WHY = "Här finns inga platser, men stödboendet i Majorna kan ta emot."
NO = "Han klarar sig inte på egen hand på nätterna."
ASKED = {"service_type": "supported_social_housing", "subtype": "", "note": WHY}

Proposed = Callable[..., PlacementRequest]


@pytest.fixture
def proposed(world: World, taken: Filed) -> Proposed:
    def propose(**person: object) -> PlacementRequest:
        request = taken(**person)
        with world.behind_wall_of(world.officer):
            actions.propose_service(request_id=request.pk, by=world.officer.actor, **ASKED)
        return request

    return propose


@pytest.fixture
def filer(world: World) -> Client:
    return logged_in(world.social_worker)


@pytest.fixture
def officer(world: World) -> Client:
    return logged_in(world.officer)


def row(world: World, user: User, **which: object) -> PlacementRequest:
    with world.behind_wall_of(user):
        return PlacementRequest.objects.get(**which)


def answer_of(world: World) -> tuple[str, str]:
    with world.behind_wall_of(world.officer):
        return ServiceProposal.objects.values_list("answer", "reason").get()


def accept(client: Client, request: PlacementRequest, **more: object) -> Any:
    version = version_in(text_of(client.get(page_of(request, "request"))))
    return client.post(page_of(request, "accept-service"), {"version": version, **more})


def test_officer_proposes_in_the_pages_and_the_filer_reads_why(
    world: World, officer: Client, filer: Client, taken: Filed
) -> None:
    request = taken()
    url = page_of(request, "propose-service")
    form = {"version": version_in(text_of(officer.get(url))), **ASKED}
    assert officer.post(url, form).status_code == 302
    page = text_of(filer.get(page_of(request, "request")))
    told = "Handläggaren föreslår en annan insats: Socialt boende"
    said = [text in page for text in (told, WHY, "Beslutet den 1 mars 2025", "Matchas")]
    assert said == [True, True, True, True]
    assert OutboxEvent.objects.filter(name="service_proposed").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"service_type": "short_term_housing"},
        {"service_type": "protected_housing", "subtype": "fysiska funktionsnedsättningar"},
        {"note": ""},
    ],
)
def test_same_service_foreign_subtype_and_no_reason_are_refused(
    world: World, officer: Client, taken: Filed, wrong: dict[str, str]
) -> None:
    request = taken()
    form = {"version": str(request.version), **ASKED, **wrong}
    assert officer.post(page_of(request, "propose-service"), form).status_code == 422
    assert row(world, world.officer, pk=request.pk).service_proposed_at is None


def test_accepted_proposal_begins_a_linked_draft_with_what_is_known(
    world: World, filer: Client, officer: Client, proposed: Proposed
) -> None:
    request = proposed()
    answer = accept(filer, request)
    ended = row(world, world.social_worker, pk=request.pk)
    draft = row(world, world.social_worker, continues=ended)
    assert (answer.status_code, answer.headers["Location"]) == (302, page_of(draft, "edit"))
    assert (ended.state, ended.service_proposed_at, draft.state) == ("other_service", None, "draft")
    for name in ("person_id", "age", "needs_wished", "urgency", "wanted_start", "legal_basis"):
        assert getattr(draft, name) == getattr(ended, name)
    left = (draft.service_type, draft.subtype, draft.decision_date)
    assert left == ("supported_social_housing", "", None)
    pages = [text_of(filer.get(page_of(one, "request"), follow=True)) for one in (ended, draft)]
    assert [draft.reference in pages[0], ended.reference in pages[1]] == [True, True]
    assert "Möjlig dubblett" not in pages[0] + pages[1]
    assert "Beslutet den 1 mars 2025" in pages[1]
    seen = text_of(officer.get(page_of(ended, "request")))
    assert (draft.reference in seen, "syns här när den är skickad" in seen) == (False, True)


def test_second_click_opens_the_same_draft(world: World, filer: Client, proposed: Proposed) -> None:
    request = proposed()
    form = {"version": version_in(text_of(filer.get(page_of(request, "request"))))}
    url = page_of(request, "accept-service")
    first, second = (filer.post(url, form).headers["Location"] for _ in range(2))
    assert first == second
    with world.behind_wall_of(world.social_worker):
        assert PlacementRequest.objects.filter(continues=request.pk).count() == 1


def test_declined_proposal_is_back_with_the_officer_who_reads_why(
    world: World, filer: Client, officer: Client, proposed: Proposed
) -> None:
    request = proposed()
    url = page_of(request, "decline-service")
    version = version_in(text_of(filer.get(url)))
    assert filer.post(url, {"version": version, "reason": ""}).status_code == 422
    assert filer.post(url, {"version": version, "reason": NO}).status_code == 302
    assert answer_of(world) == ("declined", NO)
    after = row(world, world.officer, pk=request.pk)
    assert (after.state, after.service_proposed_at) == ("in_progress", None)
    pages = [text_of(officer.get(page_of(request, name))) for name in ("match", "request")]
    assert [NO in page for page in pages] == [True, True]
    assert OutboxEvent.objects.filter(name="service_declined").count() == 1


def test_withdrawn_proposal_cannot_be_accepted(
    world: World, filer: Client, officer: Client, proposed: Proposed
) -> None:
    request = proposed()
    version = version_in(text_of(filer.get(page_of(request, "request"))))
    assert officer.post(page_of(request, "withdraw-proposal")).status_code == 302
    late = filer.post(page_of(request, "accept-service"), {"version": version})
    assert (late.status_code, "Drog tillbaka förslaget" in text_of(late)) == (409, True)
    assert (answer_of(world)[0], row(world, world.officer, pk=request.pk).state) == (
        "withdrawn",
        "in_progress",
    )
    typed = filer.post(page_of(request, "decline-service"), {"version": version, "reason": NO})
    assert (typed.status_code, NO in text_of(typed)) == (409, True)


def test_social_worker_is_asked_one_thing_at_a_time(
    world: World, officer: Client, proposed: Proposed
) -> None:
    request = proposed()
    by = world.officer.actor
    with world.behind_wall_of(world.officer):
        with pytest.raises(ProposalWaits):
            actions.ask_information(request_id=request.pk, question="Trappor?", by=by)
        with pytest.raises(ProposalWaits):
            actions.propose_service(request_id=request.pk, by=by, **ASKED)
    page = text_of(officer.get(page_of(request, "match")))
    links = [page_of(request, name) in page for name in ("ask-information", "propose-service")]
    assert links == [False, False]
    again = officer.post(page_of(request, "propose-service"), {"version": "1", **ASKED})
    assert (again.status_code, WHY in text_of(again)) == (409, True)


def test_officers_time_stands_still_until_the_answer(world: World, proposed: Proposed) -> None:
    request = proposed()
    before = row(world, world.officer, pk=request.pk)
    assert before.due_at is not None
    with clock.frozen(MORNING + timedelta(hours=2)), world.behind_wall_of(world.social_worker):
        actions.decline_service(request_id=request.pk, reason=NO, by=world.social_worker.actor)
    after = row(world, world.officer, pk=request.pk)
    assert after.due_paused == before.due_paused + 120


def test_queue_and_start_page_say_for_whom_it_waits(
    filer: Client, officer: Client, proposed: Proposed
) -> None:
    request = proposed()
    queue = text_of(officer.get("/queue/?view=all"))
    waiting = queue[queue.index("Väntar på andra (1)") :]
    assert [text in waiting for text in (request.reference, "Annan insats föreslagen")] == [
        True,
        True,
    ]
    mine = text_of(filer.get("/requests/"))
    yours = mine[mine.index("Väntar på dig") : mine.index("Utkast")]
    assert request.reference in yours


@pytest.mark.usefixtures("units")
def test_proposal_lapses_when_the_request_ends_otherwise(world: World, proposed: Proposed) -> None:
    request = proposed()
    with world.behind_wall_of(world.officer):
        actions.recommend(request_id=request.pk, units=[FRAMEWORK], by=world.officer.actor)
    with world.behind_wall_of(world.social_worker):
        by = world.social_worker.actor
        actions.report_outcome(request_id=request.pk, unit_code=FRAMEWORK, by=by)
    assert answer_of(world)[0] == "lapsed"


def test_decision_that_became_another_service_is_not_late(
    world: World, submitted: Filed, proposed: Proposed
) -> None:
    waits, request = submitted(), proposed()
    with world.behind_wall_of(world.social_worker):
        actions.accept_service(request_id=request.pk, by=world.social_worker.actor)
    reach = accounts.reach_of_user(world.social_worker)
    with clock.frozen(MORNING + timedelta(days=200)), world.behind_wall_of(world.social_worker):
        assert list(not_carried_out(reach, Quarter.of(clock.today()))) == [waits]


def test_colleague_who_accepts_learns_nothing_of_a_protected_person(
    world: World, proposed: Proposed
) -> None:
    request = proposed(protection=Protection.MARKED)
    with world.behind_wall_of(world.colleague):
        draft = actions.accept_service(request_id=request.pk, by=world.colleague.actor)
    assert draft.created_by_id == world.social_worker.pk
    with world.behind_wall_of(world.colleague):
        assert list(PersonIdentity.objects.filter(person=draft.person_id)) == []


def test_household_is_proposed_to_and_goes_on_together(
    world: World, filer: Client, officer: Client, draft: Filed
) -> None:
    adult = draft()
    child = filled_child(filer, adult.reference, 7)
    assert send(filer, adult.reference) == 302
    officer.post(page_of(adult, "take"))
    url = page_of(adult, "propose-service")
    form = {"version": version_in(text_of(officer.get(url))), **ASKED, "whole_household": "on"}
    officer.post(url, form)
    assert accept(filer, adult, whole_household="on").status_code == 302
    new_adult = row(world, world.social_worker, continues=adult.pk)
    new_child = row(world, world.social_worker, continues__reference=child)
    assert (new_child.household_of_id, new_child.lives_together) == (new_adult.pk, True)
    assert new_child.best_interests == "Nära skolan"
    assert row(world, world.social_worker, reference=child).state == State.OTHER_SERVICE


@pytest.mark.django_db(transaction=True)
def test_accepting_and_withdrawing_at_once_is_one_of_them() -> None:
    with clock.frozen(MORNING):
        world = settle_people()
        request = add_to(world, owner=world.officer)
        with world.behind_wall_of(world.officer):
            actions.propose_service(request_id=request.pk, by=world.officer.actor, **ASKED)
        steps = {world.social_worker: actions.accept_service, world.officer: withdraw_proposal}
        reaches = {user: accounts.reach_of_user(user) for user in steps}
        both, done = threading.Barrier(2, timeout=20), []

        def take(user: User) -> None:
            try:
                with wall.opened_for(reaches[user]):
                    both.wait()
                    steps[user](request_id=request.pk, by=user.actor)
                done.append(user)
            except StepNotAllowed:
                pass
            finally:
                connection.close()

        threads = [threading.Thread(target=take, args=(user,)) for user in steps]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    begun = 1 if done == [world.social_worker] else 0
    with world.behind_wall_of(world.social_worker):
        assert PlacementRequest.objects.filter(continues=request.pk).count() == begun
    assert (len(done), answer_of(world)[0]) == (1, ["withdrawn", "accepted"][begun])


def test_every_step_stands_in_the_trail(world: World, proposed: Proposed) -> None:
    request = proposed()
    with world.behind_wall_of(world.social_worker):
        actions.decline_service(request_id=request.pk, reason=NO, by=world.social_worker.actor)
    trail = AuditEntry.objects.filter(reference=request.reference).order_by("id")
    steps = [str(step) for step in (Step.PROPOSE_SERVICE, Step.DECLINE_SERVICE)]
    assert list(trail.values_list("action", flat=True))[-2:] == steps
    assert all(NO not in str(one.details) and WHY not in str(one.details) for one in trail)
