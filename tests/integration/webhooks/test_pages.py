"""Webhooks as an administrator looks after them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spink.accounts import wall
from spink.accounts.domain.roles import Role
from spink.accounts.models import ApiClient
from spink.foundation import clock
from spink.foundation.models import AuditEntry
from spink.webhooks import actions
from spink.webhooks.models import Closed, Failure, State, WebhookDelivery, WebhookEndpoint
from tests.factories.accounts import holding
from tests.integration.webhooks.conftest import ADMINISTERED, BY, Told, again, fresh, make_endpoint
from tests.support.receivers import Receiver


@pytest.fixture
def browser(db: None) -> Client:
    browser = Client()
    browser.force_login(holding(Role.ADMINISTRATOR, username="admin"))
    return browser


def give_up(*found: WebhookDelivery) -> None:
    WebhookDelivery.objects.filter(pk__in=[one.pk for one in found]).update(
        state=State.DEAD,
        attempts=10,
        ended_at=clock.now(),
        last_failure=Failure.STATUS,
        last_status=500,
    )


def page_of(endpoint: WebhookEndpoint, **query: str) -> tuple[str, dict[str, str]]:
    return reverse("webhook", args=[endpoint.pk]), query


def test_what_was_given_up_is_seen_where_jobs_are_and_sent_again_from_its_page(
    browser: Client, client: ApiClient, endpoint: WebhookEndpoint, tell: Told
) -> None:
    first, second = tell("2025-00042"), tell("2025-00043")
    give_up(first, second)
    jobs = browser.get(reverse("jobs")).content.decode()
    assert "2 meddelanden till webhookar är uppgivna" in jobs
    for address in (reverse("webhooks"), reverse("api-client", args=[client.pk])):
        assert str(endpoint.pk) in browser.get(address).content.decode()
    page = browser.get(*page_of(endpoint, state="dead")).content.decode()
    assert page.count("Svarade med ett fel (500)") == 2
    assert "2025-0004" not in page  # which requests is for those who see them
    address = reverse("send-webhook-again", args=[endpoint.pk])
    browser.post(address, {"message": str(first.message_id)})
    assert [again(one).state for one in (first, second)] == [State.PENDING, State.DEAD]
    browser.post(address)
    assert again(second).state == State.PENDING
    assert browser.post(address, {"message": "x"}).status_code == 404
    steps = AuditEntry.objects.filter(action="replay_webhook").order_by("id")
    assert [one.details["messages"] for one in steps] == [1, 1]


def test_what_an_address_holds_beside_its_host_is_not_shown(
    browser: Client, client: ApiClient
) -> None:
    with wall.opened_for_job(ADMINISTERED):
        endpoint = make_endpoint(client, "https://chat.example/hooks/T01/kanariefagel?code=kanarie")
        bare = make_endpoint(client, "https://chat.example/")
    assert (endpoint.shown_url, bare.shown_url) == (
        "https://chat.example/…",
        "https://chat.example",
    )
    addresses = [
        reverse("webhooks"),
        reverse("api-client", args=[client.pk]),
        reverse("webhook", args=[endpoint.pk]),
        reverse("switch-webhook", args=[endpoint.pk]),
        reverse("trail"),
    ]
    for address in addresses:
        page = browser.get(address).content.decode()
        assert ("https://chat.example/…" in page, "kanarie" in page) == (True, False)


def test_webhook_that_an_administrator_shut_off_is_opened_by_nobody_else(
    browser: Client, endpoint: WebhookEndpoint, tell: Told, receiver: Receiver
) -> None:
    waiting = tell()
    address = reverse("switch-webhook", args=[endpoint.pk])
    assert browser.get(address).status_code == 200
    browser.post(address, {"to": "closed"})
    closed = fresh(endpoint)
    assert (closed.closed_why, again(waiting).state) == (Closed.ADMINISTRATOR, State.DEAD)
    with wall.opened_for_job(ADMINISTERED), pytest.raises(actions.ClosedByAdministrator):
        actions.change_endpoint(endpoint_id=closed.pk, version=closed.version, by=BY, is_open=True)
    browser.post(address, {"to": "closed"})
    browser.post(address, {"to": "open"})
    assert fresh(endpoint).is_open
    done = AuditEntry.objects.filter(actor_kind="person", subject="webhook_endpoint")
    assert list(done.order_by("id").values_list("action", flat=True)) == [
        "close_webhook",
        "open_webhook",
    ]


@pytest.mark.parametrize("number", [1, 5])
def test_messages_are_listed_by_as_many_statements_whatever_their_number(
    browser: Client, endpoint: WebhookEndpoint, tell: Told, number: int
) -> None:
    for _ in range(number):
        tell()
    with CaptureQueriesContext(connection) as sent:
        page = browser.get(*page_of(endpoint))
    statements = [one for one in sent if "SAVEPOINT" not in one["sql"]]
    assert (page.status_code, len(statements)) == (200, 14)
