"""The client of `examples/` as somebody runs it: a program of its own, at a running server."""

import sys
from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer

from placements import actions
from placements.models import PlacementRequest
from spink.catalogue.actions import load_catalogue
from spink.foundation import outbox
from spink.foundation.models import OutboxEvent
from spink.webhooks.sending import courier
from tests.support.api_clients import Calling, calling
from tests.support.servers import running
from tests.support.small_world import FRAMEWORK, World, open_units, settle_people

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(db: None) -> World:
    """Today, as the program takes it to be."""
    load_catalogue()
    found = settle_people()
    open_units()
    return found


def test_example_files_is_told_and_reports_back(
    live_server: LiveServer, world: World, checkout: Path, tmp_path: Path
) -> None:
    unit = world.social_worker.role_assignments.get().unit
    assert unit is not None
    caller = calling(unit)
    with running(command(live_server, caller, checkout), {}, tmp_path / "log") as program:
        assert program.stdout is not None
        said = program.stdout.readline()
        assert said.startswith("Filed as "), (tmp_path / "log").read_text()
        recommend(world, said.split()[2].rstrip("."))
        for event in OutboxEvent.objects.filter(handled_at=None):
            outbox.handle(event.id)
        assert courier.carry(seconds=5) == 1
        assert program.wait(timeout=20) == 0, (tmp_path / "log").read_text()
        chosen, reported = program.stdout.read().splitlines()
    assert chosen.startswith("1. Ekhagen, ")
    assert chosen.endswith(": 2950.00 kr/day")
    assert reported.endswith("is closed.")


def command(server: LiveServer, caller: Calling, checkout: Path) -> list[str]:
    program = str(checkout / "examples" / "case_system.py")
    where = ["--api", f"{server.url}/api/v1", "--client", caller.client.client_id]
    return [sys.executable, program, *where, "--secret", caller.secret]


def recommend(world: World, reference: str) -> None:
    with world.behind_wall_of(world.officer):
        request = PlacementRequest.objects.get(reference=reference)
        actions.take_request(request_id=request.pk, by=world.officer.actor)
        actions.recommend(request_id=request.pk, units=[FRAMEWORK], by=world.officer.actor)
