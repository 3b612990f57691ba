"""The shapes of /v1 that desk and centre share: bodies of calls, verdicts, pages of the feed."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

SCHEMA = 1  # sent as X-Schema; another one may push but not pull
MAX_BATCH = 50
MAX_PUSH_BYTES = 256 * 1024

Identifier = Annotated[str, Field(min_length=1, max_length=128, pattern=r"^[\x21-\x7e]+$")]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Shape(BaseModel):
    """What crosses the wire: unknown members are an error, so that a typing mistake is not silently ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Point(Shape):
    """A position in the feed: commit number and the chain hash there."""

    n: Annotated[int, Field(ge=0)]
    h: Hash


class EnrolBody(Shape):
    code: Annotated[str, Field(min_length=4, max_length=64)]
    name: Annotated[str, Field(min_length=1, max_length=80)]
    public_key: Annotated[str, Field(max_length=64)]


class SignInBody(Shape):
    login: Annotated[str, Field(min_length=1, max_length=64)]
    password: Annotated[str, Field(min_length=1, max_length=256)]
    installation_id: Identifier
    session_key: Annotated[str, Field(max_length=64)]


class PushItem(Shape):
    """One command. `seq` counts per (installation, person) from 1 without gaps."""

    id: Identifier
    seq: Annotated[int, Field(ge=1)]
    name: Annotated[str, Field(max_length=64)]
    v: Annotated[int, Field(ge=1)]
    args: dict[str, Any]
    actor: Identifier
    sig: str | None = None
    lease: dict[str, Any] | None = None
    claimed_at: datetime


class PushBody(Shape):
    batch: Annotated[list[PushItem], Field(max_length=MAX_BATCH)]
