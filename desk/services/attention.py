"""What waits for this person: tickets that nobody takes, and refused acts with what to do next."""

from __future__ import annotations

from dataclasses import fields, replace

from PySide6.QtCore import QObject

from desk.domain.commands import CancelOrder, Command, GrantCompensation
from desk.domain.compensation import cost_of
from desk.domain.ledger import Approval, Effect
from desk.domain.money import Money
from desk.domain.offers import load_offers, next_free
from desk.domain.tickets import Ticket
from desk.services import rows
from desk.services.actions import Actions, plain_data
from desk.services.reader import Reader, tail
from desk.services.rows import RowState
from desk.services.workplace import Workplace
from desk.storage import lists, outbox
from desk.storage.outbox import Act

# Doing these once more cannot help: what is asked is over, or was never allowed.
_NEVER_AGAIN = frozenset({"id_reused", "not_your_name", "seq_reused", "not_permitted", "ticket_exists", "malformed"})


class Attention(QObject):
    """UI thread. Changes come by `Changes.announced` (kind "attention")."""

    def __init__(self, workplace: Workplace, actions: Actions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._actions = actions

    async def items(self) -> tuple[rows.AttentionRow, ...]:
        """What this person has to look at: tickets that nobody takes and their level is told of, the nearest due
        first; then their acts that were not done, newest first."""

        def build(reader: Reader) -> tuple[rows.AttentionRow, ...]:
            acts = outbox.attention(reader.view.connection, reader.actor.id)
            left = (told_row(reader, ticket) for ticket in told_of(reader))
            return *left, *(attention_row(reader, act) for act in acts)

        return await self._workplace.read_or((), build)

    async def again(self, command_id: str, initiator: object | None = None) -> rows.Answer:
        """The same act once more as a new one, decided on what is known now; the item goes when it is kept."""
        fresh = self._actions.new_id()
        command = await self._workplace.read(lambda reader: renewed(reader, command_id, fresh))
        if command is None:
            return rows.Answer(status=RowState.REFUSED, code="not_found")
        answer = await self._actions.perform(command, initiator)
        if answer.status is not RowState.REFUSED:
            await self.dismiss(command_id)
        return answer

    async def dismiss(self, command_id: str) -> None:
        """Seen and dealt with."""
        now = self._workplace.clock.now()
        await self._workplace.with_store(
            lambda store: store.write(lambda connection: outbox.dismiss(connection, command_id, now))
        )
        self._workplace.changes.announce({("attention", command_id)})


def renewed(reader: Reader, former_id: str, command_id: str) -> Command | None:
    """The same act under another id, as things stand now: an amount that was on the screen then is not asked for, a
    benefit goes under the next free ledger key. None where the former act is gone."""
    act = outbox.get(reader.view.connection, former_id)
    if act is None:
        return None
    command = act.command
    if isinstance(command, CancelOrder):
        return replace(command, id=command_id, expected=None)
    if isinstance(command, GrantCompensation):
        case = load_offers(reader.book, command.order_id, command.ticket_id, reader.setting)
        sequence = next_free(case, command.order_id, command.line_id, command.cause)
        return replace(command, id=command_id, sequence=sequence)
    return replace(command, id=command_id)


def told_of(reader: Reader) -> list[Ticket]:
    """Tickets that nobody takes, which this person's level was told of: by now perhaps a higher one as well."""
    ladder = [level.value for level in reader.policy.handoffs.ladder]
    mine = reader.actor.level.value
    levels = ladder[ladder.index(mine) :] if mine in ladder else []
    return lists.told_of(reader.view.connection, reader.view.overlay, levels)


def told_row(reader: Reader, ticket: Ticket) -> rows.AttentionRow:
    """A ticket that nobody takes."""
    at = next((step.at for step in reversed(ticket.path) if step.code == "ticket_escalated"), ticket.opened_at)
    return rows.AttentionRow(
        id=ticket.id,
        at=at,
        command="EscalateTicket",
        code="nobody_takes_it",
        data={"level": ticket.escalation_level},
        status="told",
        ticket_id=ticket.id,
        number=ticket.number,
        order_tail=tail(ticket.order_number),
        steps=("open",),
    )


def attention_row(reader: Reader, act: Act) -> rows.AttentionRow:
    """A refused act with what it was about."""
    ticket_id = _ticket_id(reader, act.command)
    ticket = reader.ticket(ticket_id) if ticket_id else None
    order_id = getattr(act.command, "order_id", None) or (ticket.order_id if ticket else None)
    order = reader.order(order_id)
    code = act.verdict.code if act.verdict else ""
    data = plain_data(act.verdict.data if act.verdict else None)
    if "holder" in data:
        data["holder"] = reader.person(str(data["holder"]))
    if order is not None:
        data["currency"] = order.currency
    steps = tuple(
        step
        for step, possible in (
            ("open", ticket is not None),
            ("again", code not in _NEVER_AGAIN and not _has_new_entity(act.command)),
            ("dismiss", True),
        )
        if possible
    )
    return rows.AttentionRow(
        id=act.id,
        at=act.claimed_at,
        command=act.command.name,
        code=code or (str(act.verdict.status) if act.verdict else ""),
        data=data,
        status=str(act.verdict.status) if act.verdict else "refused",
        ticket_id=ticket_id,
        number=ticket.number if ticket else "",
        order_tail=tail(order.number) if order else "",
        amount=_amount(reader, act.command, order.currency if order else ""),
        steps=steps,
    )


def _ticket_id(reader: Reader, command: Command) -> str | None:
    ticket_id = getattr(command, "ticket_id", None)
    if ticket_id is None:
        approval = reader.get(Approval, "approval", getattr(command, "approval_id", None))
        ticket_id = approval.ticket_id if approval else None
    if ticket_id is None:
        effect = reader.get(Effect, "effect", getattr(command, "effect_id", None))
        ticket_id = effect.ticket_id if effect else None
    return ticket_id


def _has_new_entity(command: Command) -> bool:
    """Whether it names an entity that it would make: that id is used up where the centre knows it."""
    return command.name == "OpenTicket" and "ticket_id" in {field.name for field in fields(command)}


def _amount(reader: Reader, command: Command, currency: str) -> Money | None:
    if not currency:
        return None
    if isinstance(command, CancelOrder) and command.expected:
        return Money(command.expected, currency)
    if isinstance(command, GrantCompensation):
        cost = cost_of(reader.policy, command.kind, command.item, command.units, currency)
        return Money(cost, currency) if isinstance(cost, int) else None
    return None
