"""What an export may tell beside the order itself: payments received, the latest scan, what other systems say.

A fault in these is reported and the order is taken without them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from desk.central.importing.cells import Cells
from desk.central.importing.source import Numbered
from desk.domain.orders import Receipt, Scan, SystemState

_SYSTEMS = ("shop", "erp", "wms", "crm", "tms")


def trace(cells: Cells, row: Numbered) -> tuple[Scan, ...]:
    """The latest scan, which is all that an export has of a parcel's way."""
    at = cells.moment_of("parcel", "scan_at", row, fatal=False)
    if at is None:
        return ()
    said = cells.text("parcel", "scan_text", row)
    words = f"{cells.text('parcel', 'scan_code', row)} {said}"
    code = next((code for word, code in cells.mapping.scans.items() if word in words), "in_transit")
    return (Scan(at=at, place=cells.text("parcel", "scan_place", row), text=said, code=code),)


def receipts(cells: Cells, number: str, row: Numbered) -> tuple[Receipt, ...]:
    """What the payment side received, several with a stroke between."""
    amounts, times, ids, references = (
        [part.strip() for part in cells.text("receipt", name, row).split("|")]
        for name in ("amount", "at", "id", "reference")
    )
    method = cells.text("receipt", "method", row) or cells.text("tender", "method", row)
    made: dict[str, Receipt] = {}
    for place, text in enumerate(amounts):
        amount = cells.part("receipt", "amount", row, text, cells.as_money("receipt", "amount"), fatal=False)
        at = cells.part("receipt", "at", row, _nth(times, place), cells.as_moment, fatal=False)
        if amount is None or at is None:
            continue
        reference = _nth(references, place)
        key = _nth(ids, place) or reference or f"{number}-r{place + 1}"
        known = cells.mapping.methods.get(method, method or "other")
        made[key] = Receipt(id=key, method=known, amount=amount, at=at, reference=reference)
    return tuple(made.values())


def systems(
    cells: Cells, row: Numbered, created: datetime, moments: Mapping[str, datetime | None]
) -> tuple[SystemState, ...]:
    """What other systems say, in the mapping's words where it has them; since the latest thing that the order knows,
    where the file does not say since when."""
    latest = max([created, *(moment for moment in moments.values() if moment)])
    at = cells.moment_of("system", "at", row, fatal=False) or latest
    said = ((name, cells.text("system", name, row)) for name in _SYSTEMS)
    return tuple(
        SystemState(system=name, state=str(cells.mapping.states.get(word, word)), at=at) for name, word in said if word
    )


def _nth(parts: Sequence[str], place: int) -> str:
    """The part at that place; the only one there is stands for all."""
    if len(parts) == 1:
        return parts[0] if place == 0 else ""
    return parts[place] if place < len(parts) else ""
