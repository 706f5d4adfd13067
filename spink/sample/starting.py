"""Starting over, and keeping away from databases that are not the demo's."""

from django.conf import settings
from django.db import connection, connections

EMBEDDED = "spink.foundation.embedded"


class NotTheDemosDatabase(Exception):
    """It could be somebody's: only an embedded database is emptied."""


def empty_database() -> None:
    """Drop all that the embedded database holds; it must be migrated again."""
    if settings.DATABASES["default"]["ENGINE"] != EMBEDDED:
        raise NotTheDemosDatabase(
            "Only the embedded database is emptied; DATABASE_URL names another."
        )
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    connections.close_all()
