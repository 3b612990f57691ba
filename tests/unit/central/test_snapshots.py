"""Snapshot files: one folder may serve several centres and workers, and nobody reads what is not theirs or half."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from desk.central import founding
from desk.central.engine import open_engine, sqlite_url
from desk.central.service import Service, make_service
from desk.central.snapshot import read_lines

SCOPES = frozenset({"team:hotline"})


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Service, Service]]:
    """Two centres that were started in the same place, as far as each other; only their chains differ."""
    with ExitStack() as held:
        made = []
        for name in ("one", "other"):
            engine = open_engine(sqlite_url(tmp_path / f"{name}.db"))
            founding.init(engine)
            made.append(make_service(engine, tmp_path / "snapshots"))
            held.callback(made[-1].close)
        yield made[0], made[1]


def test_two_centres_in_one_folder_do_not_read_each_others_snapshots(two: tuple[Service, Service]):
    one, other = two
    for centre in (one, other, one):
        head = centre.store.head_now()
        first = next(iter(read_lines(centre.snapshots.file(SCOPES))))
        assert (first["n"], first["h"]) == (head.n, head.h)
    assert one.store.head_now().n == other.store.head_now().n, "else the file's name would differ anyway"


def test_what_is_open_stays_readable_when_everything_is_forgotten(two: tuple[Service, Service]):
    snapshots = two[0].snapshots
    with snapshots.opened(SCOPES) as held:
        snapshots.forget()
        assert held.read(2) == b"\x1f\x8b"
    with snapshots.opened(SCOPES) as again:
        assert again.read(2) == b"\x1f\x8b"
