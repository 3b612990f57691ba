"""Lets a made-up HTTP side listen on loopback while a test runs, and ends it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer


@contextmanager
def listening(server: ThreadingHTTPServer, hang: threading.Event) -> Iterator[str]:
    """Serve on a thread; yields the address. At the end what hangs on `hang` is let go and the thread is gone."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        hang.set()
        server.shutdown()
        server.server_close()
        thread.join()
