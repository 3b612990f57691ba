"""What every route shares: the service, who calls, bodies read with a cap and parsed strictly, problem documents."""

from __future__ import annotations

import json
from typing import Annotated, Any, NoReturn, TypeVar

from fastapi import Depends, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ValidationError

from desk.central.auth import Principal
from desk.central.problems import Problem
from desk.central.service import Service
from desk.wire.canonical import canonical

_M = TypeVar("_M", bound=BaseModel)
SMALL_BODY = 16 * 1024
_BIGGEST = 2**53 - 1  # what every JSON reader keeps exactly, and every database column


def service_of(request: Request) -> Service:
    """The service of this application."""
    found: Service = request.app.state.service
    return found


async def _service(request: Request) -> Service:
    """The same as a dependency: one that is no coroutine would be called on a thread of the framework each time."""
    return service_of(request)


Centre = Annotated[Service, Depends(_service)]


def bearer(request: Request) -> str:
    """The token of the Authorization header; Problem 401 without one."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token.strip():
        raise Problem(401, "no_token", "sign in first")
    return token.strip()


async def signed_in(request: Request) -> Principal:
    """Who calls; Problem 401 or 403."""
    return await service_of(request).proofs.ask(bearer(request))


Caller = Annotated[Principal, Depends(signed_in)]


async def read_body(request: Request, model: type[_M], limit: int = SMALL_BODY) -> _M:
    """The body as this model; Problem 413 over `limit` bytes, 400 where it is not JSON or not of the shape."""
    data = await read_json(request, limit)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        faults = error.errors(include_input=False, include_url=False, include_context=False)[:5]
        said = "; ".join(
            f"{'.'.join(str(part) for part in fault['loc']) or 'body'}: {fault['msg']}" for fault in faults
        )
        raise Problem(400, "bad_body", said) from None


async def read_json(request: Request, limit: int) -> Any:
    """The body parsed: UTF-8 JSON without NaN, huge numbers, NUL or lone surrogates. Problem 400 or 413."""
    raw = bytearray()
    if int(request.headers.get("content-length") or 0) > limit:
        raise Problem(413, "too_large", f"at most {limit} bytes")
    async for part in request.stream():
        raw += part
        if len(raw) > limit:
            raise Problem(413, "too_large", f"at most {limit} bytes")
    try:
        data = json.loads(raw.decode(), parse_constant=_refuse_constant, parse_int=_bounded)
        if b"\\u0000" in canonical(data) and _has_nul(data):
            raise ValueError("NUL")
    except (ValueError, RecursionError) as error:
        raise Problem(400, "bad_json", "the body is not JSON that can be read here") from error
    return data


def body_of(model: type[BaseModel]) -> dict[str, Any]:
    """OpenAPI's description of a body that a route reads by itself."""
    schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
    definitions = schema.pop("$defs", {})
    return {
        "requestBody": {"required": True, "content": {"application/json": {"schema": _inlined(schema, definitions)}}}
    }


def packed(body: bytes) -> Response:
    """JSON that is bytes already: the framework would walk through all of it once more."""
    return Response(body, media_type="application/json")


def problem_response(problem: Problem) -> JSONResponse:
    """The answer that says so."""
    headers = dict(problem.headers())
    return JSONResponse(problem.document(), problem.status, headers, media_type="application/problem+json")


def _inlined(schema: Any, definitions: Any) -> Any:
    """A schema without references, so that it may stand anywhere in the document."""
    if isinstance(schema, dict):
        if "$ref" in schema:
            return _inlined(definitions[schema["$ref"].rsplit("/", 1)[-1]], definitions)
        return {key: _inlined(value, definitions) for key, value in schema.items()}
    return [_inlined(one, definitions) for one in schema] if isinstance(schema, list) else schema


def _has_nul(data: Any) -> bool:
    """Whether any text holds NUL, which PostgreSQL cannot keep."""
    if isinstance(data, dict):
        return any(_has_nul(key) or _has_nul(value) for key, value in data.items())
    if isinstance(data, list):
        return any(_has_nul(one) for one in data)
    return isinstance(data, str) and "\x00" in data


def _refuse_constant(_text: str) -> NoReturn:
    raise ValueError("not a number")


def _bounded(text: str) -> int:
    value = int(text)
    if abs(value) > _BIGGEST:
        raise ValueError("too big a number")
    return value
