"""How an operation is described: what is the same for all of them is said here once."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from rest_framework.serializers import Serializer

from spink.accounts.api.views import ApiView
from spink.composition.openapi import parameters
from spink.composition.openapi.problems import problems_of
from spink.composition.openapi.words import meaning_of
from spink.web.api import paging, problems
from spink.web.api.describing import NOTHING, Kind, Told
from spink.web.api.problems import Problem
from spink.web.api.strict import StrictSerializer

JSON = "application/json"
WITH_BODY = ("POST", "PATCH")
NO_CONTENT = 204
Schema = dict[str, Any]
FILE = {"type": "string", "format": "binary"}

ABOUT = "about"
"""The tag of what the API says of itself."""


class Operation(AutoSchema):
    view: Any

    @property
    def told(self) -> Told:
        told: Told = self.view.told[self.method]
        return told

    @property
    def is_guarded(self) -> bool:
        return isinstance(self.view, ApiView)

    @property
    def is_list(self) -> bool:
        known: frozenset[str] = getattr(self.view, "parameters", frozenset())
        return self.method == "GET" and known >= paging.PARAMETERS

    @property
    def answers(self) -> Kind:
        kind: Kind = self.told.answers or self.view.serializer_class
        return kind

    @property
    def takes(self) -> Kind:
        kind: Kind = self.told.takes or self.view.serializer_class
        return kind

    def is_excluded(self) -> bool:
        return not hasattr(self.view, "told")

    def get_operation_id(self) -> str:
        return self.told.name

    def get_summary(self) -> str:
        return str(self.told.summary)

    def get_description(self) -> str:  # type: ignore[override] # as drf-spectacular calls it
        return str(self.told.description)

    def is_deprecated(self) -> bool:
        return self.told.deprecated is not None

    def get_tags(self) -> list[str]:
        if not self.is_guarded:
            return [ABOUT]
        return [self.path.removeprefix("/api/v1/").split("/")[0]]

    def get_auth(self) -> list[dict[str, Any]]:
        """An empty list says that nothing is needed, where none would say nothing."""
        if not isinstance(self.view, ApiView):
            return [{}]
        return [{"oauth2": [str(self.view.scopes[self.method])]}]

    def _get_parameters(self) -> list[Schema]:
        named = list(parameters.in_path(self.path))
        if self.method == "GET":
            has_fields = self.is_guarded and not self.told.media_types
            named += parameters.in_query(self.view, self.answers if has_fields else None)
        if isinstance(self.view, ApiView):
            named += parameters.in_headers(self.view, self.method)
        return [*named, parameters.ref("Accept-Language")]

    def _get_request_body(self, direction: Any = "request") -> Schema | None:
        if self.method not in WITH_BODY or self.told.takes is NOTHING:
            return None
        schema = self._component(self.takes, direction).ref
        can_be_empty = self.method == "POST" and not _requires_any(self.takes)
        return {
            "required": not can_be_empty,
            "content": {self._body_type: {"schema": schema, "example": _example(self.takes)}},
        }

    @property
    def _body_type(self) -> str:
        kind: str = self.view.parser_classes[0].media_type
        return kind

    def _get_response_bodies(self, direction: Any = "response") -> Schema:
        return {str(self.told.status): self._success(direction)} | {
            str(status): self._failure(status, of_status)
            for status, of_status in self._problems_by_status().items()
        }

    def _success(self, direction: Any) -> Schema:
        headers = {name: parameters.header(name) for name in self._headers()}
        said = {"description": str(self.told.summary), "headers": headers}
        if self.told.status == NO_CONTENT:
            return said
        if self.told.media_types:
            return said | {"content": {kind: {"schema": FILE} for kind in self.told.media_types}}
        schema, example = self._component(self.answers, direction).ref, _example(self.answers)
        if self.is_list:
            schema, example = _envelope(schema), paging.listed([example], 1, paging.Part(20, 0))
        return said | {"content": {JSON: {"schema": schema, "example": example}}}

    def _headers(self) -> list[str]:
        names = ["X-Request-ID", "Content-Language"]
        if self.is_guarded:
            names += ["RateLimit", "RateLimit-Policy"]
        if self.told.deprecated:
            names += self.told.deprecated.headers
        if self.told.media_types:
            return [*names, "Content-Disposition"]
        if self.told.status == NO_CONTENT:
            return names
        fields = self.answers().fields
        if "version" in fields and not self.is_list:
            names.append("ETag")
        if self.told.status == 201 and "href" in fields:
            names.append("Location")
        if self.method == "POST" and self.is_guarded and self.view.keeps_answers:
            names.append("Idempotency-Replayed")
        return names

    def _problems_by_status(self) -> dict[int, list[Problem]]:
        found: dict[int, list[Problem]] = {}
        for problem in problems_of(self.view, self.method, self.path):
            found.setdefault(problem.status, []).append(problem)
        return dict(sorted(found.items()))

    def _failure(self, status: int, of_status: list[Problem]) -> Schema:
        names = ["X-Request-ID", *parameters.HEADERS_OF_PROBLEMS.get(status, ())]
        return {
            "description": " ".join(problem.title for problem in of_status),
            "headers": {name: parameters.header(name) for name in names},
            "content": {
                problems.MEDIA_TYPE: {
                    "schema": {"$ref": "#/components/schemas/Problem"},
                    "examples": {
                        problem.slug: {"$ref": f"#/components/examples/{problem.slug}"}
                        for problem in of_status
                    },
                }
            },
        }

    def _component(self, kind: Kind, direction: Any) -> ResolvedComponent:
        component = self.resolve_serializer(kind, direction)
        if self.method == "GET" and self.is_guarded:
            component.schema.pop("required", None)  # `fields` may leave any of them out
        return component

    def _map_serializer(
        self, serializer: Serializer[Any], direction: Any, bypass_extensions: bool = False
    ) -> Schema:
        schema: Schema = super()._map_serializer(  # type: ignore[no-untyped-call]
            serializer, direction, bypass_extensions
        )
        schema.pop("description", None)  # what is written for us
        kind = type(serializer).__name__.removesuffix("Serializer")
        for name, field in schema["properties"].items():
            if meaning := meaning_of(kind, name):
                field["description"] = meaning
        if direction == "response":
            schema["required"] = sorted(schema["properties"])
        for name in getattr(serializer, "deprecated_fields", ()):
            schema["properties"][name] = schema["properties"][name] | {"deprecated": True}
        if isinstance(serializer, StrictSerializer):
            schema["additionalProperties"] = False
        return schema


def _example(kind: Kind) -> Schema:
    example: Schema = kind.example  # type: ignore[attr-defined]
    return example


def _requires_any(kind: Kind) -> bool:
    return any(field.required for field in kind().fields.values())


COUNTED = _("How many there are in all; of more than ten thousand it is ten thousand.")


def _envelope(schema: Schema) -> Schema:
    count = {"type": "integer", "minimum": 0}
    return {
        "type": "object",
        "properties": {
            "total": count | {"maximum": paging.COUNTED, "description": str(COUNTED)},
            "limit": {"type": "integer", "minimum": 1, "maximum": paging.MOST},
            "offset": count,
            "results": {"type": "array", "items": schema, "maxItems": paging.MOST},
        },
        "required": ["total", "limit", "offset", "results"],
    }
