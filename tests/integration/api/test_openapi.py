"""The description of the API: valid, as the code is, and by the national profile's rules."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from spink.composition.openapi.document import document
from spink.web.api.problems import Problem
from spink.webhooks.domain.types import MessageType
from tests.permissions.test_api import CELLS

JSON = "application/json"
FORM = "multipart/form-data"
PROBLEM = "application/problem+json"
SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
SINGULAR_BY_PROFILE_OR_STEP = {
    *("api-info", "openapi.json", "outcome-feedback", "withdrawal", "stops-in-force", "content"),
}
WITHOUT_BODY = ("/tests", "/replays")


@pytest.fixture(params=["sv", "en"])
def told(request: pytest.FixtureRequest) -> dict[str, Any]:
    return document(request.param)


def english() -> dict[str, Any]:
    return document("en")


def operations(told: dict[str, Any] | None = None) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in (told or english())["paths"].items():
        for method, operation in methods.items():
            yield path, method.upper(), operation


def parameters(operation: dict[str, Any]) -> list[dict[str, Any]]:
    named = english()["components"]["parameters"]
    return [
        named[one["$ref"].rsplit("/", 1)[1]] if "$ref" in one else one
        for one in operation["parameters"]
    ]


def faults_of(value: object, schema: dict[str, Any]) -> list[str]:
    whole = schema | {"components": english()["components"]}
    return [fault.message for fault in Draft202012Validator(whole).iter_errors(value)]


def test_description_is_valid_openapi(told: dict[str, Any]) -> None:
    assert list(OpenAPIV31SpecValidator(told).iter_errors()) == []
    assert told["openapi"] == "3.1.0"


def test_description_names_every_method_that_the_matrix_tries_and_no_other() -> None:
    cells = {
        (re.sub(r"<\w+:(\w+)>", r"{\1}", f"/{cell.route}"), cell.method, cell.scope)
        for cell in CELLS
        if not cell.route.startswith("oauth/")
    }
    described = {
        (path, method, "".join(one["security"][0].get("oauth2", [])))
        for path, method, one in operations()
    }
    assert described == cells


@pytest.mark.django_db
def test_description_is_answered_in_both_languages_to_whoever_asks() -> None:
    browser = Client()
    for language in ("sv", "en"):
        chosen = browser.get("/api/v1/openapi.json", {"lang": language})
        offered = browser.get("/api/v1/openapi.json", headers={"Accept-Language": language})
        assert chosen.json() == offered.json() == document(language)
        assert chosen["Content-Language"] == language
    assert browser.get("/api/v1/openapi.json", {"lang": "fi"}).status_code == 400


def test_both_languages_say_the_same_of_the_calls() -> None:
    swedish = document("sv")
    assert [(path, method, one["operationId"]) for path, method, one in operations(swedish)] == [
        (path, method, one["operationId"]) for path, method, one in operations()
    ]
    same = [
        one["operationId"]
        for path, method, one in operations(swedish)
        if one["summary"] == english()["paths"][path][method.lower()]["summary"]
    ]
    assert same == []


def test_every_field_says_what_it_means(told: dict[str, Any]) -> None:
    silent = {
        f"{schema}.{name}"
        for schema, found in told["components"]["schemas"].items()
        for name, field in found.get("properties", {}).items()
        if not field.get("description")
    }
    assert silent == set()


def test_links_lead_to_calls_by_parameters_that_these_have() -> None:
    targets = {one["operationId"]: one for _path, _method, one in operations()}
    filing = english()["paths"]["/placement-requests"]["post"]["responses"]["201"]["links"]
    assert filing["withdraw_placement_request"]["parameters"] == {
        "path.reference": "$response.body#/reference",
        "header.If-Match": "$response.header.ETag",
    }
    for _path, _method, operation in operations():
        answer = next(iter(operation["responses"].values()))
        for link in answer.get("links", {}).values():
            asked = parameters(targets[link["operationId"]])
            needed = {f"{one['in']}.{one['name']}" for one in asked if one["in"] == "path"}
            assert needed <= set(link["parameters"]) <= needed | {"header.If-Match"}


def test_examples_are_what_their_schemas_say() -> None:
    for _path, _method, operation in operations():
        bodies = [operation["requestBody"]] if "requestBody" in operation else []
        answers = [one for status, one in operation["responses"].items() if status < "300"]
        for body in (*bodies, *answers):
            if "content" not in body:
                continue
            ((kind, content),) = list(body["content"].items())[:1]
            if kind not in (JSON, FORM):  # a file, of which nothing can be told
                continue
            assert faults_of(content["example"], content["schema"]) == []
    problem = english()["components"]["schemas"]["Problem"]
    for example in english()["components"]["examples"].values():
        assert faults_of(example["value"], problem) == []


def test_every_type_of_message_is_described_with_an_example(told: dict[str, Any]) -> None:
    schema = told["components"]["schemas"]["WebhookMessage"]
    assert set(told["webhooks"]) == {one.value for one in MessageType}
    for name, described in told["webhooks"].items():
        example = described["post"]["requestBody"]["content"][JSON]["example"]
        assert (example["type"], faults_of(example, schema)) == (name, [])


# The national profile, rule by rule


def test_paths_are_lower_case_hyphenated_nouns_in_plural() -> None:
    parts = {part for path, _m, _o in operations() for part in path.strip("/").split("/")}
    nouns = {part for part in parts if "{" not in part}
    assert [noun for noun in nouns if not re.fullmatch(r"[a-z]+(-[a-z]+)*(\.json)?", noun)] == []
    singular = {noun for noun in nouns if not noun.endswith(("s", "es"))}
    assert singular == SINGULAR_BY_PROFILE_OR_STEP


def test_version_stands_in_the_address() -> None:
    assert [server["url"] for server in english()["servers"]] == ["/api/v1"]
    assert english()["info"]["version"].split(".")[0] == "1"


def test_fields_and_parameters_are_in_snake_case() -> None:
    fields = {
        name
        for schema in english()["components"]["schemas"].values()
        for name in schema.get("properties", {})
    }
    asked = {
        one["name"]
        for _p, _m, operation in operations()
        for one in parameters(operation)
        if one["in"] != "header"
    }
    assert [name for name in fields | asked if not SNAKE.fullmatch(name)] == []


def test_times_and_days_have_their_formats() -> None:
    for schema in english()["components"]["schemas"].values():
        for name, field in schema.get("properties", {}).items():
            if name.endswith("_at"):
                assert field["format"] == "date-time", name
            if name.endswith("_date") or name in ("valid_from", "valid_to", "wanted_start"):
                assert field["format"] == "date", name


def test_lists_are_cut_by_limit_with_page_or_offset() -> None:
    for _path, _method, operation in operations():
        if operation["operationId"].startswith("list_"):
            named = {one["name"]: one["schema"] for one in parameters(operation)}
            assert named["limit"]["default"] == 20
            assert named["page"]["minimum"] == 1
            assert named["offset"]["minimum"] == 0
            envelope = operation["responses"]["200"]["content"][JSON]["schema"]
            assert envelope["required"] == ["total", "limit", "offset", "results"]


def test_every_error_is_a_problem_that_is_described_with_an_example() -> None:
    described = {one.slug: one for one in Problem}
    for _path, _method, operation in operations():
        for status, answer in operation["responses"].items():
            if status >= "400":
                assert list(answer["content"]) == [PROBLEM]
                slugs = list(answer["content"][PROBLEM]["examples"])
                assert [described[slug].status for slug in slugs] == [int(status)] * len(slugs)


def test_no_personal_number_stands_in_an_address() -> None:
    in_addresses = {
        one["name"]
        for _p, _m, operation in operations()
        for one in parameters(operation)
        if one["in"] in ("path", "query")
    }
    assert in_addresses == {
        *("reference", "slug", "limit", "page", "offset", "lang", "fields", "sort"),
        *("state", "urgency", "service_type"),
        *("submitted_from", "submitted_before", "changed_from"),
        *("code", "q", "service", "municipality", "rung", "buyer", "free", "age", "need", "stop"),
        *("permit", "legal_form", "ownership", "unit", "provider", "attachment_id"),
        "month",
        *("endpoint_id", "message_id", "endpoint", "type"),
    }


def test_only_changes_have_a_body_and_each_post_has_a_key() -> None:
    for path, method, operation in operations():
        headers = {one["name"] for one in parameters(operation) if one["in"] == "header"}
        takes = method in ("POST", "PATCH") and not path.endswith(WITHOUT_BODY)
        assert ("requestBody" in operation) == takes
        assert ("Idempotency-Key" in headers) == (method == "POST")


def test_tokens_are_the_only_way_in_and_basic_is_not_offered() -> None:
    assert list(english()["components"]["securitySchemes"]) == ["oauth2"]
    flows = english()["components"]["securitySchemes"]["oauth2"]["flows"]
    assert list(flows) == ["clientCredentials"]
    used = {
        scope
        for _p, _m, operation in operations()
        for scope in operation["security"][0].get("oauth2", [])
    }
    assert used == set(flows["clientCredentials"]["scopes"])


@pytest.mark.django_db
def test_contact_licence_and_what_the_api_is_are_told() -> None:
    info = english()["info"]
    assert (info["title"], info["license"]["identifier"]) == ("Spink", "EUPL-1.2")
    assert sorted(info["contact"]) == ["name", "url"]
    told = Client().get("/api/v1/api-info").json()
    assert sorted(told) == [
        "api_documentation",
        "api_name",
        "api_released",
        "api_status",
        "api_version",
    ]
    assert told["api_version"] == info["version"]
