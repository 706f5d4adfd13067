from pathlib import Path

import pytest

from spink.settings.base import database, named_database


def test_named_server_keeps_its_own_options_and_compiles_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(
        "DATABASE_URL", "postgres://a:b@c:5433/d?sslmode=verify-full&options=-c%20work_mem=9MB"
    )
    named = named_database()
    assert (named["HOST"], named["PORT"], named["NAME"], named["USER"]) == ("c", 5433, "d", "a")
    assert named["OPTIONS"] == {
        "sslmode": "verify-full",
        "options": "-c work_mem=9MB -c jit=off",
        "connect_timeout": 5,
    }


def test_embedded_server_is_taken_where_none_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    taken = database(tmp_path, durable=False)
    assert (taken["ENGINE"], taken["FOLDER"]) == ("spink.foundation.embedded", tmp_path)
    monkeypatch.setenv("DATABASE_URL", "postgres://a@b/c")
    assert database(tmp_path)["ENGINE"] == "django.db.backends.postgresql"
