"""The mapping file: which column of the export is which field of an order, and how its words are read.

    [source]                                  # what the file is
    name = "mainshop"                         # same name + same order number = the same order, at every import
    shop = "旗舰店"
    currency = "CNY"
    timezone = "Asia/Shanghai"
    dates = ["%Y-%m-%d %H:%M:%S"]
    format = "csv"                            # or jsonl; by the file's ending where not said
    delimiter = ","
    each = "items"                            # jsonl: the list whose members are the order's lines

    [order]                                   # field = "column", or one of:
    number = "订单编号"
    freight = { column = "运费", unit = "minor" }       # money in the smallest unit
    store_id = { value = "S01" }                        # the same for all
    [contact]
    address = { columns = ["省", "市", "详细地址"], join = " " }
    [receipt]                                 # what the payment side received; several with | between
    amount = "支付平台实收"
    [system]                                  # what other systems call the order's state
    wms = "仓库状态"
    [states]
    "买家已付款" = "paid"
    [scans]                                   # how the latest scan of a parcel is written
    "疑似丢失" = "lost"

One row is one line of an order; rows of one order carry the same number and may lie apart. Columns of JSONL are paths
(`receiver.phone`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from desk.domain.orders import GoodsFlag, OrderState

ScanCode = Literal[
    "picked_up", "depot", "in_transit", "out_for_delivery", "signed", "refused", "lost", "damaged", "exception"
]
# Section -> the fields it may map. Those in REQUIRED must be there.
FIELDS: Mapping[str, frozenset[str]] = {
    "order": frozenset(
        {"number", "state", "created_at", "paid_at", "wave_at", "packed_at", "shipped_at", "signed_at", "cancelled_at"}
        | {"freight", "payable", "tier", "store_id", "pickup", "points_earned", "remark", "customer", "version"}
    ),
    "contact": frozenset({"name", "title", "phone", "city", "address"}),
    "line": frozenset(
        {"id", "sku", "title", "quantity", "unit_price", "paid", "flags", "reserved", "available", "counted"}
    ),
    "tender": frozenset({"method", "paid", "reference", "refunded"}),
    "receipt": frozenset({"id", "method", "amount", "at", "reference"}),
    "parcel": frozenset({"carrier", "tracking", "due_at", "scan_at", "scan_place", "scan_text", "scan_code"}),
    "system": frozenset({"shop", "erp", "wms", "crm", "tms", "at"}),
    "promotion": frozenset({"coupon", "coupon_discount", "points", "points_discount"}),
}
REQUIRED = (("order", "number"), ("order", "state"), ("order", "created_at"))
REQUIRED_OF_LINE = (("line", "sku"), ("line", "title"), ("line", "quantity"), ("line", "unit_price"))


class BadMapping(ValueError):
    """The mapping cannot be used with this file; the message says all that is wrong. Nothing was written."""


class Pick(BaseModel):
    """Where a field's text comes from, and how money in it is counted."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    column: str = ""
    columns: tuple[str, ...] = ()
    join: str = " "
    value: str | None = None
    unit: Literal["major", "minor"] = "major"

    def names(self) -> tuple[str, ...]:
        """The columns it reads."""
        return self.columns or ((self.column,) if self.column else ())

    def text(self, row: Mapping[str, str]) -> str:
        """The text in this row, cleaned of what spreadsheets add; empty where there is none."""
        if self.value is not None:
            return self.value
        return self.join.join(part for name in self.names() if (part := clean(row.get(name, ""))))


def clean(text: str) -> str:
    """A cell without the tricks by which exports keep spreadsheets from reading numbers: ="1", '1, tabs, BOMs."""
    text = text.replace("\ufeff", "").strip(" \t\r\n\u3000\u00a0")
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    return text.removeprefix("'").strip()


class Source(BaseModel):
    """The section [source]."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z0-9_-]{1,40}$")
    shop: str
    connector: str = "manual"
    currency: str = Field(default="CNY", pattern=r"^[A-Z]{3}$")
    timezone: str = "Asia/Shanghai"
    dates: tuple[str, ...] = ("%Y-%m-%d %H:%M:%S",)
    format: Literal["csv", "jsonl", ""] = ""
    delimiter: str = Field(default=",", min_length=1, max_length=1)
    each: str = ""

    @field_validator("timezone")
    @classmethod
    def _known(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (LookupError, ValueError, OSError):
            raise ValueError("no such time zone") from None
        return name


class _File(BaseModel):
    """The whole file, checked."""

    model_config = ConfigDict(extra="forbid")

    source: Source
    order: dict[str, str | Pick] = {}
    contact: dict[str, str | Pick] = {}
    line: dict[str, str | Pick] = {}
    tender: dict[str, str | Pick] = {}
    receipt: dict[str, str | Pick] = {}
    parcel: dict[str, str | Pick] = {}
    system: dict[str, str | Pick] = {}
    promotion: dict[str, str | Pick] = {}
    states: dict[str, OrderState]
    methods: dict[str, str] = {}
    flags: dict[str, GoodsFlag] = {}
    tiers: dict[str, str] = {}
    scans: dict[str, ScanCode] = {}


@dataclass(frozen=True)
class OrderMapping:
    """A mapping that was checked. `picks` is by (section, field); words are by how the export writes them."""

    source: Source
    picks: Mapping[tuple[str, str], Pick]
    states: Mapping[str, OrderState]
    methods: Mapping[str, str]
    flags: Mapping[str, GoodsFlag]
    tiers: Mapping[str, str]
    scans: Mapping[str, str] = field(default_factory=dict)
    text: str = field(repr=False, default="")

    def has(self, section: str, name: str) -> bool:
        """Whether the field is mapped."""
        return (section, name) in self.picks

    def columns(self) -> frozenset[str]:
        """Every column that the export must have."""
        return frozenset(name for pick in self.picks.values() for name in pick.names())

    def check_columns(self, there: frozenset[str]) -> None:
        """BadMapping naming every column that the file lacks."""
        missing = sorted(self.columns() - there)
        if missing:
            raise BadMapping(
                f"the file has no column {', '.join(missing)}; it has {', '.join(sorted(there)) or 'none'}"
            )


def read_mapping(path: Path) -> OrderMapping:
    """The mapping of a TOML file; BadMapping where it cannot be used."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        data = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadMapping(f"{path.name}: {error}") from error
    return mapping_from_data(data, text)


def mapping_from_data(data: Any, text: str = "") -> OrderMapping:
    """The mapping of plain data, checked."""
    try:
        file = _File.model_validate(data)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False)
        raise BadMapping("; ".join(f"{'.'.join(map(str, f['loc']))}: {f['msg']}" for f in faults)) from None
    picks: dict[tuple[str, str], Pick] = {}
    for section, fields in FIELDS.items():
        for name, pick in getattr(file, section).items():
            if name not in fields:
                raise BadMapping(f"{section}.{name}: not a field (there are {', '.join(sorted(fields))})")
            picks[section, name] = Pick(column=pick) if isinstance(pick, str) else pick
    _check_required(picks)
    return OrderMapping(file.source, picks, file.states, file.methods, file.flags, file.tiers, file.scans, text)


def _check_required(picks: Mapping[tuple[str, str], Pick]) -> None:
    missing = [f"{section}.{name}" for section, name in REQUIRED + REQUIRED_OF_LINE if (section, name) not in picks]
    empty = [f"{s}.{n}" for (s, n), pick in picks.items() if not pick.names() and pick.value is None]
    if missing or empty:
        raise BadMapping(f"not mapped: {', '.join(missing + empty)}")
