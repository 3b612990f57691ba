"""The facts around a case on one line of time: payment, stock, parcel, service, money."""

from __future__ import annotations

from collections.abc import Iterator

from desk.domain.checking import playbook_of
from desk.domain.ledger import Effect, LedgerEntry
from desk.domain.orders import Order
from desk.domain.tickets import Step, Ticket
from desk.services.reader import Reader, named
from desk.services.rows import Data, Names, PathRow, RowState, TimelineRow

# Steps of a ticket's path that say what the order's own facts say beside it.
_TOLD_ELSEWHERE = frozenset({"order_told", "ticket_rescheduled", "budget_opened", "budget_spent", "budget_raised"})
_OF_ENTRIES = frozenset({"benefit_granted", "entry_settled"})
_OF_BLOCKS = frozenset({"customer_blocked", "block_lifted"})
_OF_PLAYBOOKS = {"check_answered": "check", "option_chosen": "option"}
_STAMPS = {
    "created": "order",
    "paid": "payment",
    "packed": "stock",
    "shipped": "parcel",
    "signed": "parcel",
    "cancelled": "order",
}


def of_case(reader: Reader, order: Order | None, ticket: Ticket | None) -> tuple[TimelineRow, ...]:
    """Everything known of order and ticket, newest first."""
    found: list[TimelineRow] = []
    if order is not None:
        found += _order_facts(order)
        found += _money_facts(reader, order)
    if ticket is not None:
        found += _service_facts(reader, ticket)
    return tuple(sorted(found, key=lambda row: row.at, reverse=True))


def path_of(reader: Reader, ticket: Ticket) -> tuple[PathRow, ...]:
    """The whole path, oldest first, as the archive replays it."""
    return tuple(
        PathRow(
            at=step.at,
            by=reader.person(step.by),
            code=step.code,
            data=_facts(reader, step),
            text=_words(reader, ticket, step),
            label=_label(reader, ticket, step),
        )
        for step in ticket.path
    )


def _order_facts(order: Order) -> Iterator[TimelineRow]:
    told = {event.code for event in order.events}
    for name, area in _STAMPS.items():
        at = getattr(order, f"{name}_at")
        if at is not None and name not in told:
            yield TimelineRow(at=at, area=area, code=name)
    for event in order.events:
        yield TimelineRow(at=event.at, area=event.area, code=event.code, text=event.text)
    for parcel in order.parcels:
        for scan in parcel.trace:
            text = f"{scan.place} {scan.text}".strip()
            yield TimelineRow(at=scan.at, area="parcel", code="scan", text=text, data={"scan": scan.code})


def _money_facts(reader: Reader, order: Order) -> Iterator[TimelineRow]:
    for entry in reader.hanging(order.id, LedgerEntry):
        yield TimelineRow(
            at=entry.at,
            area="money",
            code="benefit_granted",
            data=_of_entry(entry),
            by=reader.person(entry.by),
            state=reader.state("entry", entry.id),
            label=reader.given(entry),
        )
    for effect in reader.hanging(order.id, Effect):
        if effect.settled_at is not None:
            yield TimelineRow(
                at=effect.settled_at,
                area="money" if effect.amount else "service",
                code="effect_moved",
                data={"kind": str(effect.kind), "state": str(effect.state), "reference": effect.reference},
            )


def _service_facts(reader: Reader, ticket: Ticket) -> Iterator[TimelineRow]:
    state = reader.state("ticket", ticket.id)
    newest = ticket.path[-1].at if ticket.path else None
    for step in ticket.path:
        if step.code in _TOLD_ELSEWHERE or (step.code in ("benefit_granted", "effect_moved") and ticket.order_id):
            continue
        yield TimelineRow(
            at=step.at,
            area="service",
            code=step.code,
            text=_words(reader, ticket, step),
            data=_facts(reader, step),
            by=reader.person(step.by),
            state=state if step.at == newest else RowState.DONE,
            label=_label(reader, ticket, step),
        )


def _of_entry(entry: LedgerEntry) -> dict[str, str | int | None]:
    return {"kind": str(entry.kind), "cost": entry.cost, "units": entry.units, "currency": entry.currency}


def _facts(reader: Reader, step: Step) -> Data:
    """The step's facts; where it names an entry alone (as older centres wrote it), what the entry says."""
    entry = _entry(reader, step)
    return step.data if entry is None else {**_of_entry(entry), **step.data}


def _label(reader: Reader, ticket: Ticket, step: Step) -> Names:
    """What the step is about, by policy's names: a benefit, a hand-off with its team, why somebody was blocked, a check
    or an option of the playbook."""
    if step.code in _OF_PLAYBOOKS:
        return _in_playbook(reader, ticket, str(step.data.get(_OF_PLAYBOOKS[step.code], "")))
    if step.code.startswith("task_"):
        what = named(reader.policy.handoffs.kinds, str(step.data.get("what", "")))
        team = reader.team_names(str(step.data.get("team", "")))
        return {language: f"{name} · {team[language]}" if language in team else name for language, name in what.items()}
    if step.code in _OF_BLOCKS:
        return named(reader.policy.blocks, str(step.data.get("reason", "")))
    entry = _entry(reader, step)
    return reader.given(entry) if entry else {}


def _in_playbook(reader: Reader, ticket: Ticket, key: str) -> Names:
    playbook = playbook_of(reader.policy, ticket)
    parts = (*playbook.checks, *playbook.options) if playbook else ()
    return next((dict(one.names) for one in parts if one.key == key), {"zh": key, "en": key})


def _entry(reader: Reader, step: Step) -> LedgerEntry | None:
    if step.code not in _OF_ENTRIES:
        return None
    return reader.get(LedgerEntry, "entry", str(step.data.get("key", "")))


def _words(reader: Reader, ticket: Ticket, step: Step) -> str:
    """The words of a note or message, where this desk holds them."""
    text_id = step.data.get("text_id") or step.data.get("reply_id")
    return reader.words(str(text_id)) if text_id else ""
