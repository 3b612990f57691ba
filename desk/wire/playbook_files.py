"""Playbooks from files: one TOML file is one sub-type with its checks, options, scripts and own templates.

What is wrong with a file is said with its name and the place in it. What depends on the rest of the policy is checked
afterwards (domain.playbook_checks); `place_in_file` says where in the file such a fault stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, TypeVar

from desk.domain.playbooks import Subtype
from desk.domain.policy import ExceptionType, Policy, Template
from desk.domain.tickets import Kind
from desk.wire.codec import ShapeError, from_plain, to_plain
from desk.wire.strict import read_toml, refuse_unread

_IMPLIED = ("kinds", "types", "subtypes")  # what a template of a playbook is for goes without saying
_T = TypeVar("_T")
_NOT_A_TYPE = "type: say to which type of trouble it belongs (resources/policy/exceptions.toml)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Playbook:
    """One file: a sub-type of the type `type`, and templates that are for it alone."""

    file: str
    type: str
    subtype: Subtype
    templates: tuple[Template, ...] = ()


def read_playbook(path: Path) -> Playbook:
    """The playbook of a file; ShapeError naming file and place, OSError."""
    data = read_toml(path)
    try:
        return _playbook(path, data)
    except ShapeError as error:
        raise ShapeError(f"{path.name}: {error}") from None


def _playbook(path: Path, data: dict[str, Any]) -> Playbook:
    kind, templates = data.pop("type", ""), data.pop("templates", [])
    if not isinstance(kind, str) or not kind:
        raise ShapeError(_NOT_A_TYPE)
    if data.get("key") != path.stem:
        raise ShapeError(f"key: a playbook is named as its file, so this has to be {path.stem!r}")
    subtype = _strictly(Subtype, data, "")
    if not isinstance(templates, list):
        raise ShapeError("templates: write each as [[templates]]")
    own = tuple(_template(one, kind, path.stem, f"templates.{index}") for index, one in enumerate(templates))
    return Playbook(file=path.name, type=kind, subtype=subtype, templates=own)


def _template(data: Any, kind: str, subtype: str, where: str) -> Template:
    if not isinstance(data, dict):
        raise ShapeError(f"{where}: write each as [[templates]]")
    said = [name for name in _IMPLIED if name in data]
    if said:
        raise ShapeError(f"{where}.{said[0]}: leave it out, a template of a playbook is for its own sub-type")
    template = _strictly(Template, data, where)
    return replace(template, kinds=(Kind.EXCEPTION,), types=(kind,), subtypes=(subtype,))


def _strictly(kind: type[_T], data: dict[str, Any], where: str) -> _T:
    """The dataclass of the data: every required member there, none that is not known."""
    names = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    strange = sorted(set(data) - names)
    if strange:
        raise ShapeError(f"{where}.{strange[0]} is not known".lstrip("."))
    try:
        made = from_plain(kind, data)
    except ShapeError as error:
        raise ShapeError(f"{where}.{error}".lstrip(".")) from None
    refuse_unread(data, to_plain(made), where)
    return made


def into_document(document: Mapping[str, Any], playbooks: Iterable[Playbook]) -> dict[str, Any]:
    """A plain policy document with these sub-types, by `position` and key, and their templates behind the others.

    ShapeError naming the file whose type the document does not know.
    """
    types = [{"subtypes": [], **one} for one in document.get("exceptions", [])]
    by_key = {one.get("key"): one for one in types}
    templates = list(document.get("messages", {}).get("templates", []))
    for playbook in sorted(playbooks, key=lambda one: (one.subtype.position, one.subtype.key)):
        kind = by_key.get(playbook.type)
        if kind is None:
            raise ShapeError(_no_such_type(playbook, (str(key) for key in by_key)))
        kind["subtypes"] = [*kind["subtypes"], to_plain(playbook.subtype)]
        templates += [to_plain(template) for template in playbook.templates]
    return {**document, "exceptions": types, "messages": {**document.get("messages", {}), "templates": templates}}


def into_policy(policy: Policy, playbook: Playbook) -> Policy:
    """A policy with this playbook in place of its former self, or added. ShapeError where its type is not known."""
    if playbook.type not in {kind.key for kind in policy.exceptions}:
        raise ShapeError(_no_such_type(playbook, (kind.key for kind in policy.exceptions)))
    own = playbook.subtype.key
    kept = tuple(t for t in policy.messages.templates if t.subtypes != (own,))
    return replace(
        policy,
        exceptions=tuple(_with_subtype(kind, playbook) for kind in policy.exceptions),
        messages=replace(policy.messages, templates=(*kept, *playbook.templates)),
    )


def _with_subtype(kind: ExceptionType, playbook: Playbook) -> ExceptionType:
    others = [one for one in kind.subtypes if one.key != playbook.subtype.key]
    if kind.key == playbook.type:
        others.append(playbook.subtype)
    return replace(kind, subtypes=tuple(sorted(others, key=lambda one: (one.position, one.key))))


def place_in_file(where: str, playbook: Playbook) -> str:
    """A place of the whole policy as `file: place` where it is part of this playbook, else as it is."""
    prefixes = {f"exceptions.{playbook.type}.subtypes.{playbook.subtype.key}": ""}
    prefixes |= {f"messages.templates.{one.key}": f"templates.{one.key}" for one in playbook.templates}
    for prefix, own in prefixes.items():
        if where == prefix or where.startswith(f"{prefix}."):
            return f"{playbook.file}: {own}{where.removeprefix(prefix)}".replace(": .", ": ")
    return where


def _no_such_type(playbook: Playbook, types: Iterable[str]) -> str:
    return f"{playbook.file}: type: {playbook.type!r} is none of {', '.join(sorted(types))}"
