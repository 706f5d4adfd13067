"""How many statements a call sends: the same however many requests there are."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from tests.factories import providers as made
from tests.integration.api.conftest import NEED, NEW
from tests.support.api_clients import Calling

pytestmark = pytest.mark.django_db
NUMBERS = pytest.mark.parametrize("number", [1, 6])


def statements(ask: Callable[[], HttpResponse]) -> int:
    with CaptureQueriesContext(connection) as sent:
        assert ask().status_code in (200, 201)
    return len([one for one in sent if "SAVEPOINT" not in one["sql"]])


@NUMBERS
def test_reading_sends_as_many_statements_for_one_request_as_for_six(
    caller: Calling, number: int
) -> None:
    filed = [caller.post("placement-requests", NEW).json()["reference"] for _ in range(number)]
    one = f"placement-requests/{filed[0]}"
    for _ in range(number):
        caller.hand_in(f"{one}/attachments", "A.txt", b"Hej")
        caller.post(f"{one}/messages", {"text": "Hej"})
    assert {
        "list": statements(lambda: caller.get("placement-requests")),
        "detail": statements(lambda: caller.get(one)),
        "recommendations": statements(lambda: caller.get(f"{one}/recommendations")),
        "codes": statements(lambda: caller.get("special-needs")),
        "messages": statements(lambda: caller.get(f"{one}/messages")),
        "documents": statements(lambda: caller.get(f"{one}/attachments")),
        "statistics": statements(lambda: caller.get("statistics")),
    } == {
        "list": 5,
        "detail": 4,
        "recommendations": 5,
        "codes": 5,
        "messages": 5,
        "documents": 5,
        "statistics": 5,
    }


@NUMBERS
def test_reading_the_register_sends_as_many_statements_for_many_units(
    caller: Calling, number: int
) -> None:
    for place in range(number):
        agreed = made.AgreementUnitFactory(unit__provider__code=f"P-{place}")
        made.PriceFactory(agreement_unit=agreed)
        made.CareUnitServiceFactory(unit=agreed.unit)
        made.StopFactory(unit=agreed.unit)
    one = agreed.unit
    assert {
        "units": statements(lambda: caller.get("care-units")),
        "searched": statements(lambda: caller.get("care-units", q="Utförare")),
        "unit": statements(lambda: caller.get(f"care-units/{one.code}")),
        "providers": statements(lambda: caller.get("providers")),
        "provider": statements(lambda: caller.get(f"providers/{one.provider.code}")),
        "stops": statements(lambda: caller.get("stops-in-force")),
        "preview": statements(lambda: caller.post("match-previews", NEED)),
    } == {
        "units": 6,
        "searched": 7,
        "unit": 8,
        "providers": 5,
        "provider": 6,
        "stops": 5,
        "preview": 10,
    }


@NUMBERS
def test_filing_sends_as_many_statements_after_one_request_as_after_six(
    caller: Calling, number: int
) -> None:
    for _ in range(number):
        caller.post("placement-requests", NEW)
    assert statements(lambda: caller.post("placement-requests", NEW)) == 20
