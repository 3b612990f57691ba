"""What a deed of a handling option is given to work with, and what it comes to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from desk.domain.case import Case
from desk.domain.changes import Change, EffectAsked
from desk.domain.commands import text_id
from desk.domain.decisions import Refused
from desk.domain.effect_plan import Planner
from desk.domain.ledger import Effect, EffectKind, EffectState, LedgerEntry
from desk.domain.option_inputs import public
from desk.domain.orders import Line, Order, OrderState
from desk.domain.playbooks import Deed
from desk.domain.rule import Setting
from desk.domain.tickets import Ticket

_SETTLED = frozenset({EffectState.CONFIRMED, EffectState.FAILED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """One deed of an option, on the case as the deeds before it left it. Inputs are checked already."""

    case: Case
    ticket: Ticket
    deed: Deed
    command_id: str
    setting: Setting
    line_ids: tuple[str, ...] = ()
    inputs: Mapping[str, str] = field(default_factory=dict)

    def on(self, case: Case, deed: Deed) -> Deal:
        """The same for the next deed."""
        return replace(self, case=case, deed=deed)

    @property
    def order(self) -> Order:
        """The ticket's order; verbs that need one are only asked where there is one."""
        order = self.case.find(Order, self.ticket.order_id)
        if order is None:
            raise KeyError(f"order {self.ticket.order_id}")
        return order

    @property
    def entries(self) -> tuple[LedgerEntry, ...]:
        """The order's whole ledger."""
        return self.case.of_order(LedgerEntry, self.order.id)

    @property
    def planner(self) -> Planner:
        """Makes the effects of this command."""
        return Planner(
            order=self.order,
            policy=self.setting.policy,
            command_id=self.command_id,
            ticket_id=self.ticket.id,
            now=self.setting.now,
        )

    @property
    def words_id(self) -> str:
        """Where the words for whoever does it are kept; empty where nothing was said."""
        return text_id(self.command_id, "words") if self.inputs.get("words", "").strip() else ""

    @property
    def inputs_id(self) -> str | None:
        """Where the inputs are kept, or None where there are none."""
        return text_id(self.command_id, "inputs") if self.inputs else None

    @property
    def told(self) -> dict[str, str]:
        """The inputs that an effect may carry openly."""
        return public(self.inputs, self.order.currency)

    def asked(self, kind: EffectKind) -> tuple[Effect, ...]:
        """What was asked of that kind for the order before and did not fail."""
        effects = self.case.of_order(Effect, self.order.id)
        return tuple(one for one in effects if one.kind is kind and one.state is not EffectState.FAILED)

    def under_way(self, kind: EffectKind) -> tuple[Effect, ...]:
        """What of that kind is still to be done."""
        return tuple(one for one in self.asked(kind) if one.state not in _SETTLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a deed comes to. `amount` is money that goes back, minor units. `nothing` is a code: it was done before, and
    once is enough (a task that is open, a customer who is blocked); the other deeds go on."""

    changes: tuple[Change, ...] = ()
    amount: int = 0
    nothing: str = ""


Doer = Callable[[Deal], Done | Refused]


def asking(deal: Deal, effects: Iterable[Effect]) -> Done:
    """These effects are asked."""
    at, by = deal.setting.now, deal.setting.actor.id
    return Done(changes=tuple(EffectAsked(at=at, by=by, effect=effect) for effect in effects))


def not_standing(order: Order, *, paid: bool = True) -> Refused | None:
    """Why nothing more can be done about these goods: the order was cancelled, or is not paid."""
    if order.state is OrderState.CANCELLED:
        return Refused("already_cancelled", {"order_id": order.id})
    if paid and order.state is OrderState.UNPAID and order.paid == 0:
        return Refused("order_not_paid", {"order_id": order.id})
    return None


def chosen_lines(deal: Deal, otherwise: Iterable[Line]) -> tuple[Line, ...] | Refused:
    """The lines that the person chose, or else these; without what is cancelled. Refused where none is left."""
    chosen = (line for line in deal.order.lines if line.id in deal.line_ids)
    wanted = chosen if deal.line_ids else otherwise
    lines = tuple(line for line in wanted if line.cancelled < line.quantity)
    return lines if lines else Refused("input_missing", {"input": "lines"})
