"""Every route of the API × method × scope × two departments × two municipalities, twice.

Routes come from the URL configuration, the cells from `api.csv`. Whatever is answered: no text from
outside the own department, no identity at all, and no request shown without its row in the log.
"""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client, override_settings
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from spink.accounts.domain.api_scopes import ApiScope
from spink.accounts.domain.roles import Role
from tests.integration.api.conftest import NEED, NEW
from tests.permissions import unfiltered
from tests.permissions.asking import BACKEND, checksums, logged_subjects
from tests.permissions.routes import Route, api_routes
from tests.permissions.values import NIL
from tests.support.api_clients import ACTING, Calling, ask_token, calling
from tests.support.two_municipalities import DRAFTS, IDENTITY, KINDS, PLACES, Key, World

TABLE = Path(__file__).with_name("api.csv")
HOME = "A1"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
INTERNAL = frozenset({"timeline_placing", "hand_over_note", "delay_note"})
NOWHERE = "2099-99999"
DONE = {200, 201, 409}
BODIES: dict[str, Any] = {
    "placement-requests": NEW,
    "match-previews": NEED,
    "withdrawal": {"reason": "solved_otherwise"},
    "information-answers": {"text": "Ja"},
    "outcome-feedback": {"unit_code": "", "reason": "client_declined"},
    "messages": {"text": "Hej"},
}


@dataclass(frozen=True)
class Cell:
    route: str
    method: str
    scope: str
    concerns_people: bool

    @property
    def needs_token(self) -> bool:
        return ":" in self.scope


def cells() -> list[Cell]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    return [
        Cell(row["route"], row["method"], row["scope"], row["concerns_people"] == "yes")
        for row in rows
    ]


CELLS = cells()
GUARDED = [cell for cell in CELLS if cell.needs_token]
ABOUT_ONE = [cell for cell in GUARDED if "<reference" in cell.route]
ROUTES = [route for route in api_routes() if "^" not in route.path and "*" not in route.path]


@pytest.fixture(scope="module")
def callers(world: World) -> Iterator[dict[str, Calling]]:
    """They call more often than a client may: that is not what is asked here."""
    with override_settings(API_CALLS_PER_MINUTE=1_000_000):
        yield {place: calling(world.places[place].unit, name=f"Klient {place}") for place in PLACES}


def test_every_route_of_the_api_is_listed() -> None:
    listed = {f"api/v1/{cell.route}" for cell in CELLS}
    assert {route.path for route in ROUTES} == listed


def test_method_that_is_not_listed_is_not_offered(callers: dict[str, Calling]) -> None:
    taken = {(cell.route, cell.method) for cell in CELLS}
    offered = [
        (route.path, method)
        for route in ROUTES
        for method in METHODS
        if (route.path.removeprefix("api/v1/"), method) not in taken
        and ask(callers[HOME], method, address(route, NOWHERE)).status_code != 405
    ]
    assert offered == []


@pytest.mark.parametrize("cell", GUARDED, ids=lambda cell: f"{cell.method} {cell.route}")
def test_scope_opens_what_is_listed_and_no_other_does(world: World, cell: Cell) -> None:
    where = world.places[HOME].unit
    answers = {}
    with undone():
        full = calling(where, name="Alla")
        for scope in ApiScope:
            answer = ask_token(full.client.client_id, full.secret, scope=scope.value)
            full.token = answer.json()["access_token"]  # type: ignore[attr-defined]
            with undone():
                asked = ask(full, cell.method, filled(cell, world, (HOME, "plain")))
            answers[scope.value] = asked.status_code
    opened = {scope for scope, status in answers.items() if status != 403}
    assert opened == {cell.scope}


@pytest.mark.parametrize("cell", GUARDED, ids=lambda cell: f"{cell.method} {cell.route}")
def test_without_a_token_nothing_is_answered_to_anybody(world: World, cell: Cell) -> None:
    browsers = {"anonymous": Client()}
    for role in Role:
        browsers[role] = Client()
        browsers[role].force_login(world.user(role, HOME), backend=BACKEND)
    path = filled(cell, world, (HOME, "plain"))
    statuses = {
        name: browser.generic(cell.method, path, "{}", content_type="application/json").status_code
        for name, browser in browsers.items()
    }
    assert statuses == dict.fromkeys(browsers, 401)


@pytest.mark.parametrize(
    "cell",
    [cell for cell in GUARDED if cell.concerns_people],
    ids=lambda cell: f"{cell.method} {cell.route}",
)
def test_whoever_acts_is_told_wherever_people_are_concerned(
    world: World, callers: dict[str, Calling], cell: Cell
) -> None:
    path = filled(cell, world, (HOME, "plain"))
    assert ask(callers[HOME], cell.method, path, acting="").status_code == 400


