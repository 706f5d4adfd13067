"""Texts that the database keeps only in encrypted form, and the keyed hash to look them up by.

`SPINK_ENCRYPTION_KEYS` holds Fernet keys, newest first: the first encrypts, all decrypt, so that
keys can be rotated. `SPINK_LOOKUP_KEY` keys the hash, so that a stolen table cannot be searched
by trying all numbers.
"""

import hashlib
import hmac
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models


@lru_cache(maxsize=4)
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def encrypt_bytes(data: bytes) -> bytes:
    return _cipher(tuple(settings.SPINK_ENCRYPTION_KEYS)).encrypt(data)


def decrypt_bytes(token: bytes) -> bytes:
    return _cipher(tuple(settings.SPINK_ENCRYPTION_KEYS)).decrypt(token)


def encrypt(text: str) -> str:
    return encrypt_bytes(text.encode()).decode()


def decrypt(token: str) -> str:
    return decrypt_bytes(token.encode()).decode()


def keyed_hash(text: str) -> str:
    """64 hexadecimal digits, the same for the same text under the same key."""
    key = settings.SPINK_LOOKUP_KEY.encode()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Reads and writes as text; at rest it is a Fernet token. It cannot be filtered on."""

    def get_prep_value(self, value: Any) -> str | None:
        text = super().get_prep_value(value)
        return encrypt(text) if text else text

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        return decrypt(value) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise TypeError("an encrypted text is looked up by its keyed hash")
        return super().get_lookup(lookup_name)
