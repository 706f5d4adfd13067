"""What is unread, its number in the menu, and mail at once, once a day or never."""

import re
import threading
import time
from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from placements.models import MailChoice, MailDigest, Notification, PlacementRequest
from placements.notifications.digest import write_digests
from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.models import User
from spink.foundation import clock, outbox
from spink.foundation.models import OutboxEvent
from tests.conftest import MORNING
from tests.factories.accounts import UserFactory
from tests.factories.placements import NotificationFactory
from tests.integration.placements.conftest import Filed, World
from tests.integration.placements.placing.conftest import logged_in, page_of, text_of
from tests.integration.placements.test_notifications import deliver, leave_role

TUESDAY = MORNING + timedelta(days=1)
"""A day after the world stands still, at nine."""
JOB = SystemJob.DELIVER_NOTIFICATIONS


def choose(user: User, how: MailChoice.How) -> None:
    MailChoice.objects.update_or_create(user=user, defaults={"how": how})


@pytest.fixture
def daily(world: World, submitted: Filed) -> Filed:
    """A request that the officer is told of; he or she wants one mail a day."""

    def file(**given: object) -> PlacementRequest:
        choose(world.officer, MailChoice.How.DAILY)
        choose(world.second_officer, MailChoice.How.NEVER)
        request = submitted(**given)
        deliver()
        return request

    return file


def test_mail_comes_at_once_as_long_as_nothing_is_chosen(
    world: World, submitted: Filed, mailoutbox: list[EmailMessage]
) -> None:
    choose(world.second_officer, MailChoice.How.NEVER)
    submitted()
    deliver()
    assert [mail.to for mail in mailoutbox] == [[world.officer.email]]


def test_day_is_told_in_one_mail_with_references_and_links_and_nothing_personal(
    world: World, daily: Filed, mailoutbox: list[EmailMessage]
) -> None:
    first, second = daily(), daily()
    assert mailoutbox == []
    with clock.frozen(TUESDAY):
        assert write_digests() == 1
        deliver()
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == ([world.officer.email], "Nytt om 2 placeringsförfrågningar")
    for request in (first, second):
        assert f"http://127.0.0.1:8000/requests/{request.reference}/" in mail.body
    assert [word for word in ("Astrid", "Lund", "A.L.", "Funktionsstöd") if word in mail.body] == []


def test_day_is_not_told_to_somebody_who_has_moved_since(
    world: World, daily: Filed, mailoutbox: list[EmailMessage]
) -> None:
    daily()
    leave_role(world.officer)
    with clock.frozen(TUESDAY):
        write_digests()
        deliver()
    assert mailoutbox == []
    assert not OutboxEvent.objects.filter(handled_at=None).exists()


def test_day_is_never_told_twice(daily: Filed, mailoutbox: list[EmailMessage]) -> None:
    daily()
    with clock.frozen(TUESDAY):
        assert (write_digests(), write_digests()) == (1, 0)
        deliver()
        event = OutboxEvent.objects.get(name="digest_written")
        OutboxEvent.objects.filter(pk=event.pk).update(handled_at=None)
        outbox.handle(event.pk)
    with clock.frozen(TUESDAY + timedelta(hours=3)):
        assert write_digests() == 0
        deliver()
    with clock.frozen(TUESDAY + timedelta(days=1)):
        assert write_digests() == 0
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(
    ("at", "written"),
    [
        (datetime(2025, 3, 4, 6, 59, tzinfo=clock.STOCKHOLM), 0),
        (datetime(2025, 3, 4, 7, 0, tzinfo=clock.STOCKHOLM), 1),
        (datetime(2025, 3, 7, 10, 50, tzinfo=clock.STOCKHOLM), 1),
        (datetime(2025, 3, 8, 9, 0, tzinfo=clock.STOCKHOLM), 0),
        (datetime(2025, 3, 9, 9, 0, tzinfo=clock.STOCKHOLM), 0),
        (datetime(2025, 3, 3, 9, 30, tzinfo=clock.STOCKHOLM), 0),
    ],
)
def test_day_is_told_from_seven_on_weekdays_of_what_came_before(
    daily: Filed, at: datetime, written: int
) -> None:
    daily()
    with clock.frozen(at):
        assert write_digests() == written


def test_what_has_been_looked_at_is_not_told(
    world: World, daily: Filed, mailoutbox: list[EmailMessage]
) -> None:
    request = daily()
    with clock.frozen(TUESDAY):
        assert write_digests() == 1
        logged_in(world.officer).get(page_of(request, "request"))
        deliver()
        assert mailoutbox == []


