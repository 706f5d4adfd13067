"""The application with a database that stops while it is being used."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

PLAY = """
import json, os, signal, sys, time
from pathlib import Path

from spink.foundation.embedded.access import Access

folder = Path(sys.argv[1])
access = Access(folder, durable=False)
host = access.sockets()

from spink.settings import test as settings
settings.ALLOWED_HOSTS = ["testserver"]
settings.DATABASES["default"] = {
    "ENGINE": "django.db.backends.postgresql", "NAME": "spink", "USER": "spink", "HOST": host,
    "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": False,
}

import django
django.setup()
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from spink import urls

@login_not_required
def count(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class")
        return HttpResponse("<h1>Rows</h1>" if cursor.fetchone()[0] else "")

urls.urlpatterns.insert(0, path("count/", count))

def look():
    response = Client(raise_request_exception=False).get("/count/")
    page = response.content.decode()
    return [response.status_code, response.get("Retry-After"), page.split("<h1>")[1].split("<")[0]]

def answers(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True

seen = [look()]
server = int((folder / "data" / "postmaster.pid").read_text().split()[0])
os.kill(server, signal.SIGINT)
while answers(server):
    time.sleep(0.02)
seen += [look(), look()]
print(json.dumps(seen))
"""


def test_pages_say_that_the_database_is_lost(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "spink.settings.test",
    }
    played = subprocess.run(
        [sys.executable, "-c", PLAY, str(tmp_path / "postgres")],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert played.stdout, played.stderr
    assert played.stdout.strip() == (
        '[[200, null, "Rows"], [503, "20", "F\\u00f6rbindelsen med databasen \\u00e4r bruten"],'
        ' [503, "20", "F\\u00f6rbindelsen med databasen \\u00e4r bruten"]]'
    )
