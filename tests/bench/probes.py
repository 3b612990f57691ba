"""What is looked up: one typed text for each key that an order is found by, and the one token range behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desk.wire.tokens import TokenKind, read_query, tokens_of
from tests.bench import data


def _middle(orders: int) -> int:
    """An order that is at no edge of any index."""
    return orders // 2


def _contact(orders: int) -> dict[str, str]:
    return data.contact(data.customer_of(_middle(orders)))


def _initials(orders: int) -> str:
    found = tokens_of("", (), _contact(orders)["name"], "")
    return min(token for kind, token in found if kind is TokenKind.INITIALS and len(token) >= 2)


@dataclass(frozen=True, slots=True)
class Typed:
    """A typed text, and the kind of token that it is one beginning of."""

    kind: TokenKind
    text: str

    @property
    def range(self) -> tuple[str, str, str]:
        """(kind, low, high): the one range of the token table that a bare look-up would read."""
        probe = next(one for one in read_query(self.text) if one.kind is self.kind)
        low, high = probe.bounds
        return str(self.kind), low, high


PROBES: dict[str, Callable[[int], Typed]] = {
    "whole number": lambda orders: Typed(TokenKind.NUMBER, data.order(_middle(orders)).number),
    "number's last 6": lambda orders: Typed(TokenKind.NUMBER, data.order(_middle(orders)).number[-6:]),
    "phone's last 4": lambda orders: Typed(TokenKind.PHONE, _contact(orders)["phone"][-4:]),
    "name of 1 character": lambda orders: Typed(TokenKind.NAME, _contact(orders)["name"][:1]),
    "name of 2 characters": lambda orders: Typed(TokenKind.NAME, _contact(orders)["name"][:2]),
    "pinyin initials": lambda orders: Typed(TokenKind.INITIALS, _initials(orders)),
    "tracking number": lambda orders: Typed(TokenKind.TRACKING, data.order(_middle(orders)).parcels[0].tracking),
}
