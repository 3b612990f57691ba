"""Takes a handling option of a playbook: who may, when, with what, and all that its deeds do, in one commit (96-109).

Nothing here knows a kind of trouble: the playbook says what is on offer and what it does, `DOERS` how each verb is
done. The money that would move is computed anew, and another amount than the person saw refuses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from desk.domain import checking, deeds_goods, deeds_money, deeds_payment, deeds_people, option_inputs
from desk.domain.case import Book, Case, NotHere
from desk.domain.changes import Change, OptionChosen
from desk.domain.choices import unknown
from desk.domain.commands import TakeOption
from desk.domain.conditions import all_hold, holds
from desk.domain.deals import Deal, Doer
from desk.domain.decisions import Accepted, Decision, Refused
from desk.domain.evolve import evolve
from desk.domain.facts import Facts, facts_of
from desk.domain.ledger import LedgerEntry
from desk.domain.loading import Gathering
from desk.domain.option_inputs import INPUTS as INPUTS
from desk.domain.option_inputs import InputKind, InputSpec
from desk.domain.playbooks import Option, Subtype, Verb
from desk.domain.policy import Policy
from desk.domain.rule import Setting, rule
from desk.domain.tasks import Block, Task
from desk.domain.ticket_access import on_held_ticket, order_of
from desk.domain.tickets import OptionTaken, Ticket

DOERS: Mapping[Verb, Doer] = {
    Verb.REFUND_SURPLUS: deeds_money.refund_surplus,
    Verb.REFUND_PARCEL: deeds_money.refund_parcel,
    Verb.REFUND_LESS_FREIGHT: deeds_money.refund_less_freight,
    Verb.CANCEL: deeds_money.cancel,
    Verb.MARK_PAID: deeds_payment.mark_paid,
    Verb.PAYMENT_LINK: deeds_payment.payment_link,
    Verb.RESHIP: deeds_goods.reship,
    Verb.CHANGE_CONTACT: deeds_goods.change_contact,
    Verb.REDIRECT: deeds_goods.redirect,
    Verb.STOP: deeds_goods.stop,
    Verb.ALLOCATE: deeds_goods.allocate,
    Verb.RESYNC: deeds_goods.resync,
    Verb.URGE: deeds_goods.urge,
    Verb.TASK: deeds_people.ask_team,
    Verb.BLOCK: deeds_people.block,
}
WITHOUT_ORDER = frozenset({Verb.TASK, Verb.BLOCK})
_FORECAST = "forecast"
_ANYTHING = "…"  # stands for an input that nobody has given yet


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionOffer:
    """One option as it stands now: `refused` is the code why it cannot be taken (with `data`), empty where it can.

    `amount` is the money that would go back, minor units: what to send as `expected`. `asks_centre`: it cannot be told
    here. `inputs` are what has to be given, in order. `taken` is how often this ticket took it already.
    """

    option: Option
    refused: str = ""
    data: Mapping[str, str | int] = field(default_factory=dict)
    amount: int = 0
    asks_centre: bool = False
    inputs: tuple[tuple[str, InputSpec], ...] = ()
    taken: int = 0

    @property
    def allowed(self) -> bool:
        """Whether pressing it would do it, or ask the centre."""
        return not self.refused


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    changes: tuple[Change, ...]
    amount: int


# --- loading -----------------------------------------------------------------------------------------------------


def load_handling(book: Book, ticket_id: str, policy: Policy) -> Case:
    """What `offered` and a TakeOption look at: the ticket, its order with all that hangs on it, the customer's block,
    and the tasks that options of a ticket without an order asked for."""
    gathering = Gathering(book)
    ticket = gathering.ticket(ticket_id)
    if ticket is None:
        return gathering.case()
    gathering.get(Block, ticket.customer_id)
    for taken in ticket.options if ticket.order_id is None else ():
        for kind in policy.handoffs.kinds:
            gathering.get(Task, deeds_people.task_id_of(taken.command_id, kind.key))
    return gathering.case()


def load_option(book: Book, command: TakeOption, setting: Setting) -> Case:
    """The same for the command."""
    return load_handling(book, command.ticket_id, setting.policy)


def facts_here(case: Case, ticket: Ticket, setting: Setting) -> Facts:
    """The facts of a ticket's case; raises NotHere where the ledger is not completely known."""
    order = order_of(case, ticket)
    return facts_of(
        order,
        ticket=ticket,
        entries=case.of_order(LedgerEntry, order.id) if order else (),
        tasks=[task for task in case.all(Task) if task.ticket_id == ticket.id],
        block=case.get(Block, ticket.customer_id),
        blocks_known=case.knows("block", ticket.customer_id or ""),
        policy=setting.policy,
        now=setting.now,
    )


# --- the rule ----------------------------------------------------------------------------------------------------


