# Two commands on a fresh machine: `make demo` and `make test`. They need git, make and Python 3.11.

.DEFAULT_GOAL := demo

PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
  $$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)
UV := $(shell command -v uv 2>/dev/null)
RUN := .venv/bin/python
MANAGE := $(RUN) manage.py
WORKERS ?= auto
LOCKS := requirements/run.txt requirements/test.txt
CHECKS := style types arrows migrations texts diagram openapi production

.PHONY: setup demo test check bench drill messages lock $(CHECKS)

setup: .venv/installed var/postgres/data/PG_VERSION
	@:

# Made again when a lock file changes. Without pip's hash check a file is not a lock.
.venv/installed: $(LOCKS)
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; found: $$(python3 --version 2>&1)" >&2; exit 1; }
	@echo "Installing into .venv (a minute or two, once)"
ifdef UV
	@$(UV) venv --quiet --allow-existing --python "$(PYTHON)" .venv
	@$(UV) pip sync --quiet --require-hashes --python .venv/bin/python requirements/test.txt
else
	@$(PYTHON) -m venv .venv || { echo "On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
endif
	@touch $@

var/postgres/data/PG_VERSION: | .venv/installed
	@test -n "$$DATABASE_URL" || $(RUN) -m spink.foundation.embedded var/postgres

demo: setup
	@$(MANAGE) demo

test: setup
	$(RUN) -m pytest -n $(WORKERS) --maxprocesses 8 --dist worksteal $(TESTS)

check: $(CHECKS)
$(CHECKS): setup

style:
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .

types:
	$(RUN) -m mypy

arrows:
	$(RUN) .venv/bin/lint-imports --no-logo

migrations:
	$(MANAGE) makemigrations --check --dry-run

texts:
	$(MANAGE) messages --check

diagram:
	$(MANAGE) request_states --check

openapi:
	$(MANAGE) openapi --check

production:
	@echo "check --deploy on the settings of production"
	@SECRET_KEY=$$($(RUN) -c 'import secrets; print(secrets.token_urlsafe(60))') \
	ENCRYPTION_KEYS=none LOOKUP_KEY=none ALLOWED_HOSTS=spink.example \
	DATABASE_URL=postgres://localhost/spink REDIS_URL=redis://localhost \
	$(MANAGE) check --deploy --fail-level WARNING --settings spink.settings.production

bench: setup
	$(RUN) -m bench

drill: setup
	$(RUN) -m pytest -n 0 -m drill tests/drill tests/integration

messages: setup
	$(MANAGE) messages

# Writes the lock files anew, as new as pyproject.toml allows. Needs uv.
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
  --no-emit-index-url --no-emit-find-links --upgrade pyproject.toml
lock:
	@test -n "$(UV)" || { echo "Needs uv: https://docs.astral.sh/uv" >&2; exit 1; }
	$(COMPILE) --output-file requirements/run.txt
	$(COMPILE) --group test --constraint requirements/run.txt --output-file requirements/test.txt
