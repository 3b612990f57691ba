"""Calls that keep a desk in step: push, pull, snapshot, and the shape of every command."""

from __future__ import annotations

import asyncio
import contextlib
import functools
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse
from pydantic import TypeAdapter

from desk.central.apply import SessionOver, ShutOut, Submitted
from desk.central.bodies import PushBody, PushItem
from desk.central.http import Caller, Centre, bearer, body_of, packed, read_body
from desk.central.news import Look, Told
from desk.central.problems import Problem
from desk.central.service import Service
from desk.domain.commands import COMMANDS, private_fields
from desk.wire import codec
from desk.wire.canonical import GENESIS, compact
from desk.wire.protocol import MAX_BODY, SCHEMA, Cursor, PushReply

router = APIRouter(prefix="/v1", tags=["sync"])

LONGEST_WAIT = 25.0
MAX_LIMIT = 2000
_PART = 64 * 1024


@router.post("/push", openapi_extra=body_of(PushBody))
async def push(request: Request, centre: Centre) -> Any:
    """Apply up to 50 commands; one verdict each, by id. A client of any age may push."""
    token = bearer(request)
    who = centre.auth.known(token) or await centre.proofs.ask(token)  # so much for being read; the commit proves
    body = await read_body(request, PushBody, MAX_BODY)
    batch = [_submitted(item) for item in body.batch]
    if not batch:
        await centre.proofs.ask(token)  # there is no commit that would
    try:
        verdicts, head = await centre.pushes.push(who, batch)
    except SessionOver as error:
        raise Problem(401, "sign_in_again", str(error)) from error
    except ShutOut as error:
        raise Problem(403, "shut_out", str(error)) from error
    return packed(compact(codec.to_plain(PushReply(verdicts=tuple(verdicts), head=head))).encode())


@router.get("/pull")
async def pull(
    request: Request,
    centre: Centre,
    n: Annotated[int, Query(ge=0, le=2**53)] = 0,
    h: Annotated[str, Query(pattern="^[0-9a-f]{64}$")] = GENESIS,
    wait: Annotated[float, Query(ge=0, le=60)] = 0,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 500,
    known: Annotated[list[str] | None, Query(max_length=64)] = None,
) -> Any:
    """Whole commits after a cursor for this installation's scope; parks up to `wait` seconds where there are none.

    `known` (repeatable, "n:h") are older cursors: a 409 names the newest of them that both sides share.
    """
    token = bearer(request)
    _refuse_stale(request)
    look = Look(token, Cursor(n=n, h=h), limit, [_cursor(text) for text in known or []])
    return packed(await _page(centre, look, min(wait, LONGEST_WAIT)))


@router.get("/snapshot")
async def snapshot(
    request: Request,
    centre: Centre,
    who: Caller,
    part: Literal["first", "whole"] = "whole",
    at: Annotated[int, Query(ge=0, le=2**53)] = 0,
) -> StreamingResponse:
    """The scope as gzip NDJSON: first {n, h, counts, whole}, then {kind, id, doc} a line. `part=first`: of a big scope
    only what a person starts with (`whole` false); the whole is to follow. It is as of commit `at` or later."""
    _refuse_stale(request)
    opened = await centre.read_lane.run(lambda: centre.snapshots.opened(who.scopes, part == "first", at))

    def parts() -> Any:
        with opened:
            while part := opened.read(_PART):
                yield part

    return StreamingResponse(parts(), media_type="application/x-ndjson", headers={"Content-Encoding": "gzip"})


@router.get("/commands")
async def commands() -> dict[str, Any]:
    """JSON Schema of every command's arguments, so that anyone can write a client."""
    return {"commands": [_described(*key) for key in sorted(COMMANDS)]}


async def _page(centre: Service, look: Look, wait: float) -> bytes:
    """The page, once there is something on it or the time is over. Whoever stands at the end parks at once."""
    who, upto = centre.news.may_park(look) if wait else None, look.at.n
    if who is None:
        who, made = await _told(centre, look)
        if not made.is_empty or not wait:
            return made.body
        upto = made.n
    async with centre.waiters.parked(who.scopes | {f"installation:{who.installation}"}) as woken:
        if centre.feed.newest <= upto:  # else something came between reading and parking
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await woken.wait()
    _, made = await _told(centre, look)
    return made.body


async def _told(centre: Service, look: Look) -> Told:
    """With others that ask at this moment, or on a thread of its own where the page takes its time."""
    if centre.news.is_near(look):
        return await centre.looks.ask(look)
    return await centre.read_lane.run(lambda: centre.news.told(look))


def _submitted(item: PushItem) -> Submitted:
    return Submitted(
        id=item.id,
        name=item.name,
        v=item.v,
        args=item.args,
        actor=item.actor,
        claimed_at=item.claimed_at,
        seq=item.seq,
    )


def _refuse_stale(request: Request) -> None:
    said = request.headers.get("x-schema")
    if said is not None and said != str(SCHEMA):
        raise Problem(426, "stale_schema", f"this centre speaks schema {SCHEMA}: update the desk")


def _cursor(text: str) -> Cursor:
    n, _, h = text.partition(":")
    if not n.isdigit() or len(n) > 16:
        raise Problem(400, "bad_query", "known: each is n:h")
    return Cursor(n=int(n), h=h)


@functools.cache
def _described(name: str, v: int) -> dict[str, Any]:
    kind = COMMANDS[name, v]
    schema = TypeAdapter(kind).json_schema()
    schema.get("properties", {}).pop("id", None)
    schema["required"] = [field for field in schema.get("required", []) if field != "id"]
    return {"name": name, "v": v, "money": kind.money, "private": list(private_fields(kind)), "args": schema}
