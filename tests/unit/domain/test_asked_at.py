"""A request that was long on its way through another system is as late as its customer has waited."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desk.domain.case import Case
from desk.domain.changes import TicketOpened
from desk.domain.commands import OpenTicket
from desk.domain.decide import decide
from desk.domain.decisions import Accepted
from desk.domain.people import SYSTEM_ACTOR, Actor, Level
from desk.domain.rule import Setting
from desk.domain.tickets import Channel, Kind, Ticket
from desk.wire.policy_seed import load_seed, load_teams

NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
AGENT = Actor(id="u1", level=Level.AGENT, teams=("hotline",))
COMMAND = OpenTicket(
    id="c1", ticket_id="t1", kind=Kind.CANCEL, channel=Channel.APP, team="hotline", order_number="2026112100000001"
)


def opened(command: OpenTicket, actor: Actor) -> Ticket:
    case = Case().put(*load_teams())
    decision = decide(case, command, Setting(actor=actor, policy=load_seed(), now=NOW))
    assert isinstance(decision, Accepted)
    return next(change.ticket for change in decision.changes if isinstance(change, TicketOpened))


def test_ingest_tells_when_the_customer_asked():
    ticket = opened(replace(COMMAND, asked_at=NOW - timedelta(minutes=12)), SYSTEM_ACTOR)
    assert ticket.opened_at == NOW - timedelta(minutes=12)
    assert ticket.first_response_due == NOW + timedelta(minutes=3)


@pytest.mark.parametrize(
    ("asked_at", "actor"),
    [(NOW - timedelta(days=1), AGENT), (NOW + timedelta(hours=1), SYSTEM_ACTOR), (None, SYSTEM_ACTOR)],
)
def test_nobody_else_moves_the_clock_and_nobody_into_the_future(asked_at: datetime | None, actor: Actor):
    assert opened(replace(COMMAND, asked_at=asked_at), actor).opened_at == NOW
