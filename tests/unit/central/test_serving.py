"""How the centre listens."""

from __future__ import annotations

import socket

import pytest

from desk.central.serving import listening


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_an_answer_does_not_wait_for_the_other_side_to_confirm_its_first_part(host: str) -> None:
    with (
        listening(host, 0) as bound,
        socket.create_connection(bound.getsockname()[:2]),
        bound.accept()[0] as accepted,
    ):
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
