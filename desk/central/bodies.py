"""The bodies that calls of /v1 take: unknown members are an error, so that a typing mistake is not silently ignored."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from desk.wire.protocol import MAX_BATCH

Identifier = Annotated[str, Field(min_length=1, max_length=160, pattern=r"^[\x21-\x7e]+$")]
Count = Annotated[int, Field(ge=1, le=2**53 - 1, strict=True)]


class Body(BaseModel):
    """What the bodies share."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class EnrolBody(Body):
    """A one-time code, what the desk is called, its public key."""

    code: Annotated[str, Field(min_length=4, max_length=64)]
    name: Annotated[str, Field(min_length=1, max_length=80)]
    public_key: Annotated[str, Field(max_length=64)]


class SignInBody(Body):
    """Who, where, and the public key of this session."""

    login: Annotated[str, Field(min_length=1, max_length=64)]
    password: Annotated[str, Field(min_length=1, max_length=256)]
    installation_id: Identifier
    session_key: Annotated[str, Field(max_length=64)] = ""


class NewPasswordBody(SignInBody):
    """A sign-in (by password or one-time code) that sets a new password."""

    new_password: Annotated[str, Field(min_length=1, max_length=256)]


class PushItem(Body):
    """One command. `seq` counts per (installation, person) from 1 without gaps."""

    id: Identifier
    seq: Count
    name: Annotated[str, Field(min_length=1, max_length=64)]
    v: Annotated[int, Field(ge=1, le=1000, strict=True)]
    args: dict[str, Any]
    actor: Identifier
    sig: Annotated[str, Field(max_length=200)] | None = None
    lease: dict[str, Any] | None = None
    claimed_at: AwareDatetime


class PushBody(Body):
    """Commands in the order of their sequence numbers."""

    batch: Annotated[list[PushItem], Field(max_length=MAX_BATCH)]
