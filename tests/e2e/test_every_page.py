"""Every page of the URL configuration, in every role that sees it, read by axe.

Django's administration is not ours and is left out; so are addresses that answer with no page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

import pytest
from django.conf import settings
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.test.utils import modify_settings
from playwright.sync_api import Browser, Page
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from placements import actions
from placements.domain.sections import Section
from placements.models import PlacementRequest, SavedView, StandardText
from providers.actions import change_part
from providers.actions.register_files import upload_register_file
from providers.models import CareUnit, RegisterCorrection, RegisterUpload
from providers.queries import current_number
from providers.web.keeping.sections import TITLES as UNIT_SECTIONS
from spink.accounts.access_log import Reading, log_reading
from spink.accounts.actions import start_duty_shift
from spink.accounts.domain.roles import SCOPE_OF_ROLE, Role, Scope
from spink.accounts.models import ApiClient, User
from spink.accounts.web.keeping.kept import kept_of
from spink.catalogue.actions import load_catalogue
from spink.foundation import clock
from spink.foundation.actor import Actor
from tests.factories import accounts as people
from tests.factories import placements as made
from tests.factories import webhooks
from tests.factories.control import ComplaintFactory
from tests.factories.placements import AttachmentFactory, ComplaintRequestFactory
from tests.integration.placements.conftest import SECTIONS
from tests.permissions.routes import Route, all_routes
from tests.permissions.table import Cell, line_of
from tests.permissions.values import first_webhook
from tests.support import small_register
from tests.support.accessibility import remarks_on
from tests.support.databases import TestDatabase
from tests.support.filing import file_draft
from tests.support.keyboard import Keyboard
from tests.support.small_world import CHEAPER, FRAMEWORK, OWN, World, open_units, settle_people

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class City:
    world: World
    references: list[str]
    """A draft, one that nobody has taken, one being matched, one that waits, one recommended."""
    inquiry_id: int
    attachment_id: UUID
    review_id: int
    complaint_id: int
    deviation_id: int
    check_id: int
    edition_number: int


@pytest.fixture(scope="module")
def city(
    django_db_setup: None, database: TestDatabase, django_db_blocker: DjangoDbBlocker
) -> Iterator[City]:
    """Built once, since reading changes nothing; whoever comes after gets a fresh database."""
    with django_db_blocker.unblock():
        try:
            yield build_city()
        finally:
            database.create()


@pytest.fixture(scope="module")
def server(city: City) -> Iterator[LiveServer]:
    started = LiveServer("localhost")
    with modify_settings(ALLOWED_HOSTS={"append": started.thread.host}):
        yield started
    started.stop()


@pytest.fixture(scope="module")
def users(city: City) -> dict[Role, User]:
    return {role: somebody(role, city.world) for role in Role}


def build_city() -> City:
    load_catalogue()
    world = settle_people()
    open_units()
    small_register.settle_register()
    edition_number = _registered_mistake()
    states = ("draft", "submitted", "in_progress", "awaiting", "recommended")
    requests = [_filed(world, until) for until in states]
    inquiry_id = _asked(world, requests[2])
    attachment = AttachmentFactory(request=requests[4], added_by=world.social_worker)
    references = [request.reference for request in requests]
    unit = world.social_worker.role_assignments.get().unit
    complaint = ComplaintFactory(unit=unit, filed_by=world.social_worker)
    with world.behind_wall_of(world.social_worker):
        ComplaintRequestFactory(complaint=complaint, request=requests[4])
    remark = made.ProcessDeviationRequestFactory(
        request=requests[4], deviation__unit=unit, deviation__filed_by=world.social_worker
    )
    reviewed = _reviewed(world, references[1])
    with world.behind_wall_of(world.officer):
        requests[4].refresh_from_db()
    checked = made.SelfCheckItemFactory(request=requests[4], version=1)
    made.SelfCheckAnswerFactory(item=checked, note="Skälet saknas")
    return City(
        world,
        references,
        inquiry_id,
        attachment.pk,
        reviewed,
        complaint.pk,
        remark.deviation_id,
        checked.self_check_id,
        edition_number,
    )


def _registered_mistake() -> int:
    """The number of a change of the register that can be undone."""
    kept = CareUnit.objects.get(code="U-kept")
    change_part(part="unit", row_id=kept.pk, values={"phone": "031-1"}, by=Actor.system("Drift"))
    return current_number()


def _filed(world: World, until: str) -> PlacementRequest:
    start = clock.today() + timedelta(days=7)
    decision = {"legal_basis": "sol_2025", "decision_date": clock.today(), "wanted_start": start}
    sections = SECTIONS | {Section.DECISION: SECTIONS[Section.DECISION] | decision}
    request = file_draft(world, world.social_worker, sections)
    filer, officer = world.social_worker.actor, world.officer.actor
    if until == "draft":
        return request
    with world.behind_wall_of(world.social_worker):
        actions.submit_request(request_id=request.pk, by=filer)
    if until == "submitted":
        return request
    with world.behind_wall_of(world.officer):
        actions.take_request(request_id=request.pk, by=officer)
        if until == "awaiting":
            question = "Behöver hon vaken personal?"
            actions.ask_information(request_id=request.pk, question=question, by=officer)
        if until == "recommended":
            units = [FRAMEWORK, CHEAPER]
            actions.recommend(request_id=request.pk, units=units, by=officer)
    return request


def _asked(world: World, request: PlacementRequest) -> int:
    with world.behind_wall_of(world.officer):
        asked = actions.ask_providers(
            request_id=request.pk,
            units=[actions.AskedUnit(FRAMEWORK, "Ekhagen", "framework")],
            by=world.officer.actor,
        )
    return asked[0].pk


def _reviewed(world: World, reference: str) -> int:
    """A sample of last month's readings of the department, which holds one."""
    unit = world.social_worker.role_assignments.get().unit
    assert unit is not None
    month = (clock.today().replace(day=1) - timedelta(days=1)).replace(day=1)
    noon = datetime.combine(month, time(12), clock.STOCKHOLM)
    by = world.social_worker.actor
    with clock.frozen(noon), world.behind_wall_of(world.social_worker):
        log_reading(Reading(by=by, route="/requests/<reference>/"), [reference])
    manager = people.holding(Role.UNIT_MANAGER, unit=unit)
    with world.behind_wall_of(manager):
        department = unit.department_id
        return actions.draw_review(department_id=department, month=month, by=manager.actor).pk


