"""Whose call it is, by its token: one statement, which also says how far the client sees.

The wall is opened as for people (`accounts.middleware`): the same settings, the same policies.
"""

import hashlib
from dataclasses import dataclass
from typing import Final

from django.db import connection
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from spink.accounts import wall
from spink.accounts.access_log import Reading
from spink.accounts.domain.reach import Reach, reach_of_client
from spink.foundation import clock
from spink.foundation.actor import Actor, ActorKind
from spink.web.api.problems import ApiProblem, Problem
from spink.web.middleware import request_id

ACTING_PERSON = "Acting-Person"
MOST_ACTING = 100
MOST_ACTOR = 200

_CALLER: Final = """
SELECT c.user_id, c.name, c.unit_id, u.department_id, t.scope, (
    SELECT array_agg(own.id) FROM accounts_unit own WHERE own.department_id = u.department_id
)
FROM oauth2_provider_accesstoken t
JOIN accounts_apiclient c ON c.id = t.application_id
JOIN accounts_unit u ON u.id = c.unit_id
WHERE t.token_checksum = %s AND t.expires > %s AND c.ended_at IS NULL"""
"""A client that is ended is so at once, whatever its tokens say."""


@dataclass(frozen=True, slots=True)
class Caller:
    """The client as a view knows it."""

    account_id: int
    name: str
    unit_id: int
    department_id: int
    scopes: frozenset[str]
    reach: Reach
    acting_person: str
    reading: Reading

    is_authenticated = True

    @property
    def actor(self) -> Actor:
        return self.reading.by


class BearerToken(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[Caller, str] | None:
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        if not kind:
            return None
        caller = _caller_of(token.strip(), request) if kind.lower() == "bearer" else None
        if caller is None:
            challenge = 'Bearer error="invalid_token"'
            raise ApiProblem(Problem.UNAUTHENTICATED, headers={"WWW-Authenticate": challenge})
        wall.open_for(caller.reach)
        return caller, token


def _caller_of(token: str, request: Request) -> Caller | None:
    checksum = hashlib.sha256(token.encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(_CALLER, [checksum, clock.now()])
        row = cursor.fetchone()
    if row is None:
        return None
    account_id, name, unit_id, department_id, scope, units = row
    acting = _acting_person(request)
    label = f"{acting} ({name})" if acting else name
    actor = Actor(ActorKind.API_CLIENT, str(account_id), label[:MOST_ACTOR])
    return Caller(
        account_id=account_id,
        name=name,
        unit_id=unit_id,
        department_id=department_id,
        scopes=frozenset(scope.split()),
        reach=reach_of_client(account_id=account_id, unit_ids=units),
        acting_person=acting,
        reading=Reading(
            by=actor,
            route=request.path[:120],
            address=request.META.get("REMOTE_ADDR") or None,
            request_id=request_id.get(),
            gathered=set(),
        ),
    )


def _acting_person(request: Request) -> str:
    """As the client states it. Headers are read as Latin-1; names are sent as UTF-8."""
    raw = request.headers.get(ACTING_PERSON, "")
    text = raw.encode("latin-1", "replace").decode("utf-8", "replace").strip()
    if len(text) > MOST_ACTING or not text.isprintable():
        raise ApiProblem(Problem.ACTING_PERSON_MISSING)
    return text
