"""The policy and the teams that a new centre starts with, read from resources/ (DESIGN 3, Policy)."""

from __future__ import annotations

from typing import Any

from desk.domain.people import Team
from desk.domain.policy import Policy
from desk.resources_path import resource
from desk.wire.codec import ShapeError, from_plain, policy_from_plain, to_plain
from desk.wire.playbook_files import Playbook, into_document, read_playbook
from desk.wire.strict import read_toml, refuse_unread

FIRST_VERSION = 1


def load_seed() -> Policy:
    """The seed as policy version 1; raises ShapeError naming file or field where it is not well formed."""
    document = seed_document()
    policy = policy_from_plain(document)
    refuse_unread(document, to_plain(policy), "policy")
    return policy


def load_teams() -> tuple[Team, ...]:
    """The teams of the seed."""
    data = read_toml(resource("teams.toml"))
    return from_plain(tuple[Team, ...], data.get("teams", []))


def load_playbooks() -> tuple[Playbook, ...]:
    """The playbooks of the seed, by file; raises ShapeError naming file and place."""
    return tuple(read_playbook(path) for path in sorted(resource("playbooks").glob("*.toml")))


def seed_document() -> dict[str, Any]:
    """The seed as one plain document: every file of resources/policy side by side, the templates below messages, each
    playbook as a sub-type of its type."""
    document: dict[str, Any] = {"version": FIRST_VERSION}
    for path in sorted(resource("policy").glob("*.toml")):
        for key, value in read_toml(path).items():
            if key in document:
                raise ShapeError(f"{path.name}: {key} is already in another file")
            document[key] = value
    templates = [
        template for path in sorted(resource("templates").glob("*.toml")) for template in read_toml(path)["templates"]
    ]
    document["messages"] = {**document["messages"], "templates": templates}
    return into_document(document, load_playbooks())
