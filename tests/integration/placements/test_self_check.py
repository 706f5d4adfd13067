"""Self-checks: a month's sample of handled requests, checked by others, and locked."""

from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from placements import actions
from placements.actions import CheckedAs, CheckedMeanwhile
from placements.domain.lifecycle import State
from placements.models import CheckAnswer, PlacementRequest, SelfCheck, SelfCheckItem
from placements.queries import self_checks
from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.domain.roles import Role
from spink.accounts.models import AccessEntry, User
from spink.accounts.policies import NotAllowed
from spink.catalogue.models import CheckQuestion
from spink.foundation import clock
from spink.foundation.models import AuditEntry
from tests.factories import placements as made
from tests.factories.accounts import holding
from tests.integration.placements.conftest import DIRECT, Filed, World

MARCH = date(2025, 3, 1)
APRIL = datetime(2025, 4, 2, 9, 0, tzinfo=clock.STOCKHOLM)


@pytest.fixture
def ended(world: World, units: None, taken: Filed) -> PlacementRequest:
    """By Elin, who recommended a direct award past the framework; the filer chose it."""
    request = taken()
    with world.behind_wall_of(world.officer):
        actions.recommend(
            request_id=request.pk,
            units=[DIRECT],
            skipped_rung_reason="safety",
            by=world.officer.actor,
        )
    with world.behind_wall_of(world.social_worker):
        actions.report_outcome(
            request_id=request.pk, unit_code=DIRECT, by=world.social_worker.actor
        )
    return request


@pytest.fixture
def april(ended: PlacementRequest) -> Iterator[None]:
    with clock.frozen(APRIL):
        yield


def function_of(user: User) -> int:
    team = user.role_assignments.get().team
    assert team is not None
    return team.function_id


def draw(world: World, month: date = MARCH, size: int = 20) -> SelfCheck:
    by = world.second_officer
    with world.behind_wall_of(by):
        return actions.draw_self_check(
            function_id=function_of(by), month=month, size=size, by=by.actor
        )


def answered(check: SelfCheck, no: str = "", note: str = "") -> dict[int, CheckedAs]:
    return {
        one.pk: CheckedAs(CheckAnswer.NO, note) if one.code == no else CheckedAs(CheckAnswer.YES)
        for one in self_checks.questions_of(check)
    }


def check_it(world: World, check: SelfCheck, *, by: User, version: int = 0, **more: str) -> Any:
    with world.behind_wall_of(by):
        item = SelfCheckItem.objects.get(self_check=check)
        given = answered(check, **more)
        return actions.check_request(item_id=item.pk, answers=given, by=by.actor, version=version)


def lock(world: World, check: SelfCheck, note: str = "", version: int = 1) -> SelfCheck:
    by = world.second_officer
    with world.behind_wall_of(by):
        return actions.lock_self_check(check_id=check.pk, note=note, by=by.actor, version=version)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page_of(check: SelfCheck, position: int | None = None) -> str:
    if position is None:
        return reverse("placements:self-check", args=[check.pk])
    return reverse("placements:self-check-request", args=[check.pk, position])


def sent_for(check: SelfCheck, seen: int = 0, **more: str) -> dict[str, str]:
    return {f"answer_{n}": "yes" for n in range(1, 5)} | {"seen": str(seen)} | more


def many_ended(world: World, count: int, month: int = 3) -> None:
    for number in range(count):
        made.PlacementRequestFactory(
            reference=f"2024-9{number:04}",
            placement_function_id=function_of(world.officer),
            state=State.CLOSED,
            submitted=True,
            assigned_to=world.officer,
            assigned_at=datetime(2025, 3, 4, tzinfo=clock.STOCKHOLM),
            ended_at=datetime(2025, month, 20, tzinfo=clock.STOCKHOLM),
            ended_by=world.social_worker,
        )


@pytest.mark.usefixtures("april")
def test_sample_is_drawn_again_with_its_seed(world: World) -> None:
    many_ended(world, 4)
    check = draw(world, size=3)
    with world.behind_wall_of(world.officer):
        handled = self_checks.handled_requests(
            check.placement_function_id, since=MARCH, before=date(2025, 4, 1)
        )
        references = list(handled.values_list("reference", flat=True))
        rows = list(SelfCheckItem.objects.values_list("request__reference", flat=True))
    again = sorted(references, key=lambda one: sha256(f"{check.seed}{one}".encode()).digest())
    assert rows == again[:3]
    assert (check.population, len(references), check.size) == (5, 5, 3)
    assert check.drawn_by == world.second_officer
    entry = AuditEntry.objects.latest("id")
    assert (entry.action, entry.details["population"]) == ("self_check_drawn", 5)


