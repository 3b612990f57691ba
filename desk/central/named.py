"""Which entities the arguments of commands name, so that they can be loaded together instead of one by one.

Only a hint: what is not found here is loaded when a rule asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from desk.domain.case import Key

_NAMES = {
    "order_id": "order",
    "ticket_id": "ticket",
    "approval_id": "approval",
    "effect_id": "effect",
    "task_id": "task",
    "staff_id": "staff",
    "team": "team",
}


def named_in(arguments: Iterable[Mapping[str, Any]]) -> tuple[set[Key], set[str]]:
    """Keys of entities, and ids of personal values."""
    keys: set[Key] = set()
    values: set[str] = set()
    for args in arguments:
        keys |= {(kind, args[name]) for name, kind in _NAMES.items() if isinstance(args.get(name), str)}
        order = args.get("order")
        if isinstance(order, Mapping):
            if isinstance(order.get("id"), str):
                keys.add(("order", order["id"]))
            if isinstance(order.get("customer_id"), str):
                values.add(order["customer_id"])
    return keys, values
