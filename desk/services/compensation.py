"""What may be given for this order by this person now: offers with their state, and the meters."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desk.domain.commands import GrantCompensation
from desk.domain.compensation import cost_of
from desk.domain.ledger import Approval, BudgetKind
from desk.domain.money import Money
from desk.domain.offers import OfferState, OfferStatus, load_offers, meters, next_free, offers_for
from desk.domain.policy import Offer
from desk.services import rows
from desk.services.actions import Actions
from desk.services.approvals import approval_row
from desk.services.choices import offered
from desk.services.reader import Reader
from desk.services.rows import Allowed, GiveRow, Meter, OfferRow, RowState
from desk.services.workplace import Workplace

_METERS = {BudgetKind.AGENT_DAY: "today", BudgetKind.STORE_DAY: "store_today"}
NO_LEASE = "no_lease"
KEYS = 9


class Compensation(QObject):
    """UI thread."""

    def __init__(self, workplace: Workplace, actions: Actions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._actions = actions

    async def panel(self, ticket_id: str, cause: str = "") -> GiveRow:
        """Meters, offers (each free, approval or off with its reason), causes, this ticket's own requests."""
        return await self._workplace.read_or(GiveRow(), lambda reader: panel_of(reader, ticket_id, cause))

    async def give(
        self,
        ticket_id: str,
        offer_key: str,
        cause: str,
        units: int | None = None,
        words: str = "",
        initiator: object | None = None,
    ) -> rows.Answer:
        """Give an offer, or other `units` of it; above the caps it becomes a request. The sequence in the ledger key
        follows from what the order already has."""
        command_id = self._actions.new_id()

        def build(reader: Reader) -> GrantCompensation | None:
            return granting(reader, command_id, ticket_id, offer_key, cause, units, words)

        command = await self._workplace.read(build)
        if command is None:
            return rows.Answer(status=RowState.REFUSED, code="not_found")
        return await self._actions.perform(command, initiator)

    async def ask_again(self, approval_id: str, words: str = "", initiator: object | None = None) -> rows.Answer:
        """Ask anew for what was denied or ran out."""
        command_id = self._actions.new_id()
        command = await self._workplace.read(lambda reader: asking_again(reader, command_id, approval_id, words))
        if command is None:
            return rows.Answer(status=RowState.REFUSED, code="not_found")
        return await self._actions.perform(command, initiator)


def panel_of(reader: Reader, ticket_id: str, cause: str) -> GiveRow:
    """The panel for a ticket; empty where it has no order here."""
    ticket = reader.ticket(ticket_id)
    order = reader.order(ticket.order_id) if ticket else None
    causes = offered(reader.policy.compensation.causes)
    if ticket is None or order is None:
        return GiveRow(causes=causes, off="no_order")
    picked = cause if any(one.key == cause for one in causes) else (causes[0].key if causes else "")
    case = load_offers(reader.book, order.id, ticket.id, reader.setting)
    states = offers_for(case, reader.setting, order_id=order.id, ticket_id=ticket.id, cause=picked)
    asked = [one for one in reader.hanging(order.id, Approval) if one.ticket_id == ticket.id]
    return GiveRow(
        meters=tuple(
            Meter(
                key=_METERS.get(one.kind, str(one.kind)),
                left=None if one.left is None else Money(one.left, one.currency),
                cap=Money(one.cap, one.currency),
            )
            for one in sorted(meters(case, reader.setting, order_id=order.id), key=_first_two)
        ),
        offers=tuple(offer_row(reader, state, place + 1) for place, state in enumerate(states[:KEYS])),
        causes=causes,
        cause=picked,
        off="" if reader.online else NO_LEASE,
        asked=tuple(approval_row(reader, one) for one in sorted(asked, key=lambda one: one.requested_at, reverse=True)),
    )


def offer_row(reader: Reader, state: OfferState, number: int) -> OfferRow:
    """One button: what its press would lead to, and why not."""
    offer = state.offer
    cost = cost_of(reader.policy, offer.kind, offer.item, offer.units, offer.currency)
    money = Money(cost if isinstance(cost, int) else 0, offer.currency)
    data: dict[str, str | int | None] = {"amount": money.amount, "currency": offer.currency}
    allowed, note = Allowed.OFF, state.reason
    if not reader.online:
        note = NO_LEASE
    elif state.status is OfferStatus.ENABLED:
        allowed, note = Allowed.FREE, "in_limit"
    elif state.status is OfferStatus.NEEDS_APPROVAL:
        allowed, note = Allowed.APPROVAL, "approval_level"
        data |= {"level": state.level, "why": state.reason}
    elif state.status is OfferStatus.ASK_CENTRE:
        allowed, note = Allowed.FREE, "cost"
    return OfferRow(
        key=offer.key,
        number=number,
        kind=offer.kind,
        names=offer.names,
        units=offer.units,
        cost=money,
        allowed=allowed,
        note=note,
        data=data,
    )


def granting(
    reader: Reader, command_id: str, ticket_id: str, offer_key: str, cause: str, units: int | None, words: str
) -> GrantCompensation | None:
    """The command behind an offer; None where ticket, order or offer is not here."""
    ticket = reader.ticket(ticket_id)
    order = reader.order(ticket.order_id) if ticket else None
    offer = offer_of(reader, offer_key)
    if order is None or offer is None:
        return None
    case = load_offers(reader.book, order.id, ticket_id, reader.setting)
    return GrantCompensation(
        id=command_id,
        order_id=order.id,
        ticket_id=ticket_id,
        kind=offer.kind,
        units=units if units is not None else offer.units,
        cause=cause,
        sequence=next_free(case, order.id, "", cause),
        item=offer.item,
        words=words,
    )


def asking_again(reader: Reader, command_id: str, approval_id: str, words: str) -> GrantCompensation | None:
    """The command that asks once more under the same ledger key."""
    former = reader.get(Approval, "approval", approval_id)
    if former is None:
        return None
    return GrantCompensation(
        id=command_id,
        order_id=former.order_id,
        ticket_id=former.ticket_id,
        kind=former.kind,
        units=former.units,
        cause=former.cause,
        sequence=former.sequence,
        item=former.item,
        line_id=former.line_id,
        tender_id=former.tender_id,
        words=words or reader.words(former.words_id),
    )


def offer_of(reader: Reader, key: str) -> Offer | None:
    """The offer of that key."""
    return next((offer for offer in reader.policy.compensation.offers if offer.key == key), None)


def _first_two(meter: object) -> int:
    """The order's and today's meter are the two that are always in sight."""
    order = [BudgetKind.ORDER, BudgetKind.AGENT_DAY, BudgetKind.STORE_DAY, BudgetKind.CUSTOMER]
    return order.index(getattr(meter, "kind", BudgetKind.CUSTOMER))