@pytest.mark.usefixtures("april")
def test_sample_holds_handled_requests_of_the_own_function_alone(
    world: World, ended: PlacementRequest
) -> None:
    march = datetime(2025, 3, 20, tzinfo=clock.STOCKHOLM)
    own = {"placement_function_id": ended.placement_function_id, "submitted": True}
    done = {"state": State.CLOSED, "ended_at": march, "ended_by": world.social_worker}
    had = {"assigned_to": world.officer, "assigned_at": march}
    made.PlacementRequestFactory(reference="2024-80000", **own, **had)
    made.PlacementRequestFactory(reference="2024-80001", **own, **done)
    made.PlacementRequestFactory(reference="2024-80002", **own, **had, **done | {"ended_at": APRIL})
    elsewhere = {"placement_function_id": function_of(world.other_officer), "submitted": True}
    made.PlacementRequestFactory(reference="2024-80003", **elsewhere, **had, **done)
    check = draw(world)
    with world.behind_wall_of(world.officer):
        assert list(check.items.values_list("request_id", flat=True)) == [ended.pk]
    assert check.population == 1


@pytest.mark.usefixtures("april")
def test_sample_of_a_month_is_drawn_once_and_after_its_end(world: World) -> None:
    draw(world)
    client = client_of(world.officer)
    sent = {"function": str(function_of(world.officer)), "size": "5"}
    for month in ("2025-03-01", "2025-04-01"):
        answer = client.post(reverse("placements:self-checks"), sent | {"month": month})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["month"])
    for other in (date(2025, 2, 1), date(2025, 4, 1)):
        with pytest.raises(ValidationError):
            draw(world, other)


@pytest.mark.usefixtures("april")
def test_sample_of_another_function_is_neither_drawn_nor_seen(world: World) -> None:
    check = draw(world)
    client = client_of(world.other_officer)
    sent = {"function": str(function_of(world.officer)), "size": "5", "month": "2025-02-01"}
    assert client.post(reverse("placements:self-checks"), sent).status_code == 422
    assert client.get(page_of(check)).status_code == 404
    assert client.get(page_of(check, 1)).status_code == 404
    with world.behind_wall_of(world.other_officer):
        assert (SelfCheck.objects.count(), SelfCheckItem.objects.count()) == (0, 0)
    with pytest.raises(DatabaseError), world.behind_wall_of(world.other_officer):
        SelfCheck.objects.create(
            placement_function_id=function_of(world.officer),
            month=date(2025, 2, 1),
            seed="x",
            size=1,
            population=0,
            drawn_at=APRIL,
            drawn_by=world.other_officer,
        )


@pytest.mark.usefixtures("april")
def test_nobody_checks_what_they_have_handled(world: World, ended: PlacementRequest) -> None:
    check = draw(world)
    page = client_of(world.officer).get(page_of(check, 1))
    assert (page.context["is_own"], page.context["is_open"]) == (True, False)
    answer = client_of(world.officer).post(page_of(check, 1), sent_for(check))
    assert answer.status_code == 403
    with pytest.raises(NotAllowed):
        check_it(world, check, by=world.officer)
    check_it(world, check, by=world.second_officer)
    with (
        pytest.raises(DatabaseError, match="own handling"),
        world.behind_wall_of(world.officer),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE placements_selfcheckanswer SET answered_by_id = %s", [world.officer.pk]
        )


@pytest.mark.usefixtures("april")
def test_officer_who_took_one_step_is_a_handler(world: World, units: None) -> None:
    check = draw(world)
    with world.behind_wall_of(world.officer):
        (item,) = check.items.all()
        request = item.request
    assert item.handlers == [world.officer.pk]
    with wall.opened_for_job(SystemJob.LOAD_SAMPLE):
        made.TimelineEntryFactory(
            request=request,
            kind="ask_provider",
            actor_kind="person",
            actor_id=str(world.second_officer.pk),
        )
        found = self_checks.handlers_of([request])
    assert found == {request.pk: sorted([world.officer.pk, world.second_officer.pk])}


