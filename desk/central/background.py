"""What runs beside the calls: effects, jobs, sources of orders, detection, and on PostgreSQL the wake-up of workers."""

from __future__ import annotations

import importlib
import importlib.util
import threading
from collections.abc import Callable
from typing import Any

import psycopg
import structlog

from desk.central.commits import Made
from desk.central.faults import trail
from desk.central.service import Service

log = structlog.get_logger()

CHANNEL = "desk_feed"
COALESCE_SECONDS = 0.05
_RECONNECT_SECONDS = 2.0
# Modules with `run(service, stop)`: they return soon after `stop` is set.
_MODULES = ("desk.central.effects", "desk.central.jobs", "desk.central.sourcing", "desk.central.detecting")


class Background:
    """Threads that live as long as the service is served."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        service.ended_parts.clear()

    def start(self) -> None:
        """Start what there is."""
        for name in _MODULES:
            if importlib.util.find_spec(name):
                self._go(name.rsplit(".", 1)[-1], importlib.import_module(name).run, self._service, self._stop)
        engine = self._service.store.engine
        if engine.dialect.name == "postgresql":
            url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
            bell = _Bell(url, self._stop)
            self._service.store.on_commit.append(bell.ring)
            self._go("notify", bell.tell)
            self._go("listen", bell.listen, self._service.waiters.poke)

    def stop(self) -> None:
        """Ask all of them to end, and wait."""
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _go(self, name: str, target: Callable[..., Any], *args: Any) -> None:
        thread = threading.Thread(target=self._guarded, args=(name, target, args), name=f"centre-{name}")
        self._threads.append(thread)
        thread.start()

    def _guarded(self, name: str, target: Callable[..., Any], args: tuple[Any, ...]) -> None:
        """Run a part; one that ends before it was asked to is an error, and `/healthz` says which."""
        why: dict[str, str] = {}
        try:
            target(*args)
        except BaseException as error:  # a thread has nobody to raise to
            why = {"error": type(error).__name__, "trail": trail(error)}
        if why or not self._stop.is_set():
            self._service.ended_parts.append(name)
            log.error("background ended", part=name, **why)


class _Bell:
    """NOTIFY after commits, from one connection of its own, several commits at once; LISTEN on another.

    Inside the transaction NOTIFY would take a lock over the whole server at commit. The poll of the head row stays the
    truth: a bell that is not heard costs a second, nothing else.
    """

    def __init__(self, url: str, stop: threading.Event) -> None:
        self._url = url
        self._stop = stop
        self._rung = threading.Event()
        self._teller = 0  # the server's name for the connection that tells

    def ring(self, _made: Made) -> None:
        self._rung.set()

    def tell(self) -> None:
        while not self._stop.is_set():
            try:
                with psycopg.connect(self._url, autocommit=True, prepare_threshold=None) as connection:
                    self._teller = connection.info.backend_pid
                    while not self._stop.is_set():
                        if self._rung.wait(0.5):
                            self._rung.clear()
                            connection.execute(f"NOTIFY {CHANNEL}")
                            self._stop.wait(COALESCE_SECONDS)
            except psycopg.Error as error:
                log.info("notify interrupted", error=type(error).__name__)
                self._stop.wait(_RECONNECT_SECONDS)

    def listen(self, poke: Callable[[], None]) -> None:
        while not self._stop.is_set():
            try:
                with psycopg.connect(self._url, autocommit=True, prepare_threshold=None) as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    while not self._stop.is_set():
                        told = list(connection.notifies(timeout=0.5, stop_after=1))
                        if any(one.pid != self._teller for one in told):  # our own are known here
                            poke()
            except psycopg.Error as error:
                log.info("listen interrupted", error=type(error).__name__)
                self._stop.wait(_RECONNECT_SECONDS)
