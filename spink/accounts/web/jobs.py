"""What Spink does by itself, for administrators: when, how it went, and what goes on now."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from django_celery_beat.models import CrontabSchedule, IntervalSchedule, PeriodicTask

from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.web.keeping.views import crumbs
from spink.accounts.web.opening import for_those_who
from spink.foundation import clock, jobs
from spink.foundation.jobs import Work
from spink.foundation.models import JobRun
from spink.web import wording
from spink.web.navigation import Crumb, Text


@dataclass(frozen=True, slots=True)
class Row:
    label: Text
    when: str
    look: str
    state: str
    note: str
    last: str


@dataclass(frozen=True, slots=True)
class ShownWork:
    label: str
    text: str
    done: int
    total: int
    is_running: bool
    note: str


@require_safe
@for_those_who(Capability.ADMINISTER)
def jobs_page(request: WallRequest) -> HttpResponse:
    context = {
        "rows": _rows(),
        "leftovers": list(jobs.leftovers()),
        "works": [_shown(one) for one in jobs.work()],
        "trail": crumbs(Crumb(_("Jobs"))),
    }
    if request.headers.get("HX-Request"):  # the page asks for how far it has come
        request.session.modified = False
        return render(request, "accounts/parts/works.html", context)
    return render(request, "accounts/jobs.html", context)


def _rows() -> list[Row]:
    """The jobs that the clock sends, and others that have failed."""
    runs = {run.task: run for run in JobRun.objects.all()}
    timed = PeriodicTask.objects.select_related("interval", "crontab")
    rows = [_row(one.task, _when(one), runs.get(one.task)) for one in timed.order_by("name")]
    known = {one.task for one in timed}
    others = [
        _row(task, _("When there is something to do"), runs[task])
        for task in sorted(set(runs) - known)
    ]
    return rows + others


def _row(task: str, when: str, run: JobRun | None) -> Row:
    look, state, note = _state(run)
    return Row(jobs.label_of(task), when, look, state, note, _last(run))


def _state(run: JobRun | None) -> tuple[str, str, str]:
    if run is None:
        return "none", _("Has not run yet"), ""
    if run.failures:
        failed = ngettext("Failed", "Failed %(count)d times", run.failures)
        return "late", failed % {"count": run.failures}, _error(run)
    if run.begun_at and (run.ended_at is None or run.ended_at < run.begun_at):
        return "working", _("Begun, not ended"), _error(run)
    return "done", _("Works"), _error(run)


def _error(run: JobRun) -> str:
    if run.failed_at is None:
        return ""
    said = {"moment": wording.moment(run.failed_at, now=clock.now()), "error": run.error}
    return _("Last failure %(moment)s: %(error)s") % said


def _last(run: JobRun | None) -> str:
    return wording.moment(run.begun_at, now=clock.now()) if run and run.begun_at else "–"


ON_DAYS = (("*", "*", "*"), ("mon-fri", "*", "*"))
"""Days of the week, of the month, and months."""


def _when(timed: Any) -> str:
    if not timed.enabled:
        return _("Switched off")
    if isinstance(timed.interval, IntervalSchedule):
        return _every(int(timed.interval.schedule.run_every.total_seconds()))
    return _at(timed.crontab) if timed.crontab else "–"


def _every(seconds: int) -> str:
    if seconds % 60:
        words = ngettext("Every second", "Every %(count)d seconds", seconds)
        return words % {"count": seconds}
    words = ngettext("Every minute", "Every %(count)d minutes", seconds // 60)
    return words % {"count": seconds // 60}


def _at(crontab: CrontabSchedule) -> str:
    """A time of each day or hour in words; else as it is written."""
    days = (crontab.day_of_week, crontab.day_of_month, crontab.month_of_year)
    if crontab.minute.isdecimal() and set(days) == {"*"}:
        if crontab.hour == "*":
            return _("Every hour, at minute %(minute)s") % {"minute": crontab.minute}
        if crontab.hour.isdecimal():
            time = f"{int(crontab.hour):02d}:{int(crontab.minute):02d}"
            return _("Every day at %(time)s") % {"time": time}
    if days in ON_DAYS and (times := _times(crontab.minute, crontab.hour)):
        return times if set(days) == {"*"} else _("%(times)s, Monday to Friday") % {"times": times}
    weekday, day, month = days
    return f"{crontab.minute} {crontab.hour} {day} {month} {weekday}"


def _times(minute: str, hour: str) -> str:
    """Of some hours in a row; nothing of what is written otherwise."""
    hours = re.fullmatch(r"(\d+)-(\d+)", hour)
    minutes = re.fullmatch(r"(\*/)?(\d+)", minute)
    if not (hours and minutes):
        return ""
    said = {"first": hours[1], "last": hours[2], "minute": minutes[2]}
    if minutes[1]:
        return _("Every %(minute)s minutes in the hours %(first)s to %(last)s") % said
    return _("Every hour from %(first)s to %(last)s, at minute %(minute)s") % said


def _shown(one: Work) -> ShownWork:
    said = {
        "done": wording.number(one.done),
        "total": wording.number(one.total),
        "begun": wording.moment(one.begun_at, now=clock.now()),
    }
    if one.ended_at is None:
        text = _("%(done)s of %(total)s, begun %(begun)s") % said
    else:
        text = _("Ended %(ended)s: %(total)s providers asked about") % {
            **said,
            "ended": wording.moment(one.ended_at, now=clock.now()),
        }
    notes = [_left_out(one.left_out), one.note]
    return ShownWork(
        one.label, text, one.done, max(one.total, 1), one.ended_at is None, _joined(notes)
    )


def _left_out(count: int) -> str:
    if not count:
        return ""
    return ngettext("%(count)d not answered", "%(count)d not answered", count) % {"count": count}


def _joined(notes: Iterable[str]) -> str:
    return ". ".join(note for note in notes if note)
