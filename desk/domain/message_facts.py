"""What a message may say of a case: the values of its placeholders, each from the case's own facts.

A fact that does not hold has no value, so a template that needs it cannot be sent: `{refund}` exists only once a refund
was asked, `{cancelled_at}` only once the order is cancelled.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from desk.domain import sla, wording
from desk.domain.case import Case
from desk.domain.choices import reason_of, record_causes
from desk.domain.ledger import GOODWILL_KINDS, BenefitKind, EntryState, LedgerEntry
from desk.domain.money import Money
from desk.domain.order_facts import payment_facts
from desk.domain.orders import Order
from desk.domain.people import Level, StaffMember
from desk.domain.policy import Cause, Named, Policy, Template
from desk.domain.prescreen import Verdict, prescreen
from desk.domain.restitution import Figure, restitution
from desk.domain.rule import Setting
from desk.domain.ticket_access import order_of
from desk.domain.tickets import Ticket

# Filled by the case, where the fact holds.
FROM_CASE = frozenset(
    {
        "customer",
        "agent",
        "order_number",
        "order_tail",
        "item",
        "amount",
        "tenders",
        "arrival",
        "refund",
        "refunds",
        "due",
        "received",
        "surplus",
        "shortfall",
        "cancelled_at",
        "reason",
        "cause",
        "why_not",
        "carrier",
        "tracking",
        "place",
        "scan_time",
        "wave",
        "compensation",
        "minutes",
        "update_time",
    }
)
# Filled by the person who speaks.
FROM_PERSON = frozenset({"eta", "progress", "solution", "alternative", "link", "cause", "why_not"})
PLACEHOLDERS = FROM_CASE | FROM_PERSON
_TAIL = 4
_BALANCE = {"due": "due_amount", "received": "received", "surplus": "surplus", "shortfall": "shortfall"}

Facts = Mapping[str, str]


def verdict_of(case: Case, ticket: Ticket, setting: Setting) -> Verdict | None:
    """The pre-screen of the ticket's order now; None for a ticket without one. NotHere where it is not known here."""
    order = order_of(case, ticket)
    if order is None:
        return None
    return prescreen(order, setting.policy, setting.now, case.of_order(LedgerEntry, order.id))


def facts(case: Case, ticket: Ticket, setting: Setting, template: Template, language: str) -> Facts:
    """Every placeholder that this case fills for this template in this language."""
    order = order_of(case, ticket)
    found = _people(case, ticket, setting, language) | _times(ticket, setting, template, language)
    found |= _causes(setting.policy, ticket, language)
    if order is None:
        found |= _number(ticket.order_number)
    else:
        found |= _number(order.number) | _goods(order, language) | _parcel(order, setting, language)
        found |= _money(case, ticket, order, setting, language) | _given(case, ticket, order, setting.policy, language)
        found |= _verdict(case, ticket, order, setting, language)
    return {name: value for name, value in found.items() if value.strip()}


def _people(case: Case, ticket: Ticket, setting: Setting, language: str) -> dict[str, str]:
    customer = dict(case.private.get(ticket.customer_id or "", {}))
    person = case.get(StaffMember, setting.actor.id)
    agent = case.private.get(setting.actor.id, {}).get("name", "") or (person.login if person else "")
    if setting.actor.level is Level.SYSTEM:
        agent = "小助手" if language == "zh" else "the service desk"
    return {"customer": wording.greeting(customer, language), "agent": agent}


def _times(ticket: Ticket, setting: Setting, template: Template, language: str) -> dict[str, str]:
    policy = setting.policy
    spans = [promise.minutes for promise in template.promises]
    due = setting.now + timedelta(minutes=spans[0]) if spans else sla.next_update(policy, ticket, setting.now)
    zone = policy.tickets.calendar.timezone
    return {
        "minutes": str(spans[0]) if spans else "",
        "update_time": wording.moment(due, setting.now, zone, language),
    }


def _causes(policy: Policy, ticket: Ticket, language: str) -> dict[str, str]:
    known = {cause.key: _said(cause, language) for cause in record_causes(policy, ticket)}
    reason = reason_of(policy, ticket.reason)
    return {
        "cause": wording.joined([known[key] for key in ticket.causes if known.get(key)], language),
        "reason": reason.names.get(language, "") if reason else "",
    }


def _said(cause: Named, language: str) -> str:
    """A cause in words for a customer where policy has some, else its name."""
    words = cause.says if isinstance(cause, Cause) else {}
    return words.get(language, "").strip() or cause.names.get(language, "")


def _number(number: str) -> dict[str, str]:
    return {"order_number": number, "order_tail": number[-_TAIL:]}


def _goods(order: Order, language: str) -> dict[str, str]:
    first = order.lines[0].title if order.lines else ""
    more = len(order.lines) - 1
    if more <= 0:
        return {"item": first}
    return {"item": f"{first}等{more + 1}件商品" if language == "zh" else f"{first} and {more} more"}


def _parcel(order: Order, setting: Setting, language: str) -> dict[str, str]:
    if not order.parcels:
        return {}
    parcel = max(order.parcels, key=lambda p: (p.trace[-1].at if p.trace else order.created_at, p.id))
    found = {"carrier": parcel.carrier, "tracking": parcel.tracking}
    if parcel.trace:
        last = parcel.trace[-1]
        zone = setting.policy.tickets.calendar.timezone
        found |= {"place": last.place, "scan_time": wording.moment(last.at, setting.now, zone, language)}
    return found