@pytest.mark.parametrize("filters", ["both", "database alone"])
@pytest.mark.parametrize("cell", ABOUT_ONE, ids=lambda cell: f"{cell.method} {cell.route}")
def test_requests_of_other_departments_do_not_exist(
    world: World,
    callers: dict[str, Calling],
    cell: Cell,
    filters: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if filters == "database alone":
        unfiltered.switch_off(monkeypatch)
    before, faults = checksums(), []
    for place in PLACES:
        with undone():
            nothing = ask(callers[place], cell.method, filled(cell, world, None)).status_code
        for key in world.requests:
            with undone():
                answer = ask(callers[place], cell.method, filled(cell, world, key), world, key)
                faults += list(_faults(world, place, key, answer, nothing, filters))
                is_shown = answer.status_code in (200, 201)
                if is_shown and world.requests[key].reference not in logged_subjects():
                    faults.append(f"{place} reads {key} without a row in the access log")
    assert (faults, checksums() == before) == ([], True)


@pytest.mark.parametrize("place", PLACES)
def test_list_holds_the_own_departments_requests_and_no_drafts(
    world: World, callers: dict[str, Calling], place: str
) -> None:
    listed = callers[place].get("placement-requests", limit="100")
    rows = listed.json()["results"]  # type: ignore[attr-defined]
    own = {world.requests[place, kind].reference for kind in KINDS if kind not in DRAFTS}
    assert {row["reference"] for row in rows} == own
    assert [text for text in world.all_said() if text in listed.content.decode()] == []


def _faults(
    world: World, place: str, key: Key, answer: Any, nothing: int, filters: str
) -> Iterator[str]:
    where = f"{place} asks for {key}: {answer.status_code}"
    is_own = key[0] == place
    is_seen = is_own and key[1] not in DRAFTS
    if not is_seen and answer.status_code != nothing:
        yield f"{where} and {nothing} for what does not exist"
    if is_seen and answer.status_code not in DONE:
        yield f"{where} {answer.content.decode()[:200]}"
    text = answer.content.decode()
    may_meet = set()
    if is_seen or (is_own and filters == "database alone"):
        hidden = IDENTITY | INTERNAL
        said = world.canaries[key]
        may_meet = {words for name, words in said.items() if name not in hidden}
    if leaked := {words for words in world.all_said() if words in text} - may_meet:
        yield f"{where} shows {sorted(leaked)}"


def address(route: Route, reference: str, attachment: str = NIL) -> str:
    values = {"reference": reference, "slug": "not-found", "code": "U-kept"}
    ids = {"attachment_id": attachment, "endpoint_id": NIL, "message_id": NIL}
    return route.filled(values | ids)


def filled(cell: Cell, world: World, key: Key | None) -> str:
    reference = world.requests[key].reference if key else NOWHERE
    attachments = world.rows[key].get("attachment") if key else None
    attachment = str(attachments[0].pk) if attachments else NIL
    return address(Route(f"api/v1/{cell.route}"), reference, attachment)


def ask(
    caller: Calling,
    method: str,
    path: str,
    world: World | None = None,
    key: Key | None = None,
    *,
    acting: str = ACTING,
) -> Any:
    version = world.requests[key].version if world and key else 1
    told = {
        "Authorization": f"Bearer {caller.token}",
        "Acting-Person": acting,
        "Idempotency-Key": "once",
        "If-Match": f'"{version}"',
    }
    body, kind = sent(path) if method == "POST" else ("", "application/json")
    return Client(raise_request_exception=False).generic(
        method, path, body, content_type=kind, headers=told
    )


def sent(path: str) -> tuple[str | bytes, str]:
    """What is posted there, and as what."""
    last = path.rsplit("/", 1)[1]
    if last == "attachments":
        document = SimpleUploadedFile("Intyg.txt", b"Hej")
        return encode_multipart(BOUNDARY, {"document": document}), MULTIPART_CONTENT
    return json.dumps(BODIES[last]) if last in BODIES else "", "application/json"


class undone(transaction.Atomic):  # noqa: N801 - read as a word: with undone()
    """A savepoint that is taken back whatever was done."""

    def __init__(self) -> None:
        super().__init__(using=None, savepoint=True, durable=False)

    def __exit__(self, *error: Any) -> None:
        transaction.set_rollback(True)
        super().__exit__(*error)
