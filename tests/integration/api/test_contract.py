"""Calls that are made up from the description, to a running server: what is answered is described.

Few for each operation, the same in every run; then some that go on with what was answered, as the
links say.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from copy import deepcopy
from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import openapi
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.core.transport import Response
from schemathesis.generation import GenerationMode
from schemathesis.generation.case import Case
from schemathesis.generation.stateful.state_machine import StepInput, StepOutput
from schemathesis.specs.openapi import checks

from spink.composition.openapi.document import document
from tests.integration.api.conftest import NEW
from tests.support.api_clients import Calling

PROBLEM = "application/problem+json"
MOST = 2
WALKS, STEPS = 8, 6
LEAST = 3
"""Calls that the walks come to by links at the least: which of them is drawn by chance."""
RECOMMENDED = "placement_request.recommended"
BODIES = {
    "POST /placement-requests": NEW,
    "POST /webhook-endpoints": {"url": "http://127.0.0.1:9/", "event_types": [RECOMMENDED]},
}
"""Of the calls that the walks begin with; nothing listens at that address."""
STARTS = "^/(placement-requests|webhook-endpoints)"
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]


class Told:
    """Calls an operation as the description has it, with a token and the reference of a request."""

    def __init__(self, server: str, caller: Calling, reference: str) -> None:
        self.server, self.caller, self.reference = server, caller, reference
        self.session = requests.Session()
        self.seen: set[int] = set()
        self.called: set[str] = set()

    def call(self, case: Case) -> None:
        if "reference" in (case.path_parameters or {}):
            case.path_parameters["reference"] = self.reference
        self.called.add(case.operation.label)
        self.check(case, case.call(**self.how()))

    def how(self) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.caller.token}"}
        return {"base_url": self.server, "session": self.session, "headers": headers}

    def check(self, case: Case, answer: Response) -> None:
        self.seen.add(answer.status_code)
        case.validate_response(answer, checks=CHECKS)
        if answer.status_code >= 400:
            described = case.operation.definition.raw["responses"][str(answer.status_code)]
            slug = answer.json()["type"].rsplit("/", 1)[1]
            assert slug in described["content"][PROBLEM]["examples"]


@pytest.fixture
def told(server: str, caller: Calling) -> Iterator[Told]:
    filed = caller.post("placement-requests", NEW).json()["reference"]
    calls = Told(server, caller, filed)
    yield calls
    calls.session.close()


FEW = {
    "derandomize": True,
    "database": None,
    "phases": [Phase.generate],
    "suppress_health_check": list(HealthCheck),
}


@pytest.mark.django_db(transaction=True)
def test_whatever_is_called_the_answer_is_described(told: Told) -> None:
    own = deepcopy(document("en"))  # which is kept, and schemathesis writes in it
    schema: Any = openapi.from_dict(own, config=SchemathesisConfig())
    operations: list[Any] = [found.ok() for found in schema.get_all_operations()]
    for operation in operations:
        _call(told, schema, operation)
    assert told.called == {operation.label for operation in operations}
    assert {200, 201, 400, 422} <= told.seen
    assert len(_follow(told, schema)) >= LEAST


def _call(told: Told, schema: Any, operation: Any) -> None:
    def made_up(case: Case) -> None:
        told.call(case)

    made_ups = [(one, 1) for one in schema.get_strategies_from_examples(operation)]
    made_ups += [(operation.as_strategy(generation_mode=mode), MOST) for mode in GenerationMode]
    for strategy, most in made_ups:
        tried: Callable[[], Any] = settings(max_examples=most, **FEW)(given(case=strategy)(made_up))
        with suppress(Unsatisfiable):  # of a call that asks for nothing, nothing can be wrong
            tried()


def _follow(told: Told, schema: Any) -> set[str]:
    """From what is made and listed on by the links. Which calls they led to."""
    followed: set[str] = set()
    machine: Any = schema.include(path_regex=STARTS).as_state_machine()
    unled = {name: None for name in machine.root_rules if "reference" in name or "_id" in name}

    class Following(machine):  # type: ignore[misc]
        def step(self, input: StepInput) -> StepOutput:
            label = input.case.operation.label
            input.case.body = BODIES.get(label, input.case.body)
            if input.applied_parameters:
                followed.add(label)
            output: StepOutput = super().step(input)
            return output

        def get_call_kwargs(self, case: Case) -> dict[str, Any]:
            return told.how()

        def validate_response(self, response: Response, case: Case, **_: Any) -> None:
            told.check(case, response)

    started_by_links = type("StartedByLinks", (Following,), unled)
    started_by_links.run(settings=settings(max_examples=WALKS, stateful_step_count=STEPS, **FEW))
    return followed
