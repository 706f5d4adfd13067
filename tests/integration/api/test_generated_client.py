"""A client that is generated from the description does the whole main job at a running server."""

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from openapi_python_client import Config, MetaType, generate
from openapi_python_client.config import ConfigFile

from placements import actions
from placements.models import PlacementRequest
from spink.composition.management.commands.openapi import PAGES
from tests.integration.api.conftest import NEW
from tests.support.api_clients import ACTING, Calling
from tests.support.small_world import CHEAPER, FRAMEWORK, World

NAME = "spink_generated_client"


@pytest.fixture
def client(tmp_path: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    config = Config.from_sources(
        ConfigFile(post_hooks=[]),
        MetaType.NONE,
        document_source=checkout / "docs" / PAGES["en"],
        file_encoding="utf-8",
        overwrite=True,
        output_path=tmp_path / NAME,
    )
    assert generate(config=config) == []
    monkeypatch.syspath_prepend(str(tmp_path))
    yield import_module(NAME)
    for module in [name for name in sys.modules if name.partition(".")[0] == NAME]:
        del sys.modules[module]


@pytest.mark.django_db(transaction=True)
def test_generated_client_files_follows_and_reports_back(
    client: Any, server: str, world: World, caller: Calling
) -> None:
    def call(module: str, *parts: Any, **told: Any) -> Any:
        operation = import_module(f"{NAME}.api.{module}")
        return operation.sync_detailed(*parts, client=calling, acting_person=ACTING, **told)

    models = import_module(f"{NAME}.models")
    with client.AuthenticatedClient(server, token=caller.token) as calling:
        asked = models.NewRequestRequest.from_dict(NEW)
        created = "placement_requests.create_placement_request"
        filed = call(created, body=asked, idempotency_key="file")
        assert (filed.status_code, filed.parsed.state) == (201, "submitted")
        reference = filed.parsed.reference
        recommend(world, reference)

        listing = "placement_requests.list_placement_requests"
        listed = call(listing, state=models.ListPlacementRequestsState.RECOMMENDED).parsed.results
        assert [one.reference for one in listed] == [reference]
        found = call("placement_requests.list_recommendations", reference).parsed.results
        assert [unit.unit_code for unit in found[0].units] == [FRAMEWORK, CHEAPER]

        read = call("placement_requests.read_placement_request", reference)
        reported = call(
            "placement_requests.report_outcome",
            reference,
            body=models.NewFeedbackRequest(unit_code=FRAMEWORK),
            idempotency_key="report",
            if_match=read.headers["ETag"],
        )
        assert (reported.status_code, reported.parsed.state) == (200, "closed")


def recommend(world: World, reference: str) -> None:
    with world.behind_wall_of(world.officer):
        request = PlacementRequest.objects.get(reference=reference)
        actions.take_request(request_id=request.pk, by=world.officer.actor)
        actions.recommend(request_id=request.pk, units=[FRAMEWORK, CHEAPER], by=world.officer.actor)
