"""What is the same everywhere. Whatever differs between places comes from the environment."""

import tomllib
from pathlib import Path
from typing import Any

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from kombu import Queue

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = BASE_DIR / "var"

INSTALLED_APPS = [
    "spink.accounts.admin_config.SpinkAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # its widgets are parts of the administration's own
    "django_htmx",
    "django_filters",
    "rest_framework",
    "oauth2_provider",
    "drf_spectacular",
    "csp",
    "axes",
    "django_celery_beat",
    "spink.foundation",
    "spink.web",
    "spink.accounts",
    "spink.webhooks",
    "spink.catalogue",
    "providers",
    "placements",
    "spink.sample",
    "spink.composition",
]

MIDDLEWARE = [
    "spink.web.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "spink.web.middleware.LanguageMiddleware",
    "spink.web.sizes.LargestRequestMiddleware",  # before any that reads what was sent
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "spink.accounts.middleware.WallMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "spink.urls"
WSGI_APPLICATION = "spink.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "spink.web.context_processors.page",
            ],
        },
    },
]

FORM_RENDERER = "spink.web.renderer.Renderer"

# Database


KEPT_OPEN = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


def named_database() -> dict[str, Any]:
    """The server that `DATABASE_URL` names.

    PostgreSQL would compile long statements such as the register's to machine code each time they
    are run, which takes seconds where running them takes milliseconds.
    """
    named: dict[str, Any] = {**env.db_url("DATABASE_URL"), **KEPT_OPEN}
    options = named.setdefault("OPTIONS", {})
    options["options"] = f"{options.get('options', '')} -c jit=off".strip()
    options.setdefault("connect_timeout", 5)
    return named


def database(folder: Path, *, durable: bool = True) -> dict[str, Any]:
    """The server that `DATABASE_URL` names, and with none named an embedded one in the folder."""
    if env.str("DATABASE_URL", default=""):
        return named_database()
    return {
        "ENGINE": "spink.foundation.embedded",
        "NAME": "spink",
        "USER": "spink",
        "FOLDER": folder,
        "DURABLE": durable,
        **KEPT_OPEN,
    }


DATABASES = {"default": database(VAR_DIR / "postgres")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
PASSWORD_RESET_TIMEOUT = 24 * 3600  # how long a link to set a password is worth something
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "login"

SESSION_ENGINE = "spink.web.sessions"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_SECONDS_IDLE = 30 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "spink.web.errors.csrf_failure"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

AXES_HANDLER = "spink.accounts.throttle.ThrottledLogins"
AXES_LOCKOUT_CALLABLE = "spink.accounts.web.views.locked_out"
AXES_FAILURE_LIMIT = 10  # an hour and account
FAILURES_PER_ADDRESS = 20
AXES_COOLOFF_TIME = 1  # hours
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
TRUSTED_NETWORKS = env.list("TRUSTED_NETWORKS", default=[])
PROXIES = env.int("PROXIES", default=0)

# Languages and time

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Swedish")), ("en", _("English"))]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True
LOCALE_PATHS: list[Path] = []

# Static files

STATIC_URL = "/static/"
STATIC_ROOT: Path | None = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]

# Documents that are handed in

ATTACHMENTS_ROOT = Path(env.str("ATTACHMENTS_ROOT", default=str(VAR_DIR / "attachments")))
ATTACHMENT_MAX_BYTES = env.int("ATTACHMENT_MAX_MEGABYTES", default=20) * 1024 * 1024
SCANNER_URL = env.str("SCANNER_URL", default="")
# What may be kept is never written to a disk as it came; only a larger one meets a temporary file.
FILE_UPLOAD_MAX_MEMORY_SIZE = ATTACHMENT_MAX_BYTES + 64 * 1024
REGISTER_FILE_MAX_BYTES = 10 * 1024 * 1024
# The larger of a document and a file of the register, and the form around it.
REQUEST_MAX_BYTES = max(ATTACHMENT_MAX_BYTES, REGISTER_FILE_MAX_BYTES) + 1024 * 1024

# What a browser may do with a page

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# The REST API

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["spink.web.api.parsing.JsonParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["spink.accounts.api.authentication.BearerToken"],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_SCHEMA_CLASS": "spink.composition.openapi.operation.Operation",
    "UNAUTHENTICATED_USER": None,
    "UNICODE_JSON": True,
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "Spink",
    "VERSION": "1.0.0",
    "CONTACT": {"name": "Spink", "url": "https://spink.example"},
    "LICENSE": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SCHEMA_PATH_PREFIX_TRIM": True,
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {  # where a field's name alone does not tell the sets apart
        "KindEnum": "spink.catalogue.models.ReasonKind",
        "StateEnum": "placements.models.choices.States",
        "AttachmentStateEnum": "placements.api.attachments.STATES",
        "StopKindEnum": "providers.models.StopKind",
        "ProvisionFormEnum": "placements.models.recommendation.FORMS",
        "DeliveryStateEnum": "spink.webhooks.models.State",
    },
}
API_CALLS_PER_MINUTE = env.int("API_CALLS_PER_MINUTE", default=600)

