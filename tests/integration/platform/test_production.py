"""Production by its parts: every command of the compose file runs here as it stands there."""

import json
import os
import re
import subprocess
import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from cryptography.fernet import Fernet

from tests.support.databases import database_url
from tests.support.embedded import wait_until
from tests.support.programs import free_port
from tests.support.servers import CHECKOUT, ask, running

HOST = "spink.example"
SERVICES: dict[str, Any] = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text())["services"]
OURS = ("migrate", "web", "worker", "beat")


def environment(**given: str) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "spink.settings.production",
        "SECRET_KEY": "a key of this test alone, which is long enough to be one 0123456789",
        "ENCRYPTION_KEYS": Fernet.generate_key().decode(),
        "LOOKUP_KEY": "a key of this test alone",
        "ALLOWED_HOSTS": HOST,
        "DATABASE_URL": "postgres://spink@nowhere.invalid/spink",
        "REDIS_URL": "redis://nowhere.invalid",
        "PROXIES": "1",
        **given,
    }


def command(service: str, **replaced: str) -> list[str]:
    return [replaced.get(word, word) for word in SERVICES[service]["command"]]


def health_check(service: str, **replaced: str) -> list[str]:
    kind, *words = SERVICES[service]["healthcheck"]["test"]
    assert kind == "CMD"
    return [replaced.get(word, word) for word in words]


def around() -> dict[str, str]:
    """This process's environment, without what a browser's tests set in it for themselves."""
    return {key: os.environ[key] for key in os.environ if key != "DJANGO_ALLOW_ASYNC_UNSAFE"}


def manage(*words: str, **given: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        env={**around(), **environment(**given)},
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_settings_pass_the_deployment_checks_without_a_warning() -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING")
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        "System check identified no issues (0 silenced).\n",
        "",
    )


def test_forms_may_come_from_every_host_that_is_allowed() -> None:
    asked = "from django.conf import settings; print(settings.CSRF_TRUSTED_ORIGINS)"
    done = manage("shell", "--no-imports", "-c", asked, ALLOWED_HOSTS=f"{HOST},.region.example,*")
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        "['https://spink.example', 'https://*.region.example']\n",
        "",
    )


@pytest.mark.parametrize(
    "name",
    ["SECRET_KEY", "ENCRYPTION_KEYS", "LOOKUP_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL"],
)
def test_settings_stop_where_a_needed_one_is_missing(name: str) -> None:
    needed = {key: value for key, value in environment().items() if key != name}
    rest = {key: value for key, value in around().items() if key != name}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        env=rest | needed,
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.endswith(f"Set the {name} environment variable\n")


def test_compose_file_holds_no_secret() -> None:
    """A password stands there only as the name of a variable, which must be set."""
    text = (CHECKOUT / "docker-compose.yml").read_text()
    named = re.findall(r"(?:PASSWORD|KEYS?)\w*: *(\S+)|://\w+:([^@\n]*)@", text)
    assert len(named) >= 3
    assert [word for pair in named for word in pair if word and not word.startswith("${")] == []
    assert all(SERVICES[name]["env_file"] == "production.env" for name in OURS)


def test_example_of_settings_names_what_is_needed_and_sets_nothing_secret() -> None:
    lines = (CHECKOUT / "production.env.example").read_text().splitlines()
    given = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert given == {
        "SECRET_KEY": "",
        "ENCRYPTION_KEYS": "",
        "LOOKUP_KEY": "",
        "ALLOWED_HOSTS": "",
        "PROXIES": "1",
    }


def test_every_service_is_watched_and_waits_for_what_it_needs() -> None:
    assert {name for name, each in SERVICES.items() if "healthcheck" not in each} == set()
    waits = {name: set(each.get("depends_on", {})) for name, each in SERVICES.items()}
    assert waits == {
        "postgres": set(),
        "redis": set(),
        "clamav": set(),
        "migrate": {"postgres"},
        "web": {"migrate", "redis"},
        "worker": {"migrate", "redis"},
        "beat": {"migrate", "redis"},
    }


