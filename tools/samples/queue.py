"""A queue of nine tickets."""

from __future__ import annotations

from dataclasses import replace

from desk.domain.orders import GoodsFlag
from desk.domain.tickets import Channel, Kind, Stage
from desk.services import rows
from tools.samples.base import NOT_WANTED, WRONG_ADDRESS, ahead, cny, names


def queue_row(number: int, **changes: object) -> rows.QueueRow:
    """A ticket in the queue."""
    row = rows.QueueRow(
        id=f"t{number}",
        number=f"T1121-{number:04}",
        kind=Kind.CANCEL,
        channel=Channel.HOTLINE,
        stage=Stage.IDENTIFY,
        label=NOT_WANTED,
        order_tail=f"{1000 + number * 37 % 9000:04}",
        customer="陈*",
        amount=cny(29900),
        due_at=ahead(72),
        due_kind="no_return",
    )
    return replace(row, **changes)  # type: ignore[arg-type]


QUEUE = (
    queue_row(
        1,
        label=WRONG_ADDRESS,
        order_tail="4471",
        customer="李*",
        amount=cny(26800),
        due_at=ahead(0.7),
        due_kind="first_response",
        channel=Channel.APP,
        flags=frozenset({GoodsFlag.FRESH}),
        chased=1,
    ),
    queue_row(2, order_tail="0917", due_at=ahead(12.4), mine=True, holder_id="u1", holder="王芳"),
    queue_row(
        3,
        kind=Kind.EXCEPTION,
        channel=Channel.SYSTEM,
        label=names("物流 · 轨迹停滞", "Logistics · Trace stalled"),
        order_tail="5512",
        customer="赵*",
        amount=cny(8990),
        due_at=ahead(33),
        chased=1,
    ),
    queue_row(4, label=names("商品不符", "Not as described"), order_tail="2208", customer="孙*", amount=cny(15900),
              due_at=ahead(52), channel=Channel.APP, needs_review=True),
    queue_row(
        5,
        kind=Kind.EXCEPTION,
        channel=Channel.CHAT,
        label=names("支付 · 重复支付", "Payment · Paid twice"),
        order_tail="7730",
        customer="Sun*",
        amount=cny(129900),
        due_at=ahead(128),
    ),
    queue_row(
        6,
        kind=Kind.EXCEPTION,
        label=names("库存 · 超卖", "Stock · Oversold"),
        order_tail="1208",
        customer="周*",
        amount=cny(45900),
        due_at=ahead(158),
        holder_id="u2",
        holder="李强",
    ),
    queue_row(7, label=names("商品不符", "Not as described"), order_tail="6619", customer="吴*", amount=cny(7650),
              due_at=ahead(200), channel=Channel.STORE, provisional=True),
    queue_row(8, label=names("物流太慢", "Logistics too slow"), order_tail="3304", customer="郑*", amount=cny(6800),
              due_at=ahead(270), channel=Channel.APP),
    queue_row(9, label=NOT_WANTED, order_tail="9021", customer="冯*", amount=cny(21900), due_at=ahead(420),
              channel=Channel.CHAT),
)  # fmt: skip
