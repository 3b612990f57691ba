"""Follows what was asked of other systems: an explicit state machine, and what each answer does to ledger and order.

"Accepted" is not "arrived": an entry is confirmed with its effect and not before. Nothing leaves confirmed. What failed
has given nothing, so its budgets get it back; trying again spends them again, under the same key (DESIGN 1.9, M9).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from desk.domain import budgets
from desk.domain.case import Book, Case
from desk.domain.changes import (
    BudgetRaised,
    BudgetSpent,
    Change,
    EffectMoved,
    EntrySettled,
    NoteAdded,
    ReceiptRefunded,
    StockReleased,
    TenderRefunded,
)
from desk.domain.commands import ConfirmEffect, DeclineEffect, RetryEffect, SettleEffect
from desk.domain.compensation import rank
from desk.domain.decisions import Accepted, Decision, Refused
from desk.domain.ledger import (
    GOODWILL_KINDS,
    Approval,
    Budget,
    Effect,
    EffectKind,
    EffectState,
    EntryState,
    LedgerEntry,
)
from desk.domain.loading import Gathering
from desk.domain.orders import Order
from desk.domain.people import Level
from desk.domain.rule import Setting, rule
from desk.domain.surplus import elsewhere as receipt_elsewhere
from desk.domain.surplus import left_of, matched, of_receipt, standings
from desk.domain.tenders import TO_TENDER, by_desk, elsewhere
from desk.domain.ticket_access import note_of
from desk.domain.tickets import Ticket

_E = EffectState
_ANSWERS = frozenset({_E.ACCEPTED, _E.CONFIRMED, _E.UNKNOWN, _E.MANUAL, _E.FAILED})
# What the worker may report from each state. A failed effect moves only by a person's decision, a confirmed one never.
MOVES: Mapping[EffectState, frozenset[EffectState]] = {
    _E.PENDING: _ANSWERS | {_E.PENDING, _E.IN_FLIGHT},
    _E.IN_FLIGHT: _ANSWERS | {_E.PENDING, _E.IN_FLIGHT},
    _E.ACCEPTED: _ANSWERS,
    _E.UNKNOWN: _ANSWERS | {_E.PENDING, _E.IN_FLIGHT},
    _E.MANUAL: frozenset({_E.CONFIRMED}),
    _E.FAILED: frozenset(),
    _E.CONFIRMED: frozenset(),
}
BY_HAND = frozenset({_E.MANUAL, _E.FAILED, _E.UNKNOWN})  # states that a person may settle
# What an effect's state says of the entry it carries out; the others leave the entry as it is.
ENTRY_STATE = {
    _E.PENDING: EntryState.ASKED,
    _E.ACCEPTED: EntryState.ASKED,
    _E.CONFIRMED: EntryState.CONFIRMED,
    _E.UNKNOWN: EntryState.UNKNOWN,
    _E.FAILED: EntryState.FAILED,
}


def load_effect(
    book: Book, command: SettleEffect | ConfirmEffect | RetryEffect | DeclineEffect, setting: Setting
) -> Case:
    """The effect, its order with the whole ledger, and the budgets that its entry was spent from."""
    gathering = Gathering(book)
    effect = gathering.effect(command.effect_id)
    entry = gathering.get(LedgerEntry, effect.entry_key) if effect else None
    for key in entry.budgets if entry else ():
        gathering.get(Budget, key)
    return gathering.case()


@rule(SettleEffect, load_effect)
def settle(case: Case, command: SettleEffect, setting: Setting) -> Decision:
    """What the other system answered, or that it is about to be asked."""
    effect = case.find(Effect, command.effect_id)
    if effect is None:
        return Refused("no_such_effect", {"effect_id": command.effect_id})
    if command.state not in MOVES[effect.state]:
        return Refused("effect_settled", {"state": effect.state, "told": command.state})
    moved = _moved(
        effect,
        setting,
        command.state,
        reference=command.reference,
        problem=command.problem,
        next_at=command.next_at,
        attempts=max(command.attempt, effect.attempts),
    )
    return Accepted((moved, *_consequences(case, effect, command.state, command.reference, setting)))


@rule(ConfirmEffect, load_effect)
def confirm(case: Case, command: ConfirmEffect, setting: Setting) -> Decision:
    """A person did it by hand, or saw that it arrived; the reference proves it."""
    effect = case.find(Effect, command.effect_id)
    if effect is None:
        return Refused("no_such_effect", {"effect_id": command.effect_id})
    reference = command.reference.strip()
    if not reference:
        return Refused("reference_required", {"effect_id": effect.id})
    if effect.state not in BY_HAND:
        return Refused("effect_settled", {"state": effect.state, "told": EffectState.CONFIRMED})
    refused = _not_yours(effect, setting) or _cannot_revive(case, effect)
    if refused is not None:
        return refused
    moved = _moved(effect, setting, EffectState.CONFIRMED, reference=reference, attempts=effect.attempts)
    return Accepted((moved, *_consequences(case, effect, EffectState.CONFIRMED, reference, setting)))


@rule(RetryEffect, load_effect)
def retry(case: Case, command: RetryEffect, setting: Setting) -> Decision:
    """The worker tries again under the same key. Never blindly: what may have arrived is only repeated where the other
    side tells a repetition from a second one."""
    effect = case.find(Effect, command.effect_id)
    if effect is None:
        return Refused("no_such_effect", {"effect_id": command.effect_id})
    if effect.state not in BY_HAND:
        return Refused("effect_settled", {"state": effect.state, "told": EffectState.PENDING})
    abilities = setting.policy.abilities(effect.connector)
    if effect.kind not in abilities.performs:
        return Refused("not_performed", {"connector": effect.connector, "kind": effect.kind})
    surely_not_done = effect.state is EffectState.FAILED or effect.attempts == 0
    if not surely_not_done and effect.kind not in abilities.repeatable:
        return Refused("may_have_arrived", {"effect_id": effect.id})
    refused = _not_yours(effect, setting) or _cannot_revive(case, effect)
    if refused is not None:
        return refused
    moved = _moved(effect, setting, EffectState.PENDING, next_at=setting.now, attempts=effect.attempts)
    return Accepted((moved, *_consequences(case, effect, EffectState.PENDING, "", setting)))


@rule(DeclineEffect, load_effect)
def decline(case: Case, command: DeclineEffect, setting: Setting) -> Decision:
    """A person says that it cannot be done: goods that are not there, money that cannot go that way. Only what was put
    into their hands: of the rest nobody but the other system can say that it never happened."""
    effect = case.find(Effect, command.effect_id)
    if effect is None:
        return Refused("no_such_effect", {"effect_id": command.effect_id})
    if effect.state is not EffectState.MANUAL:
        return Refused("effect_settled", {"state": effect.state, "told": EffectState.FAILED})
    if not command.words.strip():
        return Refused("words_missing", {"effect_id": effect.id})
    refused = _not_yours(effect, setting)
    if refused is not None:
        return refused
    moved = _moved(effect, setting, EffectState.FAILED, problem="declined", attempts=effect.attempts)
    note = note_of(command.id, "words", command.words, setting)
    noted: tuple[Change, ...] = ()
    if note is not None and case.get(Ticket, effect.ticket_id) is not None:
        noted = (NoteAdded(at=setting.now, by=setting.actor.id, ticket_id=effect.ticket_id or "", note=note),)
    return Accepted((moved, *_consequences(case, effect, EffectState.FAILED, "", setting), *noted))


def _moved(
    effect: Effect,
    setting: Setting,
    state: EffectState,
    *,
    attempts: int,
    reference: str = "",
    problem: str = "",
    next_at: datetime | None = None,
) -> Change:
    return EffectMoved(
        at=setting.now,
        by=setting.actor.id,
        effect_id=effect.id,
        state=state,
        reference=reference,
        problem=problem,
        next_at=next_at,
        attempts=attempts,
    )


def _not_yours(effect: Effect, setting: Setting) -> Refused | None:
    """A task belongs to its team; whoever may approve money, and the administrator, may settle any."""
    actor = setting.actor
    if effect.team in actor.teams or actor.level is Level.ADMIN or rank(setting.policy, actor.level) >= 0:
        return None
    return Refused("not_your_team", {"team": effect.team})


# --- what follows ------------------------------------------------------------------------------------------------


def carried(case: Case, effect: Effect) -> tuple[LedgerEntry, ...]:
    """The entries that settle with this effect: its own, or for a cancel those that its source covers by itself."""
    if effect.entry_key is not None:
        entry = case.find(LedgerEntry, effect.entry_key)
        return () if entry is None else (entry,)
    if effect.kind is not EffectKind.CANCEL_ORDER:
        return ()
    apart = {other.entry_key for other in case.of_order(Effect, effect.order_id)}
    entries = case.of_order(LedgerEntry, effect.order_id)
    return tuple(one for one in entries if one.command_id == effect.command_id and one.key not in apart)


def _cannot_revive(case: Case, effect: Effect) -> Refused | None:
    """Why an entry that had failed cannot be given after all: something took its place, its payment or its budget."""
    entries = case.of_order(LedgerEntry, effect.order_id)
    order = case.find(Order, effect.order_id)
    for entry in carried(case, effect):
        if entry.state is not EntryState.FAILED:
            continue
        if _superseded(entry, entries):
            return Refused("superseded", {"key": entry.key})
        left = _left(order, entry, entries) if order else None
        if left is not None and left < entry.cost:
            return Refused("above_paid", {"left": left, "amount": entry.cost})
        for key in entry.budgets if entry.approval_id is None else ():
            budget = case.find(Budget, key)
            if budget is None or budget.free < entry.cost:
                return Refused(key.split("|", 1)[0], {"key": key})
    return None


def _left(order: Order, entry: LedgerEntry, entries: tuple[LedgerEntry, ...]) -> int | None:
    """What may still go where the entry's money goes; None where it goes to no payment."""
    if entry.receipt_id:
        return next((one.surplus for one in standings(order, entries) if one.receipt.id == entry.receipt_id), 0)
    tender = order.tender(entry.tender_id) if entry.tender_id else None
    return left_of(order, tender, entries) if tender is not None and entry.kind in TO_TENDER else None


