"""The playbook of an exception as view rows: what was seen, its checks, causes, and what may be done about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desk.domain import checking, handling
from desk.domain.case import NotHere
from desk.domain.checking import Reading
from desk.domain.choices import deeper_causes
from desk.domain.escalation import steps_of
from desk.domain.facts import FACTS, Facts
from desk.domain.handling import OptionOffer
from desk.domain.ledger import LedgerEntry
from desk.domain.money import Money
from desk.domain.option_inputs import InputKind
from desk.domain.orders import Order
from desk.domain.permissions import may_issue
from desk.domain.playbooks import Deed, FactValue, Subtype, Verb
from desk.domain.tickets import Finding, Ticket
from desk.services import rows
from desk.services.actions import plain_data
from desk.services.choices import offered as choices_from
from desk.services.reader import Reader, named
from desk.services.rows import Allowed, CheckRow, DeedRow, FactRow, InputRow, OptionRow, PlaybookRow, SeenRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How an exception stands at this moment, for its panel and for its verdict."""

    ticket: Ticket
    order: Order | None
    subtype: Subtype
    facts: Facts
    readings: tuple[Reading, ...]
    offers: tuple[OptionOffer, ...]

    @property
    def waiting(self) -> int:
        """How many required checks nothing and nobody has answered."""
        return sum(one.check.required and one.is_open for one in self.readings)


def standing_of(reader: Reader, ticket: Ticket, order: Order | None, line_ids: tuple[str, ...] = ()) -> Standing | None:
    """None for a cancel, or while nobody knows what kind of trouble it is. `line_ids`: goods that were chosen."""
    subtype = checking.playbook_of(reader.policy, ticket)
    if subtype is None:
        return None
    case = handling.load_handling(reader.book, ticket.id, reader.policy)
    try:
        facts = handling.facts_here(case, ticket, reader.setting)
    except NotHere:
        facts = dict[str, FactValue]()  # nothing is said of what this desk knows by halves
    return Standing(
        ticket=ticket,
        order=order,
        subtype=subtype,
        facts=facts,
        readings=checking.readings(subtype, ticket, facts),
        offers=handling.offered(case, ticket, reader.setting, line_ids),
    )


def playbook_row(reader: Reader, standing: Standing, mine: bool) -> PlaybookRow:
    """The whole panel; `mine`: this person holds the ticket."""
    ticket, subtype = standing.ticket, standing.subtype
    off = _off(reader, standing, mine)
    steps = steps_of(reader.policy, ticket)[ticket.escalation :]
    last = ticket.options[-1].option if ticket.options else ""
    causes = deeper_causes(reader.policy, ticket.kind, type_key=ticket.type, subtype=ticket.subtype)
    return PlaybookRow(
        names=subtype.names,
        manner=ticket.manner or subtype.manner,
        order_stage=ticket.order_stage,
        owner=reader.team_names(subtype.owner),
        escalation=ticket.escalation,
        level=ticket.escalation_level,
        escalate_at=ticket.escalate_at if steps else None,
        next_level=str(steps[0].level) if steps else "",
        seen=_seen(reader, ticket.finding, ticket, standing.order),
        checks=tuple(_check(reader, reading, standing, mine) for reading in standing.readings),
        causes=choices_from(causes),
        chosen=ticket.causes,
        options=tuple(option_row(reader, standing, offer, off) for offer in standing.offers),
        proposed=_proposed(reader, standing),
        outcome=next((option.outcome for option in subtype.options if option.key == last), ""),
        off=off,
        contacts=reader.policy.contacts,
    )


def _off(reader: Reader, standing: Standing, mine: bool) -> str:
    """Why none of the options may be taken, whatever each is; '' where it is up to each."""
    if not may_issue(reader.policy, reader.actor.level, "TakeOption"):
        return "not_permitted"
    if not standing.ticket.is_open:
        return "ticket_closed"
    if not mine:
        return "not_claimed"
    if not reader.online:
        return "needs_centre"
    return "checks_first" if standing.waiting else ""


# --- facts, findings, checks ----------------------------------------------------------------------------------------


def fact_row(reader: Reader, key: str, value: FactValue | None, order: Order | None) -> FactRow:
    """A fact with how to read it, and a name where policy has one for its value."""
    names: rows.Names = {}
    if key == "tier":
        names = named(reader.policy.tiers, str(value))
    elif key == "finding":
        names = named(reader.policy.detection.rules, str(value))
    elif key == "payment_methods" and value is not None:
        methods = [reader.tender(method) for method in str(value).split(", ")]
        names = {language: ", ".join(one.get(language, "") for one in methods) for language in ("zh", "en")}
    kind = str(FACTS[key].kind) if key in FACTS else "text"
    return FactRow(key=key, value=value, kind=kind, currency=order.currency if order else "", names=names)