def somebody(role: Role, world: World) -> User:
    """One who holds the role where the requests are filed or matched."""
    unit = world.social_worker.role_assignments.get().unit
    team = world.officer.role_assignments.get().team
    place = {
        Scope.UNIT: {"unit": unit},
        Scope.DEPARTMENT: {"department": unit.department if unit else None},
        Scope.TEAM: {"team": team},
    }.get(SCOPE_OF_ROLE[role], {})
    user = people.holding(role, **place)
    if role is Role.OUT_OF_HOURS_WORKER:
        start_duty_shift(user=user, reason="Lördagsnatt", by=user.actor)
    if role is Role.PLACEMENT_OFFICER:
        made.SavedViewFactory(owner=user)
    if role is Role.QUALITY_CONTROLLER:
        file = f"Verksamhet-id;Namn;Platser\n{FRAMEWORK};Ekhagen vid sjön;12\n".encode()
        upload_register_file(content=file, filename="platser.csv", by=user.actor)
    if role is Role.ADMINISTRATOR:
        assert unit is not None
        webhooks.endpoint(people.api_client(unit))
        made.StandardTextVersionFactory()
    return world.social_worker if role is Role.SOCIAL_WORKER else user


CHOSEN = {
    "recommend": f"?unit={FRAMEWORK}&unit={OWN}",
    "compare": f"?unit={FRAMEWORK}&unit={OWN}",
}


def _newest(model: type[Model], *, without: object = 1) -> object:
    """The one that was made for the role that is about to read."""
    newest = model._default_manager.order_by("-pk").first()
    return newest.pk if newest else without


def addresses(route: Route, city: City) -> Iterator[str]:
    unit = CareUnit.objects.get(code=FRAMEWORK)
    known = small_register.values() | {
        "code": unit.code,
        "view_id": str(_newest(SavedView)),
        "text_id": str(_newest(StandardText)),
        "provider_id": str(unit.provider_id),
        "inquiry_id": str(city.inquiry_id),
        "correction_id": str(RegisterCorrection.objects.order_by("pk")[0].pk),
        "municipality": "1480",
        "number": "1",
        "touch_id": "1",
        "attachment_id": str(city.attachment_id),
        "slug": "verksamheter",
        "upload_id": str(_newest(RegisterUpload, without=UUID(int=0))),
        "row_id": _first_that_is_kept(route),
        "user_id": str(city.world.social_worker.pk),
        "role_id": str(city.world.social_worker.role_assignments.get().pk),
        "review_id": str(city.review_id),
        "complaint_id": str(city.complaint_id),
        "step": "assign",
        "deviation_id": str(city.deviation_id),
        "deviation_step": "take",
        "check_id": str(city.check_id),
        "measure": "complaints",
        "edition_number": str(city.edition_number),
        "position": "1",
        "client_id": str(_newest(ApiClient)),
        "endpoint_id": first_webhook(),
        "uidb64": "MQ",
        "token": "a-b",
    }
    references = city.references if "reference" in route.parameters else [""]
    sections = [""]
    if "section" in route.parameters:
        sections = list(Section) if "reference" in route.parameters else list(UNIT_SECTIONS)
    for reference in references:
        for section in sections:
            values = known | {"reference": reference, "section": str(section)}
            chosen = CHOSEN.get(route.path.rstrip("/").rpartition("/")[2], "")
            yield route.filled(values) + chosen