def test_who_has_left_or_has_no_address_gets_no_mail(
    world: World, daily: Filed, mailoutbox: list[EmailMessage]
) -> None:
    daily()
    User.objects.filter(pk=world.officer.pk).update(is_active=False)
    with clock.frozen(TUESDAY):
        assert write_digests() == 0


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_write_one_digest() -> None:
    user = UserFactory()
    choose(user, MailChoice.How.DAILY)
    with clock.frozen(MORNING):
        NotificationFactory(user=user, request__created_by=user)
    start, written = threading.Barrier(2), []

    def run() -> None:
        with clock.frozen(TUESDAY):
            start.wait()
            written.append(write_digests())
        connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sorted(written), MailDigest.objects.count()) == ([0, 1], 1)
    assert OutboxEvent.objects.filter(name="digest_written").count() == 1


def test_choice_is_kept_and_shown(world: World) -> None:
    browser = logged_in(world.officer)
    assert 'value="at_once" checked' in squeezed(browser.get("/my-settings/"))
    assert browser.post("/my-settings/", {"how": "daily"}).status_code == 302
    assert 'value="daily" checked' in squeezed(browser.get("/my-settings/"))
    assert browser.post("/my-settings/", {"how": "hourly"}).status_code == 422
    assert MailChoice.objects.get(user=world.officer).how == MailChoice.How.DAILY


def squeezed(response: object) -> str:
    """Attributes that stand between the two are left out."""
    return re.sub(r'(value="\w+")[^>]*? checked', r"\1 checked", text_of(response))


def rows_in(page: str) -> int:
    return page.count('class="row-name"')


def test_news_show_what_is_unread_until_it_is_opened(world: World, daily: Filed) -> None:
    request, other = daily(), daily()
    browser = logged_in(world.officer)
    page = text_of(browser.get("/news/"))
    assert (rows_in(page), request.reference in page) == (2, True)
    browser.get(page_of(request, "request"))
    page = text_of(browser.get("/news/"))
    assert (rows_in(page), other.reference in page) == (1, True)
    assert rows_in(text_of(logged_in(world.other_officer).get("/news/"))) == 0


def test_all_is_marked_as_read_but_what_came_after_the_page(world: World, daily: Filed) -> None:
    daily()
    browser = logged_in(world.officer)
    with clock.frozen(MORNING + timedelta(minutes=5)):
        daily()
    shown = {"shown_at": (MORNING + timedelta(minutes=1)).isoformat()}
    assert browser.post("/news/", shown).status_code == 302
    assert rows_in(text_of(browser.get("/news/"))) == 1
    for said in ("", "2025-99-99T00:00", "nonsense"):
        assert browser.post("/news/", {"shown_at": said}).status_code == 302


@pytest.fixture
def many(world: World, submitted: Filed) -> Client:
    request = submitted()
    for minute in range(60):
        at = MORNING + timedelta(minutes=minute)
        NotificationFactory(user=world.officer, request=request, created_at=at)
    return logged_in(world.officer)


def test_news_are_paginated_and_take_the_same_queries(many: Client) -> None:
    first, second = (text_of(many.get(f"/news/?page={n}")) for n in (1, 2))
    assert (rows_in(first), rows_in(second)) == (50, 10)
    for page in (1, 2):
        with CaptureQueriesContext(connection) as asked:
            many.get(f"/news/?page={page}")
        assert len(asked) == 9


def test_number_in_the_menu_is_asked_for_after_the_page_and_keeps_no_session_alive(
    many: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = text_of(many.get("/news/"))
    assert 'hx-get="/news/count/"' in page
    before = ends(many)
    later = time.time() + 120
    monkeypatch.setattr("spink.web.sessions.time.time", lambda: later)
    assert ">60<" in text_of(many.get("/news/count/"))
    assert ends(many) == before
    many.get("/news/")
    assert ends(many) > before


def ends(browser: Client) -> datetime:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT expire_date FROM django_session WHERE session_key = %s",
            [browser.cookies["sessionid"].value],
        )
        found: datetime = cursor.fetchone()[0]
        return found


def test_told_by_nothing_when_the_mail_is_not_wanted(
    world: World, daily: Filed, mailoutbox: list[EmailMessage]
) -> None:
    daily()
    with wall.opened_for_job(JOB):
        told = Notification.objects.filter(user=world.second_officer)
        assert [one.mailed_at for one in told] == [None]
    assert mailoutbox == []
