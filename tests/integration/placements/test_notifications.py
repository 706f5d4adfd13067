"""From a step on a request to the marks in the pages and the mail, for those whom it concerns."""

from datetime import timedelta
from email.message import Message
from uuid import uuid4

import pytest
from django.core.mail import EmailMessage
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from placements import actions, notifications
from placements.domain.values import Audience
from placements.models import Notification
from spink.accounts import queries as accounts
from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.models import AccessEntry, PlacementFunction, RoleAssignment, User
from spink.foundation import clock, outbox
from spink.foundation.events import EventName
from spink.foundation.models import OutboxEvent
from tests.integration.placements.conftest import FRAMEWORK, Filed, World
from tests.support.programs import free_port

pytestmark = pytest.mark.usefixtures("units")

JOB = SystemJob.DELIVER_NOTIFICATIONS


def deliver() -> None:
    """Handle whatever waits, and what comes of that."""
    while waiting := OutboxEvent.objects.filter(handled_at=None, attempts=0).first():
        outbox.handle(waiting.id)


def told_of(event: EventName) -> set[User]:
    with wall.opened_for_job(JOB):
        rows = Notification.objects.filter(event=event).select_related("user")
        return {row.user for row in rows}


def leave_role(user: User) -> None:
    yesterday = clock.today() - timedelta(days=1)
    RoleAssignment.objects.filter(user=user).update(valid_to=yesterday)


def marks_of(world: World, user: User) -> list[tuple[str, str]]:
    with world.behind_wall_of(user):
        rows = notifications.unread(accounts.reach_of_user(user))
    return [(row.reference, row.event) for row in rows]


def test_submitting_tells_the_officers_of_the_team_and_nobody_else(
    world: World, submitted: Filed
) -> None:
    submitted()
    deliver()

    assert told_of(EventName.REQUEST_SUBMITTED) == {world.officer, world.second_officer}


def test_submitting_to_a_team_without_officers_tells_the_whole_function(
    world: World, draft: Filed
) -> None:
    request = draft()
    moved = RoleAssignment.objects.filter(user__in=[world.officer, world.second_officer])
    function = PlacementFunction.objects.get(municipality_id=request.municipality_id)
    moved.update(team=function.teams.create(code="barn", name="Team barn"))
    with world.behind_wall_of(world.social_worker):
        actions.submit_request(request_id=request.pk, by=world.social_worker.actor)
    deliver()

    assert told_of(EventName.REQUEST_SUBMITTED) == {world.officer, world.second_officer}


def test_taking_tells_the_filer_and_not_the_officer_who_took_it(world: World, taken: Filed) -> None:
    taken()
    deliver()

    assert told_of(EventName.REQUEST_ASSIGNED) == {world.social_worker}


def test_assigning_to_a_colleague_tells_the_colleague_as_well(
    world: World, submitted: Filed
) -> None:
    request = submitted()
    with world.behind_wall_of(world.second_officer):
        actions.assign_request(
            request_id=request.pk, to=world.officer.pk, by=world.second_officer.actor
        )
    deliver()

    assert told_of(EventName.REQUEST_ASSIGNED) == {world.social_worker, world.officer}


def test_handing_over_tells_the_new_officer(world: World, taken: Filed) -> None:
    request = taken()
    with world.behind_wall_of(world.officer):
        actions.hand_over(request_id=request.pk, to=world.second_officer.pk, by=world.officer.actor)
    deliver()

    assert told_of(EventName.REQUEST_HANDED_OVER) == {world.second_officer}


def test_question_goes_to_the_filer_and_the_answer_of_a_colleague_to_the_officer(
    world: World, taken: Filed
) -> None:
    request = taken()
    with world.behind_wall_of(world.officer):
        actions.ask_information(request_id=request.pk, question="?", by=world.officer.actor)
    with world.behind_wall_of(world.colleague):
        actions.answer_information(request_id=request.pk, answer="!", by=world.colleague.actor)
    deliver()

    assert told_of(EventName.COMPLETION_ASKED) == {world.social_worker}
    assert told_of(EventName.COMPLETION_ANSWERED) == {world.officer}


def test_message_tells_the_other_side_and_an_internal_note_nobody(
    world: World, taken: Filed
) -> None:
    request = taken()
    for audience in (Audience.BOTH, Audience.FILING):
        with world.behind_wall_of(world.social_worker):
            actions.write(
                request_id=request.pk, text="Hej", audience=audience, by=world.social_worker.actor
            )
    deliver()

    assert OutboxEvent.objects.filter(name=EventName.MESSAGE_WRITTEN).count() == 1
    assert told_of(EventName.MESSAGE_WRITTEN) == {world.officer}


