"""The demonstration, and the default: everything in one process, nothing to set."""

import json
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.fernet import Fernet

from spink.settings.base import *  # noqa: F403 - settings are built in layers
from spink.settings.base import VAR_DIR, env

DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])


def own_keys(path: Path) -> dict[str, str]:
    """This checkout's keys, made at the first need; the first of two that make them wins."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        keys = {
            "secret": secrets.token_urlsafe(48),
            "encryption": Fernet.generate_key().decode(),
            "lookup": secrets.token_urlsafe(48),
        }
        made = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        made.touch(mode=0o600)
        made.write_text(json.dumps(keys))
        with suppress(FileExistsError):
            path.hardlink_to(made)
        made.unlink()
    found: dict[str, str] = json.loads(path.read_text())
    return found


_keys = own_keys(VAR_DIR / "keys.json")
SECRET_KEY = _keys["secret"]
SPINK_ENCRYPTION_KEYS = [_keys["encryption"]]
SPINK_LOOKUP_KEY = _keys["lookup"]

STATIC_ROOT = None  # nothing is collected: the files are served from where they lie
WHITENOISE_USE_FINDERS = True
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