def _first_that_is_kept(route: Route) -> str:
    """A row of the kind that administrators keep: administration/<kind>/<row>/."""
    if "row_id" not in route.parameters:
        return ""
    return str(kept_of(route.path.split("/")[1]).rows().order_by("pk")[0].pk)


FILES: set[Route] = set()


def answers_to(
    user: User, city: City, routes: list[Route], *, language: str = "sv"
) -> dict[str, HttpResponse]:
    """What is a file for one role is one for all: it is not made for each anew."""
    client = _client_of(user, language)
    answers: dict[str, HttpResponse] = {}
    for route in routes:
        for address in addresses(route, city) if route not in FILES else ():
            answer: HttpResponse = client.get(address)  # type: ignore[assignment]
            answers[address] = answer
            if answer.status_code == 200 and not answer["Content-Type"].startswith("text/html"):
                FILES.add(route)
    return answers


def _client_of(user: User, language: str = "sv") -> Client:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    client.force_login(user)
    return client


def is_page(answer: HttpResponse) -> bool:
    """Not a part of one, which is fetched into a page that stands open."""
    is_text = answer["Content-Type"].startswith("text/html")
    return answer.status_code == 200 and is_text and b"<main" in answer.content


def what_it_shows(answer: HttpResponse) -> str:
    """The page without its menu and without what differs at every reading of it."""
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return re.sub(r'(name="csrfmiddlewaretoken" value=|csrf\w*": ?)"[^"]*"', "", main)


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="sv-SE", viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def log_in(page: Page, server: LiveServer, user: User) -> None:
    """By the session's cookie: logging in by hand is tried elsewhere."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": server.url}])


SEEN = {200, 302}
AT_ONCE = 8
"""So many routes are read in one test, so that none lasts long and they can run side by side."""


def _batches(routes: list[Route], size: int) -> Iterator[list[Route]]:
    for start in range(0, len(routes), size):
        yield routes[start : start + size]


def _groups() -> dict[str, list[Route]]:
    ours = [route for route in all_routes() if not route.path.startswith("admin/")]
    return {routes[0].path or "start": routes for routes in _batches(ours, AT_ONCE)}


GROUPS = _groups()


@pytest.mark.parametrize("group", GROUPS)
def test_every_page_is_accessible_in_every_role_that_sees_it(
    desk: Page, server: LiveServer, city: City, users: dict[Role, User], group: str
) -> None:
    """What two roles see alike is read once, and each page is walked through by Tab once.

    Where the permissions let a role read, it meets an answer, so that no page is lost unnoticed.
    """
    remarks, unreached, read, walked = {}, {}, set(), set()
    unseen = []
    for role, user in users.items():
        log_in(desk, server, user)
        readable = [route for route in GROUPS[group] if _may_read(role, route)]
        met = FILES.copy()
        for route, address, answer in _answers_by_route(user, city, readable):
            if answer.status_code in SEEN:
                met.add(route)
            if not is_page(answer) or (shown := what_it_shows(answer)) in read:
                continue
            read.add(shown)
            desk.goto(server.url + address)
            remarks[role, address] = remarks_on(desk)
            if route not in walked:
                walked.add(route)
                unreached[role, address] = Keyboard(desk).unreached()
        unseen += [(role, route.path) for route in readable if route not in met]
    assert unseen == []
    assert {at: found for at, found in remarks.items() if found} == {}
    assert {at: names for at, names in unreached.items() if names} == {}


def _answers_by_route(
    user: User, city: City, routes: list[Route]
) -> Iterator[tuple[Route, str, HttpResponse]]:
    for route in routes:
        for address, answer in answers_to(user, city, [route]).items():
            yield route, address, answer


def _may_read(role: Role, route: Route) -> bool:
    variant = "on_duty" if role is Role.OUT_OF_HOURS_WORKER else str(role)
    line = line_of(route)
    return "GET" in line.methods and line.cells[variant] in (Cell.OPEN, Cell.MAY, Cell.READS)
