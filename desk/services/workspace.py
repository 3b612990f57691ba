"""One case as view rows: who, verdict, acts, order, promises, what was given, timeline, ticket path."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desk.domain.claims import holder
from desk.domain.ledger import Effect, EntryState, LedgerEntry
from desk.domain.money import Money
from desk.domain.orders import Order
from desk.domain.permissions import may_issue
from desk.domain.policy import PromiseSpec
from desk.domain.privacy import national
from desk.domain.tagging import reason_in, trouble_in
from desk.domain.ticket_opening import same_matter
from desk.domain.tickets import Kind, Promise, Ticket
from desk.services import rows
from desk.services.case_acts import acts_of
from desk.services.changes import ChangeSet
from desk.services.choices import choices_of, instead
from desk.services.effect_rows import effect_row
from desk.services.exception_rows import exception_row
from desk.services.order_rows import order_row
from desk.services.past import Pasts, customer_given, past_of
from desk.services.playbook_rows import option_row, playbook_row, standing_of
from desk.services.queue import due_kind
from desk.services.reader import Reader, named
from desk.services.task_rows import block_row, tasks_of
from desk.services.timeline import of_case, path_of
from desk.services.verdicts import verdict_row
from desk.services.workplace import Workplace

_ON_CASE = frozenset({"entry", "approval", "effect", "task", "block", "private", "budget"})


class Workspace(QObject):
    """UI thread. Repaint when `concerns(case row, change set)`."""

    def __init__(self, workplace: Workplace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._pasts = Pasts(workplace, self)

    async def case(self, ticket_id: str) -> rows.CaseRow | None:
        """The case, as replica and pending acts have it."""

        def build(reader: Reader) -> rows.CaseRow | None:
            ticket = reader.ticket(ticket_id)
            return case_row(reader, ticket) if ticket else None

        found = await self._workplace.read_or(None, build)
        if found is not None and found.who is not None and found.order is not None and found.who.orders is None:
            self._pasts.want(found.who.customer_id, found.order.id)
        return found

    async def option(self, ticket_id: str, key: str, line_ids: tuple[str, ...]) -> rows.OptionRow | None:
        """An option of the case with the amount for these goods; None where it is not on offer any more."""

        def build(reader: Reader) -> rows.OptionRow | None:
            ticket = reader.ticket(ticket_id)
            standing = standing_of(reader, ticket, reader.order(ticket.order_id), line_ids) if ticket else None
            offers = standing.offers if standing else ()
            offer = next((one for one in offers if one.option.key == key), None)
            return option_row(reader, standing, offer) if standing and offer else None

        return await self._workplace.read_or(None, build)

    async def order(self, order_id: str) -> rows.OrderRow | None:
        """An order without a ticket (look-up preview)."""

        def build(reader: Reader) -> rows.OrderRow | None:
            order = reader.order(order_id)
            return order_row(reader, order) if order else None

        return await self._workplace.read_or(None, build)

    async def joined(self, order_id: str, kind: Kind, type_key: str) -> str | None:
        """The open ticket of that order which a contact of this kind belongs to (MISSION 14)."""

        def find(reader: Reader) -> str | None:
            found = same_matter(reader.hanging(order_id, Ticket), kind, type_key)
            return found.id if found else None

        return await self._workplace.read_or(None, find)

    async def meant(self, kind: Kind, words: str) -> str:
        """What the words name, by the keyword table: a reason, or "type/subtype" of an exception; '' for nothing."""

        def find(reader: Reader) -> str:
            if kind is Kind.CANCEL:
                return reason_in(reader.policy, words)
            return "/".join(part for part in trouble_in(reader.policy, words) if part)

        return await self._workplace.read_or("", find) if words.strip() else ""

    async def choices(self) -> rows.Choices:
        """What policy offers to pick from, without a case in hand (opening a ticket)."""
        return await self._workplace.read_or(rows.Choices(), choices_of)


def concerns(case: rows.CaseRow, told: ChangeSet) -> bool:
    """Whether this case may look different after a change set."""
    order_id = case.order.id if case.order else ""
    return (
        told.touches("ticket", case.id)
        or bool(order_id and told.touches("order", order_id))
        or any(kind in _ON_CASE or kind == "policy" for kind, _ in told.keys)
    )


def case_row(reader: Reader, ticket: Ticket) -> rows.CaseRow:
    """Everything on one screen."""
    order = reader.order(ticket.order_id)
    held = holder(ticket, reader.now)
    mine = held == reader.actor.id
    standing = standing_of(reader, ticket, order)
    return rows.CaseRow(
        id=ticket.id,
        number=ticket.number,
        kind=ticket.kind,
        channel=ticket.channel,
        stage=ticket.stage,
        label=reader.label(ticket),
        opened_at=ticket.opened_at,
        team=reader.team_names(ticket.team),
        team_id=ticket.team,
        reason=ticket.reason,
        type=ticket.type,
        subtype=ticket.subtype,
        causes=ticket.causes,
        words=customer_words(reader, ticket),
        holder_id=held,
        holder=reader.person(held),
        mine=mine,
        due_at=ticket.due_at,
        due_kind=due_kind(ticket),
        needs_review=ticket.needs_review,
        paused=ticket.paused,
        provisional=ticket.number.startswith("?"),
        chased=ticket.chased,
        reopened=ticket.reopened,
        outcome=ticket.outcome,
        state=reader.state("ticket", ticket.id),
        who=who_row(reader, ticket, order),
        verdict=exception_row(reader, ticket, standing)
        if ticket.kind is Kind.EXCEPTION
        else verdict_row(reader, ticket, order),
        order=order_row(reader, order) if order else None,
        acts=acts_of(reader, ticket, order),
        alternatives=alternatives(reader, ticket),
        done=ticket.acts,
        promises=tuple(promise_row(reader, ticket, promise) for promise in ticket.promises),
        given=given_rows(reader, order),
        playbook=playbook_row(reader, standing, mine) if standing is not None else None,
        tasks=tasks_of(reader, ticket.id),
        may_ask=mine and ticket.is_open and may_issue(reader.policy, reader.actor.level, "AskTeam"),
        by_keywords=ticket.by_keywords,
        effects=tuple(effect_row(reader, effect) for effect in reader.hanging(ticket.order_id, Effect)),
        timeline=of_case(reader, order, ticket),
        path=path_of(reader, ticket),
        record=record_row(reader, ticket),
        choices=choices_of(reader),
    )


def customer_words(reader: Reader, ticket: Ticket) -> str:
    """What the customer said when the ticket was opened; '' where nothing was written."""
    first = ticket.notes[0] if ticket.notes else None
    return reader.words(first.text_id) if first and first.at == ticket.opened_at else ""


def who_row(reader: Reader, ticket: Ticket, order: Order | None) -> rows.WhoRow | None:
    """Who is on the line; None for a ticket without a customer."""
    customer_id = ticket.customer_id or (order.customer_id if order else None)
    if customer_id is None:
        return None
    values = reader.private(customer_id)
    phone = national(values.get("phone", ""))
    policy, past = reader.policy, past_of(reader, customer_id)
    return rows.WhoRow(
        customer_id=customer_id,
        name=values.get("name", ""),
        title=values.get("title", ""),
        phone=phone,
        city=values.get("city", ""),
        address=values.get("address", ""),
        masked="*" in phone or "*" in values.get("name", ""),
        tier=named(policy.tiers, order.tier) if order else {},
        days=past.days if past else policy.compensation.customer_period_days,
        orders=past.orders if past else None,
        cancels=past.cancels if past else None,
        compensation=customer_given(reader, customer_id, order.currency) if order else None,
        mood=ticket.mood,
        mood_names=named(policy.tickets.moods, ticket.mood),
        contact_flags=order.contact_flags if order else frozenset(),
        block=block_row(reader, customer_id),
        contact_at=ticket.opened_at if ticket.is_open and ticket.first_response_at is None else None,
    )


def alternatives(reader: Reader, ticket: Ticket) -> tuple[rows.Choice, ...]:
    """What might serve the customer better than a cancel, by their reason (MISSION 9, 18)."""
    if ticket.kind is not Kind.CANCEL:
        return ()
    reason = next((one for one in reader.policy.cancellation.reasons if one.key == ticket.reason), None)
    return instead(reason.alternatives) if reason else ()


def promise_row(reader: Reader, ticket: Ticket, promise: Promise) -> rows.PromiseRow:
    """A promise by the name that the template gives it with which it was made; templates share codes."""
    said = {message.template for message in ticket.messages if message.at == promise.at}
    templates = sorted(reader.policy.messages.templates, key=lambda template: template.key not in said)
    specs = (spec for template in templates for spec in template.promises)
    spec: PromiseSpec | None = next((one for one in specs if one.code == promise.code), None)
    return rows.PromiseRow(
        id=promise.id, names=spec.names if spec else {}, due_at=promise.due_at, kept_at=promise.kept_at
    )


def given_rows(reader: Reader, order: Order | None) -> tuple[rows.GivenRow, ...]:
    """The order's ledger, newest first, each with the effect behind it."""
    if order is None:
        return ()
    behind = {effect.entry_key: effect for effect in reader.hanging(order.id, Effect) if effect.entry_key}
    made = []
    for entry in reader.hanging(order.id, LedgerEntry):
        effect = behind.get(entry.key)
        unsettled = effect is not None and entry.state is not EntryState.CONFIRMED
        made.append(
            rows.GivenRow(
                key=entry.key,
                kind=entry.kind,
                label=reader.given(entry),
                cost=Money(entry.cost, entry.currency),
                units=entry.units,
                state=str(effect.state) if effect is not None and unsettled else str(entry.state),
                at=entry.at,
                by=reader.person(entry.by),
                reference=entry.reference or (effect.reference if effect else ""),
                problem=effect.problem if effect else "",
            )
        )
    return tuple(sorted(made, key=lambda row: row.at, reverse=True))


def record_row(reader: Reader, ticket: Ticket) -> rows.RecordRow | None:
    """The record with its words, where it was written."""
    record = ticket.record
    if record is None:
        return None
    return rows.RecordRow(
        process=reader.words(record.process_id),
        cause=record.cause,
        result=record.result,
        feedback=reader.words(record.feedback_id),
        satisfaction=record.satisfaction,
        acts_waived=record.acts_waived,
    )
