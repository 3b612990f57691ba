"""Calls about who is there: enrolment, sign-in, passwords, refresh, sign-out, a revealed contact."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from sqlalchemy import select

from desk.central import audit
from desk.central import tables as t
from desk.central.auth import Principal
from desk.central.bodies import EnrolBody, NewPasswordBody, SignInBody
from desk.central.http import Caller, Centre, bearer, body_of, read_body
from desk.central.problems import Problem
from desk.central.service import Service

router = APIRouter(prefix="/v1", tags=["access"])


@router.post("/enrol", openapi_extra=body_of(EnrolBody))
async def enrol(request: Request, centre: Centre) -> dict[str, Any]:
    """Make an installation of a one-time code."""
    body = await read_body(request, EnrolBody)
    return await centre.apply_lane.run(lambda: centre.auth.enrol(body.code, body.name, body.public_key))


@router.post("/sign-in", openapi_extra=body_of(SignInBody))
async def sign_in(request: Request, centre: Centre) -> dict[str, Any]:
    """Prove who you are; a token and a signed grant for offline work."""
    body = await read_body(request, SignInBody)
    return await centre.read_lane.run(
        lambda: centre.auth.sign_in(body.login, body.password, body.installation_id, body.session_key)
    )


@router.post("/password", openapi_extra=body_of(NewPasswordBody))
async def new_password(request: Request, centre: Centre) -> dict[str, Any]:
    """Set a password of one's own, by the one there was or a one-time code; answers as sign-in does."""
    body = await read_body(request, NewPasswordBody)
    return await centre.apply_lane.run(
        lambda: centre.auth.new_password(
            body.login, body.password, body.new_password, body.installation_id, body.session_key
        )
    )


@router.post("/staff/{staff_id}/code")
async def issue_code(staff_id: str, centre: Centre, who: Caller) -> dict[str, Any]:
    """A one-time code for a person, asked by an administrator: {code, expires_at}, shown this once."""
    return await centre.apply_lane.run(lambda: centre.auth.issue_code(who, staff_id))


@router.post("/refresh")
async def refresh(request: Request, centre: Centre) -> dict[str, Any]:
    """A fresh token for one that ended not too long ago; the old one stays valid to its own end."""
    token = bearer(request)
    return await centre.read_lane.run(lambda: centre.auth.refresh(token))


@router.post("/sign-out", status_code=204)
async def sign_out(centre: Centre, who: Caller) -> None:
    """End every session of this person at this installation."""
    await centre.read_lane.run(lambda: centre.auth.sign_out(who))


@router.get("/private/{private_id}")
async def revealed(private_id: str, centre: Centre, who: Caller) -> dict[str, Any]:
    """A contact in full, for a few minutes after this person's RevealContact was applied."""
    return await centre.read_lane.run(lambda: read_revealed(centre, who, private_id))


def read_revealed(centre: Service, who: Principal, private_id: str) -> dict[str, Any]:
    """{id, values}; Problem 403 without a fresh reveal, 404 where there is nothing (any more)."""
    with centre.store.reading() as connection:
        mine = (t.reveals.c.person == who.person) & (t.reveals.c.private_id == private_id)
        until = connection.scalar(select(t.reveals.c.until).where(mine))
        if until is None or until <= centre.store.clock():
            raise Problem(403, "not_revealed", "reveal this contact first")
        values = connection.scalar(select(t.private.c["values"]).where(t.private.c.id == private_id))
        if values is None:
            raise Problem(404, "erased", "there is no contact (any more)")
    seen = audit.Entry(
        area=audit.Area.LOOK_UP,
        what="contact",
        person=who.person,
        installation=who.installation,
        customer_id=private_id,
    )
    with centre.store.aside() as connection:
        audit.keep(connection, centre.store.clock(), [seen])
    return {"id": private_id, "values": values}
