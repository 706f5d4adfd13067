"""What must be true of the database before anything is stored in it, and of the settings."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections

from providers.monitoring.settings import BadSettings
from providers.queries.control.sources import told_sources


def role_is_bound_by_row_security(
    databases: Sequence[str] | None = None, **_given: Any
) -> list[CheckMessage]:
    """Row security does not hold for a superuser, and it says so nowhere."""
    return [_error(alias) for alias in databases or () if _passes_row_security(alias)]


def _passes_row_security(alias: str) -> bool:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        return bool(cursor.fetchone()[0])


def _error(alias: str) -> Error:
    return Error(
        f"The role of database {alias!r} passes row security: it is a superuser or may bypass it.",
        hint="Connect as a role of its own that owns the database; see deploy/create-role.sh.",
        id="spink.E001",
    )


def sources_can_be_asked(**_given: Any) -> list[CheckMessage]:
    """What the settings tell of sources makes sense; nobody is asked."""
    try:
        told_sources()
    except BadSettings as bad:
        hint = "See docs/operations.md, sources of the monitoring."
        return [Error(f"SOURCES_FILE: {bad}", hint=hint, id="spink.E002")]
    return []
