"""Jobs without Redis: a worker and a clock as threads of a process.

Celery keeps one application a process in its tracer, so each trial is a process of its own.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

TRIAL = """
import json, threading
from celery import Celery
from spink.jobs_in_process import jobs_in_process

app = Celery("trial", broker="memory://")
app.conf.update(broker_transport_options={"polling_interval": 0.01}, task_ignore_result=True)
app.conf.beat_scheduler = "celery.beat:Scheduler"
ran_in, times = [], threading.Semaphore(0)

@app.task(name="note")
def note():
    ran_in.append(threading.current_thread().name)
    times.release()

"""

SENT = """
with jobs_in_process(app):
    note.delay()
    assert times.acquire(timeout=20)
    running = [thread.name for thread in threading.enumerate()]
left = [thread.name for thread in threading.enumerate()]
print(json.dumps({"ran_in": ran_in, "running": running, "left": left}))
"""

TIMED = """
app.conf.beat_schedule = {"note": {"task": "note", "schedule": EVERY}}
with jobs_in_process(app):
    print(json.dumps({"times": sum(times.acquire(timeout=WAIT) for _ in range(3))}))
"""


def tried(script: str, checkout: Path) -> Any:
    command = [sys.executable, "-c", TRIAL + script]
    return json.loads(subprocess.check_output(command, cwd=checkout, timeout=60))


def test_job_that_is_sent_is_run_by_a_thread_that_ends_with_the_jobs(checkout: Path) -> None:
    said = tried(SENT, checkout)
    assert said["ran_in"] == ["worker"]
    assert {"worker", "beat"} - set(said["running"]) == set()
    assert {"worker", "beat"} & set(said["left"]) == set()


def test_job_of_the_clock_is_run_again_and_again(checkout: Path) -> None:
    script = TIMED.replace("EVERY", "0.2").replace("WAIT", "20")
    assert tried(script, checkout) == {"times": 3}


def test_job_of_the_clock_is_run_once_at_the_start(checkout: Path) -> None:
    script = TIMED.replace("EVERY", "3600.0").replace("WAIT", "2")
    assert tried(script, checkout) == {"times": 1}
