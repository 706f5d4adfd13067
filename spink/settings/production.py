"""Production: everything that is secret or differs comes from the environment, or it stops here."""

from environ import Env

from spink.settings.base import *  # noqa: F403 - settings are built in layers
from spink.settings.base import PROXIES, env, named_database
from spink.settings.logs import LOGGING  # noqa: F401 - a setting

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
SPINK_ENCRYPTION_KEYS = env.list("ENCRYPTION_KEYS")
SPINK_LOOKUP_KEY = env.str("LOOKUP_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [
    f"https://*{host}" if host.startswith(".") else f"https://{host}"
    for host in ALLOWED_HOSTS
    if host != "*"
]

DATABASES = {"default": named_database()}
REDIS_URL = env.str("REDIS_URL")
CELERY_BROKER_URL = REDIS_URL

# Only over TLS, which a proxy in front ends

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SPINK_BASE_URL = env.str("BASE_URL", default=f"https://{ALLOWED_HOSTS[0].lstrip('.')}").rstrip("/")
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
vars().update(Env.email_url_config(env.str("EMAIL_URL", default="smtp://localhost:25")))
