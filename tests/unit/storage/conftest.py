"""A desk's store on a real encrypted file, with the small shop in its replica."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from desk.storage import people
from desk.storage.desk_store import DeskStore
from tests.helpers.desk_data import ACTOR, NOW, SCOPES, SUPERVISOR, head, organisation

KEY = bytes(range(32))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


@pytest.fixture
def store(path: Path) -> Iterator[DeskStore]:
    opened = DeskStore(path, KEY, SCOPES)
    know_people(opened)
    opened.load_snapshot(head(1), organisation(), NOW, lambda done: None)
    yield opened
    opened.close()


def know_people(store: DeskStore) -> None:
    """Wang and Liu signed in here."""
    for actor, login in ((ACTOR, "wangfang"), (SUPERVISOR, "liuyang")):
        known = people.KnownPerson(
            actor=actor, login=login, name=login, language="zh", offline_grant={}, signed_in_at=NOW
        )
        store.write(partial(people.remember, who=known))
