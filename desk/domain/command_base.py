"""What a command is: a frozen dataclass with a name and a version, its private fields, and the table of all of them."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, ClassVar, TypeVar


def private(**kwargs: Any) -> Any:
    """A field whose value is personal or free text."""
    return field(metadata={"private": True}, **kwargs)


def text_id(command_id: str, name: str) -> str:
    """The id under which the words of a private field are kept."""
    return f"{command_id}.{name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """The common part. `id` is made by the caller and names the act for ever."""

    name: ClassVar[str] = ""
    v: ClassVar[int] = 1
    money: ClassVar[bool] = False  # receipts of money commands are kept for ever (DESIGN 1.5)

    id: str


def private_fields(kind: type[Command]) -> tuple[str, ...]:
    """Names of the private fields of a command class."""
    return tuple(f.name for f in fields(kind) if f.metadata.get("private"))


_C = TypeVar("_C", bound=Command)
COMMANDS: dict[tuple[str, int], type[Command]] = {}


def command(kind: type[_C]) -> type[_C]:
    """Class decorator: register a command under its (name, version)."""
    kind.name = kind.name or kind.__name__
    COMMANDS[kind.name, kind.v] = kind
    return kind