def test_recommendation_tells_the_filer_and_withdrawal_the_officer(
    world: World, taken: Filed
) -> None:
    request = taken()
    with world.behind_wall_of(world.officer):
        actions.recommend(request_id=request.pk, units=(FRAMEWORK,), by=world.officer.actor)
    with world.behind_wall_of(world.social_worker):
        actions.withdraw_request(
            request_id=request.pk, reason="declined", by=world.social_worker.actor
        )
    deliver()

    assert told_of(EventName.REQUEST_RECOMMENDED) == {world.social_worker}
    assert told_of(EventName.REQUEST_WITHDRAWN) == {world.officer}


def test_withdrawal_after_the_officer_has_left_tells_the_rest_of_the_team(
    world: World, taken: Filed
) -> None:
    request = taken()
    leave_role(world.officer)
    with world.behind_wall_of(world.social_worker):
        actions.withdraw_request(
            request_id=request.pk, reason="declined", by=world.social_worker.actor
        )
    deliver()

    assert told_of(EventName.REQUEST_WITHDRAWN) == {world.second_officer}


def test_withdrawing_a_draft_tells_nobody(world: World, draft: Filed) -> None:
    request = draft()
    with world.behind_wall_of(world.social_worker):
        actions.withdraw_request(
            request_id=request.pk, reason="declined", by=world.social_worker.actor
        )

    assert OutboxEvent.objects.count() == 0


def test_filer_who_has_left_is_not_told(world: World, submitted: Filed) -> None:
    request = submitted()
    User.objects.filter(id=world.social_worker.pk).update(is_active=False)
    with world.behind_wall_of(world.officer):
        actions.take_request(request_id=request.pk, by=world.officer.actor)
    deliver()

    assert told_of(EventName.REQUEST_ASSIGNED) == set()


def test_filer_who_has_moved_to_another_unit_is_not_told(world: World, submitted: Filed) -> None:
    request = submitted()
    leave_role(world.social_worker)
    with world.behind_wall_of(world.officer):
        actions.take_request(request_id=request.pk, by=world.officer.actor)
    deliver()

    assert told_of(EventName.REQUEST_ASSIGNED) == set()


def test_mail_is_not_sent_to_somebody_who_has_moved_since_it_was_written(
    world: World, submitted: Filed, mailoutbox: list[EmailMessage]
) -> None:
    submitted()
    outbox.handle(OutboxEvent.objects.get().id)
    leave_role(world.officer)
    deliver()

    assert [mail.to for mail in mailoutbox] == [[world.second_officer.email]]


def test_event_handled_again_tells_nobody_twice(
    world: World, submitted: Filed, mailoutbox: list[EmailMessage]
) -> None:
    submitted()
    deliver()
    OutboxEvent.objects.update(handled_at=None, attempts=0)
    deliver()

    assert sorted(mail.to[0] for mail in mailoutbox) == sorted(
        [world.officer.email, world.second_officer.email]
    )
    assert OutboxEvent.objects.filter(name=EventName.NOTIFICATION_WRITTEN).count() == 2


def test_event_of_a_request_that_is_no_more_is_done_with(world: World) -> None:
    event = OutboxEvent.objects.create(
        name=EventName.REQUEST_SUBMITTED,
        payload={"request_id": 0, "reference": "2025-99999", "by_user_id": 1},
    )

    assert outbox.handle(event.id)


def test_delivery_reads_the_request_in_the_access_log(world: World, submitted: Filed) -> None:
    request = submitted()
    deliver()
    with wall.opened_for_job(SystemJob.REVIEW_ACCESS_LOG):
        entries = AccessEntry.objects.filter(actor_kind="system").values_list(
            "actor_id", "route", "subjects"
        )

        assert list(entries) == [("deliver_notifications", "outbox", [request.reference])]


def test_marks_are_the_users_own_newest_first_until_the_request_is_opened(
    world: World, taken: Filed
) -> None:
    request = taken()
    deliver()
    with clock.frozen(clock.now() + timedelta(minutes=5)), world.behind_wall_of(world.officer):
        actions.recommend(request_id=request.pk, units=(FRAMEWORK,), by=world.officer.actor)
    with clock.frozen(clock.now() + timedelta(minutes=6)):
        deliver()

    assert marks_of(world, world.social_worker) == [
        (request.reference, "request_recommended"),
        (request.reference, "request_assigned"),
    ]
    assert marks_of(world, world.colleague) == []
    with world.behind_wall_of(world.social_worker):
        user_id = world.social_worker.pk
        assert notifications.mark_request_read(request_id=request.pk, user_id=user_id) == 2
        assert notifications.mark_request_read(request_id=request.pk, user_id=user_id) == 0
    assert marks_of(world, world.social_worker) == []
    assert marks_of(world, world.officer) == [(request.reference, "request_submitted")]


