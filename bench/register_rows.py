"""A register of any size in the database, through the import that everybody else uses."""

import re
import time
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection

from bench import sample
from providers.actions.import_register import import_register
from providers.diary import changing_register
from spink.foundation import clock
from spink.foundation.actor import Actor

BENCH: Final = Actor.system("bench")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


def fill(units: int) -> float:
    """Bring the register up to so many units, of which those of a smaller register are the first.

    Gives the seconds that it took.
    """
    begin = time.monotonic()
    document = _moved(sample.register(units), clock.today() - sample.INSTANT)
    for number, unit in enumerate(document["units"]):
        for stop in unit["stops"]:
            stop["reference"] = str(UUID(int=number))
    import_register(document=document, by=BENCH)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return time.monotonic() - begin


def _moved(value: Any, by: timedelta) -> Any:
    """The document with all its days so much later."""
    if isinstance(value, dict):
        return {key: _moved(one, by) for key, one in value.items()}
    if isinstance(value, list):
        return [_moved(one, by) for one in value]
    if isinstance(value, str) and _DAY.fullmatch(value):
        return (date.fromisoformat(value) + by).isoformat()
    return value


def change_one_unit(number: int) -> None:
    """The next of the first hundred units: one place is taken, or free again."""
    with changing_register(by=BENCH), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE providers_careunit SET places_occupied = "
            "CASE WHEN places_occupied > 0 THEN places_occupied - 1 ELSE 1 END WHERE code = %s",
            [f"U{number % 100:06d}"],
        )