def _money(case: Case, ticket: Ticket, order: Order, setting: Setting, language: str) -> dict[str, str]:
    """`amount`, `tenders`, `arrival`: what was given back, or what a cancel now would give back. `refund`, `refunds`:
    only what was given back, on this ticket where anything was."""
    entries = case.of_order(LedgerEntry, order.id)
    live = [e for e in entries if e.kind is BenefitKind.REFUND and e.state is not EntryState.FAILED and e.cost]
    asked = [e for e in live if e.ticket_id == ticket.id] or live
    planned = [
        figure
        for figure in restitution(order, entries, setting.policy, setting.now).figures
        if figure.kind is BenefitKind.REFUND and figure.cost
    ]
    found = _balance(order, entries, live, setting, language)
    parts = _by_payment(order, asked or planned)
    if not parts:
        return found | {"amount": wording.money(Money(order.value, order.currency), language)}
    total = wording.money(Money(sum(cost for _, cost in parts), order.currency), language)
    each = _told_by_payment(order, parts, setting.policy, language)
    found |= {"amount": total, "tenders": each, "arrival": _arrival(parts, setting.policy, language)}
    return found | ({"refund": total, "refunds": each} if asked else {})


def _balance(
    order: Order, entries: tuple[LedgerEntry, ...], live: list[LedgerEntry], setting: Setting, language: str
) -> dict[str, str]:
    """What is due, what came in, and what is too much (also once it is on its way back) or missing."""
    known = payment_facts(order, entries, setting.now)
    amounts = {name: int(known[fact]) for name, fact in _BALANCE.items()}
    amounts["surplus"] = amounts["surplus"] or sum(entry.cost for entry in live if entry.receipt_id)
    return {name: wording.money(Money(amount, order.currency), language) for name, amount in amounts.items() if amount}


def _by_payment(order: Order, given: Sequence[LedgerEntry | Figure]) -> list[tuple[str, int]]:
    """(method, minor units) of each payment that money goes back to."""
    sums: dict[str, int] = {}
    for one in given:
        payment_id = one.tender_id or one.receipt_id or ""
        sums[payment_id] = sums.get(payment_id, 0) + one.cost
    methods = {receipt.id: receipt.method for receipt in order.receipts}
    methods |= {tender.id: tender.method for tender in order.tenders}
    return [(methods.get(payment_id, ""), cost) for payment_id, cost in sums.items()]


def _told_by_payment(order: Order, parts: list[tuple[str, int]], policy: Policy, language: str) -> str:
    words = []
    for method, cost in parts:
        known = policy.restitution.tenders.get(method)
        name = known.names.get(language, "") if known else method
        words.append(f"{name} {wording.money(Money(cost, order.currency), language)}".strip())
    return wording.joined(words, language)


def _arrival(parts: list[tuple[str, int]], policy: Policy, language: str) -> str:
    """The span in which all of it has arrived: as long as the slowest payment."""
    rules = [policy.restitution.tenders[method] for method, _ in parts if method in policy.restitution.tenders]
    if not rules:
        return ""
    return wording.arrival(max((rule.arrival_days for rule in rules), key=lambda days: (days[1], days[0])), language)


def _given(case: Case, ticket: Ticket, order: Order, policy: Policy, language: str) -> dict[str, str]:
    """The latest goodwill given on this ticket, by the name it has on its button where there is one."""
    entries = [
        entry
        for entry in case.of_order(LedgerEntry, order.id)
        if entry.ticket_id == ticket.id and entry.kind in GOODWILL_KINDS and entry.state is not EntryState.FAILED
    ]
    if not entries:
        return {}
    last = max(entries, key=lambda entry: (entry.at, entry.key))
    return {"compensation": benefit_name(last, policy, language)}


def benefit_name(entry: LedgerEntry, policy: Policy, language: str) -> str:
    """What a customer calls a benefit: the offer's name, else its kind with the amount."""
    for offer in policy.compensation.offers:
        same = (offer.kind, offer.item, offer.units, offer.currency)
        if same == (entry.kind, entry.item, entry.units, entry.currency) and language in offer.names:
            return offer.names[language]
    worth = wording.money(Money(entry.cost, entry.currency), language)
    words = {
        BenefitKind.COUPON: ("{}优惠券", "a coupon for {}"),
        BenefitKind.POINTS: (f"{entry.units}积分", f"{entry.units} points"),
        BenefitKind.GIFT: ("一份小礼品", "a small gift"),
        BenefitKind.FREIGHT: ("运费补偿{}", "{} for freight"),
    }.get(entry.kind, ("{}退款", "a refund of {}"))
    return words[0 if language == "zh" else 1].format(worth)


def _verdict(case: Case, ticket: Ticket, order: Order, setting: Setting, language: str) -> dict[str, str]:
    zone = setting.policy.tickets.calendar.timezone
    found: dict[str, str] = {}
    if order.cancelled_at is not None:
        found["cancelled_at"] = wording.moment(order.cancelled_at, setting.now, zone, language)
    verdict = verdict_of(case, ticket, setting)
    if verdict is None:
        return found
    found["why_not"] = setting.policy.messages.verdict_reasons.get(verdict.code, {}).get(language, "")
    if verdict.next_wave is not None:
        found["wave"] = wording.moment(verdict.next_wave.at, setting.now, zone, language)
    return found