def _seen(reader: Reader, finding: Finding | None, ticket: Ticket, order: Order | None) -> SeenRow | None:
    if finding is None:
        return None
    return SeenRow(
        rule=finding.rule,
        at=ticket.opened_at,
        names=named(reader.policy.detection.rules, finding.rule),
        saw=dict(finding.saw),
        currency=order.currency if order else ticket.currency,
        gone_at=finding.gone_at,
    )


def _check(reader: Reader, reading: Reading, standing: Standing, mine: bool) -> CheckRow:
    check, said = reading.check, reading.said
    return CheckRow(
        key=check.key,
        names=check.names,
        judge=check.judge,
        required=check.required,
        team=reader.team_names(check.team) if check.team else {},
        team_id=check.team,
        answer=str(reading.answer) if reading.answer else "",
        by_itself=reading.by_itself,
        by=reader.person(said.by) if said else "",
        at=said.at if said else None,
        words=reader.words(said.text_id) if said else "",
        facts=tuple(fact_row(reader, key, value, standing.order) for key, value in reading.shown.items()),
        may_answer=mine and may_issue(reader.policy, reader.actor.level, "AnswerCheck"),
    )


# --- options --------------------------------------------------------------------------------------------------------


def option_row(reader: Reader, standing: Standing, offer: OptionOffer, off: str = "") -> OptionRow:
    """One option with its amount, what it does and what it needs. `off`: why none may be taken now."""
    option, order = offer.option, standing.order
    reason = "" if offer.refused == "check_missing" else offer.refused  # that is said once, above all of them
    currency = order.currency if order else standing.ticket.currency
    fact = str(offer.data.get("fact", ""))
    return OptionRow(
        key=option.key,
        number=standing.offers.index(offer) + 1,
        names=option.names,
        allowed=Allowed.OFF if off or offer.refused else Allowed.FREE,
        reason=reason,
        data={**plain_data(dict(offer.data)), "currency": currency},
        lacks=fact_row(reader, fact, standing.facts.get(fact), order) if fact else None,
        amount=Money(offer.amount, currency) if offer.amount and currency else None,
        deeds=tuple(_deed(reader, deed) for deed in option.deeds),
        inputs=tuple(_input(name, str(spec.kind), order) for name, spec in offer.inputs),
        note=option.note,
        taken=offer.taken > 0,
        template=option.template,
        gives=option.gives,
        outcome=option.outcome,
    )


def _deed(reader: Reader, deed: Deed) -> DeedRow:
    policy = reader.policy
    if deed.do is Verb.TASK:
        kind = policy.handoffs.kind(deed.item)
        team = reader.team_names(kind.team) if kind else {}
        return DeedRow(do=str(deed.do), label=kind.names if kind else {}, team=team)
    if deed.do is Verb.BLOCK:
        reason = next((one for one in policy.blocks if one.key == deed.item), None)
        days = deed.days or (reason.days if reason else 0)
        return DeedRow(do=str(deed.do), label=reason.names if reason else {}, days=days)
    return DeedRow(do=str(deed.do))


def _input(name: str, kind: str, order: Order | None) -> InputRow:
    lines: tuple[rows.Choice, ...] = ()
    if kind == InputKind.LINES and order is not None:
        left = {line.id: f"{line.title} ×{line.quantity - line.cancelled}" for line in order.lines}
        lines = tuple(rows.Choice(key=key, names={"zh": title, "en": title}) for key, title in left.items())
    return InputRow(key=name, kind=kind, choices=lines, currency=order.currency if order else "")


def _proposed(reader: Reader, standing: Standing) -> tuple[str, ...]:
    """Offers that go with the options that were taken, but for what the ticket gave already."""
    taken = {one.option for one in standing.ticket.options}
    wanted = dict.fromkeys(key for option in standing.subtype.options if option.key in taken for key in option.gives)
    order_id = standing.order.id if standing.order else None
    entries = [one for one in reader.hanging(order_id, LedgerEntry) if one.ticket_id == standing.ticket.id]
    given = {(one.kind, one.item, one.units) for one in entries}
    offers: Mapping[str, tuple[object, ...]] = {
        offer.key: (offer.kind, offer.item, offer.units) for offer in reader.policy.compensation.offers
    }
    return tuple(key for key in wanted if offers.get(key) not in given)
