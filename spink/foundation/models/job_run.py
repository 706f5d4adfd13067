from django.db import models


class JobRun(models.Model):
    """How a job has gone, one row a job: when it began and ended last, and how it failed.

    `begun_at` without an end after it: it is running, or its worker died over it. `failures` are
    those after each other; a run that ends well sets them to none, and the last error stays.
    """

    task = models.CharField(max_length=200, unique=True)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.task
