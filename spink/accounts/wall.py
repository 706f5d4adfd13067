"""The wall of secrecy as PostgreSQL sees it: settings that live no longer than a transaction.

Row security on every table with persons or requests reads these settings (the policies are in the
migrations). With none set nothing is seen, so a forgotten call shows an empty page and no secret.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from spink.accounts.domain.jobs import SystemJob
from spink.accounts.domain.reach import HANDLES_DEVIATIONS, READS_OFFENCES, Reach

SETTINGS = (
    "spink.user_id",
    "spink.unit_ids",
    "spink.purchase_department_ids",
    "spink.placement_function_ids",
    "spink.duty_municipality_codes",
    "spink.review_department_ids",
    "spink.controls_providers",
    "spink.reads_offences",
    "spink.handles_deviations",
    "spink.job_tables",
)


def open_for(reach: Reach) -> None:
    """Let the running transaction see what the reach covers, and nothing else."""
    _set(
        {
            "spink.user_id": "" if reach.user_id is None else str(reach.user_id),
            "spink.unit_ids": _array(reach.unit_ids),
            "spink.purchase_department_ids": _array(reach.purchase_department_ids),
            "spink.placement_function_ids": _array(reach.placement_function_ids),
            "spink.duty_municipality_codes": _array(reach.duty_municipality_codes),
            "spink.review_department_ids": _array(reach.review_department_ids),
            "spink.controls_providers": "true" if reach.controls_providers else "",
            "spink.reads_offences": "yes" if READS_OFFENCES & reach.roles else "",
            "spink.handles_deviations": "yes" if HANDLES_DEVIATIONS & reach.roles else "",
        }
    )


@contextmanager
def opened_for(reach: Reach) -> Iterator[None]:
    """A transaction of its own behind the wall as seen by the reach."""
    with transaction.atomic():
        before = _current()
        open_for(reach)
        yield
        _set(before)


@contextmanager
def opened_for_job(job: SystemJob) -> Iterator[None]:
    """A transaction in which a job of the system reads the tables that it is listed with."""
    with transaction.atomic():
        before = _current()
        _set({"spink.job_tables": _array(job.tables)})
        yield
        _set(before)


def _set(values: dict[str, str]) -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("the wall is opened within a transaction")
    complete = dict.fromkeys(SETTINGS, "") | values
    calls = ", ".join("set_config(%s, %s, true)" for _ in complete)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {calls}",
            [part for pair in complete.items() for part in pair],
        )


def _current() -> dict[str, str]:
    calls = ", ".join("coalesce(current_setting(%s, true), '')" for _ in SETTINGS)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", list(SETTINGS))
        row = cursor.fetchone()
    return dict(zip(SETTINGS, row or (), strict=True))


def _array(values: Iterable[int | str]) -> str:
    return "{" + ",".join(sorted(_element(value) for value in values)) + "}"


def _element(value: int | str) -> str:
    """Quoted as PostgreSQL reads an array, so that no text adds an element of its own."""
    if isinstance(value, int):
        return str(value)
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
