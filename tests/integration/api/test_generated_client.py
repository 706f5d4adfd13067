"""A client that is generated from the description does the whole main job at a running server."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from openapi_python_client import Config, MetaType, generate
from openapi_python_client.config import ConfigFile

from placements import actions
from placements.domain.lifecycle import Side
from placements.domain.values import Audience
from placements.models import PlacementRequest
from spink.composition.management.commands.openapi import PAGES
from tests.integration.api.conftest import NEW
from tests.support.api_clients import ACTING, Calling
from tests.support.small_world import CHEAPER, FRAMEWORK, World

NAME = "spink_generated_client"
QUESTION = "Behöver hon vaken personal?"
ANSWER = "Nej, sovande jour."
ADVICE = "Ring den första före fredag."


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
def test_generated_client_plays_the_whole_main_job(
    client: Any, server: str, world: World, caller: Calling
) -> None:
    keys = (f"key-{number}" for number in count())

    def call(name: str, *parts: Any, **told: Any) -> Any:
        operation = import_module(f"{NAME}.api.placement_requests.{name}")
        return operation.sync_detailed(*parts, client=calling, acting_person=ACTING, **told)

    def read(name: str) -> list[Any]:
        found: list[Any] = call(name, reference).parsed.results
        return found

    def step(name: str, body: Any) -> Any:
        version = call("read_placement_request", reference).headers["ETag"]
        return call(name, reference, body=body, if_match=version, idempotency_key=next(keys))

    models = import_module(f"{NAME}.models")
    with client.AuthenticatedClient(server, token=caller.token) as calling:
        asked = models.NewRequestRequest.from_dict(NEW)
        filed = call("create_placement_request", body=asked, idempotency_key=next(keys))
        assert (filed.status_code, filed.parsed.state) == (201, "submitted")
        reference = filed.parsed.reference

        document = import_module(f"{NAME}.types").File(BytesIO(b"Hej"), "Utredning.txt")
        handed_in = models.NewAttachmentRequest(document=document)
        added = call("add_attachment", reference, body=handed_in, idempotency_key=next(keys))
        assert (added.status_code, added.parsed.state) == (201, "checking")
        assert [one.name for one in read("list_attachments")] == ["Utredning.txt"]

        with officer(world, reference) as told:
            actions.take_request(**told)
            actions.ask_information(question=QUESTION, **told)
        assert read("list_timeline_entries")[0].kind == "ask_information"
        answered = step("answer_information", models.TextRequest(text=ANSWER))
        assert (answered.status_code, answered.parsed.state) == (200, "in_progress")

        with officer(world, reference) as told:
            actions.recommend(units=[FRAMEWORK, CHEAPER], **told)
            actions.write(text=ADVICE, audience=Audience.BOTH, side=Side.PLACING, **told)
        recommended = models.ListPlacementRequestsState.RECOMMENDED
        listed = call("list_placement_requests", state=recommended).parsed.results
        assert [one.reference for one in listed] == [reference]
        field = models.ListPlacementRequestsFieldsItem
        short = call("list_placement_requests", fields=[field.REFERENCE, field.STATE])
        assert json.loads(short.content)["results"] == [
            {"reference": reference, "state": "recommended"}
        ]
        (found,) = read("list_recommendations")
        assert [unit.unit_code for unit in found.units] == [FRAMEWORK, CHEAPER]
        assert [one.text for one in read("list_messages")] == [QUESTION, ANSWER, ADVICE]

        thanks = models.TextRequest(text="Tack, det är gjort.")
        written = call("write_message", reference, body=thanks, idempotency_key=next(keys))
        assert written.status_code == 201
        reported = step("report_outcome", models.NewFeedbackRequest(unit_code=FRAMEWORK))
        assert (reported.status_code, reported.parsed.state) == (200, "closed")
        assert [one.unit_code for one in read("list_outcome_feedback")] == [FRAMEWORK]


@contextmanager
def officer(world: World, reference: str) -> Iterator[dict[str, Any]]:
    """Whom and what the officer's steps are taken by and with."""
    with world.behind_wall_of(world.officer):
        request = PlacementRequest.objects.get(reference=reference)
        yield {"request_id": request.pk, "by": world.officer.actor}
