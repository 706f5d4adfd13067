"""What pytest runs on: a database of its own that may forget, quick passwords, fixed keys."""

from spink.settings.base import *  # noqa: F403 - settings are built in layers
from spink.settings.base import VAR_DIR, database

SECRET_KEY = "for tests only, where nothing is secret"  # noqa: S105
SPINK_ENCRYPTION_KEYS = ["c3BpbmsgdGVzdCBrZXksIG5vdCBmb3IgdXNlISEhISE="]
SPINK_LOOKUP_KEY = "for tests only"

DATABASES = {"default": {**database(VAR_DIR / "postgres-test", durable=False), "CONN_MAX_AGE": 0}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STATIC_ROOT = None  # nothing is collected: the files are served from where they lie
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True  # the files are not walked at every start of the application
WEBHOOKS_TO_LOOPBACK = True
SCANNER_URL = "test-file:"
