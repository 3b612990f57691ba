"""Makes the file of a whole replica out of a snapshot, in a process of its own.

Reading, checking and indexing a hundred thousand rows in Python would take the interpreter away from the screen. The
process is told where and by which key on its standard input, then gets the snapshot; it answers a line of JSON when
there are news. The file is encrypted as the desk's own is; `loading.take` brings it in by SQL alone (ADR 0014).
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO

from desk.storage import loading
from desk.storage.engine import staged_engine
from desk.wire import snapshots
from desk.wire.codec import ShapeError


class NotReady(Exception):
    """What should stand ready does not: no such file, or one that is not whole."""


@dataclass(frozen=True, slots=True)
class Staging:
    """Where a replica is made ready, and the key that it is encrypted by."""

    path: Path
    key: bytes

    def order(self) -> bytes:
        """The line that tells the process."""
        return json.dumps({"path": str(self.path), "key": self.key.hex()}).encode() + b"\n"

    @classmethod
    def ordered(cls, line: bytes) -> Staging:
        """What `order` says."""
        told = json.loads(line)
        return cls(Path(told["path"]), bytes.fromhex(told["key"]))

    def clear(self) -> None:
        """Take the file away; it is not needed twice."""
        for name in (self.path.name, f"{self.path.name}-journal"):
            with contextlib.suppress(OSError):  # somebody has it open, where that keeps it from going
                self.path.with_name(name).unlink(missing_ok=True)


def make(staging: Staging, content: bytes, progress: Callable[[int], None]) -> None:
    """Write the file. Raises codec.ShapeError on what this desk cannot read, snapshots.Broken, and what the disk
    says."""
    staging.clear()
    _, rows = snapshots.read(content)
    engine = staged_engine(staging.path, staging.key)
    try:
        with engine.begin() as connection:
            loading.load(connection, rows, progress)
    finally:
        engine.dispose()


def main(orders: BinaryIO, news: TextIO) -> int:
    """The process: `{"done": n}` as it goes on, `{"fault": text}` where the snapshot cannot be read."""

    def tell(**what: object) -> None:
        print(json.dumps(what), file=news, flush=True)

    with contextlib.suppress(AttributeError, OSError):  # the screen goes first; not known on Windows
        os.nice(5)
    staging = Staging.ordered(orders.readline())
    try:
        make(staging, orders.read(), lambda done: tell(done=done))
    except ShapeError as error:
        tell(fault=str(error))
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.stdin.buffer, sys.stdout))