@pytest.mark.usefixtures("april")
def test_request_is_checked_with_a_note_where_no_and_the_reading_is_logged(
    world: World, ended: PlacementRequest
) -> None:
    check = draw(world)
    client = client_of(world.second_officer)
    left_out = client.post(page_of(check, 1), sent_for(check, answer_2=""))
    assert (left_out.status_code, list(left_out.context["form"].errors)) == (422, ["answer_2"])
    silent = client.post(page_of(check, 1), sent_for(check, answer_2="no"))
    assert (silent.status_code, list(silent.context["form"].errors)) == (422, ["note_2"])
    said = sent_for(check, answer_2="no", note_2="Priset var från i fjol.")
    assert client.post(page_of(check, 1), said).status_code == 302
    page = client.get(page_of(check, 1))
    assert [one.answer.answer for one in page.context["asked"]] == ["yes", "no", "yes", "yes"]
    assert [one.answer.note for one in page.context["asked"]][1] == "Priset var från i fjol."
    assert {one.answer.answered_by for one in page.context["asked"]} == {world.second_officer}
    with wall.opened_for_job(SystemJob.REVIEW_ACCESS_LOG):
        readings = AccessEntry.objects.filter(actor_id=str(world.second_officer.pk))
        assert [one.subjects for one in readings] == [[ended.reference]] * 4


@pytest.mark.usefixtures("april")
def test_second_checker_is_told_of_the_first_and_keeps_what_was_typed(world: World) -> None:
    check = draw(world)
    third = holding(Role.PLACEMENT_OFFICER, team=world.officer.role_assignments.get().team)
    check_it(world, check, by=third)
    sent = sent_for(check, answer_2="no", note_2="Utan datum")
    late = client_of(world.second_officer).post(page_of(check, 1), sent)
    assert late.status_code == 409
    assert late.context["form"]["note_2"].value() == "Utan datum"
    assert late.context["form"]["seen"].value() == "1"
    with pytest.raises(CheckedMeanwhile):
        check_it(world, check, by=world.second_officer)


@pytest.mark.usefixtures("april")
def test_unchanged_answer_keeps_who_gave_it(world: World) -> None:
    check = draw(world)
    third = holding(Role.PLACEMENT_OFFICER, team=world.officer.role_assignments.get().team)
    check_it(world, check, by=third)
    item = check_it(
        world, check, by=world.second_officer, version=1, no="price_current", note="Gammalt"
    )
    with world.behind_wall_of(world.officer):
        given = self_checks.answers_of(item)
    assert [one.answered_by for one in given.values()] == [
        third,
        world.second_officer,
        third,
        third,
    ]


