"""The verdict band: the pre-screen as one sentence, its tree, its clock, what goes back, both sides' cost."""

from __future__ import annotations

from desk.domain.ledger import BenefitKind, LedgerEntry
from desk.domain.money import Money
from desk.domain.orders import Order, OrderState
from desk.domain.prescreen import Colour, Verdict, answers_at, prescreen, verdict_code
from desk.domain.restitution import Figure
from desk.domain.tickets import Ticket
from desk.services import rows
from desk.services.reader import Reader
from desk.services.rows import BackRow, Tone, TreeNode, VerdictRow

TONES = {Colour.AUTO: Tone.OK, Colour.PERSON: Tone.WARN, Colour.NO: Tone.DANGER}


def verdict_row(reader: Reader, ticket: Ticket, order: Order | None) -> VerdictRow:
    """What the rules say of a cancel now."""
    version = reader.policy.version
    if order is None:
        known = "unknown" if ticket.order_id or ticket.order_number else "no_order"
        return VerdictRow(code=known, tone=Tone.CALM, policy_version=version)
    return of_order(reader, order)


def of_order(reader: Reader, order: Order) -> VerdictRow:
    """The pre-screen of a cancel of this order."""
    entries = reader.hanging(order.id, LedgerEntry)
    verdict = prescreen(order, reader.policy, reader.now, entries)
    money = verdict.refund.refund if verdict.refund else 0
    return VerdictRow(
        code=verdict.code,
        tone=Tone.CALM if order.state is OrderState.CANCELLED else TONES[verdict.colour],
        amount=Money(money, order.currency) if verdict.refund else None,
        nodes=_nodes(verdict),
        until=verdict.turns_at,
        then_code=_then(reader, order, verdict),
        then_at=verdict.next_wave.at if verdict.next_wave else None,
        merchant_cost=_money(verdict.merchant_cost, order),
        customer_cost=_money(verdict.customer_cost, order),
        back=tuple(_back(reader, order, figure) for figure in verdict.refund.figures) if verdict.refund else (),
        policy_version=reader.policy.version,
        forecast=not reader.online or reader.state("order", order.id) is not rows.RowState.DONE,
    )


def _nodes(verdict: Verdict) -> tuple[TreeNode, ...]:
    tone = TONES[verdict.colour]
    return tuple(
        TreeNode(
            key=node.key,
            answer=node.answer,
            taken=node.lit,
            tone=tone,
            parent=node.parent,
            branch=node.branch,
            end=node.verdict,
        )
        for node in verdict.path
    )


def _then(reader: Reader, order: Order, verdict: Verdict) -> str:
    """What it turns into when its clock is over."""
    if verdict.turns_at is None:
        return ""
    return verdict_code(answers_at(order, reader.policy, verdict.turns_at))


def _back(reader: Reader, order: Order, figure: Figure) -> BackRow:
    kind = figure.kind
    label: rows.Names = {}
    if kind is BenefitKind.REFUND:
        label = reader.tender(figure.method)
    elif kind is BenefitKind.COUPON_BACK:
        promotion = next((one for one in order.promotions if one.id == figure.item), None)
        label = {"zh": promotion.label, "en": promotion.label} if promotion else {}
    is_money = kind is BenefitKind.REFUND
    return BackRow(
        kind=str(kind),
        label=label,
        amount=Money(figure.cost, order.currency) if is_money else None,
        units=figure.units,
        days=figure.days if is_money and figure.moves else None,
        code=figure.rule,
    )


def _money(amount: int | None, order: Order) -> Money | None:
    return None if amount is None else Money(amount, order.currency)
