"""One transaction a page: what works stays, what fails leaves nothing, and the wall shuts."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from spink.accounts.middleware import WallMiddleware
from spink.accounts.models import Municipality, User
from spink.foundation import clock
from tests.factories.accounts import DutyShiftFactory, UnitFactory, holding
from tests.factories.placements import PlacementRequestFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.support.wall_urls")]


@pytest.fixture
def user() -> User:
    return holding("social_worker", unit=UnitFactory())


@pytest.fixture
def visitor(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def has_written() -> bool:
    return Municipality.objects.filter(code="9999").exists()


def test_page_that_works_keeps_what_it_wrote(visitor: Client) -> None:
    assert visitor.get("/works/").status_code == 200
    assert has_written()


@pytest.mark.parametrize(
    ("page", "status"),
    [
        ("breaks", 500),
        ("is-missing", 404),
        ("is-refused", 403),
        ("answers-500", 500),
        ("is-refused-by-the-api", 403),
    ],
)
def test_page_that_fails_leaves_nothing(visitor: Client, page: str, status: int) -> None:
    assert visitor.get(f"/{page}/").status_code == status
    assert not has_written()


def test_refusal_says_its_reason(visitor: Client) -> None:
    assert "Därför att." in visitor.get("/is-refused/").content.decode()


def test_page_of_a_failure_still_shows_the_menu(visitor: Client) -> None:
    """It reads in the transaction that is to be undone."""
    for page in ("is-missing", "is-refused"):
        assert "Socialsekreterare, Enhet" in visitor.get(f"/{page}/").content.decode()


@pytest.mark.parametrize("page", ["works", "breaks", "is-missing", "is-refused"])
def test_no_browser_keeps_what_somebody_logged_in_has_read(visitor: Client, page: str) -> None:
    assert visitor.get(f"/{page}/").headers["Cache-Control"] == "no-store, private"


def test_stream_is_read_behind_the_wall(visitor: Client, user: User) -> None:
    mine = PlacementRequestFactory(unit=user.role_assignments.get().unit)
    PlacementRequestFactory()
    body = b"".join(visitor.get("/streams/"))
    assert body.decode() == f"{mine.reference}\n"


def test_visitor_who_has_not_logged_in_sees_nothing(client: Client) -> None:
    PlacementRequestFactory()
    assert client.get("/is-open/").content == b"0 None"


def test_page_is_shut_unless_it_is_opened(client: Client) -> None:
    assert client.get("/works/").url == "/login/?next=/works/"
    assert not has_written()


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probe_is_answered_without_the_wall(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/healthzzz", "/nothing/here/", "/static/nothing.css"])
def test_address_that_leads_nowhere_is_not_found(visitor: Client, path: str) -> None:
    assert visitor.get(path).status_code == 404


def test_reading_on_duty_is_logged_with_the_reason_of_the_shift(rf: Any) -> None:
    worker = holding("out_of_hours_worker", unit=UnitFactory())
    DutyShiftFactory(user=worker, municipality_id="1480", reason="Natt", started_at=clock.now())
    request = rf.get("/somewhere/", REMOTE_ADDR="10.1.2.3")
    request.user = worker
    WallMiddleware(lambda _given: HttpResponse())(request)
    reading = request.reading
    assert (reading.by.id, reading.reason, reading.address) == (str(worker.pk), "Natt", "10.1.2.3")
    assert reading.route == "/somewhere/"
