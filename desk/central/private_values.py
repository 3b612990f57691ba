"""Under whose eyes a command's personal values go: each value with the entity whose scopes it shares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desk.central.store import PrivateValue
from desk.domain.case import Book, Entity, Key, key_of
from desk.domain.commands import Command, SaveStaff, TellOrder
from desk.domain.ledger import Approval, Effect
from desk.domain.privacy import Texted, texts_of

_NOBODY: Key = ("command", "")


def values_of(
    command: Command, touched: Iterable[Entity], words: Mapping[str, Mapping[str, str]], book: Book
) -> list[PrivateValue]:
    """The values to keep. A text belongs to whichever entity names it, to the order of an effect that needs it, else to
    the ticket of the command; one that nothing shows (an argument the rule turned into other words) is kept for the
    audit, in nobody's scope."""
    owners: dict[str, Key] = {}
    effects: dict[str, Key] = {}  # whoever does one by hand has to know where it goes
    for entity in touched:
        if isinstance(entity, Texted):
            owners |= {one: key_of(entity) for one in texts_of(entity)}
        elif isinstance(entity, Effect) and entity.text_id:
            effects[entity.text_id] = ("order", entity.order_id)
    owners = {**effects, **owners}
    return [_value(command, one, values, owners, book) for one, values in words.items()]


def _value(
    command: Command, value_id: str, values: Mapping[str, str], owners: Mapping[str, Key], book: Book
) -> PrivateValue:
    if isinstance(command, SaveStaff) and value_id == command.staff_id:
        return PrivateValue(value_id, "staff", ("staff", value_id), values)
    if isinstance(command, TellOrder) and value_id == command.order.customer_id:
        return PrivateValue(value_id, "customer", ("customer", value_id), values)
    return PrivateValue(value_id, "text", owners.get(value_id) or _ticket_of(command, book), values)


def _ticket_of(command: Command, book: Book) -> Key:
    ticket_id = getattr(command, "ticket_id", None)
    approval_id = getattr(command, "approval_id", None)
    if ticket_id is None and approval_id is not None:
        approval = book.get("approval", approval_id)
        ticket_id = approval.ticket_id if isinstance(approval, Approval) else None
    return _NOBODY if ticket_id is None else ("ticket", ticket_id)