def test_documents_lie_in_a_volume_that_web_and_worker_share_and_no_web_server_serves() -> None:
    root = "/var/lib/spink/attachments"
    for name in ("web", "worker", "beat"):
        service = SERVICES[name]
        assert service["environment"]["ATTACHMENTS_ROOT"] == root
        assert service["volumes"] == [f"attachments:{root}"]
        assert service["environment"]["SCANNER_URL"] == "tcp://clamav:3310"
    assert f"--owner=spink --mode=0700 {root}" in (CHECKOUT / "Dockerfile").read_text()


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of static files with their hashes, as the image has it."""
    folder = str(tmp_path_factory.mktemp("static"))
    done = manage("collectstatic", "--noinput", "--verbosity", "0", STATIC_ROOT=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.redis
@pytest.mark.django_db(transaction=True)
def test_all_services_run_and_are_healthy(redis_url: str, collected: str, tmp_path: Path) -> None:
    port = free_port()
    given = environment(
        DATABASE_URL=database_url(),
        REDIS_URL=redis_url,
        STATIC_ROOT=collected,
        BIND=f"127.0.0.1:{port}",
        WORKERS="2",
    )
    places = {"/tmp/beat": str(tmp_path / "beat"), "/tmp/beat.pid": str(tmp_path / "beat.pid")}
    log = tmp_path / "log"

    def is_healthy(service: str) -> bool:
        done = subprocess.run(
            health_check(service, python=sys.executable, **places),
            env={**around(), "PATH": _path(), **given},
            cwd=CHECKOUT,
            capture_output=True,
            check=False,
        )
        return done.returncode == 0

    with ExitStack() as services:
        with running(command("migrate", python=sys.executable), given, log) as migrate:
            assert migrate.wait(60) == 0
        assert not is_healthy("web")
        assert not is_healthy("beat")
        for service in ("web", "worker", "beat"):
            services.enter_context(running(command(service, **places), given, log))
        for service in ("web", "worker", "beat"):
            assert wait_until(partial(is_healthy, service), seconds=60), service
        _look_at_pages(port)


def _path() -> str:
    return f"{Path(sys.executable).parent}:{os.environ['PATH']}"


def _look_at_pages(port: int) -> None:
    plain = ask(port, "/login/", host=HOST)
    assert (plain.status, plain.headers["location"]) == (301, f"https://{HOST}/login/")
    page = ask(port, "/login/", host=HOST, secure=True)
    assert page.status == 200
    assert page.headers["strict-transport-security"] == (
        "max-age=31536000; includeSubDomains; preload"
    )
    styles = re.findall(r'href="(/static/[^"]+\.css)"', page.text)
    assert styles
    for style in styles:
        assert re.search(r"\.[0-9a-f]{12}\.css$", style)
        found = ask(port, style, host=HOST, secure=True)
        assert found.status == 200
        assert found.headers["cache-control"] == "max-age=315360000, public, immutable"
    assert ask(port, "/login/", host="elsewhere.example", secure=True).status == 400


@pytest.mark.django_db(transaction=True)
def test_logs_are_json_lines_without_the_query(collected: str, tmp_path: Path) -> None:
    port = free_port()
    given = environment(
        DATABASE_URL=database_url(),
        STATIC_ROOT=collected,
        BIND=f"127.0.0.1:{port}",
        WORKERS="1",
        PYTHONUNBUFFERED="1",
    )
    with running(command("web"), given, tmp_path / "log") as web:
        assert wait_until(lambda: _answers(port), seconds=30)
        ask(port, "/login/?next=/191711602399", host=HOST, secure=True)
        ask(port, "/nowhere/?number=191711602399", host=HOST, secure=True)
        web.terminate()
        output, _ = web.communicate(timeout=30)
    lines = [json.loads(line) for line in output.splitlines()]
    messages = [re.sub(r"\d+ms", "", line["message"]).strip() for line in lines]
    assert "GET /login/ 200" in messages
    assert "191711602399" not in output
    assert (tmp_path / "log").read_text() == ""


def _answers(port: int) -> bool:
    try:
        return ask(port, "/healthz", host=HOST).status == 200
    except OSError:
        return False


def test_image_is_built_in_stages_and_runs_as_nobody_special() -> None:
    lines = (CHECKOUT / "Dockerfile").read_text().splitlines()
    words = [line.split() for line in lines if line and not line.startswith(("#", " "))]
    assert [each[0] for each in words].count("FROM") == 2
    last_stage = words[[i for i, each in enumerate(words) if each[0] == "FROM"][-1] :]
    assert ["USER", "spink"] in last_stage
    assert (
        json.loads(next(line for line in lines if line.startswith("CMD"))[4:])
        == (SERVICES["web"]["command"])
    )


def test_role_of_the_compose_file_has_no_rights_over_row_security_and_is_not_quoted() -> None:
    script = (CHECKOUT / "deploy/create-role.sh").read_text()
    statements = re.search(r"<<'SQL'\n(.*)\nSQL", script, re.DOTALL)
    assert statements
    assert re.search(r"CREATE ROLE spink LOGIN NOSUPERUSER NOBYPASSRLS", statements[1])
    told = re.findall(r"ALTER ROLE spink SET (\w+) = '(\w+)';", statements[1])
    assert told == [("log_min_error_statement", "panic"), ("log_error_verbosity", "terse")]
