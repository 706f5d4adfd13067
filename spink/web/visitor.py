"""Which person a page was made for, told apart without saying who it is."""

from typing import Any

from django.utils.crypto import salted_hmac


def digest_of(user: Any, purpose: str) -> bytes:
    """The same for the same person and purpose, and for nobody else."""
    person = str(getattr(user, "pk", ""))
    return salted_hmac(f"spink.{purpose}", person, algorithm="sha256").digest()


def fingerprint(user: Any) -> str:
    return digest_of(user, "session").hex()
