"""What the commands of `desk-central` share: which database, opened and closed."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine

from desk.central.engine import open_engine, sqlite_url
from desk.central.service import Service, make_service


@contextlib.contextmanager
def opened(options: argparse.Namespace) -> Iterator[Engine]:
    """The database that the options name, founded or not."""
    url = database_url(options)
    if not url:
        data = folder(options)
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        url = sqlite_url(data / "centre.db")
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


@contextlib.contextmanager
def founded(options: argparse.Namespace) -> Iterator[Service]:
    """A service on it; raises schema.WrongSchema where it is not founded or of another version."""
    with opened(options) as engine:
        service = make_service(engine, folder(options) / "snapshots")
        try:
            yield service
        finally:
            service.close()


def database_url(options: argparse.Namespace) -> str:
    """The URL that was given, or empty: a file in the data folder."""
    return options.database_url or ("" if options.data else os.environ.get("DESK_DATABASE_URL", ""))


def folder(options: argparse.Namespace) -> Path:
    """Where a SQLite centre and the snapshot files of any centre lie."""
    found: Path = options.data or Path(".data") / "centre"
    return found


def say(text: str) -> None:
    """A line for whoever typed the command."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
