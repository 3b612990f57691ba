"""Where tests keep their files: in memory where there is room, for a database of one's own is some hundred files."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108  (what is made in it has a name of its own)
ROOM = 3 * 1024**3  # bytes that have to be free; a whole run takes less than one


def in_memory() -> str | None:
    """The folder of this machine that lives in memory; None where there is none with room."""
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM:
        return str(MEMORY)
    return None
