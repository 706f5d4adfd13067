"""Who has read a department's requests, and the reviews of it: drawn, judged once, kept."""

from datetime import date, datetime
from hashlib import sha256
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse

from placements import actions
from placements.models import AccessReview, AccessReviewRow
from placements.queries import access_log
from spink.accounts import queries as accounts
from spink.accounts import wall
from spink.accounts.access_log import Reading, log_reading
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.domain.roles import Role
from spink.accounts.models import User
from spink.catalogue.actions import load_catalogue
from spink.foundation import clock
from spink.foundation.models import AuditEntry
from tests.factories.accounts import holding
from tests.support.api_clients import ACTING, calling
from tests.support.filing import file_draft
from tests.support.small_world import World, settle_people

pytestmark = pytest.mark.django_db

MARCH = datetime(2025, 3, 10, 9, 0, tzinfo=clock.STOCKHOLM)
APRIL = datetime(2025, 4, 2, 9, 0, tzinfo=clock.STOCKHOLM)


@pytest.fixture
def world() -> World:
    load_catalogue()
    return settle_people()


@pytest.fixture
def unit(world: World) -> Any:
    return world.social_worker.role_assignments.get().unit


@pytest.fixture
def manager(unit: Any) -> User:
    return holding(Role.UNIT_MANAGER, unit=unit, first_name="Maja", last_name="Chef")


@pytest.fixture
def stranger(world: World) -> User:
    """The unit manager of another department."""
    return holding(Role.UNIT_MANAGER, unit=world.other_department.role_assignments.get().unit)


@pytest.fixture
def reference(world: World) -> str:
    with clock.frozen(MARCH):
        return file_draft(world, world.social_worker, {}).reference


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def read(by: User, *references: str, at: datetime = MARCH) -> None:
    with clock.frozen(at), wall.opened_for(accounts.reach_of_user(by)):
        log_reading(Reading(by=by.actor, route="/requests/"), references)


def logged() -> list[tuple[str, list[str]]]:
    with wall.opened_for_job(SystemJob.REVIEW_ACCESS_LOG), connection.cursor() as cursor:
        cursor.execute("SELECT actor_label, subjects FROM accounts_accessentry ORDER BY at, id")
        return cursor.fetchall()


def draw(manager: User, unit: Any, month: date = date(2025, 3, 1)) -> AccessReview:
    with clock.frozen(APRIL), wall.opened_for(accounts.reach_of_user(manager)):
        return actions.draw_review(department_id=unit.department_id, month=month, by=manager.actor)


def rows_of(manager: User) -> list[AccessReviewRow]:
    with wall.opened_for(accounts.reach_of_user(manager)):
        return list(AccessReviewRow.objects.order_by("position"))


def test_manager_sees_who_has_read_a_request_and_that_is_logged(
    world: World, manager: User, reference: str
) -> None:
    read(world.colleague, reference)
    page = client_of(manager).get(reverse("placements:readers", args=[reference]))
    assert {row.reader for row in page.context["page_of"]} >= {str(world.colleague)}
    assert logged()[-1] == (str(manager), [reference])


def test_manager_sees_what_a_system_of_the_department_has_read(
    manager: User, unit: Any, reference: str
) -> None:
    client = calling(unit)
    client.get(f"placement-requests/{reference}")
    client.get("placement-requests")
    page = client_of(manager).get(reverse("placements:access-log"))
    assert f"{ACTING} (Partille IFO)" in {row.reader for row in page.context["page_of"]}


@pytest.mark.parametrize("who", ["social_worker", "officer"])
def test_others_of_the_request_do_not_see_who_has_read_it(
    world: World, reference: str, who: str
) -> None:
    answer = client_of(getattr(world, who)).get(reverse("placements:readers", args=[reference]))
    assert answer.status_code in {403, 404}


def test_request_of_another_department_is_not_there(stranger: User, reference: str) -> None:
    answer = client_of(stranger).get(reverse("placements:readers", args=[reference]))
    assert answer.status_code == 404


def test_log_shows_the_own_departments_references_alone(
    world: World, manager: User, stranger: User, reference: str
) -> None:
    with clock.frozen(MARCH):
        theirs = file_draft(world, world.other_department, {}).reference
    read(world.officer, reference, theirs)
    asked = {"since": "2025-03-01", "until": "2025-03-31", "who": str(world.officer)}
    for reader, own in ((manager, reference), (stranger, theirs)):
        page = client_of(reader).get(reverse("placements:access-log"), asked)
        assert [row.references for row in page.context["page_of"]] == [[own]]
        foreign = theirs if own == reference else reference
        assert foreign not in page.content.decode()
    narrowed = client_of(manager).get(
        reverse("placements:access-log"), asked | {"reference": theirs}
    )
    assert list(narrowed.context["page_of"]) == []


def test_sample_is_drawn_from_the_month_and_can_be_drawn_again(
    world: World, manager: User, unit: Any, reference: str
) -> None:
    for _ in range(30):
        read(world.colleague, reference)
    read(world.colleague, reference, at=APRIL)
    review = draw(manager, unit)
    rows = rows_of(manager)
    march = access_log.Asked(since=date(2025, 3, 1), until=date(2025, 3, 31))
    everything = access_log.Readings([unit.department_id], march)[0:100]
    assert review.population == len(everything) >= 30
    again = sorted(everything, key=lambda one: sha256(f"{review.seed}{one.id}".encode()).digest())
    assert [row.entry_id for row in rows] == [one.id for one in again[:20]]
    assert AuditEntry.objects.latest("id").action == "access_review_drawn"


