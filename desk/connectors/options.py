"""Reads a connector's table in connectors.toml: secrets from a file or the environment, and nothing left unread."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def take_secret(options: dict[str, Any], name: str) -> str:
    """The secret called `name`, taken out of the options: `name_file` (a path), `name_env` (a variable) or `name`
    itself; "" where none is given. ValueError for two of them or a variable that is not set, OSError for the file."""
    given = {how: options.pop(f"{name}{how}", None) for how in ("_file", "_env", "")}
    told = {how: str(value) for how, value in given.items() if value}
    if len(told) > 1:
        raise ValueError(f"{name} is given twice")
    if "_file" in told:
        return Path(told["_file"]).read_text(encoding="utf-8").strip()
    if "_env" in told:
        found = os.environ.get(told["_env"], "").strip()
        if not found:
            raise ValueError(f"the environment has no {told['_env']}")
        return found
    return told.get("", "")


def require_known(options: Mapping[str, Any], known: frozenset[str], needed: str = "url") -> None:
    """ValueError for a word that means nothing, and where `needed` is missing."""
    if extra := sorted(set(options) - known):
        raise ValueError(f"{extra[0]} is not known")
    if needed not in options:
        raise ValueError(f"{needed} is missing")
