"""Databases for a test run: copied from a template that has been migrated once."""

import hashlib
import os
import time
from pathlib import Path
from urllib.parse import quote

import django
import psycopg
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from psycopg import sql

PREFIX = "spink_test_"
TEMPLATE_PREFIX = "spink_template_"
TEMPLATES_KEPT = 12
DROP_ATTEMPTS = 100
PAUSE = 0.1
"""Seconds."""


def digest_of_migrations() -> str:
    """Changes whenever the tables of a fresh database would."""
    digest = hashlib.sha256(django.__version__.encode())
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        for path in sorted(Path(app.path).glob("migrations/*.py")):
            digest.update(f"{app.label}/{path.name}".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


class TestDatabase:
    """This process's database. A lock marks it as in use, so that left ones can be told."""

    __test__ = False

    def __init__(self) -> None:
        self.name = f"{PREFIX}{os.getpid()}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
        self.template = f"{TEMPLATE_PREFIX}{digest_of_migrations()}"
        settings = {**connection.get_connection_params(), "dbname": "postgres"}
        self._server = psycopg.connect(**settings, autocommit=True)
        self._take(self.name)
        self._take("spink_templates")
        self._drop_abandoned()
        if not self._exists(self.template):
            self._make_template()
        self._release("spink_templates")

    def create(self) -> None:
        """Put a fresh copy in the place of whatever stands there."""
        connection.close()
        self._drop_database(self.name)
        self._do("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", self.name, self.template)
        connection.settings_dict["NAME"] = self.name

    def drop(self) -> None:
        connection.close()
        self._drop_database(self.name)
        self._server.close()

    def _make_template(self) -> None:
        unfinished = f"{self.template}_unfinished"
        self._drop_database(unfinished)
        self._do("CREATE DATABASE {}", unfinished)
        connection.settings_dict["NAME"] = unfinished
        call_command("migrate", verbosity=0)
        connection.close()
        self._do("ALTER DATABASE {} WITH ALLOW_CONNECTIONS false", unfinished)
        self._do("ALTER DATABASE {} RENAME TO {}", unfinished, self.template)

    def _drop_abandoned(self) -> None:
        """Of runs that were killed, and of migrations that have since changed."""
        for name in self._databases(PREFIX):
            if self._try_to_take(name):
                if name != self.name:
                    self._drop_database(name)
                self._release(name)
        for name in self._databases(TEMPLATE_PREFIX)[:-TEMPLATES_KEPT]:
            if name != self.template:
                self._drop_database(name)

    def _databases(self, prefix: str) -> list[str]:
        """Those whose name begins so, the oldest first."""
        query = "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY oid"
        return [str(row[0]) for row in self._server.execute(query, [prefix])]

    def _exists(self, name: str) -> bool:
        return name in self._databases(name)

    def _drop_database(self, name: str) -> None:
        """The server's own cleaning may be at work in it, which only its superuser may end."""
        for _ in range(DROP_ATTEMPTS):
            try:
                self._do("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
            except psycopg.errors.InsufficientPrivilege:
                time.sleep(PAUSE)
            else:
                return
        raise RuntimeError(f"{name} is still in use by the server itself")

    def _do(self, statement: str, *names: str) -> None:
        composed = sql.SQL(statement).format(*map(sql.Identifier, names))
        self._server.execute(composed)

    def _take(self, name: str) -> None:
        self._server.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [name])

    def _try_to_take(self, name: str) -> bool:
        query = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"
        row = self._server.execute(query, [name]).fetchone()
        return bool(row and row[0])

    def _release(self, name: str) -> None:
        self._server.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [name])


def database_url() -> str:
    """This test's database as another process names it."""
    given = connection.get_connection_params()
    credentials = quote(str(given["user"]))
    if given.get("password"):
        credentials += f":{quote(str(given['password']))}"
    host = quote(str(given.get("host", "")), safe="")
    return f"postgres://{credentials}@/{connection.settings_dict['NAME']}?host={host}"