@pytest.mark.usefixtures("april")
def test_locked_sample_is_changed_by_nobody(world: World) -> None:
    check = draw(world)
    check_it(world, check, by=world.second_officer)
    locked = lock(world, check)
    assert (locked.locked_by, locked.unchecked_note) == (world.second_officer, "")
    with pytest.raises(ValidationError, match="låst"):
        check_it(world, check, by=world.second_officer, version=1)
    with pytest.raises(ValidationError, match="låst"):
        lock(world, check, version=2)
    client = client_of(world.second_officer)
    assert client.get(page_of(check, 1)).context["is_open"] is False
    assert client.post(page_of(check, 1), sent_for(check, 1)).status_code == 422
    for statement in (
        "UPDATE placements_selfcheckanswer SET answer = 'not_applicable'",
        "UPDATE placements_selfcheckanswer SET note = 'annat'",
        "DELETE FROM placements_selfcheckanswer",
        "UPDATE placements_selfcheckquestion SET name_sv = 'Annat?'",
        "UPDATE placements_selfcheckitem SET handlers = '{}'",
        "DELETE FROM placements_selfcheckitem",
        "UPDATE placements_selfcheck SET locked_at = NULL, locked_by_id = NULL",
        "DELETE FROM placements_selfcheck",
    ):
        with (
            pytest.raises(DatabaseError, match="self-check"),
            world.behind_wall_of(world.officer),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.usefixtures("april")
def test_sample_is_locked_unchecked_with_a_reason_alone(world: World) -> None:
    check = draw(world)
    client, address = (
        client_of(world.officer),
        reverse("placements:lock-self-check", args=[check.pk]),
    )
    silent = client.post(address, {"seen": "1"})
    assert (silent.status_code, list(silent.context["form"].errors)) == (422, ["note"])
    outdated = client.post(address, {"seen": "0", "note": "Vi är bara en."})
    assert outdated.status_code == 409
    assert client.post(address, {"seen": "1", "note": "Vi är bara en."}).status_code == 302
    with world.behind_wall_of(world.officer):
        assert SelfCheck.objects.get().unchecked_note == "Vi är bara en."


@pytest.mark.usefixtures("april")
def test_new_question_leaves_old_samples_as_they_were(world: World) -> None:
    check = draw(world)
    check_it(world, check, by=world.second_officer, no="ladder_followed", note="Inget skäl")
    many_ended(world, 1, month=4)
    lock(world, check)
    CheckQuestion.objects.filter(code="ladder_followed").update(name_sv="Något annat?")
    CheckQuestion.objects.create(code="new", name_sv="Nytt?", name_en="New?", position=90)
    with clock.frozen(datetime(2025, 5, 2, 9, 0, tzinfo=clock.STOCKHOLM)):
        later = draw(world, date(2025, 4, 1))
        lock(world, later, note="Hann inte")
        page = client_of(world.officer).get(reverse("placements:self-check-results"))
        file = client_of(world.officer).get(reverse("placements:self-check-results-csv"))
    may, march = page.context["lines"]
    assert [cell.first for cell in march.cells] == [
        "0 av 1",
        "1 av 1",
        "1 av 1",
        "1 av 1",
        "inte frågat",
    ]
    assert [cell.first for cell in may.cells] == ["–"] * 5
    rows = file.content.decode("utf-8-sig").splitlines()
    assert rows[-4:][0].split(";")[1:] == [
        *("2025-03", "1", "1", "1"),
        *("Är stegordningen följd, och finns ett skäl där ett trappsteg hoppats över?",),
        *("0", "1", "0"),
    ]


@pytest.mark.usefixtures("april")
def test_system_says_what_it_knows_beside_each_question(world: World) -> None:
    check = draw(world)
    page = client_of(world.second_officer).get(page_of(check, 1))
    ladder, price, timeline, award = [one.beside for one in page.context["asked"]]
    passed = "Rekommendation 1: Direktupphandling. Ett trappsteg hoppades över"
    assert [(one.text, one.look) for one in ladder] == [
        (f"{passed}: Säkerheten kräver en annan ort eller verksamhet.", "old")
    ]
    assert [one.look for one in price] == ["old"]
    assert [one.text for one in timeline][1:] == [
        "0 meddelanden från handläggare",
        "Som längst mindre än en minut utan en rad",
        "Rekommendation 1 skickades utan meddelande",
    ]
    assert [(one.text, one.look) for one in award][1:] == [
        ("Sjövik rekommenderades utan att tillfrågas", "old"),
        ("Ingen utförare tillfrågades", "late"),
    ]


@pytest.mark.usefixtures("april")
def test_pages_take_as_many_queries_for_many_requests_as_for_few(world: World) -> None:
    client = client_of(world.second_officer)

    def asked(*pages: str) -> list[int]:
        counts = []
        for page in pages:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(page).status_code == 200
            counts.append(len(captured))
        return counts

    few = draw(world, size=1)
    lists = [reverse("placements:self-checks"), reverse("placements:self-check-results")]
    lock(world, few, note="Hann inte")
    before = asked(*lists, page_of(few))
    many_ended(world, 5)
    with clock.frozen(datetime(2025, 5, 2, 9, 0, tzinfo=clock.STOCKHOLM)):
        with wall.opened_for_job(SystemJob.LOAD_SAMPLE):
            PlacementRequest.objects.filter(ended_at__isnull=False).update(
                ended_at=datetime(2025, 4, 20, tzinfo=clock.STOCKHOLM)
            )
        many = draw(world, date(2025, 4, 1))
        lock(world, many, note="Hann inte")
        assert asked(*lists, page_of(many)) == before
    assert few.population < many.population