def test_sample_of_a_month_is_drawn_once_and_after_its_end(manager: User, unit: Any) -> None:
    draw(manager, unit)
    client = client_of(manager)
    with clock.frozen(APRIL):
        again = {"department": str(unit.department_id), "month": "2025-03-01"}
        answer = client.post(reverse("placements:access-reviews"), again)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["month"])
        running = {"department": str(unit.department_id), "month": "2025-04-01"}
        assert client.post(reverse("placements:access-reviews"), running).status_code == 422
    with pytest.raises(ValidationError):
        draw(manager, unit, date(2025, 4, 1))


def test_sample_of_another_department_is_not_drawn(world: World, manager: User, unit: Any) -> None:
    other: Any = world.other_department.role_assignments.get().unit
    elsewhere = other.department_id
    sent = {"department": str(elsewhere), "month": "2025-03-01"}
    with clock.frozen(APRIL):
        answer = client_of(manager).post(reverse("placements:access-reviews"), sent)
    assert answer.status_code == 422
    with pytest.raises(DatabaseError), wall.opened_for(accounts.reach_of_user(manager)):
        AccessReview.objects.create(
            department_id=elsewhere,
            month=date(2025, 3, 1),
            seed="x",
            population=0,
            drawn_at=APRIL,
            drawn_by=manager,
        )


def judged(manager: User, review: AccessReview, position: int, **sent: str) -> Any:
    page = reverse("placements:access-reading", args=[review.pk, position])
    return client_of(manager).post(page, {"judgement": "warranted", "note": "", **sent})


def test_reading_is_judged_once_and_kept(
    world: World, manager: User, unit: Any, reference: str
) -> None:
    read(world.colleague, reference)
    review = draw(manager, unit)
    position = next(r.position for r in rows_of(manager) if r.reader == str(world.colleague))
    doubted = judged(manager, review, position, judgement="unwarranted")
    assert list(doubted.context["form"].errors) == ["note"]
    said = {"judgement": "unwarranted", "note": "Hade inget ärende."}
    assert judged(manager, review, position, **said).status_code == 302
    assert judged(manager, review, position).status_code == 422
    row = next(one for one in rows_of(manager) if one.position == position)
    assert (row.judgement, row.note, row.judged_by) == (
        "unwarranted",
        "Hade inget ärende.",
        manager,
    )
    for statement in (
        "UPDATE placements_accessreviewrow SET judgement = 'warranted'",
        "UPDATE placements_accessreviewrow SET note = 'annat'",
        "DELETE FROM placements_accessreviewrow",
        "UPDATE placements_accessreview SET seed = 'annat'",
        "DELETE FROM placements_accessreview",
    ):
        with (
            pytest.raises(DatabaseError),
            wall.opened_for(accounts.reach_of_user(manager)),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_nobody_judges_the_own_reading(manager: User, unit: Any, reference: str) -> None:
    read(manager, reference)
    review = draw(manager, unit)
    position = next(row.position for row in rows_of(manager) if row.reader == str(manager))
    assert judged(manager, review, position).status_code == 403
    with (
        pytest.raises(DatabaseError, match="own reading"),
        wall.opened_for(accounts.reach_of_user(manager)),
    ):
        AccessReviewRow.objects.filter(position=position).update(
            judgement="warranted", judged_by=manager, judged_at=APRIL
        )
    colleague = holding(Role.UNIT_MANAGER, unit=unit)
    assert judged(colleague, review, position).status_code == 302


def test_review_of_another_department_is_not_there(
    world: World, manager: User, stranger: User, unit: Any, reference: str
) -> None:
    read(world.colleague, reference)
    review = draw(manager, unit)
    client = client_of(stranger)
    assert client.get(reverse("placements:access-review", args=[review.pk])).status_code == 404
    assert judged(stranger, review, 1).status_code == 404
    with wall.opened_for(accounts.reach_of_user(stranger)):
        assert (AccessReview.objects.count(), AccessReviewRow.objects.count()) == (0, 0)


def test_lawyer_sees_reviews_in_numbers_and_no_reading(
    world: World, manager: User, unit: Any, reference: str
) -> None:
    read(world.colleague, reference)
    review = draw(manager, unit)
    lawyer = holding(Role.LAWYER)
    page = client_of(lawyer).get(reverse("placements:access-review-numbers"))
    [row] = page.context["rows"]
    assert (row.department, row.population, row.judged) == (
        str(unit.department),
        review.population,
        0,
    )
    assert reference not in page.content.decode()
    assert client_of(lawyer).get(reverse("placements:access-log")).status_code == 403
    with wall.opened_for(accounts.reach_of_user(lawyer)):
        assert AccessReviewRow.objects.count() == 0


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.QUALITY_CONTROLLER, Role.LAWYER])
def test_log_is_reviewed_by_no_other_role(role: Role) -> None:
    assert client_of(holding(role)).get(reverse("placements:access-reviews")).status_code == 403
