"""Webhooks of connected shops: `POST /v1/hooks/{connector}` proves itself by its signature and brings its order.

The answer comes after the order was fetched and told, so a shop that gets 200 need not send again; where the shop
itself did not answer it is 503. What a body says is never taken for a fact: it only names what to fetch.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request

from desk.central.http import Centre
from desk.central.problems import Problem
from desk.central.service import Service
from desk.central.sourcing import SourceTeller
from desk.connectors.ports import Heard, NoAnswer, Refused

router = APIRouter(prefix="/v1/hooks", tags=["ingest"])
MAX_BODY = 64 * 1024
RETRY_SECONDS = 30
Name = Annotated[str, Path(pattern="^[a-z][a-z0-9_-]{0,63}$")]


@router.post("/{connector}")
async def hook(connector: Name, request: Request, centre: Centre) -> dict[str, Any]:
    """Take a webhook in: 401 where its signature is wrong, 404 where nobody listens, 503 to send it again."""
    source = centre.connectors.sources().get(connector)
    if source is None:
        raise Problem(404, "no_hook", "no such source, or it listens to no webhook")
    body = await _raw(request)
    headers = {name.lower(): value for name, value in request.headers.items()}
    return await centre.hook_lane.run(lambda: _take(centre, connector, body, headers))


def _take(centre: Service, name: str, body: bytes, headers: dict[str, str]) -> dict[str, Any]:
    source = centre.connectors.sources()[name]
    heard = source.heard(body, headers)
    match heard:
        case Refused("no_hook"):
            raise Problem(404, "no_hook", "no such source, or it listens to no webhook")
        case Refused("bad_signature"):
            raise Problem(401, "bad_signature", "the signature does not fit the body")
        case Refused(problem, again=False):
            raise Problem(400, problem, "the body names nothing that can be fetched")
        case Refused() | NoAnswer():
            raise Problem(503, "source_away", "the shop did not answer: send it again", retry_after=RETRY_SECONDS)
        case Heard(keys, look):
            told = SourceTeller(centre.store, centre.applier, name, source).bring(keys)
            if told.problem:
                raise Problem(503, "source_away", "the shop did not answer: send it again", retry_after=RETRY_SECONDS)
            if look:
                centre.look_soon.add(name)
            return {"told": told.told, "unchanged": told.unchanged, "left_out": told.left_out, "look": look}


async def _raw(request: Request) -> bytes:
    """The body as it came: a signature is over bytes. Problem 413 where it is too long."""
    raw = bytearray()
    async for part in request.stream():
        raw += part
        if len(raw) > MAX_BODY:
            raise Problem(413, "too_large", f"at most {MAX_BODY} bytes")
    return bytes(raw)
