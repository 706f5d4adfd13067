"""Starting over, and keeping away from databases that are not the demo's."""

from typing import Final

from django.db import connection, connections

EMBEDDED: Final = "spink.foundation.embedded"


class NotTheDemosDatabase(Exception):
    """It could be somebody's: only an embedded database is emptied."""


def check_may_be_emptied(engine: str) -> None:
    if engine != EMBEDDED:
        raise NotTheDemosDatabase(
            "Only the embedded database is emptied; DATABASE_URL names another."
        )


def empty_database() -> None:
    """Drop all that the embedded database holds; it must be migrated again."""
    check_may_be_emptied(connection.settings_dict["ENGINE"])
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    connections.close_all()
