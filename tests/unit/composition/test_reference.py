"""The page about the API: schemas as rows, calls as they are typed, events where there are any."""

from typing import Any

from django.utils import translation

from spink.composition.openapi.document import document
from spink.composition.reference.calls import curl
from spink.composition.reference.fields import Row, Schemas, Value
from spink.composition.reference.reading import reference_of

ENUM = {"type": "string", "enum": ["a", "b"], "description": "* `a` - First\n* `b` - Second"}
SCHEMAS = Schemas(
    {
        "schemas": {
            "Kind": ENUM,
            "Null": {"type": "null"},
            "Person": {
                "type": "object",
                "properties": {
                    "age": {"type": ["integer", "null"], "minimum": 0, "maximum": 120},
                },
            },
        }
    }
)


def row(name: str, kind: str, **more: Any) -> Row:
    usual = {"is_required": False, "about": "", "limits": (), "values": ()}
    return Row(name=name, kind=kind, **(usual | more))


def test_schema_becomes_a_row_a_field_with_what_lies_within() -> None:
    schema = {
        "required": ["person"],
        "properties": {
            "person": {"$ref": "#/components/schemas/Person", "description": "For whom."},
            "others": {"type": "array", "items": {"$ref": "#/components/schemas/Person"}},
            "kind": {"allOf": [{"$ref": "#/components/schemas/Kind"}], "description": "Which."},
            "kinds": {
                "type": "array",
                "maxItems": 3,
                "items": {"$ref": "#/components/schemas/Kind"},
            },
            "near": {
                "oneOf": [
                    {"$ref": "#/components/schemas/Kind"},
                    {"$ref": "#/components/schemas/Null"},
                ]
            },
            "day": {"type": "string", "format": "date", "default": "2025-03-01"},
            "flag": {"type": "boolean", "default": False},
        },
    }
    values = (Value("a", "First"), Value("b", "Second"))
    age = {"limits": ("From 0 to 120.",)}
    with translation.override("en"):
        rows = list(SCHEMAS.rows(schema))
    assert rows == [
        row("person", "object", is_required=True, about="For whom."),
        row("person.age", "integer | null", **age),
        row("others", "object[]"),
        row("others[].age", "integer | null", **age),
        row("kind", "string", about="Which.", values=values),
        row("kinds", "string[]", limits=("At most 3 in the list.",), values=values),
        row("near", "string | null", values=values),
        row("day", "date", limits=("2025-03-01 unless given.",)),
        row("flag", "boolean", limits=("false unless given.",)),
    ]


def test_call_can_be_typed_as_it_stands() -> None:
    parameters = [
        {"in": "path", "name": "reference", "example": "2026-00042"},
        {"in": "query", "name": "limit"},
        {"in": "header", "name": "If-Match", "required": True, "example": '"3"'},
        {"in": "header", "name": "Accept-Language"},
    ]
    body = {"text": "Vi's svar"}
    assert curl("POST", "/a/{reference}/b", parameters, needs_token=True, body=body) == (
        'curl -s "$API/a/2026-00042/b" \\\n'
        '  -H "Authorization: Bearer $TOKEN" \\\n'
        '  -H "If-Match: $ETAG" \\\n'
        '  -H "Content-Type: application/json" \\\n'
        "  -d '{\n"
        '  "text": "Vi\'\\\'\'s svar"\n'
        "}'"
    )


def test_call_names_its_method_where_curl_would_take_another() -> None:
    def first(method: str, **more: Any) -> str:
        return curl(method, "/a", [], needs_token=False, **more).split(' "$API/a"')[0]

    assert [first("GET"), first("POST", body={}), first("POST", files=["x"])] == ["curl -s"] * 3
    assert first("POST") == "curl -s -X POST"
    assert first("PATCH", body={}) == "curl -s -X PATCH"
    assert first("DELETE") == "curl -s -X DELETE"
    assert curl("POST", "/a", [], needs_token=False, files=["x"]).endswith(" \\\n  -F x=@x.pdf")


def test_events_are_shown_where_the_document_has_any() -> None:
    schema = {"type": "object", "properties": {"type": {"type": "string"}}}
    content = {"application/json": {"schema": schema, "example": {"type": "ping"}}}
    event = {"summary": "A ping", "requestBody": {"content": content}}
    told = document("en") | {"webhooks": {"ping": {"post": event}}}
    found = reference_of(told).events
    assert found is not None
    assert (found.about, found.body.example) == ({"ping": "A ping"}, '{\n  "type": "ping"\n}')
    assert [one.name for one in found.body.rows] == ["type"]
    assert reference_of(document("en") | {"webhooks": {}}).events is None
