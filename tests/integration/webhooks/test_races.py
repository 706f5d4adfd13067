"""Calls of one client beside each other."""

import threading

import pytest
from django.db import connection, transaction

from spink.accounts import wall
from spink.webhooks import actions
from spink.webhooks.models import WebhookEndpoint
from tests.factories import accounts as people
from tests.integration.webhooks.conftest import ADMINISTERED, make_endpoint

pytestmark = pytest.mark.django_db(transaction=True)
URL = "https://case.example/hook"
SECONDS = 0.3
"""In which the second call would be done if nothing kept it back."""


def test_calls_beside_each_other_make_no_more_webhooks_than_a_client_may_have(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("spink.webhooks.actions.endpoints.MOST_ENDPOINTS", 1)
    client = people.api_client(people.UnitFactory())
    refused: list[actions.TooMany] = []

    def second() -> None:
        try:
            with transaction.atomic(), wall.opened_for_job(ADMINISTERED):
                make_endpoint(client, URL)
        except actions.TooMany as many:
            refused.append(many)
        finally:
            connection.close()

    beside = threading.Thread(target=second)
    with transaction.atomic(), wall.opened_for_job(ADMINISTERED):
        make_endpoint(client, URL)
        beside.start()
        beside.join(SECONDS)
        assert beside.is_alive()
    beside.join()
    with transaction.atomic(), wall.opened_for_job(ADMINISTERED):
        assert (len(refused), WebhookEndpoint.objects.count()) == (1, 1)
