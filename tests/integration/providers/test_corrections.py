"""Tasks to correct the register: raised once, read and settled by those who keep it."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from providers.models import RegisterCorrection
from spink.accounts.domain.roles import Role
from tests.factories import providers as made
from tests.factories.accounts import holding
from tests.integration.providers.test_register_pages import client_of, shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

LIST = "/register/corrections/"
QUERIES = 9


@pytest.fixture
def keeper() -> Client:
    return client_of(holding(Role.QUALITY_CONTROLLER, first_name="Siv"))


def settled(client: Client, correction: RegisterCorrection, result: str = "corrected") -> str:
    answer = client.post(f"{LIST}{correction.pk}/", {"result": result}, follow=True)
    return f"{answer.status_code} {answer.content.decode()}"


def test_list_says_which_unit_which_fact_and_who_confirmed(keeper: Client) -> None:
    unit = made.CareUnitFactory(name="Byalagsgatan")
    correction = made.RegisterCorrectionFactory(unit_code=unit.code, unit_name=unit.name)
    page = keeper.get(LIST).content.decode()
    told = ("Byalagsgatan", "Platser", "Mona Ek, 3 mars 2025", str(correction.raised_by))
    assert [text in page for text in told] == [True] * len(told)
    assert "Enligt verksamheten är det här fel i registret: Platser." in shown(keeper, unit)


@pytest.mark.parametrize(
    ("result", "word"), [("corrected", "Rättad"), ("right_as_it_stands", "Stämmer som den står")]
)
def test_settled_task_leaves_the_list_and_says_by_whom(
    keeper: Client, result: str, word: str
) -> None:
    correction = made.RegisterCorrectionFactory(unit_name="Ekhagen")
    assert "Ekhagen är klar: platser." in settled(keeper, correction, result)
    waiting, done = (keeper.get(LIST, {"show": show}).content.decode() for show in ("", "settled"))
    assert ("Inget väntar på att rättas" in waiting, "Ekhagen" in waiting) == (True, False)
    assert [text in done for text in ("Ekhagen", word, "Siv")] == [True, True, True]


def test_second_keeper_is_told_who_was_first(keeper: Client) -> None:
    correction = made.RegisterCorrectionFactory(unit_name="Ekhagen")
    settled(keeper, correction)
    late = settled(client_of(holding(Role.QUALITY_CONTROLLER)), correction, "right_as_it_stands")
    assert "har redan avslutat Ekhagen: rättad." in late
    correction.refresh_from_db()
    assert correction.result == "corrected"


@pytest.mark.parametrize("result", ["", "waiting"])
def test_another_result_is_refused(keeper: Client, result: str) -> None:
    correction = made.RegisterCorrectionFactory()
    assert settled(keeper, correction, result)[:3] == "400"


def test_task_that_does_not_exist_is_not_found(keeper: Client) -> None:
    assert keeper.post(f"{LIST}1234567/", {"result": "corrected"}).status_code == 404


def test_reader_sees_neither_the_tab_nor_the_task() -> None:
    unit = made.CareUnitFactory()
    made.RegisterCorrectionFactory(unit_code=unit.code)
    client = client_of(holding(Role.CONTROLLER))
    assert "corrections" not in shown(client, unit)
    assert LIST not in client.get("/register/units/").content.decode()


def test_same_fact_is_open_once_and_again_after_it_was_settled(keeper: Client) -> None:
    correction = made.RegisterCorrectionFactory(unit_code="U1")
    with pytest.raises(IntegrityError), transaction.atomic():
        made.RegisterCorrectionFactory(unit_code="U1")
    made.RegisterCorrectionFactory(unit_code="U1", fact="ages")
    settled(keeper, correction)
    made.RegisterCorrectionFactory(unit_code="U1")


@pytest.mark.parametrize("size", [1, 40])
def test_queries_are_as_many_whatever_the_size(keeper: Client, size: int) -> None:
    made.RegisterCorrectionFactory.create_batch(size)
    keeper.get(LIST)
    with CaptureQueriesContext(connection) as queries:
        keeper.get(LIST)
    assert len(queries) == QUERIES
