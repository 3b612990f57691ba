"""The rows of a replica that holds every order and ticket of the made-up world, as a snapshot brings them."""

from __future__ import annotations

from collections.abc import Iterator

from desk.domain.people import Actor, Level, StaffMember, Team
from desk.storage.desk_store import DeskStore
from desk.wire import codec, policy_seed
from desk.wire.protocol import FeedRow, SnapshotHead
from tests.bench import data

KEY = bytes(range(32))
SCOPES = ("org", "team:hotline")
ME = Actor(id="u-me", level=Level.AGENT, teams=("hotline",), installation_id="desk")


def fill(store: DeskStore, orders: int, tickets: int) -> None:
    """Load them as a snapshot."""
    store.load_snapshot(SnapshotHead(n=1, h="h"), rows(orders, tickets), data.NOW, lambda done: None)


def rows(orders: int, tickets: int) -> Iterator[FeedRow]:
    """The first `tickets` orders have an open ticket."""
    yield FeedRow(kind="policy", id="current", doc=codec.to_plain(policy_seed.load_seed()))
    me = StaffMember(id=ME.id, login="me", level=ME.level, teams=ME.teams)
    for one in (Team(id="hotline", names={"zh": "热线", "en": "Hotline"}), me):
        kind, doc = codec.entity_to_plain(one)
        yield FeedRow(kind=kind, id=one.id, doc=doc)
    for index in data.buyers(orders):
        doc = {"commitment": "0" * 64}
        yield FeedRow(kind="private", id=data.customer_id(index), doc=doc, values=data.contact(index))
    for index, order in enumerate(data.orders(orders)):
        yield FeedRow(kind="order", id=order.id, doc=codec.to_plain(order))
        if index < tickets:
            made = data.ticket(index, order)
            yield FeedRow(kind="ticket", id=made.id, doc=codec.to_plain(made))
