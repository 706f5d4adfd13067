"""A worker and a clock for the jobs as threads of the serving process, for a trial without Redis.

The broker is this process's memory, so only jobs sent from here are seen, and they are gone with
the process: the outbox, swept at the start and every ten seconds, has it.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from celery import Celery
from celery.beat import Service
from celery.worker import WorkController

from spink.celery import app

SECONDS_TO_STOP = 10.0


class JobsInProcess:
    def __init__(self, celery: Celery = app) -> None:
        self._celery = celery
        celery.finalize()  # here, since two threads that did it at once would miss tasks
        self._worker = WorkController(
            app=celery,
            pool="solo",
            concurrency=1,
            without_heartbeat=True,
            without_mingle=True,
            without_gossip=True,
        )
        self._beat = Service(celery, max_interval=1, scheduler_cls=celery.conf.beat_scheduler)
        self._threads = [
            threading.Thread(target=self._worker.start, name="worker", daemon=True),
            threading.Thread(target=self._beat.start, name="beat", daemon=True),
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()
        self.send_at_start()

    def send_at_start(self) -> None:
        """What the clock sends again and again, once at once: work may have been left over."""
        for entry in self._celery.conf.beat_schedule.values():
            self._celery.send_task(entry["task"])

    def stop(self) -> None:
        self._beat.stop()
        self._worker.stop()
        for thread in self._threads:
            thread.join(SECONDS_TO_STOP)


@contextmanager
def jobs_in_process(celery: Celery = app) -> Iterator[JobsInProcess]:
    jobs = JobsInProcess(celery)
    jobs.start()
    try:
        yield jobs
    finally:
        jobs.stop()
