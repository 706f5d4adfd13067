"""The whole description, in one of the two languages."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from drf_spectacular.generators import SchemaGenerator

from spink.accounts.domain.api_scopes import ApiScope
from spink.composition.openapi import links, parameters, webhooks
from spink.composition.openapi.operation import ABOUT
from spink.composition.openapi.words import meaning_of
from spink.web.api.problems import TYPES, Problem

LANGUAGES = ("sv", "en")
TOKEN_ADDRESS = "/api/v1/oauth/token"  # noqa: S105 - an address
ROOT = "/api/v1"


@cache
def document(language: str) -> dict[str, Any]:
    """As it is answered and checked in."""
    with translation.override(language):
        found: dict[str, Any] = SchemaGenerator().get_schema(public=True)  # type: ignore[no-untyped-call]
        found["info"]["description"] = _introduction()
        found["servers"] = [{"url": ROOT, "description": _("The server that answered this.")}]
        found["tags"] = list(_tags(found))
        found["components"] |= parameters.components()
        found["components"]["schemas"]["Problem"] = _problem()
        found["components"]["examples"] = {one.slug: _example(one) for one in Problem}
        found["components"]["schemas"][webhooks.SCHEMA] = webhooks.schema()
        found["webhooks"] = webhooks.webhooks()
        found["components"]["securitySchemes"] = {"oauth2": _security()}
        links.tie(found)
        # Texts become texts here, while their language is the right one.
        plain: dict[str, Any] = json.loads(json.dumps(found, default=str))
        return plain


def written(language: str) -> str:
    return json.dumps(document(language), ensure_ascii=False, indent=1) + "\n"


def _introduction() -> str:
    return "\n\n".join(
        [
            _(
                "For the case systems of the municipalities of the region: file placement requests,"
                " follow them, read what is recommended and report back what came of it."
            ),
            _(
                "A client belongs to a department, and sees what that department has filed and"
                " nothing else: whatever lies outside is answered as if it did not exist. Of the"
                " person no more is answered than age and gender, and whether it is protected."
            ),
            _(
                "Times are in UTC (RFC 3339), days are Swedish days. Fields that are not known in a"
                " body, and parameters that are not known in an address, are refused. Problems are"
                " answered as RFC 9457 says; the type of each never changes, and leads to a page"
                " that explains it."
            ),
            _(
                "Every POST carries an Idempotency-Key: call again with the same key when you do"
                " not know how a call went. Whoever changes a request says in If-Match which"
                " version was read."
            ),
        ]
    )


def _tags(found: dict[str, Any]) -> Iterator[dict[str, str]]:
    """What a client works with first, then what it looks up, then what the API says of itself."""
    about = {
        "placement-requests": _("Filing requests, following them and reporting back."),
        "match-previews": _("What would fit a need, without filing it."),
        "webhook-endpoints": _("Where you are told what happens; set up and tried."),
        "webhook-deliveries": _("What was sent to them, and what became of it."),
        webhooks.TAG: _("What you are sent: type, reference and link, signed."),
        "care-units": _("The register: units, where they are and what they can do."),
        "providers": _("The register: who runs the units."),
        "stops-in-force": _("That there is a stop, and from when; never why."),
        "service-types": _("What can be asked for, and with which subtypes."),
        "special-needs": _("What a unit is to meet."),
        "legal-bases": _("What decisions rest on."),
        "reason-codes": _("Codes of reasons, by what they are given for."),
        "statistics": _("How many requests your department has filed."),
        ABOUT: _("What the API says of itself, to whoever asks."),
    }
    operations = [one for path in found["paths"].values() for one in path.values()]
    used = {webhooks.TAG} | {tag for one in operations for tag in one["tags"]}
    for name in [one for one in about if one in used]:
        yield {"name": name, "description": about[name]}
    for name in sorted(used - set(about)):
        yield {"name": name}


def _security() -> dict[str, Any]:
    return {
        "type": "oauth2",
        "description": _(
            "OAuth 2.0 client credentials. POST to the token address, as"
            " application/x-www-form-urlencoded, grant_type=client_credentials and, for fewer than"
            " all that the client holds, scope; the client's id and secret stand in the"
            " Authorization header as Basic. That is the only place for Basic. The answer is"
            " access_token, expires_in (600 seconds), token_type and scope, and 400 or 401 with"
            " error as RFC 6749 says. A token is given back at /api/v1/oauth/revoke (RFC 7009)."
            " Clients and secrets are given out by the administrator."
        ),
        "flows": {
            "clientCredentials": {"tokenUrl": TOKEN_ADDRESS, "scopes": _scopes()},
        },
    }


def _scopes() -> dict[str, str]:
    meaning = {
        ApiScope.CATALOGUE_READ: _("Read services, needs, legal bases and reason codes."),
        ApiScope.REQUESTS_READ: _("Read the department's requests and what hangs on them."),
        ApiScope.REQUESTS_WRITE: _("File requests, answer, write, report back and withdraw."),
        ApiScope.WEBHOOKS_READ: _("Read the client's webhooks and what was sent to them."),
        ApiScope.WEBHOOKS_WRITE: _("Set up webhooks, and send again what did not arrive."),
        ApiScope.REGISTER_READ: _("Read the register of providers and the stops in force."),
        ApiScope.PREVIEWS_WRITE: _("See what would fit a need, without filing a request."),
        ApiScope.STATISTICS_READ: _("Read how many requests the department has sent."),
    }
    return {scope.value: meaning[scope] for scope in ApiScope}


def _problem() -> dict[str, Any]:
    fault = {
        "type": "object",
        "properties": {
            "detail": _text(_("What is wrong there.")),
            "pointer": _text(_("Where in the body (RFC 6901).")),
            "parameter": _text(_("Which parameter.")),
        },
        "required": ["detail"],
    }
    return {
        "type": "object",
        "description": _("What went wrong, as RFC 9457 says."),
        "properties": {
            "type": _text(meaning_of("Problem", "type"))
            | {"enum": [TYPES + one.slug for one in Problem]},
            "title": _text(meaning_of("Problem", "title")),
            "status": {
                "type": "integer",
                "minimum": 400,
                "maximum": 599,
                "description": meaning_of("Problem", "status"),
            },
            "detail": _text(_("More about this once, for people.")),
            "errors": {
                "type": "array",
                "items": fault,
                "description": _("Each field or parameter that is wrong."),
            },
            "request_id": _text(_("By which we find the call in our log.")),
        },
        "required": ["type", "title", "status", "request_id"],
    }


def _text(meaning: str) -> dict[str, str]:
    return {"type": "string", "description": meaning}


def _example(problem: Problem) -> dict[str, Any]:
    return {
        "summary": problem.title,
        "value": {
            "type": TYPES + problem.slug,
            "title": problem.title,
            "status": problem.status,
            "request_id": "0f3c9a5be27d4c7d9d0c8f6f2f0f2a11",
        },
    }
