"""The clock goes by the database, where it has written what the settings say."""

import pytest
from django_celery_beat.models import IntervalSchedule, PeriodicTask

from spink.beat import Schedule
from spink.celery import app


@pytest.mark.django_db(transaction=True)  # the library closes the connection
def test_clock_writes_the_settings_times_and_takes_away_what_is_sent_no_more() -> None:
    every = IntervalSchedule.objects.create(every=7, period="seconds")
    PeriodicTask.objects.create(name="old", task="gone.tasks.old", interval=every)
    PeriodicTask.objects.create(name="sweep_outbox", task="x", interval=every, enabled=False)
    schedule = Schedule(app=app, lazy=True)
    schedule.setup_schedule()
    named = {name: entry["task"] for name, entry in app.conf.beat_schedule.items()}
    assert dict(PeriodicTask.objects.values_list("name", "task")) == named
    assert set(schedule.schedule) == set(named) - {"sweep_outbox"}