def _superseded(entry: LedgerEntry, entries: tuple[LedgerEntry, ...]) -> bool:
    stem, _, sequence = entry.key.rpartition("/")
    for other in entries:
        other_stem, _, later = other.key.rpartition("/")
        if other_stem == stem and int(later) > int(sequence) and other.state is not EntryState.FAILED:
            return True
    return False


def _consequences(
    case: Case, effect: Effect, state: EffectState, reference: str, setting: Setting
) -> tuple[Change, ...]:
    """What the effect's new state does to the entries it carries, their budgets, payments and stock."""
    changes: list[Change] = []
    told = ENTRY_STATE.get(state)
    for entry in carried(case, effect):
        if told is None or told is entry.state:
            continue
        changes += _budget_moves(case, entry, told, setting)
        changes.append(
            EntrySettled(at=setting.now, by=setting.actor.id, key=entry.key, state=told, reference=reference)
        )
    if state is EffectState.CONFIRMED:
        changes += _refunded(case, effect, setting)
        changes += _stock(case, effect, setting)
    return tuple(changes)


def _budget_moves(case: Case, entry: LedgerEntry, told: EntryState, setting: Setting) -> tuple[Change, ...]:
    """Goodwill that fails returns to its budgets; goodwill that comes back from there is spent again."""
    if entry.kind not in GOODWILL_KINDS or EntryState.FAILED not in (told, entry.state):
        return ()
    rows = [row for row in (case.find(Budget, key) for key in entry.budgets) if row is not None]
    approval = case.get(Approval, entry.approval_id)
    at, by = setting.now, setting.actor.id
    if told is EntryState.FAILED:
        return budgets.returning(entry, approval, at=at, by=by)
    changes: list[Change] = []
    for row in rows:
        lacking = entry.cost - row.free
        if approval is not None and lacking > 0:
            changes.append(BudgetRaised(at=at, by=by, key=row.key, amount=lacking, approval_id=approval.id))
        changes.append(BudgetSpent(at=at, by=by, key=row.key, amount=entry.cost))
    return tuple(changes)


