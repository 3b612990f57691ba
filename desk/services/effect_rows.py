"""Effects as view rows: what was asked of other systems, and what a person may do about it."""

from __future__ import annotations

from desk.domain.commands import Command, ConfirmEffect, DeclineEffect, RetryEffect
from desk.domain.decide import decide, load_case
from desk.domain.decisions import Accepted
from desk.domain.ledger import Effect, EffectKind, LedgerEntry
from desk.domain.money import Money
from desk.domain.option_inputs import INPUTS
from desk.services import rows
from desk.services.reader import Reader, tail
from desk.storage.lists import TASK_STATES

_OF_PARCEL = frozenset({EffectKind.REDIRECT_PARCEL, EffectKind.URGE_PARCEL})


def effect_row(reader: Reader, effect: Effect) -> rows.EffectRow:
    """One effect, with its buttons as the rulebook allows them here and now."""
    order = reader.order(effect.order_id)
    waits = effect.state in TASK_STATES and reader.online
    return rows.EffectRow(
        id=effect.id,
        kind=effect.kind,
        state=effect.state,
        at=effect.at,
        order_tail=tail(order.number) if order else "",
        ticket_id=effect.ticket_id,
        label=label_of(reader, effect),
        entry_key=effect.entry_key or "",
        amount=Money(effect.amount, effect.currency) if effect.amount and effect.currency else None,
        units=effect.units,
        team=reader.team_names(effect.team),
        attempts=effect.attempts,
        reference=effect.reference,
        problem=effect.problem,
        may_confirm=waits and _may(reader, ConfirmEffect(id="forecast", effect_id=effect.id, reference="forecast")),
        may_retry=waits and _may(reader, RetryEffect(id="forecast", effect_id=effect.id)),
        details=_details(reader, effect),
        may_decline=waits and _may(reader, DeclineEffect(id="forecast", effect_id=effect.id, words="forecast")),
    )


def label_of(reader: Reader, effect: Effect) -> rows.Names:
    """What it is about: the payment method, the coupon or gift, the line."""
    order = reader.order(effect.order_id)
    if order is not None and (effect.tender_id or effect.receipt_id):
        payment = order.receipt(effect.receipt_id) if effect.receipt_id else order.tender(effect.tender_id or "")
        return reader.tender(payment.method) if payment else {}
    if order is not None and effect.line_id:
        title = next((line.title for line in order.lines if line.id == effect.line_id), "")
        return {"zh": title, "en": title} if title else {}
    if effect.kind in _OF_PARCEL:
        return {"zh": effect.item, "en": effect.item}
    entry = reader.get(LedgerEntry, "entry", effect.entry_key)
    return reader.benefit(entry.kind, entry.item, entry.units, entry.currency) if entry else {}


def _details(reader: Reader, effect: Effect) -> tuple[tuple[str, str], ...]:
    """What whoever does it by hand has to know: the inputs of the option, where this desk holds them."""
    given = reader.private(effect.text_id) if effect.text_id else {}
    return tuple((name, value) for name, value in given.items() if name in INPUTS)


def _may(reader: Reader, command: Command) -> bool:
    return isinstance(decide(load_case(reader.book, command, reader.setting), command, reader.setting), Accepted)
