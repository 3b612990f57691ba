"""The tickets of the made-up world as one document each, about a kilobyte: what a peer without orders is given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.bench import data

_FILL = "客户要求取消订单，商品缺货无法按时发货，收货地址填写错误需要修改，物流长时间未更新客户催件。" * 5


def document(index: int) -> dict[str, Any]:
    """Ticket number `index` with its order's number and its customer."""
    order, contact = data.order(index), data.contact(data.customer_of(index))
    ticket = data.ticket(index, order)
    return {
        "tid": ticket.id,
        "number": ticket.number,
        "order_no": order.number,
        "name": contact["name"],
        "phone": contact["phone"],
        "queue": "hotline",
        "status": "new",
        "reason": ticket.reason,
        "due": int(ticket.due_at.timestamp()),
        "amount": ticket.amount,
        "body": _FILL,
    }


def documents(count: int) -> Iterator[dict[str, Any]]:
    """The first `count`."""
    return (document(index) for index in range(count))