def _refunded(case: Case, effect: Effect, setting: Setting) -> list[Change]:
    """Raises what a payment shows as refunded, by what it does not show already: a source may have told it first."""
    order = case.find(Order, effect.order_id)
    entries = case.of_order(LedgerEntry, effect.order_id)
    arriving = [entry for entry in carried(case, effect) if entry.kind in TO_TENDER]
    changes: list[Change] = []
    for tender in order.tenders if order else ():
        fresh = [entry for entry in arriving if entry.tender_id == tender.id]
        arrived = sum(entry.cost for entry in fresh)
        level = elsewhere(tender, entries) + by_desk(tender.id, entries, confirmed_only=True) + arrived
        if fresh and level > tender.refunded:
            changes.append(
                TenderRefunded(
                    at=setting.now,
                    by=setting.actor.id,
                    order_id=effect.order_id,
                    tender_id=tender.id,
                    amount=level - tender.refunded,
                )
            )
    return changes + (_receipts_refunded(order, arriving, entries, setting) if order else [])


def _receipts_refunded(
    order: Order, arriving: list[LedgerEntry], entries: tuple[LedgerEntry, ...], setting: Setting
) -> list[Change]:
    changes: list[Change] = []
    known = matched(order)
    for receipt in order.receipts:
        arrived = sum(entry.cost for entry in arriving if entry.receipt_id == receipt.id)
        tender = known.get(receipt.id)
        level = receipt_elsewhere(receipt, tender, entries) + of_receipt(receipt.id, entries, confirmed_only=True)
        level += (by_desk(tender.id, entries, confirmed_only=True) if tender else 0) + arrived
        if arrived and level > receipt.refunded:
            more = level - receipt.refunded
            at, by = setting.now, setting.actor.id
            changes.append(ReceiptRefunded(at=at, by=by, order_id=order.id, receipt_id=receipt.id, amount=more))
    return changes


def _stock(case: Case, effect: Effect, setting: Setting) -> list[Change]:
    """Frees the reserved stock of the effect's line, or of all lines where the source's cancel covers that."""
    order = case.find(Order, effect.order_id)
    covers = setting.policy.abilities(effect.connector).cancel_covers
    whole = effect.kind is EffectKind.CANCEL_ORDER and EffectKind.RELEASE_STOCK in covers
    if order is None or not (whole or effect.kind is EffectKind.RELEASE_STOCK):
        return []
    return [
        StockReleased(
            at=setting.now,
            by=setting.actor.id,
            order_id=order.id,
            line_id=line.id,
            quantity=line.stock_reserved if whole else min(line.stock_reserved, effect.units),
        )
        for line in order.lines
        if line.stock_reserved > 0 and (whole or line.id == effect.line_id)
    ]
