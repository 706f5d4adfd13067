"""What the clients of a department are told of its requests, and nobody else."""

import pytest

from placements import actions
from placements.domain.values import Audience, Protection
from placements.models import PlacementRequest
from spink.accounts import queries as accounts
from spink.accounts import wall
from spink.accounts.domain.api_scopes import ApiScope
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.domain.reach import Reach
from spink.accounts.models import ApiClient, User
from spink.foundation import outbox
from spink.foundation.actor import Actor
from spink.foundation.models import OutboxEvent
from spink.webhooks import actions as webhooks
from spink.webhooks.domain.types import SUBSCRIBED
from spink.webhooks.models import WebhookDelivery
from spink.webhooks.sending.claiming import body_of
from tests.factories import accounts as people
from tests.integration.placements.conftest import FRAMEWORK, Filed, World

pytestmark = pytest.mark.usefixtures("units")

LEAKY = {"given_name": "Kanariefågel", "family_name": "Läckström", "address": "Hemliga gatan 1"}
CLIENTS = SystemJob.ADMINISTER_WEBHOOKS


def listening(user: User, name: str) -> ApiClient:
    """A client of the user's department."""
    unit = user.role_assignments.get().unit
    assert unit is not None
    client = people.api_client(people.UnitFactory(department=unit.department), name=name)
    with wall.opened_for_job(CLIENTS):
        webhooks.make_endpoint(
            account_id=client.user_id,
            url="https://case.example/hook",
            description="",
            event_types=SUBSCRIBED,
            by=Actor.system("tests"),
        )
    return client


def told(client: ApiClient) -> list[str]:
    """In the order in which it is sent."""
    with wall.opened_for_job(CLIENTS):
        found = WebhookDelivery.objects.filter(endpoint__account=client.user_id)
        types = found.order_by("number").values_list("type", flat=True)
        return [one.removeprefix("placement_request.") for one in types]


def handle(*events: OutboxEvent) -> None:
    for event in events:
        outbox.handle(event.id)


def waiting() -> list[OutboxEvent]:
    return list(OutboxEvent.objects.filter(handled_at=None).order_by("number"))


def worked_on(world: World, taken: Filed, **person: object) -> PlacementRequest:
    """A request about which everything has happened that there is to tell, and more."""
    request = taken(**person)
    with world.behind_wall_of(world.officer):
        officer = world.officer.actor
        actions.ask_information(request_id=request.pk, question="Kanariefågel?", by=officer)
    with world.behind_wall_of(world.social_worker):
        filer = world.social_worker.actor
        actions.answer_information(request_id=request.pk, answer="Läckström", by=filer)
    with world.behind_wall_of(world.officer):
        for audience in (Audience.PLACING, Audience.BOTH):
            actions.write(
                request_id=request.pk, text="Hemliga gatan 1", audience=audience, by=officer
            )
        actions.recommend(request_id=request.pk, units=[FRAMEWORK], by=officer)
        actions.hand_over(request_id=request.pk, to=world.second_officer.pk, by=officer)
    with world.behind_wall_of(world.social_worker):
        actions.withdraw_request(request_id=request.pk, reason="solved_otherwise", by=filer)
    return request


EVERYTHING = [
    "submitted",
    "assigned",
    "information_asked",
    "information_answered",
    "message_written",
    "recommended",
    "withdrawn",
]


def test_department_of_the_request_is_told_what_concerns_it_and_no_other_anything(
    world: World, taken: Filed
) -> None:
    own = listening(world.social_worker, "Egen")
    other = listening(world.other_department, "Annan förvaltning")
    ended = listening(world.colleague, "Avslutad")
    may_not_read = listening(world.colleague, "Läser inte")
    ApiClient.objects.filter(pk=ended.pk).update(ended_at=world.officer.date_joined)
    only = [ApiScope.WEBHOOKS_READ.value, ApiScope.WEBHOOKS_WRITE.value]
    ApiClient.objects.filter(pk=may_not_read.pk).update(scopes=only)
    worked_on(world, taken, protection=Protection.MARKED, **LEAKY)
    handle(*waiting())
    assert told(own) == EVERYTHING
    assert [told(one) for one in (other, ended, may_not_read)] == [[], [], []]
    with wall.opened_for_job(CLIENTS):
        bodies = [body_of(one) for one in WebhookDelivery.objects.all()]
    leaked = ("Kanarie", "Läckström", "Hemliga", "1915", "Funktionsstöd", "Göteborg", "1480")
    assert [body for body in bodies for text in leaked if text in body] == []


def test_draft_is_told_of_to_nobody(world: World, draft: Filed) -> None:
    own = listening(world.social_worker, "Egen")
    draft()
    handle(*waiting())
    assert told(own) == []


def test_events_that_are_handled_in_any_order_and_again_are_told_once_and_in_theirs(
    world: World, taken: Filed
) -> None:
    own = listening(world.social_worker, "Egen")
    worked_on(world, taken)
    events = waiting()
    middle = events[3]
    handle(middle)
    assert told(own) == EVERYTHING[: EVERYTHING.index("information_answered") + 1]
    OutboxEvent.objects.filter(pk=middle.pk).update(handled_at=None)  # a worker died over it
    handle(*reversed(events))
    assert told(own) == EVERYTHING


def test_message_is_seen_by_its_client_alone_also_without_our_filters(
    world: World, taken: Filed
) -> None:
    own = listening(world.social_worker, "Egen")
    other = listening(world.other_department, "Annan förvaltning")
    taken()
    handle(*waiting())
    seen = {}
    for client in (own, other):
        with wall.opened_for(reach_of(client)):
            seen[client.name] = WebhookDelivery.objects.count()
    assert (seen, WebhookDelivery.objects.count()) == ({"Egen": 2, "Annan förvaltning": 0}, 0)


def reach_of(client: ApiClient) -> Reach:
    return accounts.reach_of_client_account(client.user_id)
