"""`make golden`: record this version's outbox, replica, keys, centre and documents in tests/golden/<version>.

A recording is made anew only where it does not cover what this version has: files of a version that was released are
never touched by another one.
"""

from __future__ import annotations

import json
import sys

from tests.golden import recording
from tests.helpers.silence import structlog_to_logging


def main(arguments: list[str]) -> int:
    """Record, unless the recording is complete; `--again` records it in any case."""
    structlog_to_logging()
    target = recording.HERE / recording.version()
    kept = target / "manifest.json"
    if "--again" not in arguments and kept.exists() and json.loads(kept.read_text("utf-8")) == recording.manifest():
        print(f"{target.relative_to(recording.ROOT)} covers this version: nothing to do")
        return 0
    recording.record(target)
    size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
    print(f"{target.relative_to(recording.ROOT)} recorded, {size // 1024} KiB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
