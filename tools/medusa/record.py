"""Writes what a live Medusa shop answers as recordings for the tests: made-up customers, no keys, no tokens."""

from __future__ import annotations

import json
from pathlib import Path

from desk.connectors.medusa_orders import FIELDS
from tools.medusa.merchant import Merchant


def record(merchant: Merchant, ids: dict[str, str], folder: Path) -> None:
    """Record orders by state (`ids`), the fuzzy search and the refusals into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)

    def keep(name: str, method: str, path: str, params: dict[str, str], body: dict[str, object] | None = None) -> None:
        status, answer = merchant.raw(method, path, params, body)
        told = {"request": {"method": method, "path": path, "params": params, "json": body}, "status": status}
        text = json.dumps({**told, "body": answer}, ensure_ascii=False, indent=1)
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")
        print(f"   {name}: {status}", flush=True)

    for state, order_id in ids.items():
        keep(f"order_{state}", "GET", f"/admin/orders/{order_id}", {"fields": FIELDS})
    keep("find_q_1", "GET", "/admin/orders", {"q": "1", "fields": "id,display_id,custom_display_id"})
    payment = merchant.payment(ids["shipped"])["id"]
    fields = "id,payment_collection.id,payment_collection.order.id"
    keep("payment_order", "GET", f"/admin/payments/{payment}", {"fields": fields})
    keep("payment_refund_over_ERROR", "POST", f"/admin/payments/{payment}/refund", {}, {"amount": 9999})
    keep("order_cancel_shipped_ERROR", "POST", f"/admin/orders/{ids['shipped']}/cancel", {})
    keep("order_cancel_twice_ERROR", "POST", f"/admin/orders/{ids['cancelled_after_capture']}/cancel", {})
    keep("order_404_ERROR", "GET", "/admin/orders/order_nope", {})
