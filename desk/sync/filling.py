"""Has a replica made ready in a process of its own and hears how far it is; the thread that asks goes on meanwhile."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

import desk
from desk.storage.staging import Staging

_ROOT = Path(desk.__file__).resolve().parent.parent  # where `desk` is found, whatever the process is started in
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows would open a console


class Filling:
    """One process under way. `wait` and `stop` may be called from any thread."""

    def __init__(self, staging: Staging, content: bytes, progress: Callable[[int], None]) -> None:
        """Start it; `progress` is told the number of rows so far, on a thread of this."""
        self.staging = staging
        self.fault = ""  # what the snapshot lacks
        self._progress = progress
        self._ended = threading.Event()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "desk.storage.staging"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=_ROOT,
            creationflags=_NO_WINDOW,
        )
        threading.Thread(target=self._follow, args=(content,), name="filling", daemon=True).start()

    def wait(self, seconds: float) -> bool:
        """Whether it has ended; waits so long for that."""
        return self._ended.wait(seconds)

    @property
    def is_made(self) -> bool:
        """Once ended: whether the file is ready."""
        return self._process.returncode == 0

    def stop(self) -> None:
        """End it, however far it is, and take away what it made."""
        with contextlib.suppress(OSError):
            self._process.kill()
        self._ended.wait()
        self.staging.clear()

    def _follow(self, content: bytes) -> None:
        orders, news = cast(BinaryIO, self._process.stdin), cast(BinaryIO, self._process.stdout)
        try:
            with self._process, contextlib.suppress(OSError):  # it may have been killed
                with orders:
                    orders.write(self.staging.order())
                    orders.write(content)
                for line in news:
                    self._hear(line)
        finally:
            self._ended.set()

    def _hear(self, line: bytes) -> None:
        with contextlib.suppress(ValueError):
            told = json.loads(line)
            self.fault = told.get("fault", self.fault)
            if "done" in told:
                self._progress(told["done"])
