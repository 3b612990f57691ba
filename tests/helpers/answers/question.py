"""The same question put to a book: what would be answered, and what would follow; and how two answers differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from desk.domain.case import Book, Case, Entity
from desk.domain.changes import Change, TicketOpened
from desk.domain.commands import Command
from desk.domain.decide import decide, load_case
from desk.domain.decisions import Accepted, AskCentre, Decision, NeedsApproval, Refused
from desk.domain.evolve import evolve
from desk.domain.rule import Setting
from desk.domain.tickets import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A decision with its changes and the entities they make; a new ticket's number, which only the centre gives, is
    left out. `words` are texts that the rule made itself, by id. `provisional`: a ticket on an order number that this
    book cannot tell; it is opened all the same (MISSION 4), and the centre adds what the order says."""

    kind: str
    code: str = ""
    data: Mapping[str, str | int] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    touched: tuple[Entity, ...] = ()
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    provisional: bool = False

    @property
    def asks(self) -> bool:
        """Whether it leaves the answer to the centre."""
        return self.kind == "AskCentre"

    @property
    def said(self) -> tuple[object, ...]:
        """The decision alone, with the words that the rule made."""
        return self.kind, self.code, dict(self.data), self.changes, dict(self.words)


def answer(book: Book, command: Command, setting: Setting) -> Answer:
    """What the rulebook answers on what this book holds."""
    return answer_on(load_case(book, command, setting), command, setting)


def answer_on(case: Case, command: Command, setting: Setting) -> Answer:
    """What the rulebook answers on a case that is loaded."""
    decision = decide(case, command, setting)
    changes = getattr(decision, "changes", ())
    after = evolve(case, changes)
    fresh = {change.ticket.id for change in changes if isinstance(change, TicketOpened)}
    return Answer(
        kind=type(decision).__name__,
        code=_code(decision),
        data=dict(decision.data) if isinstance(decision, Refused) else {},
        changes=tuple(_unnumbered(change) for change in changes),
        touched=tuple(_without_number(one, fresh) for one in after.touched_since(case)),
        words=dict(decision.private) if isinstance(decision, Accepted) else {},
        provisional=any(kind == "order_number" for kind, _ in case.unknown) and isinstance(decision, Accepted),
    )


def difference(desk: Answer, centre: Answer) -> str:
    """Where the desk's answer is another one than the centre's, in words; "" where it is the same or asks."""
    if desk.asks or desk == centre:
        return ""
    if desk.provisional:
        return _untold(desk, centre)
    if desk.said[:3] != centre.said[:3]:
        return f"the desk says {desk.said[:3]}, the centre {centre.said[:3]}"
    pairs = [("change", desk.changes, centre.changes), ("entity", desk.touched, centre.touched)]
    for name, ours, theirs in pairs:
        for one, other in zip(ours, theirs, strict=False):
            if one != other:
                return f"{name}: the desk {one}\n        the centre {other}"
        if len(ours) != len(theirs):
            return f"{name}: the desk has {len(ours)}, the centre {len(theirs)}"
    return f"words: the desk {desk.words}, the centre {centre.words}"


# What the order adds to a ticket that was opened by its number alone.
_FROM_ORDER = ("order_id", "order_number", "customer_id", "store_id", "priority", "amount", "currency", "no_return_at")
_FROM_ORDER_TOO = ("needs_review", "due_at", "path", "order_stage")


def _untold(desk: Answer, centre: Answer) -> str:
    """Whether the centre opens the same ticket, but for what only the order says."""
    ours, theirs = (
        next((change.ticket for change in one.changes if isinstance(change, TicketOpened)), None)
        for one in (desk, centre)
    )
    if ours is None or theirs is None or centre.kind != "Accepted":
        return f"the desk opens a ticket, the centre says {centre.said[:3]}"
    told = {name: getattr(theirs, name) for name in _FROM_ORDER + _FROM_ORDER_TOO}
    return "" if replace(ours, **told) == theirs else f"ticket: the desk {ours}\n        the centre {theirs}"


def _code(decision: Decision) -> str:
    if isinstance(decision, Refused):
        return decision.code
    if isinstance(decision, NeedsApproval):
        return f"{decision.level}/{decision.why}"
    return decision.what if isinstance(decision, AskCentre) else ""


def _unnumbered(change: Change) -> Change:
    return replace(change, ticket=replace(change.ticket, number="")) if isinstance(change, TicketOpened) else change


def _without_number(entity: Entity, fresh: set[str]) -> Entity:
    return replace(entity, number="") if isinstance(entity, Ticket) and entity.id in fresh else entity
