"""What may stand in an address or a header, and the headers of answers."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import django_filters
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework.views import APIView

from spink.accounts.api import authentication, idempotency
from spink.accounts.api.views import CHANGING, ApiView
from spink.web.api import paging
from spink.web.api.describing import Kind
from spink.web.api.parameters import FIELDS
from spink.web.api.problems import Problem

Schema = dict[str, Any]
Text = str | Promise

VERSION = r'^"[0-9]{1,9}"$'
REFERENCE = r"^[0-9]{4}-[0-9]{5,7}$"
CODE = 60
"""Signs of a code that stands in the catalogue or the register, at most."""

IN_PATH: dict[str, tuple[Text, Schema, str]] = {
    "reference": (
        _("The reference of the request."),
        {"type": "string", "pattern": REFERENCE},
        "2026-00042",
    ),
    "code": (
        _("The code of the provider or the care unit."),
        {"type": "string", "minLength": 1, "maxLength": CODE},
        "alden-1",
    ),
    "attachment_id": (
        _("The id of the document."),
        {"type": "string", "format": "uuid"},
        "6f1c2b1e-6a0e-4a53-9b6e-0d0f5a3f7c11",
    ),
    "endpoint_id": (
        _("The id of the webhook."),
        {"type": "string", "format": "uuid"},
        "3f0c9a5b-e27d-4c7d-9d0c-8f6f2f0f2a11",
    ),
    "message_id": (
        _("The id of the message, as in the header webhook-id."),
        {"type": "string", "format": "uuid"},
        "b1946ac9-2d2f-4e0b-8a53-9b6e0d0f5a3f",
    ),
    "slug": (
        _("The last part of the type of a problem."),
        {"type": "string", "enum": [problem.slug for problem in Problem]},
        "not-found",
    ),
}
IN_QUERY: dict[str, tuple[Text, Schema]] = {
    "limit": (
        _("How many are answered at most."),
        {"type": "integer", "minimum": 1, "maximum": paging.MOST, "default": paging.USUAL},
    ),
    "page": (
        _("Which part of so many, from 1. Not together with offset."),
        {"type": "integer", "minimum": 1},
    ),
    "offset": (
        _("How many are left out from the beginning. Not together with page."),
        {"type": "integer", "minimum": 0, "maximum": paging.DEEPEST},
    ),
    "lang": (
        _("Which language the description is in, whatever Accept-Language says."),
        {"type": "string", "enum": ["sv", "en"]},
    ),
}
IN_HEADER: dict[str, tuple[Text, Schema, str]] = {
    authentication.ACTING_PERSON: (
        _(
            "Who acts, as your own system knows the person: a name or an account, in UTF-8. It is"
            " kept in the access log and shown in the timeline."
        ),
        {"type": "string", "minLength": 1, "maxLength": authentication.MOST_ACTING},
        "kajsa.k@example.se",
    ),
    idempotency.HEADER: (
        _(
            "A key that is new for each thing you do. The same call with the same key within 48"
            " hours is done once and gets the first answer again."
        ),
        {"type": "string", "maxLength": idempotency.MOST_KEY, "pattern": "^[!-~]+$"},
        "6f1c2b1e-6a0e-4a53-9b6e-0d0f5a3f7c11",
    ),
    "If-Match": (
        _("The ETag of what is changed, as you read it."),
        {"type": "string", "pattern": VERSION},
        '"3"',
    ),
}
LANGUAGE: tuple[Text, Schema] = (
    _("sv or en: the language of titles and details. Swedish unless it is said."),
    {"type": "string"},
)
HEADERS: dict[str, tuple[Text, Schema, bool]] = {
    "X-Request-ID": (
        _("The id of the call, which also stands in our log."),
        {"type": "string", "pattern": "^[A-Za-z0-9._-]{8,64}$"},
        True,
    ),
    "Content-Language": (_("The language of the texts."), {"type": "string"}, True),
    "RateLimit": (
        _("Calls that are left (r), and seconds until there are more (t)."),
        {"type": "string", "pattern": '^"client";r=[0-9]+;t=[0-9]+$'},
        False,
    ),
    "RateLimit-Policy": (
        _("Calls (q) that a client has in so many seconds (w)."),
        {"type": "string", "pattern": '^"client";q=[0-9]+;w=[0-9]+$'},
        False,
    ),
    "Deprecation": (
        _("Since when this is not to be used any more (RFC 9745)."),
        {"type": "string", "pattern": "^@-?[0-9]+$"},
        True,
    ),
    "Sunset": (_("When this ends (RFC 8594)."), {"type": "string"}, True),
    "Link": (_("Where it is said what to use instead."), {"type": "string"}, True),
    "ETag": (
        _("The version of what is answered; changes of it are made with this in If-Match."),
        {"type": "string", "pattern": VERSION},
        True,
    ),
    "Content-Disposition": (
        _("The name under which the document is to be saved."),
        {"type": "string"},
        True,
    ),
    "Location": (
        _("The address of what was made."),
        {"type": "string", "format": "uri-reference"},
        True,
    ),
    "Idempotency-Replayed": (
        _("true where the answer is that of an earlier call with the same key."),
        {"type": "string", "const": "true"},
        False,
    ),
    "WWW-Authenticate": (_("What the token lacks."), {"type": "string"}, True),
    "Retry-After": (_("Seconds to wait."), {"type": "string", "pattern": "^[0-9]+$"}, True),
}
HEADERS_OF_PROBLEMS: dict[int, tuple[str, ...]] = {
    401: ("WWW-Authenticate",),
    429: ("Retry-After", "RateLimit", "RateLimit-Policy"),
    503: ("Retry-After",),
}


def in_path(path: str) -> Iterator[Schema]:
    return (ref(name) for name in re.findall(r"{(\w+)}", path))


def in_query(view: APIView, answers: Kind | None) -> list[Schema]:
    known: frozenset[str] = getattr(view, "parameters", frozenset())
    named = [ref(name) for name in IN_QUERY if name in known]
    filters = getattr(view, "filters", None)
    if filters:
        named += _in_filters(filters, getattr(view, "filters_told", {}))
    return named + ([_fields(answers)] if answers else [])


def in_headers(view: ApiView, method: str) -> list[Schema]:
    names = {
        authentication.ACTING_PERSON: view.concerns_people,
        idempotency.HEADER: method == "POST",
        "If-Match": method in CHANGING and view.needs_version,
    }
    return [ref(name) for name, is_asked in names.items() if is_asked]


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/parameters/{name}"}


def header(name: str) -> Schema:
    return {"$ref": f"#/components/headers/{name}"}


def components() -> Schema:
    """Whatever `ref` and `header` lead to, in the language of the moment."""
    shown: Schema = {"Accept-Language": _shown("Accept-Language", "header", *LANGUAGE)}
    for name, (text, schema, example) in IN_PATH.items():
        shown[name] = _shown(name, "path", text, schema, required=True) | {"example": example}
    for name, (text, schema) in IN_QUERY.items():
        shown[name] = _shown(name, "query", text, schema)
    for name, (text, schema, example) in IN_HEADER.items():
        shown[name] = _shown(name, "header", text, schema, required=True) | {"example": example}
    headers = {
        name: {"description": str(text), "schema": schema, "required": is_always}
        for name, (text, schema, is_always) in HEADERS.items()
    }
    return {"parameters": shown, "headers": headers}


def _shown(name: str, place: str, text: Text, schema: Schema, *, required: bool = False) -> Schema:
    return {
        "name": name,
        "in": place,
        "description": str(text),
        "required": required,
        "schema": schema,
    }


def _fields(answers: Kind) -> Schema:
    text = _("Only these fields are answered, in place of all.")
    names = list(answers().fields)
    schema = {"type": "array", "minItems": 1, "items": {"type": "string", "enum": names}}
    return _shown(FIELDS, "query", text, schema) | {"style": "form", "explode": False}


def _in_filters(
    filters: type[django_filters.FilterSet], told: Mapping[str, Text]
) -> Iterator[Schema]:
    """`told` is of filters that stand on pages too, where a label says what they are."""
    for name, one in filters.base_filters.items():
        text = told[name] if told else one.extra["help_text"]
        yield _shown(name, "query", text, _of_filter(one))


def _of_filter(one: django_filters.Filter) -> Schema:
    if isinstance(one, django_filters.OrderingFilter):
        return {"type": "string", "enum": [value for value, _label in one.extra["choices"]]}
    if isinstance(one, django_filters.NumberFilter):
        return {
            "type": "integer",
            "minimum": one.extra["min_value"],
            "maximum": one.extra["max_value"],
        }
    if isinstance(one, django_filters.ChoiceFilter):
        return {"type": "string", "enum": [str(value) for value, _label in one.extra["choices"]]}
    if isinstance(one, django_filters.IsoDateTimeFilter):
        return {"type": "string", "format": "date-time"}
    if isinstance(one, django_filters.UUIDFilter):
        return {"type": "string", "format": "uuid"}
    return {"type": "string", "minLength": 1, "maxLength": one.extra["max_length"]}
