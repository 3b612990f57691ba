"""Any sequence of acts on a ticket, by anybody: it moves only along its stages, and no desk contradicts the centre."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from desk.domain import sla
from desk.domain.commands import (
    AddNote,
    ArchiveTicket,
    CancelOrder,
    ClaimTicket,
    CloseTicket,
    Command,
    ExpireClaim,
    HandOver,
    KeepPromise,
    MarkBreach,
    MoveStage,
    OpenTicket,
    PauseTicket,
    ReleaseTicket,
    ReopenTicket,
    ResumeTicket,
    SendMessage,
    SetMood,
    SetReason,
    WriteRecord,
)
from desk.domain.decide import decide, load_case
from desk.domain.decisions import AskCentre, Decision, Refused
from desk.domain.people import Actor
from desk.domain.tickets import MOVES, Act, Channel, Kind, Stage, Ticket
from tests.helpers.cases import LIQIANG, LIUYANG, SYSTEM, WANGFANG, MemoryBook, World, make_order

ACTS: list[tuple[type[Command], dict[str, Any]]] = [
    (ClaimTicket, {}),
    (ClaimTicket, {}),
    (ReleaseTicket, {}),
    (ExpireClaim, {}),
    (MarkBreach, {}),
    (MoveStage, {"stage": Stage.ANALYSE}),
    (MoveStage, {"stage": Stage.RESOLVE}),
    (MoveStage, {"stage": Stage.IDENTIFY}),
    (SetReason, {"reason": "too_slow", "causes": ("not_shipped",)}),
    (SetMood, {"mood": "angry"}),
    (AddNote, {"words": "查过了"}),
    (PauseTicket, {"reason": "customer"}),
    (ResumeTicket, {}),
    (HandOver, {"team": "warehouse"}),
    (HandOver, {"team": "hotline"}),
    (SendMessage, {"template": "calm_hold", "language": "zh", "via": "spoken"}),
    (SendMessage, {"template": "cancel_in_window", "language": "zh", "via": "sms"}),
    (SendMessage, {"template": "cancel_done", "language": "en", "via": "app"}),
    (KeepPromise, {"promise_id": "first"}),
    (WriteRecord, {"process": "p", "cause": "too_slow", "result": "solved", "feedback": "f", "acts_waived": "挂断"}),
    (CancelOrder, {"order_id": "o1", "reviewed": True}),
    (CloseTicket, {"outcome": "cancelled"}),
    (CloseTicket, {"outcome": "withdrawn"}),
    (ArchiveTicket, {}),
    (ReopenTicket, {"words": "又来电"}),
    (OpenTicket, {"kind": Kind.CANCEL, "channel": Channel.CHAT, "team": "", "order_id": "o1", "reason": "too_slow"}),
]
people = st.sampled_from([WANGFANG, WANGFANG, WANGFANG, LIQIANG, LIUYANG, SYSTEM])
# Half of the steps go on with the work as an agent would, so that cases come to their end and beyond it.
acts = st.lists(
    st.tuples(st.one_of(st.none(), st.sampled_from(ACTS)), people, st.integers(0, 12)), min_size=5, max_size=60
)
KEYS = [("order", "o1"), ("orders", "o1"), ("ticket", "k1"), ("team", "warehouse")]


def start() -> World:
    world = World(make_order())
    world.book.values |= {"wangfang": {"name": "王芳"}, "c1": {"name": "陈静怡", "title": "女士"}}
    world.accept(OpenTicket, ticket_id="k1", kind=Kind.CANCEL, channel=Channel.HOTLINE, team="", order_id="o1")
    return world


def going_on(ticket: Ticket) -> tuple[type[Command], dict[str, Any]]:
    """What an agent who holds the ticket would do next."""
    if ticket.stage is Stage.CLOSED:
        return ArchiveTicket, {}
    if ticket.stage is Stage.ARCHIVED:
        return ReopenTicket, {}
    if ticket.holder is None:
        return ClaimTicket, {}
    if not ticket.reason:
        return SetReason, {"reason": "too_slow"}
    if ticket.stage is not Stage.RESOLVE:
        return MoveStage, {"stage": Stage.RESOLVE if ticket.stage is Stage.ANALYSE else Stage.ANALYSE}
    if ticket.record is None:
        return next((kind, args) for kind, args in ACTS if kind is WriteRecord)
    return CloseTicket, {"outcome": "withdrawn"}


def made(world: World, kind: type[Command], args: dict[str, Any]) -> Command:
    if kind is KeepPromise:
        promises = world.ticket().promises
        args = {"promise_id": promises[0].id if promises else "none"}
    ticket_id = f"n{len(world.all(Ticket))}-{world.now.timestamp()}" if kind is OpenTicket else "k1"
    return kind(id=world.ids(), ticket_id=ticket_id, **args)  # type: ignore[call-arg]


def _agent(ticket: Ticket) -> Actor:
    return LIQIANG if ticket.holder == LIQIANG.id else WANGFANG


def at_a_desk(world: World, command: Command, actor: Actor, missing: frozenset[tuple[str, str]]) -> Decision:
    """What a desk answers whose replica lacks these keys (and says so) and whose names are masked or missing."""
    book: MemoryBook = replace(world.book, missing=missing, values={}, number=None)
    setting = world.setting(actor)
    return decide(load_case(book, command, setting), command, setting)


def check(world: World, before: Ticket) -> None:
    after = world.ticket()
    moved = after.stage is not before.stage
    assert not moved or after.stage in MOVES[before.stage]
    assert after.due_at == sla.due_at(after)
    assert after.path[: len(before.path)] == before.path
    assert before.acts <= after.acts <= set(Act)
    assert (after.stage in (Stage.CLOSED, Stage.ARCHIVED)) == (after.record is not None and after.closed_at is not None)
    assert (after.holder is None) == (after.claim_expires_at is None)
    assert not (after.paused and not after.is_open)
    open_cancels = [t for t in world.all(Ticket) if t.is_open and t.kind is Kind.CANCEL]
    assert len(open_cancels) <= 1


@settings(max_examples=60, deadline=None)
@given(acts, st.integers(0, 2**16))
def test_stages_paths_and_desks_hold_through_any_sequence(steps: list[Any], seed: int) -> None:
    world, rng = start(), random.Random(seed)
    for act, anybody, minutes in steps:
        world.later(minutes=minutes)
        kind, args = act or going_on(world.ticket())
        actor = anybody if act else _agent(world.ticket())
        command = made(world, kind, args)
        missing = frozenset(key for key in KEYS if rng.random() < 0.2)
        forecast = at_a_desk(world, command, actor, missing)
        before = world.ticket()
        verdict = world.perform(command, actor)
        if not isinstance(forecast, AskCentre):
            assert type(forecast) is type(verdict), (command, forecast, verdict)
            if isinstance(forecast, Refused):
                assert forecast == verdict
        check(world, before)
