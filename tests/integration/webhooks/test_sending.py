"""Messages on their way: signed, repeated under one id, kept in their order, given up, replayed."""

import socket
from datetime import timedelta
from ipaddress import ip_address

import pytest
from pytest_django.fixtures import Settings
from standardwebhooks import Webhook, WebhookVerificationError

from spink.accounts.actions import end_api_client
from spink.accounts.models import ApiClient
from spink.foundation import clock
from spink.webhooks import actions
from spink.webhooks.domain.schedule import MOST_ATTEMPTS, WAITS
from spink.webhooks.domain.types import MessageType
from spink.webhooks.models import Closed, Failure, State, WebhookDelivery, WebhookEndpoint
from spink.webhooks.sending import claiming, posting
from tests.integration.webhooks.conftest import BY, Told, again, carried, make_endpoint
from tests.support.receivers import Receiver, slowly

DAY = timedelta(days=1)


def test_message_is_thin_and_signed_as_the_library_of_the_standard_checks_it(
    endpoint: WebhookEndpoint, tell: Told, receiver: Receiver
) -> None:
    written = tell("2025-00042", MessageType.RECOMMENDED)
    carried()
    (received,) = receiver.received
    Webhook(endpoint.secret).verify(received.body, received.headers)
    assert received.id == str(written.message_id)
    occurred = written.occurred_at.isoformat().replace("+00:00", "Z")
    assert received.json == {
        "type": "placement_request.recommended",
        "timestamp": occurred,
        "data": {
            "reference": "2025-00042",
            "href": "http://127.0.0.1:8000/api/v1/placement-requests/2025-00042",
        },
    }
    kept = again(written)
    assert (kept.state, kept.attempts, kept.last_status) == (State.DELIVERED, 1, 204)
    with pytest.raises(WebhookVerificationError):
        Webhook(endpoint.secret).verify(received.body.replace("42", "43"), received.headers)


def test_signature_older_than_five_minutes_is_refused_by_the_receiver(
    endpoint: WebhookEndpoint, tell: Told, receiver: Receiver
) -> None:
    with clock.frozen(clock.now() - timedelta(minutes=6)):
        tell()
    carried(clock.now() - timedelta(minutes=5, seconds=2))
    (received,) = receiver.received
    with pytest.raises(WebhookVerificationError, match="too old"):
        Webhook(endpoint.secret).verify(received.body, received.headers)


