"""Calls that are made up from the description, to a running server: what is answered is described.

Few for each operation, and the same in every run.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import openapi
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode
from schemathesis.generation.case import Case
from schemathesis.specs.openapi import checks

from spink.composition.openapi.document import document
from tests.integration.api.conftest import NEW
from tests.support.api_clients import Calling

PROBLEM = "application/problem+json"
MOST = 3
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
        answer = case.call(
            base_url=self.server,
            session=self.session,
            headers={"Authorization": f"Bearer {self.caller.token}"},
        )
        self.seen.add(answer.status_code)
        self.called.add(case.operation.label)
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


@pytest.mark.django_db(transaction=True)
def test_whatever_is_called_the_answer_is_described(told: Told) -> None:
    def made_up(case: Case) -> None:
        told.call(case)

    schema: Any = openapi.from_dict(document("en"), config=SchemathesisConfig())
    operations: list[Any] = [found.ok() for found in schema.get_all_operations()]
    for operation in operations:
        made_ups = [(one, 1) for one in schema.get_strategies_from_examples(operation)]
        made_ups += [(operation.as_strategy(generation_mode=mode), MOST) for mode in GenerationMode]
        for strategy, most in made_ups:
            tried: Callable[[], Any] = settings(
                max_examples=most,
                derandomize=True,
                database=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )(given(case=strategy)(made_up))
            with suppress(Unsatisfiable):  # of a call that asks for nothing, nothing can be wrong
                tried()
    assert told.called == {operation.label for operation in operations}
    assert {200, 201, 400, 422} <= told.seen
