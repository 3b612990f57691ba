"""The rows of one order to the command that tells it, or to what is wrong with them, cell by cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from desk.central.importing import facts, fields
from desk.central.importing.cells import Cells, Fault
from desk.central.importing.mapping import OrderMapping
from desk.central.importing.source import Numbered
from desk.domain.ids import derived_id
from desk.domain.money import allocate
from desk.domain.orders import GoodsFlag, Line, Order, OrderState, Parcel, Promotion, PromotionKind, Tender
from desk.wire.tokens import phone_digits

_PAID_STATES = frozenset({OrderState.PAID, OrderState.SHIPPED, OrderState.SIGNED, OrderState.COMPLETED})
_MOMENTS = ("paid_at", "wave_at", "packed_at", "shipped_at", "signed_at", "cancelled_at")
_JUDGED = ("phone", "address")  # told also where the cell is empty: then it is missing, and not just not told
MAX_LINES = 200


@dataclass(frozen=True)
class Told:
    """An order read from its rows. `customer` is who the shop says it is, to be made into our id; `version` is None
    where the file has none."""

    order: Order
    contact: Mapping[str, str]
    remark: str
    customer: str
    version: int | None


@dataclass
class Reading:
    """What came of the rows of one order: the order unless a fault was fatal."""

    number: str
    told: Told | None = None
    faults: list[Fault] = field(default_factory=list)


def read_order(rows: Sequence[Numbered], mapping: OrderMapping) -> Reading:
    """Read one order from its rows. Never raises for what is in them."""
    reader = _Reader(mapping)
    whole = [row for row in rows if not row.broken]
    reader.faults += [Fault(row.number, "", row.broken) for row in rows if row.broken]
    number = mapping.picks["order", "number"].text(whole[0].cells) if whole else ""
    if whole and not number:
        reader.fault("order", "number", "missing", whole[0])
    if number:
        reader.told = reader.read(number, reader.without_repeats(whole))
    fatal = any(fault.fatal for fault in reader.faults)
    return Reading(number, None if fatal else reader.told, reader.faults)


class _Reader(Cells):
    """Reads one order; gathers faults instead of stopping at the first."""

    def __init__(self, mapping: OrderMapping) -> None:
        super().__init__(mapping)
        self.told: Told | None = None

    def without_repeats(self, rows: Sequence[Numbered]) -> list[Numbered]:
        """A row that is the same in every cell was exported twice."""
        kept: dict[tuple[str, ...], Numbered] = {}
        for row in rows:
            same = kept.setdefault(tuple(row.cells.values()), row)
            if same is not row:
                self.faults.append(Fault(row.number, "", "duplicate_row", fatal=False))
        return list(kept.values())

    # --- the whole ----------------------------------------------------------------------------------------------

    def read(self, number: str, rows: list[Numbered]) -> Told | None:
        first = rows[0]
        state = self.word("order", "state", first, self.mapping.states)
        created = self._created(first)
        moments = {name: self.moment_of("order", name, first) for name in _MOMENTS}
        lines = self._lines(rows)
        freight = self.money("order", "freight", first) or 0
        tenders = self._tenders(number, first, moments["paid_at"])
        total = sum(tender.paid for tender in tenders) if tenders else self.money("order", "payable", first)
        points = self.number("order", "points_earned", first) or 0
        version = self.number("order", "version", first)
        promotions = self._promotions(first)
        contact = self._contact(first)
        if len(rows) > MAX_LINES:
            self.fault("order", "number", "too_many_rows", rows[MAX_LINES])
        if state in _PAID_STATES and not tenders:
            self.fault("tender", "paid", "paid_without_payment", first)
        if state is None or created is None or any(fault.fatal for fault in self.faults):
            return None
        shared = self._shared(lines, total, freight, first)
        if shared is None:
            return None
        order_id = derived_id("order", self.source.name, number)
        remark = self.text("order", "remark", first)
        order = Order(
            id=order_id,
            number=number,
            connector=self.source.connector,
            shop=self.source.shop,
            currency=self.source.currency,
            customer_id="",  # made of `customer` by whoever has the centre's secret
            state=state,
            created_at=created,
            lines=shared,
            tenders=tenders,
            parcels=self._parcels(first, moments),
            promotions=promotions,
            receipts=facts.receipts(self, number, first),
            systems=facts.systems(self, first, created, moments),
            tier=self.mapping.tiers.get(self.text("order", "tier", first), "regular"),
            store_id=self.text("order", "store_id", first) or None,
            pickup=fields.yes(self.text("order", "pickup", first)),
            freight=freight,
            points_earned=points,
            remark_id=f"{order_id}.remark" if remark else None,
        )
        customer = self.text("order", "customer", first) or "".join(phone_digits(contact.get("phone", ""))) or number
        return Told(_with_moments(order, moments), contact, remark, customer, version)

    def _created(self, row: Numbered) -> datetime | None:
        found = self.moment_of("order", "created_at", row)
        if found is None and not self.text("order", "created_at", row):
            self.fault("order", "created_at", "missing", row)
        return found

    # --- parts --------------------------------------------------------------------------------------------------

    def _lines(self, rows: Sequence[Numbered]) -> list[tuple[Line, int | None, Numbered]]:
        """Lines with the `paid` the file states (None where it does not), and their rows."""
        made: list[tuple[Line, int | None, Numbered]] = []
        for position, row in enumerate(rows, 1):
            sku = self.text("line", "sku", row)
            if not sku:
                self.fault("line", "sku", "missing", row)
            quantity = self.number("line", "quantity", row, least=1)
            price = self.money("line", "unit_price", row)
            paid = self.money("line", "paid", row)
            if quantity is None or price is None:
                for name, value in (("quantity", quantity), ("unit_price", price)):
                    if value is None and not self.text("line", name, row):
                        self.fault("line", name, "missing", row)
                continue
            line = Line(
                id=self.text("line", "id", row) or str(position),
                sku=sku,
                title=self.text("line", "title", row),
                quantity=quantity,
                unit_price=price,
                paid=0,
                flags=self._flags(row),
                stock_reserved=self.number("line", "reserved", row) or 0,
                stock_available=self.number("line", "available", row),
                stock_counted=self.number("line", "counted", row),
            )
            made.append((line, paid, row))
        return made

    def _shared(
        self, lines: list[tuple[Line, int | None, Numbered]], total: int | None, freight: int, first: Numbered
    ) -> tuple[Line, ...] | None:
        """The lines with what each was paid: as the file says, or the total's share by price (sums to it exactly)."""
        stated = [paid for _, paid, _ in lines]
        prices = [line.unit_price * line.quantity for line, _, _ in lines]
        if all(paid is not None for paid in stated):
            parts = tuple(paid for paid in stated if paid is not None)
            if total is not None and sum(parts) + freight != total:
                self.fault("tender", "paid", "amounts_do_not_add_up", first)
                return None
        elif total is None:
            parts = tuple(prices)
        elif total < freight or (total > freight and not any(prices)):
            self.fault("tender", "paid", "amounts_do_not_add_up", first)
            return None
        else:
            parts = allocate(total - freight, prices)
        return tuple(replace(line, paid=part) for (line, _, _), part in zip(lines, parts, strict=True))

    def _tenders(self, number: str, row: Numbered, paid_at: datetime | None) -> tuple[Tender, ...]:
        """The one payment of the row; none where the cell is empty (a stated 0 is a payment of nothing)."""
        paid = self.money("tender", "paid", row)
        if paid is None:
            return ()
        method = self.text("tender", "method", row)
        known = self.mapping.methods.get(method)
        if known is None and method and self.mapping.methods:
            self.fault("tender", "method", "unknown_word", row)
        return (
            Tender(
                id=f"{number}-1",
                method=known or method or "other",
                paid=paid,
                paid_at=paid_at,
                reference=self.text("tender", "reference", row),
                refunded=self.money("tender", "refunded", row) or 0,
            ),
        )

    def _parcels(self, row: Numbered, moments: Mapping[str, datetime | None]) -> tuple[Parcel, ...]:
        carrier = self.text("parcel", "carrier", row)
        due_at = self.moment_of("parcel", "due_at", row, fatal=False)
        trace = facts.trace(self, row)
        return tuple(
            Parcel(
                id=f"p{position}",
                carrier=carrier,
                tracking=tracking,
                shipped_at=moments["shipped_at"],
                signed_at=moments["signed_at"],
                due_at=due_at,
                trace=trace,
            )
            for position, tracking in enumerate(fields.words(self.text("parcel", "tracking", row)), 1)
        )

    def _promotions(self, row: Numbered) -> tuple[Promotion, ...]:
        made = []
        coupon = self.money("promotion", "coupon_discount", row)
        if coupon:
            label = self.text("promotion", "coupon", row)
            made.append(Promotion(id=label or "coupon", kind=PromotionKind.COUPON, label=label, discount=coupon))
        points = self.number("promotion", "points", row)
        if points:
            discount = self.money("promotion", "points_discount", row) or 0
            made.append(Promotion(id="points", kind=PromotionKind.POINTS, label="", discount=discount, points=points))
        return tuple(made)

    def _contact(self, row: Numbered) -> dict[str, str]:
        told = {name: self.text("contact", name, row) for name in ("name", "title", "phone", "city", "address")}
        told["phone"] = fields.plain(told["phone"])
        if self.mapping.has("contact", "phone") and not phone_digits(told["phone"]):
            self.fault("contact", "phone", "no_phone", row, fatal=False)
        needed = {name for name in _JUDGED if self.mapping.has("contact", name)}
        return {name: value for name, value in told.items() if value or name in needed}

    def _flags(self, row: Numbered) -> frozenset[GoodsFlag]:
        known = self.mapping.flags
        return frozenset(known[word] for word in fields.words(self.text("line", "flags", row)) if word in known)


def _with_moments(order: Order, moments: Mapping[str, datetime | None]) -> Order:
    return replace(
        order,
        paid_at=moments["paid_at"],
        wave_at=moments["wave_at"],
        packed_at=moments["packed_at"],
        shipped_at=moments["shipped_at"],
        signed_at=moments["signed_at"],
        cancelled_at=moments["cancelled_at"],
    )
