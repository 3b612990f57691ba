"""Which act comes next on a case, and by whom: what people, the centre's jobs and other systems would do."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime

from desk.domain import commands as c
from desk.domain.claims import holder
from desk.domain.ledger import ApprovalState, EffectState
from desk.domain.people import SYSTEM_ACTOR, Actor, Level
from desk.domain.tickets import Kind, Stage, Ticket
from tests.helpers.answers.facts import Facts

Move = tuple[type[c.Command], Actor]
APPROVERS = frozenset({Level.SENIOR, Level.SUPERVISOR, Level.MANAGER})
_BY_HAND = frozenset({EffectState.MANUAL, EffectState.FAILED, EffectState.UNKNOWN})
_MOVING = frozenset({EffectState.PENDING, EffectState.IN_FLIGHT, EffectState.ACCEPTED})
# What whoever holds a ticket does, and how often.
_WORK: dict[type[c.Command], int] = {
    c.GrantCompensation: 30,
    c.SendMessage: 12,
    c.MoveStage: 24,
    c.WriteRecord: 6,
    c.CloseTicket: 6,
    c.SetReason: 6,
    c.AddNote: 3,
    c.PauseTicket: 6,
    c.ResumeTicket: 6,
    c.KeepPromise: 2,
    c.HandOver: 3,
    c.ReleaseTicket: 2,
    c.SetMood: 1,
    c.AskTeam: 6,
}


def next_moves(rng: random.Random, facts: Facts, people: Sequence[Actor], now: datetime) -> list[Move]:
    """One to three acts that may follow on this case."""
    moves: list[Move] = []
    opened = [ticket for ticket in facts.tickets if ticket.is_open]
    if not opened or rng.random() < 0.06:
        moves.append((c.OpenTicket, _opener(rng, people)))
    if opened:
        moves += _work(rng, rng.choice(opened), people, now)
    moves += _answers(rng, facts, people)
    if len(opened) < len(facts.tickets) and rng.random() < 0.25:
        moves.append((rng.choice((c.ArchiveTicket, c.ReopenTicket)), _opener(rng, people)))
    return moves[:3]


def possible_moves(facts: Facts, people: Sequence[Actor], now: datetime) -> list[Move]:
    """Every act that somebody in the right place may want to do on this case now."""
    moves: list[Move] = []
    for ticket in facts.tickets:
        if not ticket.is_open:
            moves += [(kind, one) for kind in (c.ArchiveTicket, c.ReopenTicket) for one in _of_team(ticket, people)[:2]]
            continue
        holding = [one for one in people if one.id == holder(ticket, now)]
        kinds = [*_WORK, *[c.GrantCompensation] * 4, c.SendMessage, c.SendMessage, c.RevealContact]
        kinds += [c.SendMessage] * 3 if facts.order.parcels else []
        kinds += [c.CancelOrder] * (4 if facts.order.promotions else 2) if ticket.kind is Kind.CANCEL else []
        moves += [(kind, one) for one in holding for kind in kinds]
        moves += [(c.ClaimTicket, one) for one in _of_team(ticket, people)[:1]]
    if any(one.state is ApprovalState.ASKED for one in facts.approvals):
        moves += [(c.DecideApproval, one) for one in people if one.level in APPROVERS]
    for effect in facts.effects:
        if effect.state in _BY_HAND:
            teams = [
                one for one in people if effect.team in one.teams and one.level not in (Level.AGENT, Level.COUNTER)
            ]
            moves += [(kind, one) for one in teams for kind in (c.ConfirmEffect, c.RetryEffect)]
    for task in facts.tasks:
        theirs = [one for one in people if task.team in one.teams][:2]
        moves += [(kind, one) for kind in (c.TakeTask, c.ReplyTask) for one in theirs if task.is_open]
        moves += [(c.WithdrawTask, one) for one in people if one.id == task.asked_by and task.is_open]
    for level in (Level.SUPERVISOR, Level.AGENT):
        moves += [(kind, one) for kind in (c.BlockCustomer, c.LiftBlock) for one in people if one.level is level][:2]
    for level in (Level.COUNTER, Level.AGENT):
        moves += [(c.OpenTicket, one) for one in people if one.level is level][:1]
    return moves


def _of_team(ticket: Ticket, people: Sequence[Actor]) -> list[Actor]:
    at_store = [one for one in people if one.store_id and one.store_id == ticket.store_id]
    return [one for one in people if ticket.team in one.teams] + at_store


def _opener(rng: random.Random, people: Sequence[Actor]) -> Actor:
    talking = [one for one in people if one.level in (Level.AGENT, Level.COUNTER, Level.SENIOR)]
    return SYSTEM_ACTOR if rng.random() < 0.25 else rng.choice(talking)


def _work(rng: random.Random, ticket: Ticket, people: Sequence[Actor], now: datetime) -> list[Move]:
    held = holder(ticket, now)
    if held is None:
        return [(c.ClaimTicket, rng.choice(_of_team(ticket, people) or list(people)))]
    actor = next((one for one in people if one.id == held), rng.choice(people))
    work = dict(_WORK)
    if ticket.kind is Kind.CANCEL and ticket.reason:
        work[c.CancelOrder] = 12
    if ticket.stage is Stage.RESOLVE and ticket.record is not None:
        work[c.CloseTicket] = 30  # some stay with their record written: what closing looks at is asked then
    elif ticket.stage is Stage.RESOLVE:
        work[c.WriteRecord] = 40
    kinds = rng.choices(list(work), list(work.values()), k=rng.choice((1, 1, 2)))
    return [(kind, actor) for kind in dict.fromkeys(kinds)]


def _answers(rng: random.Random, facts: Facts, people: Sequence[Actor]) -> list[Move]:
    """What others do: approvers, the centre's jobs, the effects worker, finance and warehouse, the order's source."""
    moves: list[Move] = []
    if any(one.state is ApprovalState.ASKED for one in facts.approvals) and rng.random() < 0.5:
        approvers = [one for one in people if one.level in APPROVERS]
        job = rng.choice((c.EscalateApproval, c.ExpireApproval))
        moves.append((c.DecideApproval, rng.choice(approvers)) if rng.random() < 0.75 else (job, SYSTEM_ACTOR))
    if any(one.state in _MOVING for one in facts.effects) and rng.random() < 0.5:
        moves.append((c.SettleEffect, SYSTEM_ACTOR))
    if any(one.state in _BY_HAND for one in facts.effects) and rng.random() < 0.3:
        settling = [one for one in people if one.level in (Level.FINANCE, Level.WAREHOUSE, Level.SUPERVISOR)]
        moves.append((rng.choice((c.ConfirmEffect, c.ConfirmEffect, c.RetryEffect)), rng.choice(settling)))
    waiting = [one for one in facts.tasks if one.is_open]
    if waiting and rng.random() < 0.4:
        team = [one for one in people if rng.choice(waiting).team in one.teams] or list(people)
        moves.append((rng.choice((c.TakeTask, c.ReplyTask, c.ReplyTask)), rng.choice(team)))
    if rng.random() < 0.03:
        moves.append(_on_block_list(rng, people))
    if rng.random() < 0.06:
        moves.append((c.TellOrder, SYSTEM_ACTOR))
    if rng.random() < 0.05 and facts.tickets:
        moves.append((rng.choice((c.MarkBreach, c.ExpireClaim, c.EscalateTicket)), SYSTEM_ACTOR))
    return moves


def _on_block_list(rng: random.Random, people: Sequence[Actor]) -> Move:
    leading = [one for one in people if one.level in (Level.SUPERVISOR, Level.MANAGER)]
    return rng.choice((c.BlockCustomer, c.BlockCustomer, c.LiftBlock)), rng.choice(leading)
