"""Scenes of handling options: each field that a deed, a check or a condition of a playbook reads decides an answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from desk.domain import commands as c
from desk.domain.orders import OrderState, Parcel, Receipt, Scan, SystemState, Tender
from desk.domain.tickets import Answer, Channel, Finding, Kind
from tests.helpers.answers.scene import PAID, Scene, line
from tests.helpers.odd import KIND

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def odd(s: Scene, order_id: str, **more: Any) -> str:
    """A ticket of the made-up kind on that order, in Anna's hands."""
    return s.held(order_id, kind=Kind.EXCEPTION, **KIND, **more)


def take(s: Scene, ticket_id: str, *options: str, **more: Any) -> None:
    """What if Anna took these options?"""
    for key in options:
        s.ask("anna", c.TakeOption, ticket_id=ticket_id, option=key, **more)


def receipt(s: Scene, name: str, minutes: int, **changed: Any) -> Receipt:
    """What the payment side has, so many minutes old."""
    facts: dict[str, Any] = {"method": "alipay", "amount": PAID, "reference": f"R-{name}", **changed}
    return Receipt(id=name, at=s.now - minutes * MINUTE, **facts)


def paid_too_much(s: Scene) -> None:
    """The later of two payments is the order's; the earlier one goes back, but for what others gave back of it."""
    known = (Tender(id="P1", method="alipay", paid=PAID, reference="R-late"),)
    both = (receipt(s, "early", 30, refunded=3_000), receipt(s, "late", 20))
    order_id = s.told("paid-twice", tenders=known, receipts=both)
    take(s, odd(s, order_id), "surplus", "cancel")
    plain = (Tender(id="P1", method="alipay", paid=PAID),)
    twice = s.told("paid-twice-unnamed", tenders=plain, receipts=(receipt(s, "x", 30), receipt(s, "y", 20)))
    take(s, odd(s, twice), "surplus")
    taken = s.told("given-back", tenders=known, receipts=both)
    ticket_id = odd(s, taken)
    s.do("anna", c.TakeOption, ticket_id=ticket_id, option="surplus", expected=PAID - 3_000)
    take(s, ticket_id, "surplus", "cancel")
    checked = s.told("paid-twice-checked", tenders=known, receipts=both)
    checked = s.held(checked, by="bo", kind=Kind.EXCEPTION, type="payment", subtype="paid_twice")
    s.ask("bo", c.TakeOption, ticket_id=checked, option="refund")
    s.do("bo", c.AnswerCheck, ticket_id=checked, check="one_order", answer=Answer.YES)
    s.ask("bo", c.TakeOption, ticket_id=checked, option="refund")
    s.ask("bo", c.AnswerCheck, ticket_id=checked, check="proof", answer=Answer.NO)


def not_booked(s: Scene) -> None:
    unpaid: dict[str, Any] = {"state": OrderState.UNPAID, "tenders": (), "paid_at": None}
    twice = s.told("unpaid-twice", receipts=(receipt(s, "z", 30), receipt(s, "a", 20)), **unpaid)
    take(s, odd(s, twice), "surplus", "mark_paid", "payment_link", "cancel")
    short = s.told("unpaid-short", receipts=(receipt(s, "a", 20, amount=PAID - 1),), **unpaid)
    ticket_id = odd(s, short)
    take(s, ticket_id, "mark_paid", "payment_link")
    s.do("anna", c.TakeOption, ticket_id=ticket_id, option="payment_link")
    take(s, ticket_id, "payment_link")
    for name, back in (("unpaid-came-in", 0), ("unpaid-went-back", PAID)):
        order_id = s.told(name, receipts=(receipt(s, "a", 20, refunded=back),), **unpaid)
        s.ask("anna", c.CancelOrder, order_id=order_id, ticket_id=s.held(order_id))


