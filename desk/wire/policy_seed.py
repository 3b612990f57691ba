"""The policy and the teams that a new centre starts with, read from resources/ (DESIGN 3, Policy)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desk.domain.people import Team
from desk.domain.policy import Policy
from desk.resources_path import resource
from desk.wire.codec import ShapeError, from_plain, policy_from_plain, to_plain

FIRST_VERSION = 1


def load_seed() -> Policy:
    """The seed as policy version 1; raises ShapeError naming file or field where it is not well formed."""
    document = seed_document()
    policy = policy_from_plain(document)
    refuse_unread(document, to_plain(policy), "policy")
    return policy


def load_teams() -> tuple[Team, ...]:
    """The teams of the seed."""
    data = _read(resource("teams.toml"))
    return from_plain(tuple[Team, ...], data.get("teams", []))


def seed_document() -> dict[str, Any]:
    """The seed as one plain document: every file of resources/policy side by side, the templates below messages."""
    document: dict[str, Any] = {"version": FIRST_VERSION}
    for path in sorted(resource("policy").glob("*.toml")):
        for key, value in _read(path).items():
            if key in document:
                raise ShapeError(f"{path.name}: {key} is already in another file")
            document[key] = value
    templates = [
        template for path in sorted(resource("templates").glob("*.toml")) for template in _read(path)["templates"]
    ]
    document["messages"] = {**document["messages"], "templates": templates}
    return document


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ShapeError(f"{path.name}: {error}") from error


def refuse_unread(given: Any, read: Any, where: str) -> None:
    """ShapeError naming a member of the document `given` that is not in what was `read` of it: a misspelt optional
    setting would be dropped in silence."""
    if isinstance(given, Mapping):
        for key, value in given.items():
            if key not in read:
                raise ShapeError(f"{where}.{key} is not known")
            refuse_unread(value, read[key], f"{where}.{key}")
    elif isinstance(given, list) and given and isinstance(given[0], Mapping):
        for index, value in enumerate(given):
            refuse_unread(value, read[index], f"{where}.{index}")
