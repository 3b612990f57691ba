"""What is looked up: one typed text for each key that an order is found by, and the one token range behind it."""

from __future__ import annotations

from dataclasses import dataclass

from desk.wire.tokens import TokenKind, read_query
from tests.bench import data

_SHORT = 2  # characters of the names that indexes of three fail on


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


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is typed, and the number of an order that it has to find."""

    typed: Typed
    number: str


def kinds_of_probes(orders: int, count: int = 20) -> dict[str, list[Wanted]]:
    """Twenty of each: eight figures of a phone, a name of two characters, a whole order number."""
    found: dict[str, list[Wanted]] = {"8 figures of a phone": [], "name of 2 characters": [], "order number": []}
    index = 37
    while len(found["order number"]) < count:
        contact, number = data.contact(data.customer_of(index % orders)), data.order(index % orders).number
        name = contact["name"]
        index += 4241
        if len(name) != _SHORT or name.isascii():
            continue
        found["8 figures of a phone"].append(Wanted(Typed(TokenKind.PHONE, contact["phone"][-8:]), number))
        found["name of 2 characters"].append(Wanted(Typed(TokenKind.NAME, name), number))
        found["order number"].append(Wanted(Typed(TokenKind.NUMBER, number), number))
    return found
