"""Rules of opening a ticket and opening it again: joined where one is open, numbered, its clocks started."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from desk.domain import sla
from desk.domain.case import Book, Case
from desk.domain.changes import Change, FirstResponseGiven, TicketChased, TicketOpened, TicketReopened, TicketTagged
from desk.domain.choices import manner_of, misfit, subtype_of
from desk.domain.commands import OpenTicket, ReopenTicket
from desk.domain.decisions import Accepted, Decision, Refused
from desk.domain.escalation import first_told_at
from desk.domain.loading import Gathering
from desk.domain.order_stages import stage_of
from desk.domain.orders import Order
from desk.domain.people import SYSTEM_ACTOR, Level, Team
from desk.domain.policy import Policy
from desk.domain.rule import Setting, rule
from desk.domain.tagging import reason_in, trouble_in
from desk.domain.ticket_access import note_of, on_ticket, order_of, ticket_case
from desk.domain.tickets import Channel, Kind, Note, Ticket
from desk.domain.urgency import rescheduled, rescheduled_for, urgency


def by_keywords(command: OpenTicket, policy: Policy) -> OpenTicket:
    """The command with the reason, or type and sub-type, that its words name; as it is where a person picked one, or
    where the words name none (MISSION 10)."""
    if command.reason or command.subtype or not command.words:
        return command
    if command.kind is Kind.CANCEL:
        return replace(command, reason=reason_in(policy, command.words))
    type_key, subtype = trouble_in(policy, command.words, command.type)
    return replace(command, type=type_key, subtype=subtype) if subtype else command


def team_of(command: OpenTicket, setting: Setting) -> str:
    """The team that gets it: as asked, else the owner of the sub-type, else the default (MISSION 76)."""
    if command.team:
        return command.team
    command = by_keywords(command, setting.policy)
    subtype = subtype_of(setting.policy, command.type, command.subtype)
    return subtype.owner if subtype else setting.policy.default_team


def load_opening(book: Book, command: OpenTicket, setting: Setting) -> Case:
    """The order with its tickets, by id or by the number that the contact named; the team; the next ticket number."""
    gathering = Gathering(book)
    gathering.get(Ticket, command.ticket_id)
    gathering.get(Team, team_of(command, setting))
    if command.order_id:
        gathering.order(command.order_id)
    else:
        gathering.numbered_order(command.order_number)
    return gathering.case(numbered=True)


@rule(OpenTicket, load_opening)
def open_ticket(case: Case, command: OpenTicket, setting: Setting) -> Decision:
    """Open, or join the open ticket of the same kind on that order and mark it chased (MISSION 14)."""
    # The id was made by the caller, so a desk that does not hold it may take it for new: offline it must open tickets.
    if case.get(Ticket, command.ticket_id) is not None:
        return Refused("ticket_exists", {"ticket_id": command.ticket_id})
    refused = misfit(
        setting.policy, command.kind, reason=command.reason, type_key=command.type, subtype=command.subtype
    )
    if refused is not None:
        return refused
    team = team_of(command, setting)
    if case.find(Team, team) is None:
        return Refused("no_such_team", {"team": team})
    if command.order_id:
        return _on_known_order(case, command, setting)
    return _on_number(case, command, setting)


def _on_known_order(case: Case, command: OpenTicket, setting: Setting) -> Decision:
    order = case.find(Order, command.order_id)
    if order is None:
        return Refused("no_such_order", {"order_id": command.order_id or ""})
    found = joinable(case, order.id, command.kind, command.type)
    if found is None:
        return Accepted(_opened(case, command, order, setting))
    if command.channel is Channel.SYSTEM:
        return Refused("already_open", {"ticket_id": found.id})
    return Accepted((_chase(found, command, setting), *_why_at_last(found, command, order, setting)))


def _on_number(case: Case, command: OpenTicket, setting: Setting) -> Decision:
    """A ticket for a number that the desk could not look up, or for no order at all (MISSION 4, 60).

    A counter with the line down writes on this ticket at once, so it is opened under its own id whatever the centre
    finds: where the order turns out to have a ticket of this kind, that one is marked chased beside it.
    """
    if command.kind is Kind.CANCEL and not command.order_number:
        return Refused("order_number_missing")
    order = _numbered(case, command.order_number)
    opened = _opened(case, command, order, setting)
    found = joinable(case, order.id, command.kind, command.type) if order else None
    return Accepted(opened if found is None else (*opened, replace(_chase(found, command, setting), note=None)))


def _numbered(case: Case, number: str) -> Order | None:
    return next((order for order in case.all(Order) if number and order.number == number), None)


def joinable(case: Case, order_id: str, kind: Kind, type_key: str) -> Ticket | None:
    """The open ticket on that order that a new contact of this kind belongs to."""
    return same_matter(case.of_order(Ticket, order_id), kind, type_key)


def same_matter(tickets: Iterable[Ticket], kind: Kind, type_key: str) -> Ticket | None:
    """Of the tickets of one order the open one that a contact of this kind belongs to, the oldest first.

    Two exceptions are the same matter unless both name a type and the types differ.
    """
    found = [
        ticket
        for ticket in tickets
        if ticket.is_open and ticket.kind is kind and (ticket.type == type_key or not ticket.type or not type_key)
    ]
    return min(found, key=lambda ticket: (ticket.opened_at, ticket.id), default=None)


def _chase(ticket: Ticket, command: OpenTicket, setting: Setting) -> TicketChased:
    return TicketChased(
        at=setting.now,
        by=setting.actor.id,
        ticket_id=ticket.id,
        channel=command.channel,
        note=note_of(command.id, "words", command.words, setting),
    )


def _why_at_last(ticket: Ticket, command: OpenTicket, order: Order, setting: Setting) -> tuple[Change, ...]:
    """The words of a customer who asks again may name what nobody knew until now."""
    if ticket.reason or ticket.subtype:
        return ()
    read = by_keywords(replace(command, type=ticket.type), setting.policy)
    if not (read.reason or read.subtype) or command.reason or command.subtype:
        return ()
    moved = rescheduled_for(setting.policy, ticket, read.reason, order, setting.now, setting.actor.id)
    tagged = _tagged(ticket.id, read, setting)
    return (tagged,) if moved is None else (tagged, moved)


def _tagged(ticket_id: str, read: OpenTicket, setting: Setting) -> TicketTagged:
    """By the rule: the path says so, and whoever takes the ticket sees it and may correct it."""
    return TicketTagged(
        at=setting.now,
        by=SYSTEM_ACTOR.id,
        ticket_id=ticket_id,
        reason=read.reason,
        type=read.type,
        subtype=read.subtype,
        manner=manner_of(setting.policy, read.type, read.subtype),
    )


def _opened(case: Case, asked: OpenTicket, order: Order | None, setting: Setting) -> tuple[Change, ...]:
    command = by_keywords(asked, setting.policy)
    asked_at = _asked_at(command, setting)
    clocks = sla.opening_clocks(setting.policy, command.channel, asked_at)
    pressing = urgency(setting.policy, command.kind, command.reason, order, setting.now)
    note = note_of(command.id, "words", command.words, setting)
    ticket = Ticket(
        id=command.ticket_id,
        number=case.ticket_number or provisional_number(command.ticket_id),
        kind=command.kind,
        channel=command.channel,
        team=team_of(command, setting),
        opened_at=asked_at,
        opened_by=setting.actor.id,
        order_id=order.id if order else None,
        order_number=order.number if order else command.order_number,
        customer_id=order.customer_id if order else None,
        store_id=setting.actor.store_id or (order.store_id if order else None),
        type=command.type,
        subtype=command.subtype,
        reason=command.reason,
        priority=pressing.priority,
        amount=pressing.amount,
        currency=order.currency if order else "",
        first_response_due=clocks.first_response_due,
        warn_at=clocks.warn_at,
        next_update_at=clocks.next_update_at,
        no_return_at=pressing.no_return_at,
        needs_review=pressing.needs_review,
        order_stage=stage_of(order).value,
        manner=manner_of(setting.policy, command.type, command.subtype),
        due_at=sla.NOTHING_DUE,  # evolve computes it from the clocks
        notes=_notes(note),
        finding=command.finding if setting.actor.level is Level.SYSTEM else None,
        policy_version=setting.policy.version,
    )
    ticket = replace(ticket, escalate_at=first_told_at(setting.policy, ticket, asked_at))
    changes: list[Change] = [TicketOpened(at=asked_at, by=setting.actor.id, ticket=ticket)]
    if command != asked:
        changes.append(_tagged(ticket.id, command, setting))
    if setting.policy.tickets.channels[command.channel].automatic_response:
        changes.append(FirstResponseGiven(at=asked_at, by=SYSTEM_ACTOR.id, ticket_id=ticket.id))
    return tuple(changes)


def _asked_at(command: OpenTicket, setting: Setting) -> datetime:
    """When the customer began to wait. Only ingest may say that it was before now."""
    if command.asked_at is None or setting.actor.level is not Level.SYSTEM:
        return setting.now
    return min(command.asked_at, setting.now)


def _notes(note: Note | None) -> tuple[Note, ...]:
    return () if note is None else (note,)


def provisional_number(ticket_id: str) -> str:
    """The number of a ticket that the centre has not numbered yet."""
    return f"?{ticket_id[-6:].upper()}"


@rule(ReopenTicket, ticket_case)
@on_ticket
def reopen(case: Case, ticket: Ticket, command: ReopenTicket, setting: Setting) -> Decision:
    """Work on it again: history stays, the clocks start anew (MISSION M22)."""
    if ticket.is_open:
        return Refused("already_open", {"ticket_id": ticket.id})
    order = order_of(case, ticket)
    other = joinable(case, order.id, ticket.kind, ticket.type) if order else None
    if other is not None:
        return Refused("already_open", {"ticket_id": other.id})
    clocks = sla.opening_clocks(setting.policy, ticket.channel, setting.now)
    again = TicketReopened(
        at=setting.now,
        by=setting.actor.id,
        ticket_id=ticket.id,
        note=note_of(command.id, "words", command.words, setting),
        first_response_due=clocks.first_response_due,
        warn_at=clocks.warn_at,
        escalate_at=first_told_at(setting.policy, ticket, setting.now),
    )
    moved = rescheduled(setting.policy, ticket, order, setting.now, setting.actor.id)
    return Accepted((again,) if moved is None else (again, moved))
