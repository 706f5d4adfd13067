"""Jobs for those who keep Spink running: what they are called, how they went, what goes on.

Apps tell what their jobs are called, and of long work that has a beginning and an end.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from celery.signals import task_failure, task_prerun, task_success
from django.db.models import F, Value

from spink.foundation import clock
from spink.foundation.failures import kind_and_place
from spink.foundation.models import JobRun

Text = Any
"""A text, or one that is translated when it is shown."""


@dataclass(frozen=True, slots=True)
class Work:
    """Long work: how far it has come, or how it ended."""

    label: str
    begun_at: datetime
    ended_at: datetime | None
    done: int
    total: int
    left_out: int
    """Of the done ones, those that could not be done."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Leftover:
    """What no job does any more, and somebody has to look at."""

    text: str
    url: str


_leftovers: list[Callable[[], list[Leftover]]] = []
_labels: dict[str, Text] = {}
_tellers: list[Callable[[], list[Work]]] = []


def describe(task: str, label: Text) -> None:
    _labels[task] = label


def label_of(task: str) -> Text:
    return _labels.get(task, task)


def tells_work(teller: Callable[[], list[Work]]) -> Callable[[], list[Work]]:
    if teller not in _tellers:
        _tellers.append(teller)
    return teller


def work() -> Iterator[Work]:
    for teller in _tellers:
        yield from teller()


def tells_leftovers(teller: Callable[[], list[Leftover]]) -> Callable[[], list[Leftover]]:
    if teller not in _leftovers:
        _leftovers.append(teller)
    return teller


def leftovers() -> Iterator[Leftover]:
    for teller in _leftovers:
        yield from teller()


def _is_timed(task: Any) -> bool:
    """Of jobs that the clock sends every run is noted, of the others a failure alone."""
    return any(entry["task"] == task.name for entry in task.app.conf.beat_schedule.values())


@task_prerun.connect
def note_begin(sender: Any, **_: object) -> None:
    if _is_timed(sender):
        JobRun.objects.update_or_create(task=sender.name, defaults={"begun_at": clock.now()})


@task_success.connect
def note_end(sender: Any, **_: object) -> None:
    if _is_timed(sender):
        known = JobRun.objects.filter(task=sender.name)
        known.update(ended_at=clock.now(), failures=Value(0))


@task_failure.connect
def note_failure(sender: Any, exception: BaseException, **_: object) -> None:
    JobRun.objects.get_or_create(task=sender.name)
    JobRun.objects.filter(task=sender.name).update(
        failed_at=clock.now(), failures=F("failures") + 1, error=kind_and_place(exception)
    )
