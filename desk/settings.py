"""The workstation's settings, each declared once: key, type, default, help. Kept as JSON in the profile's folder."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

_T = TypeVar("_T")


class BadSetting(ValueError):
    """A value that a setting cannot have; the text names the setting."""


@dataclass(frozen=True, slots=True)
class Setting(Generic[_T]):
    """One setting. `read` makes a value of what the file or a person says, or raises ValueError."""

    key: str
    default: _T
    help: str
    read: Callable[[Any], _T]


def _one_of(*allowed: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in allowed:
            raise ValueError(f"one of {', '.join(allowed)}")
        return str(value)

    return read


def _address(value: Any) -> str:
    text = str(value).rstrip("/")
    if text and not text.startswith(("https://", "http://")):
        raise ValueError("an address begins with https://")
    return text


CENTRE = Setting("centre", "", "address of the centre; empty: the demo's own, on this machine", _address)
LANGUAGE = Setting("language", "zh", "language of the screen before anybody signed in", _one_of("zh", "en"))
THEME = Setting("theme", "light", "light or dark", _one_of("light", "dark"))
ALL: tuple[Setting[Any], ...] = (CENTRE, LANGUAGE, THEME)


class Settings:
    """The values of one profile. A damaged file counts as empty, a bad value as the default."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._values: dict[str, Any] = _load(path)

    def get(self, setting: Setting[_T]) -> _T:
        """The value in force."""
        if setting.key not in self._values:
            return setting.default
        try:
            return setting.read(self._values[setting.key])
        except (ValueError, TypeError):
            return setting.default

    def set(self, setting: Setting[_T], value: _T) -> None:
        """Keep a value; raises BadSetting."""
        try:
            self._values[setting.key] = setting.read(value)
        except (ValueError, TypeError) as error:
            raise BadSetting(f"{setting.key}: {error}") from None
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps(self._values, ensure_ascii=False, indent=1), encoding="utf-8")
        os.replace(fresh, self._path)

    def set_by_key(self, key: str, value: str) -> None:
        """Keep a value that a view chose; an unknown key raises BadSetting."""
        found = next((setting for setting in ALL if setting.key == key), None)
        if found is None:
            raise BadSetting(key)
        self.set(found, value)


def _load(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}
