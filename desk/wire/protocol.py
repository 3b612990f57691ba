"""The shapes of /v1 that both sides read: feed rows, verdicts, pages. Extra fields are ignored, missing refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

SCHEMA = 1  # of the documents in the feed; the desk says it in X-Schema
MAX_BATCH = 50
MAX_BODY = 1024 * 1024  # a whole policy with every playbook and its words fits thrice


class Op(StrEnum):
    """What a feed row does to a replica: puts the document there, or takes it out of this scope."""

    UPSERT = "upsert"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRow:
    """One row of a commit or snapshot. Kinds: those of domain.case, "policy" (id "current") and "private".

    `doc` is what the chain holds; of a private row `values` is what this scope may see (None: erased or a leave).
    """

    kind: str
    id: str
    op: Op = Op.UPSERT
    doc: Any = None
    values: Mapping[str, str] | None = None


class VerdictStatus(StrEnum):
    """The centre's answer to one command; `retry` is none yet."""

    APPLIED = "applied"
    REFUSED = "refused"
    QUARANTINED = "quarantined"
    RETRY = "retry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`n` is the commit that holds it (None for retry). `outcome`: {"result": "accepted"} or {"result":
    "approval_asked", "approval_id": ...}."""

    id: str
    status: VerdictStatus
    n: int | None = None
    code: str = ""
    data: Mapping[str, Any] | None = None
    outcome: Mapping[str, Any] | None = None
    duplicate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """A feed position: the number of the last commit seen and its chain hash."""

    n: int
    h: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedCommit:
    """Everything one commit has for a scope and installation: applied whole or not at all."""

    n: int
    h: str
    rows: tuple[FeedRow, ...] = ()
    verdicts: tuple[Verdict, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The answer to a pull. `counts`: rows that this scope holds at `next`, by kind; None where not counted."""

    commits: tuple[FeedCommit, ...]
    next: Cursor
    more: bool = False
    floor: int = 0
    counts: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PushReply:
    """One verdict per command of the batch, by id."""

    verdicts: tuple[Verdict, ...]
    head: Cursor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotHead:
    """The first line of a snapshot. `whole` False: only what a person starts with; `counts` are the whole's."""

    n: int
    h: str
    counts: Mapping[str, int] = field(default_factory=dict)
    whole: bool = True
