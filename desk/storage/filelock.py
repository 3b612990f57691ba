"""One process per profile: an operating-system lock on a file, gone with its process however that ends."""

from __future__ import annotations

import sys
from pathlib import Path


class InUse(Exception):
    """Another process holds the lock."""

    code = "profile_in_use"


class FileLock:
    """Held from construction to `release()`."""

    def __init__(self, path: Path) -> None:
        """Take the lock at once or raise InUse."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("a+b")
        try:
            _lock(self._file.fileno())
        except OSError as error:
            self._file.close()
            raise InUse(str(path)) from error

    def release(self) -> None:
        """Let go; safe to call twice."""
        self._file.close()


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
