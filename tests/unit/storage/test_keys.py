"""The file key: opened by each person's password, by the system's keyring, and by nothing else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from desk.storage.keys import TRIES_BEFORE_LOCK, Cost, KeyFile, LockedOut, WrongPassword
from tests.helpers.desk_data import NOW

CHEAP = Cost(passes=1, memory=64, lanes=1)


class SystemKeyring:
    """A keyring that works, in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def get(self, profile: str) -> bytes | None:
        return self.kept.get(profile)

    def put(self, profile: str, key: bytes) -> bool:
        self.kept[profile] = key
        return True


def key_file(folder: Path, keyring: SystemKeyring | None = None, profile: str = "desk") -> KeyFile:
    return KeyFile(folder / "keys.json", profile, keyring, CHEAP)


def test_each_person_opens_the_same_file_with_their_own_password(tmp_path):
    keys = key_file(tmp_path)
    key = KeyFile.new_key()
    keys.add("wangfang", "demo-wangfang", key)
    keys.add("liqiang", "demo-liqiang", key)
    assert keys.open("wangfang", "demo-wangfang", NOW) == key
    assert key_file(tmp_path).open("liqiang", "demo-liqiang", NOW) == key
    assert key_file(tmp_path).open("zhaomin", "demo-zhaomin", NOW) is None
    assert key not in (tmp_path / "keys.json").read_bytes()


def test_a_changed_password_replaces_the_old_one(tmp_path):
    keys = key_file(tmp_path)
    key = KeyFile.new_key()
    keys.add("wangfang", "old-password", key)
    keys.add("wangfang", "new-password", key)
    assert keys.open("wangfang", "new-password", NOW) == key
    with pytest.raises(WrongPassword):
        keys.open("wangfang", "old-password", NOW)


def test_guessing_is_stopped_and_stays_stopped_after_a_restart(tmp_path):
    key_file(tmp_path).add("wangfang", "demo-wangfang", KeyFile.new_key())
    for _ in range(TRIES_BEFORE_LOCK):
        with pytest.raises(WrongPassword):
            key_file(tmp_path).open("wangfang", "guess", NOW)
    with pytest.raises(LockedOut) as locked:
        key_file(tmp_path).open("wangfang", "demo-wangfang", NOW + timedelta(minutes=1))
    assert key_file(tmp_path).open("wangfang", "demo-wangfang", locked.value.until) is not None
    with pytest.raises(WrongPassword):  # the count begins anew after the right one
        key_file(tmp_path).open("wangfang", "guess", locked.value.until)


def test_a_slot_copied_to_another_person_or_profile_opens_nothing(tmp_path):
    keys = key_file(tmp_path)
    keys.add("wangfang", "demo-wangfang", KeyFile.new_key())
    text = (tmp_path / "keys.json").read_text()
    (tmp_path / "keys.json").write_text(text.replace("wangfang", "liuyang"))
    with pytest.raises(WrongPassword):
        keys.open("liuyang", "demo-wangfang", NOW)
    (tmp_path / "keys.json").write_text(text)
    with pytest.raises(WrongPassword):
        key_file(tmp_path, profile="other").open("wangfang", "demo-wangfang", NOW)


def test_the_keyring_opens_it_without_a_password(tmp_path):
    keyring = SystemKeyring()
    keys = key_file(tmp_path, keyring)
    assert keys.from_keyring() is None
    key = KeyFile.new_key()
    keys.add("wangfang", "demo-wangfang", key)
    assert key_file(tmp_path, keyring).from_keyring() == key
    assert key_file(tmp_path, None).from_keyring() is None
