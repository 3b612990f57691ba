"""Which parcels are on their way, which are in trouble, and what is in them."""

from __future__ import annotations

from desk.domain.orders import Line, Order, OrderState, Parcel

TROUBLE = frozenset({"lost", "damaged"})  # codes of scans after which the goods do not arrive as they should
_GONE = frozenset({OrderState.SHIPPED, OrderState.SIGNED, OrderState.COMPLETED})


def in_parcel(order: Order, parcel: Parcel) -> tuple[Line, ...]:
    """The lines in a parcel; one that names none holds them all."""
    return tuple(line for line in order.lines if not parcel.line_ids or line.id in parcel.line_ids)


def in_trouble(order: Order) -> tuple[Parcel, ...]:
    """The parcels whose carrier says that they are lost or damaged."""
    return tuple(one for one in order.parcels if any(scan.code in TROUBLE for scan in one.trace))


def lines_in_trouble(order: Order) -> tuple[Line, ...]:
    """What is in the parcels in trouble; where the carrier says nothing of any and there is one at most, all lines.

    None where there are several parcels and nobody said which."""
    troubled = in_trouble(order)
    if not troubled and len(order.parcels) > 1:
        return ()
    if not troubled:
        return order.lines
    found = {line.id for parcel in troubled for line in in_parcel(order, parcel)}
    return tuple(line for line in order.lines if line.id in found)


def under_way(order: Order, line_ids: tuple[str, ...] = ()) -> tuple[Parcel, ...]:
    """The parcels that are with a carrier and not signed for; with `line_ids` those that hold one of these lines."""
    return tuple(
        parcel
        for parcel in order.parcels
        if parcel.signed_at is None
        and (parcel.shipped_at is not None or order.state in _GONE)
        and (not line_ids or any(line.id in line_ids for line in in_parcel(order, parcel)))
    )
