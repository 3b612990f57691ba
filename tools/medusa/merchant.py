"""The merchant and the customers of a live Medusa shop: fill it, order, capture, pack, ship, over its own HTTP."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import requests

from desk.connectors.medusa_orders import FIELDS
from tools.medusa.shop import EMAIL, PASSWORD

Document = dict[str, Any]
# Orders of a new shop in their order of placing: state, customer, article, pieces.
ORDERS = (
    ("authorized_not_captured", "张伟", "EAR-BLK", 1),
    ("paid_unfulfilled", "王芳", "EAR-BLK", 1),
    ("partially_captured", "李娜", "EAR-BLK", 2),
    ("fulfilled_not_shipped", "刘洋", "EAR-BLK", 1),
    ("shipped", "陈静", "EAR-WHT", 1),
    ("delivered", "杨敏", "EAR-BLK", 1),
    ("cancelled_before_capture", "赵强", "EAR-BLK", 1),
    ("cancelled_after_capture", "黄磊", "EAR-BLK", 1),
    ("partially_refunded", "周杰", "EAR-WHT", 2),
    ("fully_refunded", "吴刚", "EAR-BLK", 1),
    ("unpaid", "孙小明", "EAR-BLK", 1),
)
# What then happens to them.
STEPS = {
    "paid_unfulfilled": ("capture",),
    "partially_captured": ("capture 100",),
    "fulfilled_not_shipped": ("capture", "pack"),
    "shipped": ("capture", "pack", "ship SF1000000000005"),
    "delivered": ("capture", "pack", "ship SF1000000000006", "deliver"),
    "cancelled_before_capture": ("cancel",),
    "cancelled_after_capture": ("capture", "cancel"),
    "partially_refunded": ("capture", "refund 50.5 包装破损补偿"),
    "fully_refunded": ("capture", "refund 311 缺货"),
}


class Merchant:
    """Signed in as the shop's administrator. Raises requests.HTTPError with the shop's words where a call fails."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._session = requests.Session()
        self._session.trust_env = False
        told = {"email": EMAIL, "password": PASSWORD}
        token = self.post("/auth/user/emailpass", told)["token"]
        self._session.headers["Authorization"] = f"Bearer {token}"
        self._placed = 0
        self._keys: dict[str, str] = {}
        self._things: dict[str, str] = {}

    # --- calls --------------------------------------------------------------------------------------------------

    def get(self, path: str, **params: str) -> Document:
        return self._call("GET", path, params=params)

    def post(self, path: str, body: Document | None = None, **params: str) -> Document:
        return self._call("POST", path, json=body or {}, params=params, headers=self._store(path))

    def raw(self, method: str, path: str, params: dict[str, str], body: Document | None = None) -> tuple[int, Document]:
        """Status and body of one call, whatever they are."""
        reply = self._session.request(method, f"{self._url}{path}", params=params, json=body, timeout=60)
        return reply.status_code, reply.json()

    def _store(self, path: str) -> dict[str, str]:
        return {"x-publishable-api-key": self._keys["publishable"]} if path.startswith("/store/") else {}

    def _call(self, method: str, path: str, **more: Any) -> Document:
        reply = self._session.request(method, f"{self._url}{path}", timeout=60, **more)
        if not reply.ok:
            raise requests.HTTPError(f"{method} {path}: {reply.status_code} {reply.text[:400]}")
        body: Document = reply.json()
        return body

    # --- a shop -------------------------------------------------------------------------------------------------

    def open_shop(self) -> str:
        """Region, warehouse, shipping and two articles in yuan; the secret API key for the desk."""
        channel = (self.get("/admin/sales-channels")["sales_channels"] or [{}])[0].get("id") or self.post(
            "/admin/sales-channels", {"name": "旗舰店"}
        )["sales_channel"]["id"]
        store = self.get("/admin/stores")["stores"][0]["id"]
        currencies = [{"currency_code": "cny", "is_default": True}]
        self.post(f"/admin/stores/{store}", {"supported_currencies": currencies, "default_sales_channel_id": channel})
        region = {
            "name": "中国",
            "currency_code": "cny",
            "countries": ["cn"],
            "payment_providers": ["pp_system_default"],
        }
        self._things |= {"channel": channel, "region": self.post("/admin/regions", region)["region"]["id"]}
        self.post("/admin/tax-regions", {"country_code": "cn", "provider_id": "tp_system"})
        self._warehouse(channel)
        self._articles(channel)
        for name in ("publishable", "secret"):
            key = self.post("/admin/api-keys", {"title": name, "type": name})["api_key"]
            self._keys[name] = key["token"]
            if name == "publishable":
                self.post(f"/admin/api-keys/{key['id']}/sales-channels", {"add": [channel]})
        return self._keys["secret"]

    def _warehouse(self, channel: str) -> None:
        address = {"city": "杭州", "country_code": "cn", "address_1": "余杭区文一西路969号"}
        place = self.post("/admin/stock-locations", {"name": "杭州仓", "address": address})["stock_location"]["id"]
        self.post(f"/admin/stock-locations/{place}/sales-channels", {"add": [channel]})
        self.post(f"/admin/stock-locations/{place}/fulfillment-providers", {"add": ["manual_manual"]})
        path = f"/admin/stock-locations/{place}/fulfillment-sets"
        made = self.post(path, {"name": "快递", "type": "shipping"}, fields="*fulfillment_sets")["stock_location"]
        zone = {"name": "全国", "geo_zones": [{"type": "country", "country_code": "cn"}]}
        path = f"/admin/fulfillment-sets/{made['fulfillment_sets'][0]['id']}/service-zones"
        zone_id = self.post(path, zone)["fulfillment_set"]["service_zones"][0]["id"]
        profiles = self.get("/admin/shipping-profiles")["shipping_profiles"]
        profile = {"name": "default", "type": "default"}
        profile_id = (profiles or [self.post("/admin/shipping-profiles", profile)["shipping_profile"]])[0]["id"]
        option = {
            "name": "顺丰标快",
            "service_zone_id": zone_id,
            "shipping_profile_id": profile_id,
            "provider_id": "manual_manual",
            "price_type": "flat",
            "type": {"label": "标准", "description": "2-3日", "code": "sf"},
            "prices": [{"currency_code": "cny", "amount": 12}],
            "rules": [
                {"attribute": "enabled_in_store", "value": "true", "operator": "eq"},
                {"attribute": "is_return", "value": "false", "operator": "eq"},
            ],
        }
        shipping = self.post("/admin/shipping-options", option)["shipping_option"]["id"]
        self._things |= {"place": place, "profile": profile_id, "shipping": shipping}

    def _articles(self, channel: str) -> None:
        variants = [
            {
                "title": colour,
                "sku": sku,
                "options": {"颜色": colour},
                "manage_inventory": True,
                "prices": [{"currency_code": "cny", "amount": price}],
            }
            for colour, sku, price in (("黑色", "EAR-BLK", 299), ("白色", "EAR-WHT", 319.5))
        ]
        article = {
            "title": "无线蓝牙耳机 降噪版",
            "status": "published",
            "shipping_profile_id": self._things["profile"],
            "sales_channels": [{"id": channel}],
            "options": [{"title": "颜色", "values": ["黑色", "白色"]}],
            "variants": variants,
        }
        made = self.post("/admin/products", article)["product"]
        self._things |= {one["sku"]: one["id"] for one in made["variants"]}
        level = {"location_id": self._things["place"], "stocked_quantity": 100000}
        for item in self.get("/admin/inventory-items")["inventory_items"]:
            self.post(f"/admin/inventory-items/{item['id']}/location-levels", level)

    # --- orders -------------------------------------------------------------------------------------------------

    def place(self, name: str = "陈静", sku: str = "EAR-BLK", pieces: int = 1) -> str:
        """A customer orders and the payment is authorised; Medusa's id of the order."""
        self._placed += 1
        cart = {
            "region_id": self._things["region"],
            "sales_channel_id": self._things["channel"],
            "email": f"buyer{self._placed}@example.com",
            "items": [{"variant_id": self._things[sku], "quantity": pieces}],
            "shipping_address": self._address(name),
        }
        cart_id = self.post("/store/carts", cart)["cart"]["id"]
        self.post(f"/store/carts/{cart_id}/shipping-methods", {"option_id": self._things["shipping"]})
        collection = self.post("/store/payment-collections", {"cart_id": cart_id})["payment_collection"]["id"]
        path = f"/store/payment-collections/{collection}/payment-sessions"
        self.post(path, {"provider_id": "pp_system_default"})
        return str(self.post(f"/store/carts/{cart_id}/complete")["order"]["id"])

    def draft(self, name: str, sku: str) -> str:
        """An order without any payment."""
        self._placed += 1
        draft = {
            "region_id": self._things["region"],
            "sales_channel_id": self._things["channel"],
            "email": f"buyer{self._placed}@example.com",
            "items": [{"variant_id": self._things[sku], "quantity": 1}],
            "shipping_address": self._address(name),
        }
        made = self.post("/admin/draft-orders", draft)["draft_order"]["id"]
        self.post(f"/admin/draft-orders/{made}/convert-to-order")
        return str(made)

    def _address(self, name: str) -> Document:
        return {
            "first_name": name[1:],
            "last_name": name[0],
            "phone": f"138000000{self._placed:02}",
            "province": "浙江省",
            "city": "杭州市",
            "address_1": f"西湖区文三路{self._placed}号",
            "country_code": "cn",
            "postal_code": "310012",
        }

    def order(self, order_id: str) -> Document:
        """The order with all that the connector asks for."""
        found: Document = self.get(f"/admin/orders/{order_id}", fields=FIELDS)["order"]
        return found

    def payment(self, order_id: str) -> Document:
        found: Document = self.order(order_id)["payment_collections"][0]["payments"][0]
        return found

    def refunds(self, order_id: str) -> list[tuple[Decimal, str]]:
        """Amount and note of every refund there was upstream."""
        return [(Decimal(str(one["amount"])), str(one["note"] or "")) for one in self.payment(order_id)["refunds"]]

    def capture(self, order_id: str, amount: int | None = None) -> None:
        self.post(f"/admin/payments/{self.payment(order_id)['id']}/capture", {"amount": amount} if amount else {})

    def refund(self, order_id: str, amount: Decimal, note: str) -> None:
        body = {"amount": float(amount), "note": note}
        self.post(f"/admin/payments/{self.payment(order_id)['id']}/refund", body)

    def pack(self, order_id: str) -> None:
        items = [{"id": one["id"], "quantity": one["quantity"]} for one in self.order(order_id)["items"]]
        body = {"location_id": self._things["place"], "items": items}
        self.post(f"/admin/orders/{order_id}/fulfillments", body)

    def ship(self, order_id: str, tracking: str) -> None:
        order = self.order(order_id)
        label = {"tracking_number": tracking, "tracking_url": "https://example.invalid/t", "label_url": "#"}
        items = [{"id": one["id"], "quantity": one["quantity"]} for one in order["items"]]
        path = f"/admin/orders/{order_id}/fulfillments/{order['fulfillments'][-1]['id']}/shipments"
        self.post(path, {"items": items, "labels": [label]})

    def deliver(self, order_id: str) -> None:
        parcel = self.order(order_id)["fulfillments"][-1]["id"]
        self.post(f"/admin/orders/{order_id}/fulfillments/{parcel}/mark-as-delivered")

    def fill(self) -> dict[str, str]:
        """One order in each state, numbered from 1; ids by state."""
        made: dict[str, str] = {}
        for state, name, sku, pieces in ORDERS:
            order_id = self.draft(name, sku) if state == "unpaid" else self.place(name, sku, pieces)
            for step in STEPS.get(state, ()):
                self._step(order_id, step)
            made[state] = order_id
        return made

    def _step(self, order_id: str, step: str) -> None:
        match step.split():
            case ["capture", *amount]:
                self.capture(order_id, int(amount[0]) if amount else None)
            case ["refund", amount, note]:
                self.refund(order_id, Decimal(amount), note)
            case ["pack"]:
                self.pack(order_id)
            case ["ship", tracking]:
                self.ship(order_id, tracking)
            case ["deliver"]:
                self.deliver(order_id)
            case ["cancel"]:
                self.post(f"/admin/orders/{order_id}/cancel")
