from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cryptography.fernet import Fernet

from spink.settings.own_keys import own_keys


def test_keys_are_made_once_and_read_by_their_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "var" / "keys.json"
    keys = own_keys(path)
    assert own_keys(path) == keys
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["keys.json"]


def test_keys_are_long_enough_and_fit_their_use(tmp_path: Path) -> None:
    keys = own_keys(tmp_path / "keys.json")
    assert Fernet(keys["encryption"]).decrypt(Fernet(keys["encryption"]).encrypt(b"a")) == b"a"
    assert min(len(keys["secret"]), len(keys["lookup"])) >= 50
    assert len(set(keys.values())) == 3


def test_two_checkouts_have_keys_of_their_own(tmp_path: Path) -> None:
    here, there = own_keys(tmp_path / "here.json"), own_keys(tmp_path / "there.json")
    assert [name for name in here if here[name] == there[name]] == []


def test_all_who_make_the_keys_at_once_get_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(own_keys, [tmp_path / "keys.json"] * 8))
    assert all(each == made[0] for each in made)
