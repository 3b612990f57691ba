"""What to do about what was found on one order: raise, note, open again, clear. The centre's worker applies it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from desk.domain.choices import subtype_of
from desk.domain.commands import ClearFinding, Command, NoteFinding, OpenTicket, ReopenTicket
from desk.domain.detection import RULES, Found
from desk.domain.finding_rules import raised_by_detection, same, untouched
from desk.domain.ids import derived_id
from desk.domain.policy import Policy
from desk.domain.tickets import Channel, Kind, Ticket


def plan(
    order_id: str,
    found: Sequence[Found],
    standing: Iterable[tuple[str, str]],
    tickets: Sequence[Ticket],
    policy: Policy,
) -> tuple[Command, ...]:
    """The commands that bring the order's tickets in line with what was found on it.

    `standing` are (rule, window) of facts that still hold though policy waits longer for them now; `tickets` are all of
    the order. What went away comes first, so that a ticket which closes by it takes no new finding in.
    """
    live = {(one.rule, one.window) for one in found}
    held = set(standing)
    commands: list[Command] = []
    left: list[Ticket] = []
    for ticket in tickets:
        gone = _gone(ticket, live, found, policy)
        if gone:
            commands.append(_clear(ticket, "limits" if _key(ticket) in held else "fact"))
        if ticket.is_open and not (gone and raised_by_detection(ticket) and untouched(ticket)):
            left.append(ticket)
    known = {ticket.id: ticket for ticket in tickets}
    opened: set[str] = set()
    for one in found:
        commands += _about(one, known.get(one.ticket_id), left, opened, live, order_id, policy)
    return tuple(commands)


def type_of_subtype(policy: Policy, subtype: str) -> str:
    """The exception type that has this sub-type; "" where policy has none of that name any more."""
    return next((kind.key for kind in policy.exceptions if subtype_of(policy, kind.key, subtype)), "")


def _key(ticket: Ticket) -> tuple[str, str]:
    return (ticket.finding.rule, ticket.finding.window) if ticket.finding else ("", "")


def _gone(ticket: Ticket, live: set[tuple[str, str]], found: Sequence[Found], policy: Policy) -> bool:
    """Whether what the ticket keeps was one of ours, still counted, and nothing of its kind is left on the order."""
    finding = ticket.finding
    if not ticket.is_open or finding is None or finding.gone_at is not None or finding.rule not in RULES:
        return False
    if _key(ticket) in live:
        return False
    return not any(type_of_subtype(policy, one.subtype) == ticket.type for one in found)


def _clear(ticket: Ticket, why: str) -> ClearFinding:
    return ClearFinding(id=_id("clear", ticket, str(len(ticket.path))), ticket_id=ticket.id, why=why)


def _about(
    one: Found,
    own: Ticket | None,
    left: Sequence[Ticket],
    opened: set[str],
    live: set[tuple[str, str]],
    order_id: str,
    policy: Policy,
) -> Iterator[Command]:
    """What one finding asks for. Its own ticket, once a person closed it, stays closed: that was the answer."""
    type_key = type_of_subtype(policy, one.subtype)
    if own is not None and not own.is_open:
        if own.outcome == policy.detection.outcome and type_key not in opened:
            opened.add(type_key)
            yield ReopenTicket(id=_id("reopen", own, str(own.reopened)), ticket_id=own.id)
            yield _note(own, one, "reopened")
        return
    joined = own or _joined(left, type_key)
    if joined is not None:
        if _is_news(joined, one, live):
            yield _note(joined, one)
    elif type_key and type_key not in opened:
        opened.add(type_key)
        yield OpenTicket(
            id=derived_id("detect", one.ticket_id, ""),
            ticket_id=one.ticket_id,
            kind=Kind.EXCEPTION,
            channel=Channel.SYSTEM,
            team="",
            order_id=order_id,
            type=type_key,
            subtype=one.subtype,
            finding=one.finding(),
        )


def _joined(left: Sequence[Ticket], type_key: str) -> Ticket | None:
    """The open ticket about the same matter, as opening has it (ticket_opening.joinable)."""
    fits = [one for one in left if one.kind is Kind.EXCEPTION and one.type in ("", type_key)]
    return min(fits, key=lambda one: (one.opened_at, one.id), default=None)


def _is_news(ticket: Ticket, one: Found, live: set[tuple[str, str]]) -> bool:
    """Whether the ticket does not have this finding. Where its own still stands, others are noted once beside it."""
    finding = ticket.finding
    if finding is not None and finding.gone_at is None:
        if (finding.rule, finding.window) == (one.rule, one.window):
            return not same(finding, one.finding())
        if _key(ticket) in live:
            return not any(
                (step.data.get("rule"), step.data.get("window")) == (one.rule, one.window) for step in ticket.path
            )
    return True


def _note(ticket: Ticket, one: Found, when: str = "") -> NoteFinding:
    window = f"{one.rule}/{one.window}/{len(ticket.path)}/{when}"
    return NoteFinding(id=_id("note", ticket, window), ticket_id=ticket.id, finding=one.finding())


def _id(act: str, ticket: Ticket, window: str) -> str:
    return derived_id(f"detect.{act}", ticket.id, window)
