"""A lane over a bad line says what may have been done: the outbox counts on it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from urllib3.util import connection

from desk.sync.clock import CentreClock
from desk.sync.problems import Busy, Offline, SyncProblem
from desk.sync.transport import Credentials, Lane

FULL = b"HTTP/1.1 503 Busy\r\nRetry-After: 3\r\nContent-Length: 0\r\n\r\n"


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


def push_to(listener: socket.socket, *answers: bytes) -> SyncProblem:
    """Each request of one push meets the next answer and an end of the connection; then nobody listens."""

    def serve() -> None:
        for answer in answers:
            connection, _ = listener.accept()
            with connection:
                connection.recv(65536)
                if answer is answers[-1]:
                    listener.close()
                connection.sendall(answer)

    thread = threading.Thread(target=serve)
    thread.start()
    lane = Lane(f"http://127.0.0.1:{listener.getsockname()[1]}", Credentials(), CentreClock())
    try:
        with pytest.raises(SyncProblem) as weather:
            lane.post("/v1/push", {"batch": []})
    finally:
        thread.join()
        lane.close()
    return weather.value


def test_a_request_whose_answer_was_lost_may_be_done_though_the_second_try_found_nobody(listener: socket.socket):
    problem = push_to(listener, b"")
    assert isinstance(problem, Offline)
    assert problem.sent


def test_a_request_whose_answer_was_lost_may_be_done_though_the_second_try_was_too_much(listener: socket.socket):
    problem = push_to(listener, b"", FULL)
    assert isinstance(problem, Busy)
    assert (problem.sent, problem.retry_after) == (True, 3.0)


def test_a_request_that_was_too_much_is_not_done(listener: socket.socket):
    problem = push_to(listener, FULL)
    assert isinstance(problem, Busy)
    assert not problem.sent


def test_a_request_that_found_nobody_is_not_done():
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    lane = Lane(f"http://127.0.0.1:{port}", Credentials(), CentreClock())
    with pytest.raises(Offline) as weather:
        lane.post("/v1/push", {"batch": []})
    lane.close()
    assert not weather.value.sent


def test_a_call_that_was_just_connecting_when_the_line_was_cut_waits_for_no_answer(
    listener: socket.socket, monkeypatch: pytest.MonkeyPatch
):
    lane = Lane(f"http://127.0.0.1:{listener.getsockname()[1]}", Credentials(), CentreClock())
    connect = connection.create_connection

    def cut_meanwhile(*where: Any, **how: Any) -> socket.socket:
        made = connect(*where, **how)
        lane.abort()
        return made

    monkeypatch.setattr(connection, "create_connection", cut_meanwhile)
    with pytest.raises(Offline) as weather:
        lane.get("/v1/pull", wait=25)  # the listener accepts and never answers
    lane.close()
    assert "timed out" not in str(weather.value)
