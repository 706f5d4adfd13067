"""Sweeps as long work that administrators see: how far each has come."""

from typing import Any

from providers.queries.control.sweeps import latest_sweeps
from providers.web.control.silence import silent_since
from spink.foundation import jobs
from spink.foundation.jobs import Work


@jobs.tells_work
def sweeps() -> list[Work]:
    return [_as_work(one) for one in latest_sweeps()]


def _as_work(sweep: Any) -> Work:
    answered, unanswered = sweep.answered, sweep.unanswered
    if sweep.ended_at is None:
        answered, unanswered = sweep.now_answered, sweep.now_unanswered
    return Work(
        label=sweep.source.name,
        begun_at=sweep.begun_at,
        ended_at=sweep.ended_at,
        done=answered + unanswered,
        total=sweep.total,
        left_out=unanswered,
        note=silent_since(sweep.source),
    )
