"""What the systems behind the shop have done, by path and key, in a small SQLite file that survives a restart."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

_TABLE = """
CREATE TABLE IF NOT EXISTS acts (
    n INTEGER PRIMARY KEY,
    path TEXT NOT NULL,
    key TEXT NOT NULL,
    number TEXT NOT NULL,
    body TEXT NOT NULL,
    asked INTEGER NOT NULL DEFAULT 0,
    performed INTEGER NOT NULL DEFAULT 0,
    reference TEXT NOT NULL,
    performed_at TEXT,
    settles_at TEXT,
    UNIQUE (path, key)
)
"""
_COLUMNS = "n, path, key, number, body, asked, performed, reference, performed_at, settles_at"


class KeyReused(ValueError):
    """The same key with other content."""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing asked under a key: how often it was asked, how often done. `number` is the order's."""

    n: int
    path: str
    key: str
    number: str
    body: dict[str, Any]
    asked: int
    performed: int
    reference: str
    performed_at: datetime | None
    settles_at: datetime | None

    def state(self, now: datetime) -> str:
        """confirmed, or accepted while it is still on its way."""
        return "accepted" if self.settles_at is not None and now < self.settles_at else "confirmed"


class Acts:
    """The book of acts; every call is one transaction, from any thread. `close` it."""

    def __init__(self, path: Path | None, now: Callable[[], datetime]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._db = sqlite3.connect(path or ":memory:", check_same_thread=False, isolation_level=None)
        # A side that forgot a refund after a power cut would pay it twice.
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute(_TABLE)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def ask(self, path: str, key: str, body: dict[str, Any]) -> Act:
        """Note that this was asked (not yet done); KeyReused where the key named something else before."""
        text = json.dumps(body, sort_keys=True, ensure_ascii=False)
        with self._lock:
            known = self._find(path, key)
            if known is not None and known.body != body:
                raise KeyReused(key)
            if known is None:
                number = str(body.get("order", ""))
                self._db.execute(
                    "INSERT INTO acts (path, key, number, body, reference) VALUES (?, ?, ?, ?, ?)",
                    (path, key, number, text, _reference(path, key)),
                )
            self._db.execute("UPDATE acts SET asked = asked + 1 WHERE path = ? AND key = ?", (path, key))
            return self._get(path, key)

    def perform(self, path: str, key: str, settles_in: float | None, once: bool) -> Act:
        """Do it; with `once`, what was done is not done again."""
        now = self._now()
        settles = (now + timedelta(seconds=settles_in)).isoformat() if settles_in else None
        with self._lock:
            if not (once and self._get(path, key).performed):
                self._db.execute(
                    "UPDATE acts SET performed = performed + 1, performed_at = ?, settles_at = ?"
                    " WHERE path = ? AND key = ?",
                    (now.isoformat(), settles, path, key),
                )
            return self._get(path, key)

    def find(self, path: str, key: str) -> Act | None:
        """What was asked under that key, or None."""
        with self._lock:
            return self._find(path, key)

    def done(self, number: str | None = None) -> list[Act]:
        """What was done, for one order or for all, in the order of asking."""
        with self._lock:
            where, values = ("AND number = ?", (number,)) if number is not None else ("", ())
            # _COLUMNS and `where` are our own constants.
            query = f"SELECT {_COLUMNS} FROM acts WHERE performed > 0 {where} ORDER BY n"  # noqa: S608
            return [_act(row) for row in self._db.execute(query, values)]

    def _find(self, path: str, key: str) -> Act | None:
        query = f"SELECT {_COLUMNS} FROM acts WHERE path = ? AND key = ?"  # noqa: S608 - our own constant
        row = self._db.execute(query, (path, key)).fetchone()
        return _act(row) if row else None

    def _get(self, path: str, key: str) -> Act:
        found = self._find(path, key)
        if found is None:
            raise KeyError(key)
        return found


def _act(row: tuple[Any, ...]) -> Act:
    *start, performed_at, settles_at = row
    n, path, key, number, body, asked, performed, reference = start
    return Act(
        n, path, key, number, json.loads(body), asked, performed, reference, _time(performed_at), _time(settles_at)
    )


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _reference(path: str, key: str) -> str:
    return f"{path[:2].upper()}{key.replace('-', '')[-12:].upper()}"
