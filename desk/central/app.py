"""The HTTP face of the centre: routes, problem documents for every fault, request ids, health and metrics."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import importlib.util
import random
import secrets
import time
from collections.abc import AsyncIterator
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from fastapi.telemetry import TelemetryConfig
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desk.central import routes_access, routes_sync
from desk.central import tables as t
from desk.central.faults import trail
from desk.central.http import Centre, problem_response
from desk.central.metrics import Metrics
from desk.central.problems import Problem
from desk.central.service import Service

log = structlog.get_logger()

_NAMES = random.Random()  # noqa: S311 - names for requests, no secrets: they need not wait for the system's

# Routers of other files, mounted where they are there: each has `router`.
_OTHERS = ("desk.central.search", "desk.central.ingest", "desk.central.hooks")
_UNTOLD: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False}  # nobody else hears of a call
_LOCAL = ("127.0.0.1", "::1", "testclient")


def create_app(service: Service) -> FastAPI:
    """The application over a service; whoever made the service closes it."""
    app = FastAPI(
        title="Order Desk centre", version="1", lifespan=_lifespan, docs_url=None, redoc_url=None, telemetry=_UNTOLD
    )
    app.state.service = service
    app.state.metrics = Metrics()
    app.include_router(routes_access.router)
    app.include_router(routes_sync.router)
    for name in _OTHERS:
        if importlib.util.find_spec(name):
            app.include_router(importlib.import_module(name).router)
    app.get("/healthz", tags=["health"])(healthz)
    app.get("/metrics", tags=["health"], response_class=PlainTextResponse)(metrics)
    app.add_exception_handler(Problem, _on_problem)
    app.add_exception_handler(RequestValidationError, _on_bad_query)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(SQLAlchemyError, _on_database)
    app.add_exception_handler(Exception, _on_fault)
    app.add_middleware(RequestLog, metrics=app.state.metrics)
    return app


@contextlib.asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    service: Service = app.state.service
    watching = asyncio.create_task(service.waiters.watch(service.read_lane.run))
    try:
        yield
    finally:
        service.waiters.release()
        watching.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watching


async def healthz(centre: Centre) -> dict[str, Any]:
    """Whether the centre answers, reaches its database, and does what it has to do beside the calls; else 503."""
    head = await centre.read_lane.run(lambda: _head(centre))
    if centre.ended_parts:
        ended = sorted(centre.ended_parts)
        raise Problem(503, "worker_ended", f"ended: {', '.join(ended)}; restart this centre", workers=ended, n=head)
    return {"status": "ok", "n": head}


def _head(centre: Service) -> int:
    with centre.store.reading() as connection:
        return centre.store.head(connection).n


async def metrics(request: Request, centre: Centre) -> PlainTextResponse:
    """Prometheus text, for this machine or with the metrics token."""
    told = request.headers.get("authorization", "").removeprefix("Bearer ")
    is_known = bool(centre.metrics_token) and secrets.compare_digest(told, centre.metrics_token)
    if not is_known and (request.client is None or request.client.host not in _LOCAL):
        raise Problem(403, "not_public", "metrics are not public")
    kept: Metrics = request.app.state.metrics
    return PlainTextResponse(kept.text(await centre.read_lane.run(lambda: _gauges(centre)), _measured(centre)))


def _measured(centre: Service) -> list[str]:
    return [*centre.auto_paths.lines(), *centre.detections.lines()]


def _gauges(centre: Service) -> dict[str, int]:
    with centre.store.reading() as connection:
        row = connection.execute(select(t.head).where(t.head.c.shard == t.SHARD)).one()
    return {"feed_position": row.n, "feed_floor": row.floor, "policy_version": row.policy_version}


class RequestLog:
    """Gives every request an id, echoes it, counts it, and logs one line without personal data."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(scope)
        began, status = time.monotonic(), 500

        async def tell(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", []), (b"x-request-id", request_id.encode())]
            await send(message)

        with structlog.contextvars.bound_contextvars(request=request_id):
            try:
                await self._app(scope, receive, tell)
            finally:
                seconds = time.monotonic() - began
                # The route's pattern, never the path: a path may hold an order number or a query.
                route = getattr(scope.get("route"), "path", "-")
                self._metrics.count(scope["method"], route, status, seconds)
                log.info("request", method=scope["method"], route=route, status=status, ms=round(seconds * 1000))


def _request_id(scope: Scope) -> str:
    given = dict(scope["headers"]).get(b"x-request-id", b"").decode("latin-1")
    is_fine = 0 < len(given) <= 64 and all(one.isalnum() or one in "-_." for one in given) and given.isascii()
    return given if is_fine else f"{_NAMES.getrandbits(64):016x}"


async def _on_problem(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101 - registered for this type
    return problem_response(error)


async def _on_bad_query(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this type
    said = [f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}" for fault in error.errors()[:5]]
    return problem_response(Problem(400, "bad_query", "; ".join(said)))


async def _on_http(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this type
    return problem_response(Problem(error.status_code, "no_such_call" if error.status_code == 404 else "bad_call"))


async def _on_database(_request: Request, error: Exception) -> Response:
    log.error("database", error=type(error).__name__)
    return problem_response(Problem(503, "database", "the database does not answer: try again", retry_after=5))


async def _on_fault(_request: Request, error: Exception) -> JSONResponse:
    log.error("fault", error=type(error).__name__, trail=trail(error))
    return problem_response(Problem(500, "fault", "our fault: it was logged under this request's id"))
