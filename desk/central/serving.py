"""Serves the centre: where it listens, over which encryption, and how it ends.

Embedded: a child process of a desk on loopback, its port told on stdout as one JSON line, over when stdin closes.
"""

from __future__ import annotations

import ipaddress
import json
import os
import socket
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn

from desk.central.app import create_app
from desk.central.background import Background
from desk.central.founding import is_demo
from desk.central.service import Service

SWITCH_SECONDS = 0.0005  # Python's own is ten times that


class Refused(Exception):
    """It may not be served like that; the message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listen:
    """Where to listen. Beyond loopback only with TLS, here or in a proxy in front (`behind_proxy`)."""

    host: str = "127.0.0.1"
    port: int = 0
    tls_cert: Path | None = None
    tls_key: Path | None = None
    behind_proxy: bool = False

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach it."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def check(service: Service, listen: Listen) -> None:
    """Raises Refused where listening like that would be careless."""
    if listen.is_loopback:
        return
    if is_demo(service.store.engine):
        raise Refused("this is a demo with known passwords: it is only served on 127.0.0.1")
    if not (listen.tls_cert and listen.tls_key) and not listen.behind_proxy:
        raise Refused("beyond this machine TLS is needed: --tls-cert and --tls-key, or --behind-proxy")


def listening(host: str, port: int) -> socket.socket:
    """A listening socket whose connections send each answer at once.

    An answer is written in two parts, head and body. Without this the second waits until the other side has confirmed
    the first, which it does 40 ms later; asyncio sees to it only for sockets that it made itself.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.create_server((host, port), family=family, backlog=512)
    bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return bound


def serve(service: Service, listen: Listen, *, embedded: bool = False, handed: Mapping[str, Any] | None = None) -> None:
    """Serve until told to stop: a signal, or for an embedded one the end of stdin. Closes the service.

    `handed` goes with the line on stdout: codes and keys for the parent of an embedded centre, over its own pipe.
    """
    check(service, listen)
    # So long waits a thread that comes back from the database for one that computes; a commit comes back thirty times.
    sys.setswitchinterval(SWITCH_SECONDS)
    service.snapshots.forget()
    bound = listening(listen.host, listen.port)
    config = uvicorn.Config(
        create_app(service),
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=listen.behind_proxy,
        ssl_certfile=listen.tls_cert,
        ssl_keyfile=listen.tls_key,
        timeout_keep_alive=40,  # longer than a long poll's pause
        timeout_graceful_shutdown=5,
    )
    server = _Server(config, service)
    background = Background(service)
    background.start()
    try:
        scheme = "https" if listen.tls_cert else "http"
        port = bound.getsockname()[1]
        told = {"port": port, "url": f"{scheme}://{listen.host}:{port}", "pid": os.getpid(), **(handed or {})}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        if embedded:
            threading.Thread(target=_until_stdin_closes, args=(server,), name="centre-stdin", daemon=True).start()
        server.run(sockets=[bound])
    finally:
        background.stop()
        service.close()
        bound.close()


class _Server(uvicorn.Server):
    """Lets parked calls go as soon as it is told to stop, for shutting down waits for open calls."""

    def __init__(self, config: uvicorn.Config, service: Service) -> None:
        super().__init__(config)
        self._service = service

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._service.waiters.release()
        await super().shutdown(sockets)


def _until_stdin_closes(server: uvicorn.Server) -> None:
    while sys.stdin.buffer.read(4096):
        pass
    server.should_exit = True
