"""The keys of a trial, which nobody need think of."""

import json
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.fernet import Fernet


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
