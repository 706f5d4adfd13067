"""Webhooks by the API: set up, changed, tried, looked after; each client its own."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from pytest_django.fixtures import Settings
from standardwebhooks import Webhook

from spink.accounts.domain.jobs import SystemJob
from spink.accounts.models import AccessEntry, KeptAnswer, Unit
from spink.accounts.wall import opened_for_job
from spink.foundation import outbox
from spink.foundation.models import AuditEntry, OutboxEvent
from spink.webhooks import queries
from spink.webhooks.actions import close_endpoint
from spink.webhooks.models import Closed, State, WebhookDelivery, WebhookEndpoint
from spink.webhooks.sending import courier
from tests.integration.api.conftest import NEW
from tests.support.api_clients import OPERATIONS, Calling, calling, problem
from tests.support.receivers import Receiver

ENDPOINTS = "webhook-endpoints"
TYPES = ["placement_request.submitted", "placement_request.recommended"]


def made(caller: Calling, url: str, **more: Any) -> Any:
    answer = caller.post(ENDPOINTS, {"url": url, "event_types": TYPES} | more)
    assert answer.status_code == 201
    return answer.json()


def at(endpoint: Any, *rest: str) -> str:
    return "/".join([ENDPOINTS, endpoint["id"], *rest])


def handle_all() -> None:
    for event in OutboxEvent.objects.filter(handled_at=None):
        outbox.handle(event.id)
    courier.carry(seconds=5)


def test_request_that_is_filed_is_told_and_what_was_sent_can_be_read(
    caller: Calling, receiver: Receiver
) -> None:
    endpoint = made(caller, receiver.url, description="Systemet")
    reference = caller.post("placement-requests", NEW).json()["reference"]
    handle_all()
    (received,) = receiver.received
    listed = caller.get("webhook-deliveries", reference=reference, state="delivered").json()
    (told,) = listed["results"]
    assert (told["id"], told["endpoint"], told["type"]) == (received.id, endpoint["id"], TYPES[0])
    assert caller.get(f"webhook-deliveries/{received.id}").json() == told
    with opened_for_job(SystemJob.REVIEW_ACCESS_LOG):
        read = AccessEntry.objects.filter(route__startswith="/api/v1/webhook-deliveries")
        assert list(read.values_list("subjects", flat=True)) == [[reference]] * 2
    assert caller.get("webhook-deliveries", state="dead").json()["total"] == 0
    assert problem(caller.get("webhook-deliveries", endpoint="x")) == (400, "invalid-parameter")
    assert caller.get(received.json["data"]["href"].split("/api/v1/")[1]).status_code == 200


def test_secret_is_answered_once_and_kept_in_the_clear_nowhere(
    caller: Calling, receiver: Receiver
) -> None:
    body = {"url": f"{receiver.url}/nyckel?code=nyckel", "event_types": TYPES}
    first = caller.post(ENDPOINTS, body, key="same")
    again = caller.post(ENDPOINTS, body, key="same")
    assert (first.json(), again["Idempotency-Replayed"]) == (again.json(), "true")
    endpoint, secret = first.json(), first.json()["secret"]
    rotated = caller.post(at(endpoint, "secret-rotations"), {}).json()
    assert rotated["secret"] != secret
    assert (rotated["version"], rotated["previous_secret_until"]) == (2, "2025-03-04T08:00:00Z")
    assert "secret" not in caller.get(at(endpoint)).json()
    caller.post(at(endpoint, "tests"), {})
    courier.carry(seconds=5)
    (ping,) = receiver.received
    signatures = ping.headers["webhook-signature"].split()
    at_once = datetime(2025, 3, 3, 8, tzinfo=UTC)
    assert signatures == [
        Webhook(one).sign(ping.id, at_once, ping.body) for one in (rotated["secret"], secret)
    ]
    tables = (WebhookEndpoint, KeptAnswer, AuditEntry)
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {table._meta.db_table}")
            rows = str(cursor.fetchall())
            assert [word for word in (secret, rotated["secret"], "nyckel") if word in rows] == []


def test_secret_that_leaked_signs_nothing_more_when_it_is_ended_at_once(
    caller: Calling, receiver: Receiver
) -> None:
    endpoint = made(caller, receiver.url)
    rotations = at(endpoint, "secret-rotations")
    assert problem(caller.post(rotations, {"at_one": True})) == (422, "invalid-fields")
    assert caller.send("POST", rotations, **{"Idempotency-Key": "no body"}).status_code == 200
    rotated = caller.post(rotations, {"at_once": True}).json()
    assert rotated["previous_secret_until"] is None
    caller.post(at(endpoint, "tests"), {})
    courier.carry(seconds=5)
    (ping,) = receiver.received
    now = datetime(2025, 3, 3, 8, tzinfo=UTC)
    signature = Webhook(rotated["secret"]).sign(ping.id, now, ping.body)
    assert ping.headers["webhook-signature"] == signature
    steps = AuditEntry.objects.filter(action="rotate_webhook_secret").order_by("id")
    assert [one.details["at_once"] for one in steps] == [False, True]


def test_changes_are_made_to_the_version_that_was_read(caller: Calling, receiver: Receiver) -> None:
    endpoint = made(caller, receiver.url)
    shut = {"is_enabled": False}
    assert problem(caller.send("PATCH", at(endpoint), shut)) == (428, "if-match-missing")
    done = caller.send("PATCH", at(endpoint), shut, **{"If-Match": '"1"'})
    assert (done.json()["is_enabled"], done.json()["disabled_by"], done["ETag"]) == (
        False,
        "client",
        '"2"',
    )
    late = caller.send("PATCH", at(endpoint), {"description": "ny"}, **{"If-Match": '"1"'})
    assert (problem(late), late["ETag"]) == ((412, "changed-meanwhile"), '"2"')
    assert problem(caller.post(at(endpoint, "tests"), {})) == (409, "state-conflict")
    wrong = caller.send("PATCH", at(endpoint), {"event_types": ["x"]}, **{"If-Match": '"2"'})
    assert problem(wrong) == (422, "invalid-fields")
    assert problem(caller.send("DELETE", at(endpoint))) == (428, "if-match-missing")
    gone = caller.send("DELETE", at(endpoint), **{"If-Match": '"2"'})
    assert (gone.status_code, gone.content) == (204, b"")
    assert problem(caller.get(at(endpoint))) == (404, "not-found")
    steps = AuditEntry.objects.filter(subject="webhook_endpoint").order_by("id")
    assert list(steps.values_list("action", "actor_label")) == [
        (step, "kajsa.k@partille.example (Partille IFO)")
        for step in ("make_webhook", "close_webhook", "remove_webhook")
    ]


@pytest.mark.parametrize(
    "url",
    [
        "http://case.example/hook",
        "https://user:word@case.example/",
        "https://case.example:8443/",
        "https://case.example/#part",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://10.0.0.1/",
        "https://[::ffff:10.0.0.1]/",
        "https://[fd00::1]/",
        "ftp://case.example/",
        "https://",
        "https:// case.example/",
        "https://åäö.example/",
        "hook",
    ],
)
def test_address_that_may_not_be_called_is_refused(
    caller: Calling, settings: Settings, url: str
) -> None:
    settings.WEBHOOKS_TO_LOOPBACK = False
    answer = caller.post(ENDPOINTS, {"url": url, "event_types": TYPES})
    assert problem(answer) == (422, "invalid-fields")
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/url"]


def test_client_has_no_more_webhooks_or_waiting_pings_than_it_may(
    caller: Calling, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("spink.webhooks.actions.endpoints.MOST_ENDPOINTS", 1)
    monkeypatch.setattr("spink.webhooks.actions.messages.MOST_PINGS", 1)
    endpoint = made(caller, receiver.url)
    assert caller.post(at(endpoint, "tests"), {}).status_code == 201
    assert problem(caller.post(at(endpoint, "tests"), {})) == (409, "state-conflict")
    second = caller.post(ENDPOINTS, {"url": receiver.url, "event_types": TYPES})
    assert problem(second) == (403, "not-allowed")


def test_webhook_that_is_removed_after_it_was_looked_up_is_not_found(
    caller: Calling, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint = made(caller, receiver.url)
    found = WebhookEndpoint(pk=endpoint["id"])
    assert caller.send("DELETE", at(endpoint), **{"If-Match": '"1"'}).status_code == 204
    monkeypatch.setattr("spink.webhooks.api.views._endpoint", lambda *_: found)
    version = {"If-Match": '"1"'}
    asked = [
        caller.send("PATCH", at(endpoint), {"is_enabled": False}, **version),
        caller.send("DELETE", at(endpoint), **version),
        caller.post(at(endpoint, "secret-rotations"), {}),
        caller.post(at(endpoint, "tests"), {}),
    ]
    assert [problem(answer) for answer in asked] == [(404, "not-found")] * len(asked)


def test_what_an_administrator_shut_off_is_not_walked_round(
    caller: Calling, unit: Unit, receiver: Receiver
) -> None:
    endpoint = made(caller, receiver.url)
    other = made(caller, "https://case.example/hook")
    with opened_for_job(SystemJob.ADMINISTER_WEBHOOKS):
        close_endpoint(endpoint_id=endpoint["id"], why=Closed.ADMINISTRATOR, by=OPERATIONS)
    elsewhere = {"url": "https://other.example/hook"}
    asked = [
        caller.send("PATCH", at(endpoint), {"is_enabled": True}, **{"If-Match": '"2"'}),
        caller.send("PATCH", at(endpoint), elsewhere, **{"If-Match": '"2"'}),
        caller.send("DELETE", at(endpoint), **{"If-Match": '"2"'}),
        caller.send("PATCH", at(other), {"url": receiver.url}, **{"If-Match": '"1"'}),
        caller.post(ENDPOINTS, {"url": f"{receiver.url}?again", "event_types": TYPES}),
    ]
    assert [problem(answer) for answer in asked] == [(409, "state-conflict")] * len(asked)
    assert caller.send("PATCH", at(other), elsewhere, **{"If-Match": '"1"'}).status_code == 200
    made(calling(unit, name="En annan klient"), receiver.url)


@pytest.mark.parametrize("filters", ["both", "database alone"])
def test_webhooks_and_messages_of_other_clients_do_not_exist(
    caller: Calling, unit: Unit, receiver: Receiver, filters: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint = made(caller, receiver.url, description="Kanariefågel")
    message = caller.post(at(endpoint, "tests"), {}).json()["id"]
    WebhookDelivery.objects.update(state=State.DEAD, ended_at="2025-03-03T08:00:00Z")
    if filters == "database alone":
        monkeypatch.setattr(queries, "endpoints_of", lambda _account: every_endpoint())
        monkeypatch.setattr(
            queries, "deliveries_to", lambda _account: WebhookDelivery.objects.all()
        )
    other = calling(unit, name="En annan klient")
    body, version = {"is_enabled": False}, {"If-Match": '"1"'}
    asked = [
        other.get(at(endpoint)),
        other.send("PATCH", at(endpoint), body, **version),
        other.send("DELETE", at(endpoint), **version),
        other.post(at(endpoint, "secret-rotations"), {}),
        other.post(at(endpoint, "tests"), {}),
        other.get(f"webhook-deliveries/{message}"),
        other.post(f"webhook-deliveries/{message}/replays", {}),
    ]
    assert [answer.status_code for answer in asked] == [404] * len(asked)
    for path in (ENDPOINTS, "webhook-deliveries"):
        assert (other.get(path).json()["total"], caller.get(path).json()["total"]) == (0, 1)
    assert caller.post(f"webhook-deliveries/{message}/replays", {}).json()["state"] == "pending"


def every_endpoint() -> Any:
    return WebhookEndpoint.objects.annotate(waiting=queries.WAITING, dead=queries.DEAD)