def test_both_secrets_sign_for_a_day_and_then_the_new_one_alone(
    endpoint: WebhookEndpoint, tell: Told, receiver: Receiver
) -> None:
    old = endpoint.secret
    new = actions.rotate_secret(endpoint_id=endpoint.pk, by=BY).secret
    tell()
    carried()
    (both,) = receiver.received
    for secret in (old, new):
        Webhook(secret).verify(both.body, both.headers)
    WebhookEndpoint.objects.update(previous_until=clock.now() - timedelta(seconds=1))
    tell()
    carried()
    alone = receiver.received[1]
    Webhook(new).verify(alone.body, alone.headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(old).verify(alone.body, alone.headers)


def test_retry_carries_the_same_id_and_body_and_its_own_time(
    tell: Told, receiver: Receiver
) -> None:
    receiver.answers += [500, 503]
    written, now = tell(), clock.now()
    carried(now)
    assert carried(now + timedelta(seconds=4)) == 0
    carried(now + timedelta(seconds=6))
    carried(now + timedelta(minutes=6))
    assert {(one.id, one.body) for one in receiver.received} == {
        (str(written.message_id), receiver.received[0].body)
    }
    assert len({one.headers["webhook-timestamp"] for one in receiver.received}) == 3
    assert again(written).state == State.DELIVERED


def test_later_messages_about_a_request_wait_while_other_requests_pass(
    tell: Told, receiver: Receiver
) -> None:
    receiver.answers += [500]
    first = tell("2025-00001", MessageType.ASSIGNED)
    now = clock.now()
    carried(now)
    tell("2025-00001", MessageType.WITHDRAWN, number=900)
    tell("2025-00001", MessageType.RECOMMENDED, number=800)  # written last, happened before
    tell("2025-00002", MessageType.SUBMITTED)
    carried(now + timedelta(seconds=1))
    assert receiver.types == ["assigned", "submitted"]
    carried(now + timedelta(seconds=7))
    assert receiver.types == ["assigned", "submitted", "assigned", "recommended", "withdrawn"]
    assert receiver.received[2].id == str(first.message_id)


def test_ping_waits_for_no_other(endpoint: WebhookEndpoint, receiver: Receiver) -> None:
    receiver.answers += [500]
    first, second = (actions.ping(endpoint_id=endpoint.pk, path="/", by=BY) for _ in range(2))
    carried()
    assert {one.id for one in receiver.received} == {str(first.message_id), str(second.message_id)}


def test_message_is_given_up_after_three_days_and_goes_again_in_its_place(
    endpoint: WebhookEndpoint, tell: Told, receiver: Receiver
) -> None:
    receiver.answers += [500] * MOST_ATTEMPTS
    first, at = tell("2025-00001", MessageType.ASSIGNED), clock.now()
    began = at
    for wait in (*WAITS, None):
        carried(at)
        at += (wait or timedelta()) * 1.11
    given_up = again(first)
    assert (given_up.state, given_up.attempts) == (State.DEAD, len(receiver.received))
    assert (given_up.last_status, given_up.last_failure) == (500, Failure.STATUS)
    assert 3 * DAY < at - began < 4 * DAY
    receiver.begin_anew()
    tell("2025-00001", MessageType.RECOMMENDED)
    actions.replay(endpoint_id=first.endpoint_id, message_id=first.message_id, by=BY)
    carried(at)
    assert receiver.types == ["assigned", "recommended"]
    assert receiver.received[0].id == str(first.message_id)
    with pytest.raises(actions.NotDead):
        actions.replay(endpoint_id=first.endpoint_id, message_id=first.message_id, by=BY)


def test_receiver_that_says_when_is_tried_then_and_no_later_than_in_six_hours(
    tell: Told, receiver: Receiver
) -> None:
    written, now = tell(), clock.now()
    receiver.headers["Retry-After"] = "3600"
    receiver.answers += [429, 503, 500]
    carried(now)
    assert again(written).next_attempt_at == now + timedelta(hours=1)
    receiver.headers["Retry-After"] = "999999999"
    later = now + timedelta(hours=1)
    carried(later)
    assert again(written).next_attempt_at == later + timedelta(hours=6)
    last = later + timedelta(hours=6)
    carried(last)
    assert again(written).next_attempt_at < last + timedelta(hours=1)


def test_redirect_is_not_followed(tell: Told, receiver: Receiver) -> None:
    receiver.headers["Location"] = f"{receiver.url}/elsewhere"
    receiver.answers += [307]
    written = tell()
    carried()
    assert [one.path for one in receiver.received] == ["/hook"]
    kept = again(written)
    assert (kept.state, kept.last_failure) == (State.PENDING, Failure.REDIRECTED)


def test_endpoint_that_is_gone_is_shut_off_and_what_waits_is_given_up(
    endpoint: WebhookEndpoint, tell: Told, receiver: Receiver
) -> None:
    receiver.answers += [410]
    first = tell()
    second = tell()
    carried()
    endpoint.refresh_from_db()
    assert endpoint.closed_why == Closed.GONE
    assert [again(one).last_failure for one in (first, second)] == [Failure.GONE, Failure.CLOSED]
    assert len(receiver.received) == 1
    with pytest.raises(actions.IsClosed):
        actions.replay_all(endpoint_id=endpoint.pk, by=BY)
    actions.change_endpoint(endpoint_id=endpoint.pk, version=endpoint.version, by=BY, is_open=True)
    assert actions.replay_all(endpoint_id=endpoint.pk, by=BY) == 2
    carried()
    assert [one.id for one in receiver.received[1:]] == [
        str(first.message_id),
        str(second.message_id),
    ]


def test_client_that_is_shut_out_is_told_nothing_more(
    client: ApiClient, tell: Told, receiver: Receiver
) -> None:
    written = tell()
    end_api_client(client_id=client.pk, by=BY)
    carried()
    assert (receiver.received, again(written).last_failure) == ([], Failure.CLOSED)


def test_slow_receiver_leaves_room_for_the_others(
    client: ApiClient, endpoint: WebhookEndpoint, tell: Told, receiver: Receiver
) -> None:
    receiver.answers += [slowly(0.3)] * 6
    for number in range(6):
        tell(f"2025-{number:05}")
    assert carried() == 6
    assert receiver.most_at_once == claiming.AT_ONE_ENDPOINT


def test_client_with_many_webhooks_leaves_room_for_the_others(
    client: ApiClient, endpoint: WebhookEndpoint, receiver: Receiver
) -> None:
    for one in (endpoint, make_endpoint(client, receiver.url), make_endpoint(client, receiver.url)):
        for _ in range(claiming.AT_ONE_ENDPOINT):
            actions.ping(endpoint_id=one.pk, path="/api/v1/", by=BY)
    assert len(claiming.claimed(20)) == claiming.AT_ONE_CLIENT
    assert claiming.claimed(20) == []


def test_worker_that_dies_loses_nothing_and_the_message_is_sent_once_more(
    tell: Told, receiver: Receiver
) -> None:
    """Killed after it was sent, before that was noted."""
    written, now = tell(), clock.now()
    with clock.frozen(now):
        (letter,) = claiming.claimed(1)
    posting.post(letter)
    assert carried(now + timedelta(seconds=29)) == 0
    assert carried(now + timedelta(seconds=30)) == 1
    assert [one.id for one in receiver.received] == [str(written.message_id)] * 2
    claiming.settle(letter, posting.Outcome(failure=Failure.SLOW))  # it was not dead after all
    assert again(written).state == State.DELIVERED


def test_addresses_of_our_own_are_never_connected_to(
    client: ApiClient,
    endpoint: WebhookEndpoint,
    receiver: Receiver,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.WEBHOOKS_TO_LOOPBACK = False
    secure = f"https://127.0.0.1:{receiver.port}/"
    connected = refuse_connections(monkeypatch)
    looked_up = name_leads_to(monkeypatch, ["8.8.8.8", "10.0.0.7"])
    hosts = ["localhost", "127.1", "2130706433", "0x7f.1", "[::1]", "[::ffff:10.0.0.1]"]
    hosts += ["169.254.169.254", "10.1.2.3", "[64:ff9b::a00:1]", "[2002:a00:1::]", "[fd00::1]"]
    for url in (secure, receiver.url, *(f"https://{host}/" for host in hosts)):
        assert (url, outcome(client, url)) == (url, Failure.FORBIDDEN)
    assert outcome(client, "https://one-of-two.example/") == Failure.FORBIDDEN
    assert (connected, looked_up.count("one-of-two.example")) == ([], 1)
    assert receiver.received == []


def test_name_is_looked_up_once_and_its_first_answer_connected_to(
    client: ApiClient,
    endpoint: WebhookEndpoint,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.WEBHOOKS_TO_LOOPBACK = False
    connected = refuse_connections(monkeypatch)
    looked_up = name_leads_to(monkeypatch, ["93.184.215.14"], ["127.0.0.1"])
    assert outcome(client, "https://turning.example/") == Failure.UNREACHABLE
    assert (looked_up.count("turning.example"), connected) == (1, ["93.184.215.14"])


def outcome(client: ApiClient, url: str) -> str:
    made = make_endpoint(client, url)
    written = actions.ping(endpoint_id=made.pk, path="/", by=BY)
    carried()
    kept = again(written)
    made.delete()
    return kept.last_failure


def refuse_connections(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    asked: list[str] = []

    def refuse(address: tuple[str, int], *_: object, **__: object) -> None:
        asked.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr("socket.create_connection", refuse)
    return asked


def name_leads_to(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Names under `.example` lead to the first answer, and after that to the next."""
    known, left, asked = socket.getaddrinfo, list(answers), []

    def look_up(host: str, port: int, *given: object, **more: object) -> object:
        asked.append(host)
        if not str(host).endswith(".example"):
            return known(host, port, *given, **more)
        found = left.pop(0) if len(left) > 1 else left[0]
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (str(ip_address(one)), port))
            for one in found
        ]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


def test_old_messages_are_forgotten_and_the_young_and_waiting_kept(
    endpoint: WebhookEndpoint, tell: Told
) -> None:
    now = clock.now()
    ages = [(State.DELIVERED, 31), (State.DELIVERED, 29), (State.DEAD, 91), (State.DEAD, 89)]
    kept = []
    for state, days in ages:
        one = tell()
        WebhookDelivery.objects.filter(pk=one.pk).update(
            state=state, ended_at=now - timedelta(days=days)
        )
        kept.append(one.pk)
    waiting = tell()
    actions.forget_old_deliveries()
    left = set(WebhookDelivery.objects.values_list("pk", flat=True))
    assert left == {kept[1], kept[3], waiting.pk}
