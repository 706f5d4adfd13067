"""Where the register's rows are read from: the live tables, or the diary up to a number.

A statement is written once, over the tables' names. In front of it the diary puts common table
expressions of the same names, rebuilt from the last image of every row.
"""

from typing import Final

TABLES: Final = (
    "providers_corporategroup",
    "providers_provider",
    "providers_careunit",
    "providers_careunitaddress",
    "providers_careunitservice",
    "providers_permit",
    "providers_directawardvetting",
    "providers_agreement",
    "providers_agreementlot",
    "providers_agreementunit",
    "providers_price",
    "providers_stop",
    "providers_registersetting",
    "providers_plannedchange",
    "catalogue_servicerung",
)

_LAST_CHANGE: Final = """(
        SELECT c.id || ':' || (
            SELECT mark FROM providers_registeredition e WHERE e.number = c.number
        )
        FROM providers_registerchange c WHERE {until} ORDER BY c.id DESC LIMIT 1
    ) AS change"""

LIVE: Final = f"""
position AS (
    SELECT coalesce((SELECT number FROM providers_registernumber), 0) AS number,
    {_LAST_CHANGE.format(until="true")}
)"""  # noqa: S608 - only constants are put in

_POSITION_THEN: Final = f"""
position AS (
    SELECT %(number)s::bigint AS number,
    {_LAST_CHANGE.format(until="c.number <= %(number)s")}
)"""

_READ: Final = "SELECT number, change FROM position"
POSITION: Final = f"WITH {LIVE} {_READ}"
POSITION_THEN: Final = f"WITH {_POSITION_THEN} {_READ}"


def _rebuilt(table: str) -> str:
    """The table's rows, each from its last image up to the number."""
    return f"""
{table} AS (
    SELECT r.* FROM (
        SELECT DISTINCT ON (row_pk) after FROM providers_registerchange
        WHERE table_name = '{table}' AND number <= %(number)s
        ORDER BY row_pk, number DESC, id DESC
    ) last, jsonb_populate_record(NULL::{table}, last.after) r
    WHERE last.after IS NOT NULL
)"""  # noqa: S608 - the names are the constants above


DIARY: Final = ",".join((_POSITION_THEN, *(_rebuilt(table) for table in TABLES)))

# Of rows that it makes from the diary the planner knows no numbers and takes them for few:
# loops within loops, which never end in a register of ten thousand units.
WITHOUT_LOOPS: Final = "SET LOCAL enable_nestloop = off"
WITH_LOOPS: Final = "SET LOCAL enable_nestloop = on"
