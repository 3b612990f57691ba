"""The file of a desk: nobody reads it without its key, one process has it, and a newer one is refused."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import pytest

from desk.storage import people
from desk.storage.desk_store import DeskStore
from desk.storage.engine import Damaged, DiskTrouble, TooNew, WrongKey
from desk.storage.filelock import InUse
from tests.helpers.desk_data import ACTOR, NOW, SCOPES
from tests.unit.storage.conftest import KEY, know_people


def pragma(store: DeskStore, name: str) -> object:
    return store.read(lambda view: view.connection.exec_driver_sql(f"PRAGMA {name}").scalar())


def test_a_desk_is_durable_by_its_settings(path):
    store = DeskStore(path, KEY, SCOPES)
    assert pragma(store, "journal_mode") == "wal"
    assert pragma(store, "synchronous") == 2  # FULL
    assert pragma(store, "foreign_keys") == 1
    store.close()


def test_nothing_on_the_disk_can_be_read_without_the_key(path):
    store = DeskStore(path, KEY, SCOPES)
    know_people(store)
    store.write(lambda c: people.save_draft(c, ACTOR.id, "note", "顾客陈先生 13800000005", NOW))
    store.close()
    everything = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"13800000005" not in everything
    assert b"wangfang" not in everything
    assert not path.read_bytes().startswith(b"SQLite format")


def test_another_key_does_not_open_it(path):
    DeskStore(path, KEY, SCOPES).close()
    with pytest.raises(WrongKey):
        DeskStore(path, bytes(32), SCOPES)
    DeskStore(path, KEY, SCOPES).close()


def test_two_processes_never_share_a_profile(path):
    store = DeskStore(path, KEY, SCOPES)
    with pytest.raises(InUse):
        DeskStore(path, KEY, SCOPES)
    store.close()


def test_words_are_there_after_a_restart(path):
    store = DeskStore(path, KEY, SCOPES)
    know_people(store)
    store.write(lambda c: people.save_draft(c, ACTOR.id, "note:7", "half a sentence", NOW))
    store.close()
    again = DeskStore(path, KEY, SCOPES)
    assert again.write(lambda c: people.load_draft(c, ACTOR.id, "note:7")) == "half a sentence"
    again.close()


def test_a_file_of_a_newer_desk_is_left_alone(path):
    store = DeskStore(path, KEY, SCOPES)
    store.write(lambda c: c.exec_driver_sql("PRAGMA user_version = 99"))
    store.close()
    with pytest.raises(TooNew):
        DeskStore(path, KEY, SCOPES)


def unplugged(store: DeskStore, path: Path, folder: Path) -> Path:
    """A copy of the disk as it is at this moment, without a clean end."""
    folder.mkdir()
    for file in path.parent.glob("desk.db*"):
        shutil.copy(file, folder / file.name)
    return folder / "desk.db"


def test_what_was_committed_survives_a_power_cut(path, tmp_path):
    store = DeskStore(path, KEY, SCOPES)
    know_people(store)
    store.write(lambda c: people.save_draft(c, ACTOR.id, "note:7", "half a sentence", NOW))
    copy = unplugged(store, path, tmp_path / "cut")
    store.close()
    again = DeskStore(copy, KEY, SCOPES)
    assert again.write(lambda c: people.load_draft(c, ACTOR.id, "note:7")) == "half a sentence"
    again.close()


def test_damage_is_found_after_a_power_cut(path, tmp_path):
    store = DeskStore(path, KEY, SCOPES)
    know_people(store)
    for n in range(50):
        store.write(partial(people.save_draft, person_id=ACTOR.id, key=f"note:{n}", text="x" * 500, now=NOW))
    pragma(store, "wal_autocheckpoint=1")
    store.set_meta("written", b"through")
    copy = unplugged(store, path, tmp_path / "cut")
    store.close()
    copy.with_name("desk.db-wal").unlink()  # written through, so the file itself is all there is
    disk = bytearray(copy.read_bytes())
    middle = len(disk) // 2 // 4096 * 4096
    disk[middle : middle + 64] = bytes(64)
    copy.write_bytes(disk)
    with pytest.raises(Damaged):
        DeskStore(copy, KEY, SCOPES)


def test_a_full_disk_keeps_nothing_and_says_so(path):
    store = DeskStore(path, KEY, SCOPES)
    know_people(store)
    pages = store.read(lambda view: view.connection.exec_driver_sql("PRAGMA page_count").scalar_one())
    pragma(store, f"max_page_count={pages}")
    with pytest.raises(DiskTrouble):
        store.write(partial(people.save_draft, person_id=ACTOR.id, key="note", text="x" * 100_000, now=NOW))
    pragma(store, "max_page_count=1000000")
    store.write(partial(people.save_draft, person_id=ACTOR.id, key="note", text="room again", now=NOW))
    store.close()
