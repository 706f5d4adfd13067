import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.db import models
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from spink.foundation.encryption import EncryptedTextField, decrypt, encrypt, keyed_hash

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
texts = st.text(st.characters(exclude_categories=["Cs"]))


@given(texts)
def test_decrypt_gives_back_what_was_encrypted(text: str) -> None:
    assert decrypt(encrypt(text)) == text


def test_encrypt_twice_gives_two_tokens_without_the_text() -> None:
    tokens = {encrypt("Åsa Öberg"), encrypt("Åsa Öberg")}

    assert len(tokens) == 2
    assert not any("Öberg" in token for token in tokens)


def test_decrypt_under_a_new_key_reads_what_the_old_one_wrote(settings: Settings) -> None:
    settings.SPINK_ENCRYPTION_KEYS = [OLD]
    written = encrypt("hemligt")
    settings.SPINK_ENCRYPTION_KEYS = [NEW, OLD]

    assert decrypt(written) == "hemligt"
    assert Fernet(NEW).decrypt(encrypt("hemligt")) == b"hemligt"


def test_decrypt_without_the_key_fails(settings: Settings) -> None:
    settings.SPINK_ENCRYPTION_KEYS = [OLD]
    written = encrypt("hemligt")
    settings.SPINK_ENCRYPTION_KEYS = [NEW]

    with pytest.raises(InvalidToken):
        decrypt(written)


def test_decrypt_of_a_changed_token_fails() -> None:
    token = encrypt("hemligt")
    other = "A" if token[40] != "A" else "B"

    with pytest.raises(InvalidToken):
        decrypt(token[:40] + other + token[41:])


def test_keyed_hash_is_the_same_under_one_key_and_another_under_another(
    settings: Settings,
) -> None:
    settings.SPINK_LOOKUP_KEY = "one"
    first = keyed_hash("191500722390")
    again = keyed_hash("191500722390")
    settings.SPINK_LOOKUP_KEY = "two"

    assert first == again
    assert len(first) == 64
    assert keyed_hash("191500722390") != first


def test_encrypted_field_writes_a_token_and_reads_the_text() -> None:
    field: models.Field[str, str] = EncryptedTextField()
    at_rest = field.get_prep_value("Åsa")

    assert at_rest != "Åsa"
    assert EncryptedTextField().from_db_value(at_rest) == "Åsa"


@pytest.mark.parametrize("nothing", ["", None])
def test_encrypted_field_leaves_nothing_as_nothing(nothing: str | None) -> None:
    assert EncryptedTextField(null=True).get_prep_value(nothing) == nothing
    assert EncryptedTextField(null=True).from_db_value(nothing) == nothing


@pytest.mark.parametrize("lookup", ["exact", "in", "contains", "iexact", "startswith", "gt"])
def test_encrypted_field_cannot_be_searched(lookup: str) -> None:
    with pytest.raises(TypeError, match="keyed hash"):
        EncryptedTextField().get_lookup(lookup)
