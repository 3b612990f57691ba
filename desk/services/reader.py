"""What view rows are made from: one reading of replica and overlay by one person at one moment. Store thread only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from desk.domain.case import Case, Entity, Key, NotHere
from desk.domain.commands import Command
from desk.domain.ledger import BenefitKind, LedgerEntry
from desk.domain.loading import Gathering
from desk.domain.orders import Order
from desk.domain.people import Actor, StaffMember, Store, Team
from desk.domain.policy import Named, Policy
from desk.domain.rule import Setting
from desk.domain.tickets import Kind, Ticket
from desk.services.rows import Names, RowState
from desk.storage import outbox
from desk.storage.book import ReplicaBook
from desk.storage.desk_store import View
from desk.storage.outbox import Act, State

_E = TypeVar("_E", bound=Entity)
TAIL = 6  # figures of an order number that people say


class Reader:
    """Names, labels and states for one transaction; nothing of it may leave the store thread."""

    def __init__(self, view: View, actor: Actor, now: datetime, online: bool) -> None:
        self.view = view
        self.actor = actor
        self.now = now
        self.online = online
        self._private: dict[str, Mapping[str, str]] = {}
        self._hanging: dict[str, tuple[Entity, ...]] = {}

    @cached_property
    def policy(self) -> Policy:
        """The policy in force here; raises projection.NoPolicy before the first snapshot."""
        return self.view.projection.policy(self.view.connection)

    @cached_property
    def book(self) -> ReplicaBook:
        """Everything known here, pending acts included."""
        return self.view.projection.book(self.view.connection)

    @cached_property
    def setting(self) -> Setting:
        """The rulebook's setting of this moment."""
        return Setting(actor=self.actor, policy=self.policy, now=self.now)

    def get(self, kind: type[_E], name: str, entity_id: str | None) -> _E | None:
        """An entity if it is here; `name` is its kind's name."""
        found = self.book.find(name, entity_id) if entity_id else None
        return found if isinstance(found, kind) else None

    def ticket(self, ticket_id: str) -> Ticket | None:
        """A ticket if it is here."""
        return self.get(Ticket, "ticket", ticket_id)

    def order(self, order_id: str | None) -> Order | None:
        """An order if it is here."""
        return self.get(Order, "order", order_id)

    def orders(self, order_ids: Iterable[str]) -> dict[str, Order]:
        """Those of them that are here, read at once."""
        found = self.book.many("order", order_ids)
        return {order_id: one for order_id, one in found.items() if isinstance(one, Order)}

    def open_tickets(self, order_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Ids of the open tickets of these orders, by order."""
        found: dict[str, list[str]] = {}
        for one in self.book.tickets_of(order_ids):
            if one.is_open and one.order_id:
                found.setdefault(one.order_id, []).append(one.id)
        return {order_id: tuple(sorted(ids)) for order_id, ids in found.items()}

    def hanging(self, order_id: str | None, kind: type[_E]) -> list[_E]:
        """What hangs on an order, of one kind, by id; [] where the order is not here."""
        if not order_id:
            return []
        if order_id not in self._hanging:
            try:
                self._hanging[order_id] = tuple(self.book.of_order(order_id))
            except NotHere:
                self._hanging[order_id] = ()
        return [one for one in self._hanging[order_id] if isinstance(one, kind)]

    def case_of(self, ticket: Ticket) -> Case:
        """The ticket's case as the rulebook sees it: the order, all that hangs on it, the people in it."""
        gathering = Gathering(self.book)
        gathering.ticket(ticket.id)
        gathering.get(StaffMember, self.actor.id)
        gathering.private(ticket.customer_id)
        gathering.private(self.actor.id)
        return gathering.case()

    # --- names ------------------------------------------------------------------------------------------------------

    def private(self, entity_id: str | None) -> Mapping[str, str]:
        """Personal values as this desk may see them; {} where there are none."""
        if not entity_id:
            return {}
        if entity_id not in self._private:
            self._private[entity_id] = self.book.private(entity_id) or {}
        return self._private[entity_id]

    def preload(self, entity_ids: Iterable[str | None]) -> None:
        """Read the personal values of a whole page at once."""
        wanted = {entity_id for entity_id in entity_ids if entity_id}
        found = self.book.privates(wanted)
        self._private |= {entity_id: found.get(entity_id, {}) for entity_id in wanted}

    def words(self, text_id: str | None) -> str:
        """A private text; '' where it is not here."""
        return self.private(text_id).get("text", "")

    def person(self, staff_id: str | None) -> str:
        """A person's name, or their login; '' for nobody and for the system."""
        if not staff_id:
            return ""
        name = self.private(staff_id).get("name", "")
        if name:
            return name
        member = self.get(StaffMember, "staff", staff_id)
        return member.login if member else staff_id

    def team_names(self, team_id: str) -> Names:
        """A team's name by language."""
        team = self.get(Team, "team", team_id)
        return dict(team.names) if team else {}

    def store_names(self, store_id: str | None) -> Names:
        """A store's name by language."""
        store = self.get(Store, "store", store_id)
        return dict(store.names) if store else {}

    def label(self, ticket: Ticket) -> Names:
        """What the case is about: reason of a cancel; type and sub-type of an exception. {} while nobody said."""
        if ticket.kind is Kind.CANCEL:
            return named(self.policy.cancellation.reasons, ticket.reason)
        kind = next((one for one in self.policy.exceptions if one.key == ticket.type), None)
        if kind is None:
            return {}
        subtype = named(kind.subtypes, ticket.subtype)
        return {
            language: f"{name} · {subtype[language]}" if subtype.get(language) else name
            for language, name in kind.names.items()
        }

    def benefit(self, kind: BenefitKind, item: str, units: int, currency: str) -> Names:
        """The name on the button of a benefit; {} where policy has none (the view says kind and amount)."""
        for offer in self.policy.compensation.offers:
            if (offer.kind, offer.item, offer.units, offer.currency) == (kind, item, units, currency):
                return dict(offer.names)
        return {}

    def given(self, entry: LedgerEntry) -> Names:
        """The name of what an entry gives: its offer's, or the payment method of a refund."""
        order = self.order(entry.order_id)
        payment = order.receipt(entry.receipt_id or "") or order.tender(entry.tender_id or "") if order else None
        own = self.benefit(entry.kind, entry.item, entry.units, entry.currency)
        return own or (self.tender(payment.method) if payment else {})

    def tender(self, method: str) -> Names:
        """A payment method's name."""
        found = self.policy.restitution.tenders.get(method)
        return dict(found.names) if found else {"zh": method, "en": method}

    # --- states -----------------------------------------------------------------------------------------------------

    @cached_property
    def acts(self) -> list[Act]:
        """Acts on their way, in their order."""
        return outbox.pending(self.view.connection)

    @cached_property
    def _states(self) -> Mapping[Key, RowState]:
        found: dict[Key, RowState] = {}
        shown = self.view.overlay.by_act
        for act in self.acts:
            state = self.state_of_act(act)
            for key in {*shown.get(act.id, frozenset()), *named_keys(act.command)}:
                if found.get(key) is not RowState.UNKNOWN:
                    found[key] = state
        return found

    def state_of_act(self, act: Act) -> RowState:
        """What the screen says of an act on its way."""
        if act.state is State.SENT and act.id not in self.view.in_flight:
            return RowState.UNKNOWN
        return RowState.WAITING

    def state(self, kind: str, entity_id: str) -> RowState:
        """What became of the last act on this entity."""
        return self._states.get((kind, entity_id), RowState.DONE)


def named(choices: tuple[Named, ...] | tuple[object, ...], key: str) -> Names:
    """Names of a policy choice; {} where there is none of that key."""
    for choice in choices:
        if isinstance(choice, Named) and choice.key == key:
            return dict(choice.names)
    return {}


def tail(number: str) -> str:
    """The end of an order number, as people say it."""
    return number[-TAIL:]


def named_keys(command: Command) -> set[Key]:
    """Entities that a command names: their rows say "waiting" also where the overlay cannot know the outcome."""
    fields = {"ticket_id": "ticket", "approval_id": "approval", "effect_id": "effect", "staff_id": "staff"}
    fields |= {"task_id": "task", "customer_id": "block"}
    found = {(kind, getattr(command, field, None)) for field, kind in fields.items()}
    return {(kind, entity_id) for kind, entity_id in found if entity_id}
