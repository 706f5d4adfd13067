"""The clock's times in the database: what the settings say, and nothing of a version before."""

from django_celery_beat.models import PeriodicTask
from django_celery_beat.schedulers import DatabaseScheduler


class Schedule(DatabaseScheduler):  # type: ignore[misc]
    def setup_schedule(self) -> None:
        """Called when the clock starts. A job that is sent no more is taken away."""
        PeriodicTask.objects.exclude(name__in=self.app.conf.beat_schedule).delete()
        super().setup_schedule()
