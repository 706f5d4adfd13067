"""What is not to be used any more says so, in its answers and in the description."""

from datetime import UTC, datetime
from typing import Any, ClassVar

from django.test import RequestFactory
from django.urls import path
from drf_spectacular.generators import SchemaGenerator
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from spink.api import OpenView
from spink.web.api.describing import Deprecation, Told

OLD = Deprecation(
    since=datetime(2026, 1, 1, tzinfo=UTC),
    ends=datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC),
    link="https://spink.example/changes#olds",
)


class OldSerializer(serializers.Serializer[Any]):
    deprecated_fields = frozenset({"nickname"})
    example: ClassVar[dict[str, Any]] = {"name": "a", "nickname": "b"}

    name = serializers.CharField()
    nickname = serializers.CharField()


class OldView(OpenView):
    serializer_class = OldSerializer
    told: ClassVar[dict[str, Told]] = {
        "GET": Told("read_old", "Old", deprecated=OLD),
        "POST": Told("make_old", "New", status=201),
    }

    def get(self, request: Request) -> Response:
        return Response(OldSerializer.example)

    post = get


def test_deprecated_call_says_since_when_until_when_and_why() -> None:
    answer = OldView.as_view()(RequestFactory().get("/api/v1/olds"))
    assert {name: answer[name] for name in ("Deprecation", "Sunset", "Link")} == {
        "Deprecation": "@1767225600",
        "Sunset": "Thu, 31 Dec 2026 23:59:59 GMT",
        "Link": '<https://spink.example/changes#olds>; rel="deprecation"; type="text/html"',
    }
    other = OldView.as_view()(RequestFactory().post("/api/v1/olds"))
    assert "Deprecation" not in other


def test_description_marks_what_is_deprecated() -> None:
    generator = SchemaGenerator(patterns=[path("api/v1/olds", OldView.as_view())])  # type: ignore[no-untyped-call]
    told = generator.get_schema(public=True)  # type: ignore[no-untyped-call]
    old, new = (told["paths"]["/olds"][method] for method in ("get", "post"))
    assert (old.get("deprecated"), new.get("deprecated")) == (True, None)
    assert {"Deprecation", "Sunset", "Link"} <= set(old["responses"]["200"]["headers"])
    fields = told["components"]["schemas"]["Old"]["properties"]
    assert {name: one.get("deprecated") for name, one in fields.items()} == {
        "name": None,
        "nickname": True,
    }
