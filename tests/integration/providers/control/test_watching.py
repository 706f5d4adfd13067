"""Whoever watches a provider is told once that the day has come; reviewers, of a finding."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage

from providers.actions.control.findings import send_to_review, watch_finding
from providers.actions.control.watching import (
    tell_of_checks_to_make_again,
    tell_of_ended_watches,
)
from spink.accounts.domain.roles import Role
from spink.accounts.models import User
from spink.foundation import clock
from tests.factories.accounts import holding
from tests.factories.control import (
    FindingFactory,
    ProviderCheckFactory,
    ReviewFactory,
    VettingFactory,
    watched,
)
from tests.integration.placements.test_notifications import deliver, leave_role
from tests.integration.providers.test_register_pages import client_of
from tests.support.register_edits import DAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "frozen_clock")]

COUNT = "/control/count/"


@pytest.fixture
def siv() -> User:
    return holding(Role.QUALITY_CONTROLLER, email="siv@example.se")


@pytest.fixture
def ola() -> User:
    return holding(Role.QUALITY_CONTROLLER, email="ola@example.se")


def watched_review(owner: User, day: date) -> Any:
    return ReviewFactory(
        state="decided",
        decision="watched",
        decided_at=clock.now(),
        reason_codes=["remedied"],
        follow_up_on=day,
        owner=owner,
    )


def told(box: list[EmailMessage]) -> list[tuple[str, list[str]]]:
    """After the job has run twice, as by two clocks: which page is named, and to whom."""
    for _clock in range(2):
        tell_of_ended_watches()
        tell_of_checks_to_make_again()
    deliver()
    mails = [(mail.body.split("127.0.0.1:8000")[1].strip(), mail.bcc) for mail in box]
    box.clear()
    return sorted(mails)


def test_owner_is_told_once_when_the_day_of_a_watch_has_come(
    siv: User, ola: User, mailoutbox: list[EmailMessage]
) -> None:
    finding = watched(owner=siv)
    review, later = (watched_review(ola, DAY + timedelta(days=days)) for days in (0, 1))
    at_finding = (f"/control/findings/{finding.pk}/", ["siv@example.se"])
    assert told(mailoutbox) == [(f"/control/reviews/{review.pk}/", ["ola@example.se"])]
    with clock.frozen(clock.now() + timedelta(days=29)):
        assert told(mailoutbox) == [
            at_finding,
            (f"/control/reviews/{later.pk}/", ["ola@example.se"]),
        ]
        until = clock.today() + timedelta(days=7)
        watch_finding(finding_id=finding.pk, until=until, text="", by=siv.actor)
        assert told(mailoutbox) == []
    with clock.frozen(clock.now() + timedelta(days=36)):
        assert told(mailoutbox) == [at_finding]


def test_all_are_told_where_the_owner_has_left(
    siv: User, ola: User, mailoutbox: list[EmailMessage]
) -> None:
    watched_review(siv, DAY)
    watched_review(holding(Role.LAWYER, email="lo@example.se"), DAY)
    leave_role(siv)
    assert [to for _page, to in told(mailoutbox)] == [["ola@example.se"]] * 2


def test_owner_is_told_once_before_a_check_runs_out(
    siv: User, ola: User, mailoutbox: list[EmailMessage]
) -> None:
    vetting = VettingFactory(state="added", decided_at=clock.now(), owner=siv)
    check = ProviderCheckFactory(vetting=vetting, holds_until=DAY + timedelta(days=46))
    page = f"/control/vettings/{vetting.pk}/"
    assert told(mailoutbox) == []
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert [told(mailoutbox) for _day in range(2)] == [[(page, ["siv@example.se"])], []]
        leave_role(siv)
        type(check).objects.update(holds_until=DAY + timedelta(days=40))
        assert told(mailoutbox) == [(page, ["ola@example.se"])]


def test_mail_names_no_provider(siv: User, mailoutbox: list[EmailMessage]) -> None:
    review = watched_review(siv, DAY)
    tell_of_ended_watches()
    deliver()
    (mail,) = mailoutbox
    assert review.provider.name not in f"{mail.subject} {mail.body}"


def test_colleagues_are_told_of_a_finding_up_for_review_which_counts_until_it_is_opened(
    siv: User, ola: User, mailoutbox: list[EmailMessage]
) -> None:
    finding = FindingFactory()
    send_to_review(finding_id=finding.pk, text="", by=siv.actor)
    assert told(mailoutbox) == [(f"/control/findings/{finding.pk}/", ["ola@example.se"])]
    client = client_of(ola)
    (row,) = client.get("/control/findings/", {"show": "review"}).context["rows"]
    assert (row.note, client.get(COUNT).context["count"]) == ("Kontrollen är inte öppnad", 1)
    ReviewFactory(provider=finding.provider, finding=finding)
    (row,) = client.get("/control/findings/", {"show": "review"}).context["rows"]
    assert (row.note, client.get(COUNT).context["count"]) == ("", 0)
