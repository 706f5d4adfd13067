"""The document as the page lays it out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from spink.composition.openapi.document import document
from spink.composition.reference.calls import curl, pretty
from spink.composition.reference.fields import Row, Schemas
from spink.web.api.problems import TYPES, Problem

JSON = "application/json"
FORM = "multipart/form-data"
FIELDS = "fields"
TOLD_ONCE = frozenset(
    {"X-Request-ID", "Content-Language", "RateLimit", "RateLimit-Policy", "Idempotency-Replayed"}
)
"""Headers of answers that the page tells of for all calls."""


@dataclass(frozen=True, slots=True)
class Body:
    rows: tuple[Row, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Answer:
    status: str
    media_types: tuple[str, ...]
    """Of a file; an object has fields."""
    object: str
    is_list: bool
    headers: tuple[Row, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Operation:
    name: str
    method: str
    path: str
    summary: str
    description: str
    is_deprecated: bool
    scope: str
    acts: bool
    has_key: bool
    needs_version: bool
    parameters: tuple[Row, ...]
    body: Body | None
    answer: Answer
    problems: tuple[Problem, ...]
    """Beside those of every call."""
    call: str
    next: tuple[str, ...]
    """The names of operations that go on with what is answered."""


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    about: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Object:
    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Events:
    """What is sent to webhooks; all of it has one shape."""

    about: Mapping[str, str]
    headers: tuple[Row, ...]
    body: Body


@dataclass(frozen=True, slots=True)
class Reference:
    version: str
    licence: str
    about: tuple[str, ...]
    scopes: Mapping[str, str]
    groups: tuple[Group, ...]
    events: Events | None
    objects: tuple[Object, ...]
    problems: tuple[Problem, ...]
    of_every_call: tuple[Problem, ...]
    types: str = TYPES
    """What the types of problems begin with."""


@cache
def reference_in(language: str) -> Reference:
    """In the language that the texts of the page are in as well."""
    return reference_of(document(language))


def reference_of(told: Mapping[str, Any]) -> Reference:
    return _Reading(told).reference()


class _Reading:
    def __init__(self, told: Mapping[str, Any]) -> None:
        self._told = told
        self._schemas = Schemas(told["components"])
        every = [one for path in told["paths"].values() for one in path.values()]
        found = [set(self._problems(one["responses"])) for one in every if _needs_token(one)]
        self._common = [one for one in Problem if all(one in problems for problems in found)]

    def reference(self) -> Reference:
        info = self._told["info"]
        flows = self._told["components"]["securitySchemes"]["oauth2"]["flows"]
        groups = tuple(self._groups())
        return Reference(
            version=info["version"],
            licence=info["license"]["name"],
            about=tuple(info["description"].split("\n\n")),
            scopes=flows["clientCredentials"]["scopes"],
            groups=groups,
            events=self._events(),
            objects=tuple(self._objects(groups)),
            problems=tuple(Problem),
            of_every_call=tuple(self._common),
        )

    def _groups(self) -> Iterator[Group]:
        every = [
            (one["tags"][0], self._operation(path, method, one))
            for path, methods in self._told["paths"].items()
            for method, one in methods.items()
        ]
        for tag in self._told["tags"]:
            own = tuple(operation for name, operation in every if name == tag["name"])
            if own:
                yield Group(tag["name"], tag.get("description", ""), own)

    def _operation(self, path: str, method: str, told: Mapping[str, Any]) -> Operation:
        parameters = [self._schemas.named(one) for one in told["parameters"]]
        asked = {one["name"] for one in parameters if one["in"] == "header"}
        in_address = [one for one in parameters if one["in"] != "header"]  # those are told in words
        scopes = told["security"][0].get("oauth2", [])
        taken = told.get("requestBody", {}).get("content", {})
        content = next(iter(taken.values()), None)
        status, answered = next(iter(told["responses"].items()))
        return Operation(
            name=told["operationId"],
            method=method.upper(),
            path=path,
            summary=told["summary"],
            description=told.get("description", ""),
            is_deprecated=told.get("deprecated", False),
            scope=" ".join(scopes),
            acts="Acting-Person" in asked,
            has_key="Idempotency-Key" in asked,
            needs_version="If-Match" in asked,
            parameters=tuple(self._parameters(in_address)),
            body=self._body(content) if content else None,
            answer=self._answer(status, answered),
            problems=tuple(
                one
                for one in self._problems(told["responses"])
                if one not in self._common or not scopes
            ),
            call=curl(
                method.upper(),
                path,
                parameters,
                needs_token=bool(scopes),
                body=taken[JSON]["example"] if JSON in taken else None,
                files=list(taken.get(FORM, {}).get("example", ())),
            ),
            next=tuple(self._next(answered)),
        )

    def _parameters(self, parameters: list[Any]) -> Iterator[Row]:
        for one in parameters:
            row = self._in_message(one["name"], one, place=one["in"])
            yield replace(row, values=()) if row.name == FIELDS else row

    def _in_message(self, name: str, told: Mapping[str, Any], place: str = "") -> Row:
        field = dict(told["schema"]) | {"description": told.get("description", "")}
        is_required = bool(told.get("required"))
        return self._schemas.row(name, field, is_required=is_required, place=place)

    def _body(self, content: Mapping[str, Any]) -> Body:
        rows = tuple(self._schemas.rows(content["schema"]))
        return Body(rows, pretty(content["example"]))

    def _answer(self, status: str, told: Mapping[str, Any]) -> Answer:
        headers = {
            name: self._schemas.named(one)
            for name, one in told.get("headers", {}).items()
            if name not in TOLD_ONCE
        }
        offered = told.get("content", {})
        content = offered.get(JSON, {"schema": {}, "example": None})
        schema = content["schema"]
        is_list = "results" in schema.get("properties", {})
        shown = schema["properties"]["results"]["items"] if is_list else schema
        return Answer(
            status=status,
            media_types=tuple(kind for kind in offered if kind != JSON),
            object=str(shown.get("$ref", "")).rpartition("/")[2],
            is_list=is_list,
            headers=tuple(self._in_message(name, one) for name, one in headers.items()),
            example=pretty(content["example"]) if content["example"] is not None else "",
        )

    def _problems(self, responses: Mapping[str, Any]) -> Iterator[Problem]:
        slugs = {
            slug
            for answer in responses.values()
            for content in answer.get("content", {}).values()
            for slug in content.get("examples", {})
        }
        return (problem for problem in Problem if problem.slug in slugs)

    def _next(self, answered: Mapping[str, Any]) -> Iterator[str]:
        for link in answered.get("links", {}).values():
            yield self._schemas.named(link)["operationId"]

    def _events(self) -> Events | None:
        told = {name: one["post"] for name, one in self._told.get("webhooks", {}).items()}
        if not told:
            return None
        first = next(iter(told.values()))
        parameters = [self._schemas.named(one) for one in first.get("parameters", ())]
        return Events(
            about={name: one["summary"] for name, one in told.items()},
            headers=tuple(self._parameters(parameters)),
            body=self._body(first["requestBody"]["content"][JSON]),
        )

    def _objects(self, groups: tuple[Group, ...]) -> Iterator[Object]:
        answers = (operation.answer for group in groups for operation in group.operations)
        named = {answer.object for answer in answers if answer.object}
        for name in sorted(named):
            rows = self._schemas.rows(self._told["components"]["schemas"][name])
            yield Object(name, tuple(rows))


def _needs_token(operation: Mapping[str, Any]) -> bool:
    return "oauth2" in operation["security"][0]
