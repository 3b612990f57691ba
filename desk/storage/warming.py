"""Loads what the first page and look-up would wait for: shapes of documents, dictionaries of names and phones."""

from __future__ import annotations

from desk.wire import codec, tokens


def warm() -> None:
    """Some tenths of a second; on a thread that nobody waits for, while somebody types a password."""
    codec.warm()
    tokens.warm()
