"""Asking for a page in somebody's name, without leaving a trace in the database."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from spink.accounts.domain.jobs import SystemJob
from tests.support.two_municipalities import VARIANTS, World

FORM = "application/x-www-form-urlencoded"
BACKEND = "django.contrib.auth.backends.ModelBackend"
NOT_COUNTED = ("django_session", "axes_")
ALL_GUARDED = tuple(sorted({table for job in SystemJob for table in job.tables}))

READING = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")
REFUSALS = {403, 404, 405}
UNREAD = {302, *REFUSALS}
ANONYMOUS = "anonymous"

Row = tuple[Any, ...]


@dataclass
class Answer:
    status: int
    text: str
    logged: set[str] = field(default_factory=set)
    changed: bool = False


class Asked:
    """Asks in the name of everybody at the place; each logs in once, before anything is asked."""

    def __init__(self, world: World, place: str) -> None:
        self._sessions = {variant: _session_of(world.user(variant, place)) for variant in VARIANTS}
        self._untouched = checksums()

    def __call__(
        self, variant: str, method: str, url: str, sent: dict[str, str] | None = None
    ) -> Answer:
        statements = Statements()
        with transaction.atomic(), connection.execute_wrapper(statements):
            response = self._client_of(variant).generic(
                method, url, urlencode(sent or {}), content_type=FORM
            )
            body = b"".join(response) if response.streaming else response.content
            answer = Answer(
                status=response.status_code,
                text=body.decode(errors="replace") + str(response.headers),
                logged=set() if response.status_code in UNREAD else logged_subjects(),
                changed=response.status_code in REFUSALS and self._changed_by(statements),
            )
            transaction.set_rollback(True)
        return answer

    def _client_of(self, variant: str) -> Client:
        """A new one each time: answers may take its cookies away."""
        client = Client(raise_request_exception=False)
        if variant != ANONYMOUS:
            client.cookies[settings.SESSION_COOKIE_NAME] = self._sessions[variant]
        return client

    def _changed_by(self, statements: "Statements") -> bool:
        """The tables are compared only if anything but reading was tried."""
        return statements.have_written and checksums() != self._untouched


class Statements:
    """Sees each statement that is sent to the database."""

    def __init__(self) -> None:
        self.have_written = False

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        told = sql.lstrip()
        self.have_written |= not told.startswith(READING) and not any(
            table in told for table in NOT_COUNTED
        )
        return execute(sql, params, many, context)


def _session_of(user: Any) -> str:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return str(client.session.session_key)


def logged_subjects() -> set[str]:
    """Read as the review of the log; the savepoint around it is taken back."""
    with connection.cursor() as cursor:
        _see(cursor, SystemJob.REVIEW_ACCESS_LOG.tables)
        cursor.execute("SELECT DISTINCT unnest(subjects) FROM accounts_accessentry")
        return {subject for (subject,) in cursor.fetchall()}


def checksums() -> list[Row]:
    """Of every table of the application, what is behind the wall among them."""
    with transaction.atomic(), connection.cursor() as cursor:
        _see(cursor, ALL_GUARDED)
        cursor.execute(_statement())
        found = cursor.fetchall()
        transaction.set_rollback(True)
    return found


def _see(cursor: Any, tables: tuple[str, ...]) -> None:
    cursor.execute("SELECT set_config('spink.job_tables', %s, true)", [f"{{{','.join(tables)}}}"])


def _statement() -> str:
    tables = [
        name for name in connection.introspection.table_names() if not name.startswith(NOT_COUNTED)
    ]
    return " UNION ALL ".join(
        f"SELECT '{name}', count(*), sum(hashtextextended(t::text, 0)) FROM {name} t"
        for name in tables
    )