def parcels(s: Scene) -> tuple[Parcel, Parcel]:
    """The first is lost, the second has arrived."""
    gone = Scan(at=s.now - HOUR, place="杭州", text="…", code="lost")
    there = Scan(at=s.now - HOUR, place="杭州", text="…", code="signed")
    left = s.now - 5 * HOUR
    return (
        Parcel(id="K1", carrier="SF", tracking="SF1", line_ids=("1",), shipped_at=left, trace=(gone,)),
        Parcel(
            id="K2", carrier="SF", tracking="SF2", line_ids=("2",), shipped_at=left, signed_at=s.now, trace=(there,)
        ),
    )


def lost_on_the_way(s: Scene) -> None:
    lines = (line(paid=PAID // 2), line(id="2", sku="CUP", paid=PAID // 2 - 900))
    facts: dict[str, Any] = {"state": OrderState.SHIPPED, "lines": lines, "freight": 900}
    order_id = s.told("lost", parcels=parcels(s), **facts)
    take(s, odd(s, order_id), "parcel", "reship", "urge", "stop", "less_freight")
    paid = s.told("lost-and-paid-back", parcels=parcels(s), **facts)
    ticket_id = odd(s, paid)
    s.do("anna", c.TakeOption, ticket_id=ticket_id, option="parcel")
    take(s, ticket_id, "parcel", "reship", "less_freight")
    sent = s.told("lost-and-sent-again", parcels=parcels(s), **facts)
    ticket_id = odd(s, sent)
    for key in ("reship", "urge"):
        s.do("anna", c.TakeOption, ticket_id=ticket_id, option=key)
    take(s, ticket_id, "parcel", "reship", "urge", "cancel", "ask")


def as_the_facts_are(s: Scene) -> None:
    counted = s.told("counted", lines=(line(stock_counted=1),))
    take(s, odd(s, counted), "counted", "allocate", "stalled")
    take(s, odd(s, s.told("bad-phone", contact={"name": "欧阳静怡", "phone": "12345"})), "phone")
    said = (
        SystemState(system="erp", state="paid", at=s.now - 2 * HOUR),
        SystemState(system="wms", state="shipped", at=s.now),
    )
    take(s, odd(s, s.told("apart", systems=said)), "differ", "lag")
    (lost, _) = parcels(s)
    late = Parcel(id="K1", carrier="SF", tracking="SF1", shipped_at=lost.shipped_at, due_at=s.now - 2 * HOUR,
                  trace=(Scan(at=s.now - 3 * HOUR, place="杭州", text="…"),))  # fmt: skip
    order_id = s.told("late", state=OrderState.SHIPPED, parcels=(late,), systems=said[1:])
    take(s, odd(s, order_id), "late", "moves", "contact", inputs={"address": "浙江省杭州市文三路 18 号 502 室"})
    take(s, odd(s, s.told("address")), "contact", inputs={"address": "浙江省杭州市文三路 18 号 502 室"})


def found_by_itself(s: Scene) -> None:
    seen = Finding(rule="odd_rule", window="w", saw={"orders": 3})
    ticket_id = odd(s, s.told("found"))
    s.by_itself(c.NoteFinding, ticket_id=ticket_id, finding=seen)
    take(s, ticket_id, "found", "gone", "together")
    gone = odd(s, s.told("found-and-gone"))
    s.by_itself(c.NoteFinding, ticket_id=gone, finding=seen)
    s.by_itself(c.ClearFinding, ticket_id=gone)
    take(s, gone, "gone")


def without_an_order(s: Scene) -> None:
    ticket_id = s.held("", kind=Kind.EXCEPTION, channel=Channel.HOTLINE, **KIND)
    take(s, ticket_id, "ask", "surplus")
    s.do("anna", c.TakeOption, ticket_id=ticket_id, option="ask")
    take(s, ticket_id, "ask")


HANDLING: tuple[Callable[[Scene], None], ...] = (
    paid_too_much,
    not_booked,
    lost_on_the_way,
    as_the_facts_are,
    found_by_itself,
    without_an_order,
)