@rule(TakeOption, load_option)
@on_held_ticket
def take_option(case: Case, ticket: Ticket, command: TakeOption, setting: Setting) -> Decision:
    """All that the option does, or why not; nothing is done by halves."""
    if command.order_id not in (None, ticket.order_id):
        return Refused("no_such_order", {"order_id": command.order_id or ""})
    playbook = checking.playbook_of(setting.policy, ticket)
    if playbook is None:
        return Refused("type_missing", {"ticket_id": ticket.id})
    option = next((one for one in playbook.options if one.key == command.option), None)
    if option is None:
        return unknown("option", command.option)
    refused = _not_now(case, ticket, playbook, option, setting) or _bad_inputs(case, ticket, option, command, setting)
    if refused is not None:
        return refused
    outcome = _outcome(case, ticket, option, command, setting)
    if isinstance(outcome, Refused):
        return outcome
    if command.expected not in (None, outcome.amount):
        return Refused("amount_changed", {"expected": command.expected or 0, "amount": outcome.amount})
    at, by = setting.now, setting.actor.id
    taken = OptionTaken(option=option.key, at=at, by=by, command_id=command.id, amount=outcome.amount)
    words = command.inputs.get("words", "").strip()
    return Accepted(
        (OptionChosen(at=at, by=by, ticket_id=ticket.id, taken=taken), *outcome.changes),
        {f"{command.id}.words": {"text": words}} if words else {},
    )


def _not_now(case: Case, ticket: Ticket, playbook: Subtype, option: Option, setting: Setting) -> Refused | None:
    """Why this actor cannot take it as things are, whatever it does."""
    if option.levels and setting.actor.level not in option.levels:
        return Refused("option_not_permitted", {"option": option.key, "level": setting.actor.level})
    if ticket.order_id is None and any(deed.do not in WITHOUT_ORDER for deed in option.deeds):
        return Refused("order_needed", {"option": option.key})
    facts = facts_here(case, ticket, setting)
    open_checks = checking.missing(playbook, ticket, facts)
    if open_checks:
        return Refused("check_missing", {"check": open_checks[0]})
    if all_hold(option.when, facts) is True:
        return None
    if not case.knows("block", ticket.customer_id or ""):
        raise NotHere(f"block:{ticket.customer_id}")
    failing = next(condition for condition in option.when if holds(condition, facts) is not True)
    known = "yes" if failing.fact in facts else "no"
    return Refused("option_not_offered", {"option": option.key, "fact": failing.fact, "known": known})


def _bad_inputs(case: Case, ticket: Ticket, option: Option, command: TakeOption, setting: Setting) -> Refused | None:
    order = order_of(case, ticket)
    currency = order.currency if order else ticket.currency
    known = {line.id for line in order.lines} if order else set()
    strange = [line_id for line_id in command.line_ids if line_id not in known]
    if strange:
        return unknown("line_ids", strange[0])
    return option_inputs.refusal(option.inputs, command.inputs, command.line_ids, currency, setting.policy.contacts)


def _outcome(case: Case, ticket: Ticket, option: Option, command: TakeOption, setting: Setting) -> _Outcome | Refused:
    """What all deeds come to, each on the case that the former left. One that cannot be done refuses them all; where
    nothing is left to do, the first says why. An option without deeds is a way to go on with words alone."""
    if not option.deeds:
        return _Outcome(changes=(), amount=0)
    deal = Deal(
        case=case,
        ticket=ticket,
        deed=option.deeds[0],
        command_id=command.id,
        setting=setting,
        line_ids=command.line_ids,
        inputs=command.inputs,
    )
    changes: tuple[Change, ...] = ()
    amount = 0
    idle = ""
    for deed in option.deeds:
        deal = deal.on(case, deed)
        done = DOERS[deed.do](deal)
        if isinstance(done, Refused):
            return done
        idle = idle or done.nothing
        changes += done.changes
        amount += done.amount
        case = evolve(case, done.changes)
    if not changes:
        return Refused(idle or "option_not_offered", {"option": option.key})
    return _Outcome(changes=changes, amount=amount)


# --- what is on offer --------------------------------------------------------------------------------------------


def offered(case: Case, ticket: Ticket, setting: Setting, line_ids: tuple[str, ...] = ()) -> tuple[OptionOffer, ...]:
    """Every option of the ticket's playbook with what taking it would be answered now, its inputs given and the ticket
    held. `line_ids` are what is chosen so far; the case is that of `load_handling`."""
    playbook = checking.playbook_of(setting.policy, ticket)
    return (
        tuple(_offer(case, ticket, playbook, option, setting, line_ids) for option in playbook.options)
        if playbook
        else ()
    )


def _offer(
    case: Case, ticket: Ticket, playbook: Subtype, option: Option, setting: Setting, line_ids: tuple[str, ...]
) -> OptionOffer:
    offer = OptionOffer(
        option=option,
        inputs=tuple((name, INPUTS[name]) for name in option.inputs if name in INPUTS),
        taken=sum(taken.option == option.key for taken in ticket.options),
    )
    given = {name: _ANYTHING for name, spec in offer.inputs if spec.kind is not InputKind.LINES}
    probe = TakeOption(id=_FORECAST, ticket_id=ticket.id, option=option.key, line_ids=line_ids, inputs=given)
    try:
        refused = _not_now(case, ticket, playbook, option, setting)
        outcome = refused or _outcome(case, ticket, option, probe, setting)
    except NotHere:
        return replace(offer, asks_centre=True)
    if isinstance(outcome, Refused):
        return replace(offer, refused=outcome.code, data=outcome.data)
    return replace(offer, amount=outcome.amount)