def test_marks_of_others_stay_although_their_id_is_given(world: World, taken: Filed) -> None:
    request = taken()
    deliver()
    with world.behind_wall_of(world.officer):
        user_id = world.social_worker.pk
        assert notifications.mark_request_read(request_id=request.pk, user_id=user_id) == 0

    assert marks_of(world, world.social_worker) == [(request.reference, "request_assigned")]


def test_marks_of_a_request_that_went_out_of_reach_are_not_shown(
    world: World, submitted: Filed
) -> None:
    submitted()
    deliver()
    leave_role(world.officer)

    assert marks_of(world, world.officer) == []
    with world.behind_wall_of(world.officer):
        assert notifications.unread_count(accounts.reach_of_user(world.officer)) == 0


@pytest.mark.parametrize("requests", [1, 3])
def test_marks_take_one_query_however_many(
    requests: int,
    world: World,
    submitted: Filed,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    ids = [submitted().pk for _ in range(requests)]
    deliver()
    reach = accounts.reach_of_user(world.officer)
    with world.behind_wall_of(world.officer):
        with django_assert_num_queries(1):
            assert len(notifications.unread(reach)) == requests
        with django_assert_num_queries(1):
            assert notifications.unread_among(reach, ids) == set(ids)
        with django_assert_num_queries(1):
            assert notifications.unread_count(reach) == requests


def test_mail_holds_the_reference_a_sentence_and_a_link_and_nothing_about_anybody(
    world: World, taken: Filed, mailoutbox: list[EmailMessage]
) -> None:
    request = taken()
    deliver()
    (mail,) = (mail for mail in mailoutbox if mail.to == [world.social_worker.email])

    assert mail.subject == request.reference
    assert mail.body == (
        f"Placeringsförfrågan {request.reference}\n"
        "\n"
        "En placeringshandläggare har tagit sig an förfrågan.\n"
        "\n"
        "Läs mer här (du behöver logga in):\n"
        f"http://127.0.0.1:8000/requests/{request.reference}/\n"
        "\n"
        "Meddelandet har skickats av Spink och kan inte besvaras.\n"
    )
    whole = str(mail.message())
    assert not [word for word in ("Astrid", "Lund", "1915", "Elin") if word in whole]


def test_mail_sent_again_after_a_lost_commit_has_the_same_message_id(
    world: World, taken: Filed, mailoutbox: list[EmailMessage]
) -> None:
    taken()
    deliver()
    with wall.opened_for_job(JOB):
        before = set(Notification.objects.values_list("id", flat=True))
        Notification.objects.update(mailed_at=None)
    OutboxEvent.objects.filter(name=EventName.NOTIFICATION_WRITTEN).update(
        handled_at=None, attempts=0
    )
    deliver()
    ids = [mail.message()["Message-ID"] for mail in mailoutbox]

    assert sorted(ids) == sorted(f"<{own}@127.0.0.1>" for own in before for _ in range(2))


def test_mail_says_that_no_person_wrote_it(
    taken: Filed, world: World, mailoutbox: list[EmailMessage]
) -> None:
    taken()
    deliver()

    messages: list[Message] = [mail.message() for mail in mailoutbox]
    assert {message["Auto-Submitted"] for message in messages} == {"auto-generated"}


def test_mail_that_no_server_takes_is_put_off_and_sent_later(
    world: World, taken: Filed, settings: Settings, mailoutbox: list[EmailMessage]
) -> None:
    locmem = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    taken()
    deliver()
    stuck = outbox.stuck(longer_than=timedelta(hours=1))
    errors = {event.last_error.split()[0] for event in stuck}
    assert errors == {"ConnectionRefusedError"}
    assert stuck.count() == 2

    settings.EMAIL_BACKEND = locmem
    with clock.frozen(clock.now() + outbox.LONGEST_WAIT):
        assert outbox.sweep(seconds=10) == 2
    assert len(mailoutbox) == 2
    with wall.opened_for_job(JOB):
        assert not Notification.objects.filter(mailed_at=None).exists()


@pytest.mark.parametrize("change", [{"email": ""}, {"is_active": False}])
def test_mail_for_somebody_without_an_address_or_who_has_left_is_no_error(
    change: dict[str, object], world: World, submitted: Filed, mailoutbox: list[EmailMessage]
) -> None:
    submitted()
    outbox.handle(OutboxEvent.objects.get().id)
    User.objects.update(**change)
    deliver()

    assert mailoutbox == []
    assert not OutboxEvent.objects.filter(handled_at=None).exists()
    with wall.opened_for_job(JOB):
        assert Notification.objects.filter(mailed_at=None).count() == 2


def test_mail_for_a_notification_that_is_no_more_is_not_sent(
    world: World, mailoutbox: list[EmailMessage]
) -> None:
    event = OutboxEvent.objects.create(
        name=EventName.NOTIFICATION_WRITTEN,
        payload={"notification_id": str(uuid4()), "reference": "2025-99999"},
    )

    assert outbox.handle(event.id)
    assert mailoutbox == []
