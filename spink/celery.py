"""Jobs: each app's `tasks.py`, and the times at which some of them run."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spink.settings.production")

app = Celery("spink")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
