"""Sweeps as long work that administrators see: how far each has come."""

from typing import Any

from django.utils.translation import gettext as _

from providers.models import MonitoringSource
from providers.queries.control.sweeps import latest_sweeps
from spink.foundation import clock, jobs
from spink.foundation.jobs import Work
from spink.web import wording


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
        note=_silence(sweep.source),
    )


def _silence(source: MonitoringSource) -> str:
    if source.unanswered_since is None:
        return ""
    said = {
        "moment": wording.moment(source.unanswered_since, now=clock.now()),
        "problem": source.get_problem_display(),
    }
    return _("Has not answered since %(moment)s: %(problem)s") % said
