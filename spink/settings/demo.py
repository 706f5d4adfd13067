"""The demonstration, and the default: everything in one process, nothing to set."""

from spink.settings.base import *  # noqa: F403 - settings are built in layers
from spink.settings.base import VAR_DIR, env
from spink.settings.own_keys import own_keys

DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])


_keys = own_keys(VAR_DIR / "keys.json")
SECRET_KEY = _keys["secret"]
SPINK_ENCRYPTION_KEYS = [_keys["encryption"]]
SPINK_LOOKUP_KEY = _keys["lookup"]

STATIC_ROOT = None  # nothing is collected: the files are served from where they lie
WHITENOISE_USE_FINDERS = True
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
WEBHOOKS_TO_LOOPBACK = True
SCANNER_URL = env.str("SCANNER_URL", default="test-file:")
