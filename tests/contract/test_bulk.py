"""The bench fills a centre in bulk: row for row what the commands write, on both databases."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from desk.central import tables as t
from desk.central import verify
from desk.central.apply import Applier
from tests.bench import bulk, data
from tests.helpers.centre import World, world

# Where two ways to the same rows cannot agree: when it happened, and what chance gave.
_ALONE = {"at", "claimed_at", "h", "salt", "commitment"}
_BY_CHANCE = {"sessions", "meta", "enrol_codes", "credentials", "throttles", "head"}
ORDERS, TICKETS = 170, 50


@pytest.fixture
def other_centre(founded_file: Path, tmp_path: Path) -> Iterator[World]:
    """A second centre, to do the same by commands."""
    path = shutil.copy(founded_file, tmp_path / "other.db")
    with world(f"sqlite:///{path}", tmp_path / "other") as made:
        yield made


def test_bulk_writes_what_commands_write(centre: World, other_centre: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(data, "CUSTOMERS", 60)  # the last orders are a second one of their customers
    secret = other_centre.service.secrets.hash_key
    for one in (centre, other_centre):
        with one.service.store.writing() as tx:
            assert tx.policy is not None
            tx.stage_policy(bulk.calm(tx.policy), "system")
    assert list(bulk.fill(centre.service.store, secret, ORDERS, TICKETS))[-1] == ORDERS
    applier = Applier(other_centre.service.store, secret, monotonic=lambda: 0.0)
    each = bulk.COMMANDS // 2
    spans = [(0, each), (each, TICKETS), (TICKETS, 60), (60, 110), (110, 160), (160, ORDERS)]
    for first, last in spans:
        verdicts = applier.system(bulk.commands(first, last, TICKETS))
        assert {verdict.status for verdict in verdicts} == {"applied"}
    assert verify.verify(centre.service.store.engine) == []
    rows = rows_of(centre)
    assert rows == rows_of(other_centre)
    assert [len(rows[name]) for name in ("orders", "tickets", "receipts")] == [ORDERS, TICKETS, ORDERS + TICKETS]
    assert centre.service.store.head_now().n == other_centre.service.store.head_now().n


def rows_of(centre: World) -> dict[str, list[Any]]:
    """Every row of every table, without what cannot be the same."""
    found: dict[str, list[Any]] = {}
    with centre.service.store.reading() as connection:
        for table in t.metadata.sorted_tables:
            if table.name not in _BY_CHANCE:
                keys = list(table.primary_key.columns)
                rows = connection.execute(select(table).order_by(*keys)).mappings()
                found[table.name] = [_plain(dict(row)) for row in rows]
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items() if key not in _ALONE and not _clock(key)}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def _clock(key: str) -> bool:
    return key.endswith(("_at", "_due"))
