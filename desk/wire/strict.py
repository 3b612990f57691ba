"""Reads documents strictly: TOML files whose faults name the file, and nothing left unread in silence."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desk.wire.codec import ShapeError


def read_toml(path: Path) -> dict[str, Any]:
    """The file's content; ShapeError naming file and line where it is not TOML or not UTF-8, OSError."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ShapeError(f"{path.name}: {error}") from error


def refuse_unread(given: Any, read: Any, where: str) -> None:
    """ShapeError naming a member of the document `given` that is not in what was `read` of it: a misspelt optional
    setting would be dropped in silence."""
    if isinstance(given, Mapping):
        for key, value in given.items():
            if key not in read:
                raise ShapeError(f"{where}.{key} is not known".lstrip("."))
            refuse_unread(value, read[key], f"{where}.{key}")
    elif isinstance(given, list) and given and isinstance(given[0], Mapping):
        for index, value in enumerate(given):
            refuse_unread(value, read[index], f"{where}.{index}")
