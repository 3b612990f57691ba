"""A snapshot as bytes: NDJSON, packed by gzip or not; first the head, then a row a line."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator

from desk.wire import codec
from desk.wire.canonical import parsed
from desk.wire.protocol import FeedRow, SnapshotHead

_GZIP = b"\x1f\x8b"


def read(content: bytes) -> tuple[SnapshotHead, Iterator[FeedRow]]:
    """The head, and the rows, which are unpacked as they are read. Raises codec.ShapeError where it is no snapshot, so
    do the rows."""
    lines = _lines(content)
    head = codec.from_plain(SnapshotHead, _json(next(lines, b"")))
    return head, (codec.from_plain(FeedRow, _json(line)) for line in lines)


def _lines(content: bytes) -> Iterator[bytes]:
    try:
        with gzip.open(io.BytesIO(content)) if content.startswith(_GZIP) else io.BytesIO(content) as lines:
            for line in lines:
                if line.strip():
                    yield line
    except (EOFError, gzip.BadGzipFile) as error:
        raise codec.ShapeError(f"cut short: {error}") from None


def _json(line: bytes) -> object:
    try:
        return parsed(line)
    except ValueError as error:
        raise codec.ShapeError(f"no JSON: {error}") from None
