"""How many queries a page asks, with few rows and with many. Tests assert the same numbers."""

from typing import Final

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench import people, register_rows
from bench.report import report
from spink.accounts.models import User

FEW_UNITS: Final = 200
MANY_UNITS: Final = 700
MANY_REQUESTS: Final = 60

PAGES: Final = {
    "match": "officer",
    "match-json": "officer",
    "queue": "officer",
    "request": "officer",
    "my-requests": "filer",
    "units": "officer",
    "unit": "officer",
}


def compare(settled: people.Settled) -> list[bool]:
    """Called with few units in the register; leaves many."""
    few = _counted(settled)
    register_rows.fill(MANY_UNITS)
    for _ in range(MANY_REQUESTS):
        people.file_request(settled.filer, settled.unit, settled.team)
    many = _counted(settled)
    return [
        report(f"queries_per_page_{page}", many[page], "queries", few[page], better="below")
        for page in PAGES
    ]


def _counted(settled: people.Settled) -> dict[str, int]:
    clients = {who: _client(getattr(settled, who)) for who in set(PAGES.values())}
    addresses = _addresses(settled)
    return {page: _count(clients[who], addresses[page]) for page, who in PAGES.items()}


def _client(user: User) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _addresses(settled: people.Settled) -> dict[str, str]:
    of_request = {"reference": settled.request.reference}
    return {
        "match": reverse("placements:match", kwargs=of_request),
        "match-json": reverse("placements:match-json", kwargs=of_request),
        "queue": reverse("placements:queue"),
        "request": reverse("placements:request", kwargs=of_request),
        "my-requests": reverse("placements:my-requests"),
        "units": reverse("providers:units"),
        "unit": reverse("providers:unit", kwargs={"code": "U000000"}),
    }


def _count(client: Client, address: str) -> int:
    """Of the second reading, when the register is known to the process."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")
    return len(queries)
