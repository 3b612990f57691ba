"""One process per SQLite centre: an exclusive lock on a file beside the database, let go of when the process ends."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO


class AlreadyRunning(Exception):
    """Another process serves this data."""


@contextlib.contextmanager
def hold(path: Path) -> Iterator[None]:
    """Hold the lock; raises AlreadyRunning where somebody else does."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("a+b") as file:
        try:
            _lock(file)
        except OSError as error:
            raise AlreadyRunning(f"{path.parent} is served by another process: stop that one first") from error
        yield


if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