OAUTH2_PROVIDER_APPLICATION_MODEL = "accounts.ApiClient"
OAUTH2_PROVIDER = {
    "ACCESS_TOKEN_EXPIRE_SECONDS": 600,
    # RFC 9700 to the letter: tokens are kept as digests, among other things. Clients that speak for
    # themselves are the only grant that is offered anyway.
    **{
        f"COMPLIANT_BCP_RFC9700_{name}": True
        for name in (
            "IMPLICIT_GRANT",
            "PASSWORD_GRANT",
            "PKCE_METHOD",
            "ACCESS_TOKEN_TRANSPORT",
            "AUTHZ_RESPONSE_ISS",
            "TOKEN_STORAGE",
            "REFRESH_TOKEN",
            "REDIRECT_URI_SCHEME",
        )
    },
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
    "OAUTH2_VALIDATOR_CLASS": "spink.accounts.api.tokens.Validator",
    "SCOPES_BACKEND_CLASS": "spink.accounts.api.tokens.Scopes",
}

# Webhooks

WEBHOOK_PORTS = [int(port) for port in env.list("WEBHOOK_PORTS", default=["443"])]
WEBHOOKS_TO_LOOPBACK = False  # also without TLS: for tests and the demonstration alone

# Jobs

REDIS_URL = env.str("REDIS_URL", default="")
CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"visibility_timeout": 120, "socket_connect_timeout": 2, "socket_timeout": 5}
    if REDIS_URL
    else {"polling_interval": 0.05}
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False  # the outbox sends again; a page does not wait for a broker
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_TIME_LIMIT = 100
CELERY_TIMEZONE = TIME_ZONE
# A worker takes from both in turn: no sweep waits behind the events that it is there for.
CELERY_TASK_QUEUES = [Queue("celery"), Queue("sweep"), Queue("webhooks")]
CELERY_TASK_ROUTES = {
    "spink.foundation.tasks.sweep_outbox": {"queue": "sweep"},
    "spink.webhooks.tasks.send_webhooks": {"queue": "webhooks"},
}
# The clock writes what stands here into the database when it starts, and goes by that.
CELERY_BEAT_SCHEDULER = "spink.beat:Schedule"
CELERY_RESULT_EXPIRES = None  # no results are kept, so that none are cleaned up
CELERY_BEAT_SCHEDULE = {
    "sweep_outbox": {"task": "spink.foundation.tasks.sweep_outbox", "schedule": 10.0},
    # Asked more often than once, so that none is left out by a clock that was down at seven.
    "write_mail_digests": {
        "task": "placements.tasks.write_mail_digests",
        "schedule": crontab(minute="*/10", hour="7-10", day_of_week="mon-fri"),
    },
    "sweep_attachment_files": {
        "task": "placements.tasks.sweep_attachment_files",
        "schedule": crontab(hour=3, minute=20),
    },
    "stops_of_the_day": {
        "task": "placements.tasks.carry_out_stops_of_the_day",
        "schedule": 300.0,
    },
    "expired_uploads": {
        "task": "providers.tasks.forget_uploads",
        "schedule": crontab(minute=40),
    },
    "api_leftovers": {
        "task": "spink.accounts.tasks.forget_api_leftovers",
        "schedule": crontab(minute=50),
    },
    "send_webhooks": {"task": "spink.webhooks.tasks.send_webhooks", "schedule": 5.0},
    "old_webhooks": {
        "task": "spink.webhooks.tasks.forget_old_deliveries",
        "schedule": crontab(hour=3, minute=40),
    },
    "planned_changes": {"task": "providers.tasks.carry_out_planned_changes", "schedule": 600.0},
    "watches_of_the_day": {
        "task": "providers.tasks.tell_watchers",
        "schedule": crontab(minute=5, hour="7-16"),
    },
    "monitor_providers": {"task": "providers.tasks.monitor_providers", "schedule": 20.0},
}

# Sources of the monitoring of providers: a table each in the file that is named (TOML)

SOURCES_FILE = env.str("SOURCES_FILE", default="")
MONITORING_SOURCES: dict[str, Any] = (
    tomllib.loads(Path(SOURCES_FILE).read_text(encoding="utf-8")) if SOURCES_FILE else {}
)

# Mail

SPINK_BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
EMAIL_TIMEOUT = 10  # seconds; a mail server that is silent keeps no worker
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="spink@localhost")
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
