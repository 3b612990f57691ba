"""A small made-up shop for tests of the desk: policy of the seed, one team, one person, orders and tickets."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from desk.domain.case import Entity
from desk.domain.orders import Line, Order, OrderState, Parcel, Tender
from desk.domain.people import Actor, Level, StaffMember, Team
from desk.domain.tickets import Channel, Kind, Ticket
from desk.wire import codec, policy_seed
from desk.wire.protocol import Cursor, FeedCommit, FeedRow, Op, Page, SnapshotHead, Verdict

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SCOPES = ("org", "team:hotline")
HOTLINE = Team(id="hotline", names={"zh": "热线", "en": "Hotline"})
WANG = StaffMember(id="staff-wang", login="wangfang", level=Level.AGENT, teams=("hotline",))
LIU = StaffMember(id="staff-liu", login="liuyang", level=Level.SUPERVISOR, teams=("hotline",))
ACTOR = Actor(id=WANG.id, level=WANG.level, teams=WANG.teams, installation_id="desk-1")
SUPERVISOR = Actor(id=LIU.id, level=LIU.level, teams=LIU.teams, installation_id="desk-1")


def order(number: str = "20240917000123", **changes: Any) -> Order:
    """A paid order of one line."""
    made = Order(
        id=f"o-{number}",
        number=number,
        connector="demo",
        shop="demo",
        currency="CNY",
        customer_id=f"c-{number}",
        state=OrderState.PAID,
        created_at=NOW - timedelta(hours=3),
        lines=(Line(id="l1", sku="MUG", title="马克杯", quantity=1, unit_price=32900, paid=32900),),
        tenders=(Tender(id="t1", method="alipay", paid=32900, paid_at=NOW - timedelta(hours=3)),),
        parcels=(Parcel(id="p1", carrier="sf", tracking=f"SF{number}"),),
        paid_at=NOW - timedelta(hours=3),
    )
    return replace(made, **changes)


def ticket(ticket_id: str, on: Order | None = None, minutes: int = 15, **changes: Any) -> Ticket:
    """An open cancel ticket of the hotline, due in so many minutes."""
    made = Ticket(
        id=ticket_id,
        number=f"T{ticket_id}",
        kind=Kind.CANCEL,
        channel=Channel.APP,
        team="hotline",
        opened_at=NOW,
        opened_by="system",
        order_id=on.id if on else None,
        order_number=on.number if on else "",
        customer_id=on.customer_id if on else None,
        first_response_due=NOW + timedelta(minutes=minutes),
        due_at=NOW + timedelta(minutes=minutes),
        reason="wrong_address",
        policy_version=1,
    )
    return replace(made, **changes)


def row(entity: Entity) -> FeedRow:
    """An entity as the feed carries it."""
    kind, doc = codec.entity_to_plain(entity)
    return FeedRow(kind=kind, id=entity.id, doc=doc)


def person_row(entity_id: str, **values: str) -> FeedRow:
    """Personal values as the feed carries them."""
    return FeedRow(kind="private", id=entity_id, doc={"commitment": "0" * 64}, values=values)


def leave(entity: Entity) -> FeedRow:
    """An entity going out of scope."""
    return replace(row(entity), op=Op.LEAVE, doc=None)


@cache
def policy_row() -> FeedRow:
    """The seed's policy as the feed carries it."""
    return FeedRow(kind="policy", id="current", doc=codec.to_plain(policy_seed.load_seed()))


def organisation() -> list[FeedRow]:
    """What every desk holds."""
    return [row(HOTLINE), row(WANG), row(LIU), policy_row()]


def head(n: int) -> SnapshotHead:
    """A snapshot at `n`."""
    return SnapshotHead(n=n, h=f"h{n}")


def at(n: int) -> Cursor:
    """The position `n`."""
    return Cursor(n=n, h=f"h{n}")


def page(n: int, *rows: FeedRow, verdicts: tuple[Verdict, ...] = (), **changes: Any) -> Page:
    """A page of one commit."""
    commits = (FeedCommit(n=n, h=f"h{n}", rows=rows, verdicts=verdicts),) if rows or verdicts else ()
    return Page(commits=commits, next=at(n), **changes)
