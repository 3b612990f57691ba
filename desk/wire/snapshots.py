"""A snapshot as bytes: NDJSON, packed by gzip or not; first the head, then a row a line."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from typing import TypeVar

from desk.wire import codec
from desk.wire.canonical import parsed
from desk.wire.protocol import FeedRow, SnapshotHead

_GZIP = b"\x1f\x8b"
_T = TypeVar("_T")


class Broken(ValueError):
    """No snapshot, or one that was cut short: another try may bring it whole. What a row's document lacks is told by
    whoever reads that (codec.ShapeError)."""


def read(content: bytes) -> tuple[SnapshotHead, Iterator[FeedRow]]:
    """The head, and the rows, which are unpacked as they are read. Raises Broken, so do the rows."""
    lines = _lines(content)
    return _shaped(SnapshotHead, next(lines, b"")), (_shaped(FeedRow, line) for line in lines)


def _lines(content: bytes) -> Iterator[bytes]:
    try:
        with gzip.open(io.BytesIO(content)) if content.startswith(_GZIP) else io.BytesIO(content) as lines:
            for line in lines:
                if line.strip():
                    yield line
    except (EOFError, gzip.BadGzipFile) as error:
        raise Broken(f"cut short: {error}") from None


def _shaped(kind: type[_T], line: bytes) -> _T:
    try:
        return codec.from_plain(kind, parsed(line))
    except ValueError as error:
        raise Broken(str(error)) from None
