"""Options of the made-up kind of trouble "odd", one for each thing that an answer may hang on."""

from __future__ import annotations

from desk.domain.playbooks import Condition, Deed, FactValue, Op, Option, Verb
from desk.domain.policy import Policy
from tests.helpers.odd import option, with_odd

_ASKS = Deed(do=Verb.TASK, item="carrier_claim")


def _where(key: str, fact: str, value: FactValue = True, op: Op = Op.IS) -> Option:
    """On offer where this fact is so; it asks the systems to tell one another again."""
    return option(Verb.RESYNC, key=key, when=(Condition(fact=fact, op=op, value=value),))


OPTIONS = (
    option(Verb.REFUND_SURPLUS, key="surplus"),
    option(Verb.REFUND_PARCEL, key="parcel"),
    option(Verb.REFUND_LESS_FREIGHT, key="less_freight"),
    option(Verb.CANCEL, key="cancel"),
    option(Verb.MARK_PAID, key="mark_paid"),
    option(Verb.PAYMENT_LINK, key="payment_link"),
    option(Verb.RESHIP, _ASKS, key="reship"),
    option(Verb.URGE, key="urge"),
    option(Verb.STOP, key="stop"),
    option(Verb.ALLOCATE, key="allocate"),
    option(Verb.CHANGE_CONTACT, key="contact", inputs=("address",)),
    option(_ASKS, key="ask"),
    _where("counted", "stock_counted_min", 0, Op.ABOVE),
    _where("late", "parcel_late_hours", 1, Op.AT_LEAST),
    _where("differ", "systems_differ"),
    _where("lag", "systems_lag_minutes", 30, Op.AT_LEAST),
    _where("moves", "parcel_moves_elsewhere"),
    _where("phone", "contact_bad_phone"),
    _where("stalled", "manner", "stalled"),
    _where("found", "finding", "odd_rule"),
    _where("gone", "finding_gone"),
    _where("together", "orders_together", 1, Op.ABOVE),
)


def with_odd_options(policy: Policy) -> Policy:
    """The policy with that kind of trouble beside the others."""
    return with_odd(policy, *OPTIONS, manner="stalled")
