"""Writes a big export of a system that nobody here has seen: its own column names and words, trouble planted, and dirt.

    python -m tools.make_unknown_export unknown.csv [--orders 200000] [--seed 3] [--until 2026-11-20T18:00]

The mapping that reads it is docs/examples/unknown.toml. The same seed and time make the same file. What was planted is
known by rule, so that what detection finds can be compared with it.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tools.make_export import GIVEN, PLACES, SURNAMES, ZONE


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


COLUMNS = _words("""
    单据号 节点 建单时刻 收款时刻 打包时刻 出库时刻 妥投时刻 作废时刻 货款合计 快递费 收款渠道 收银流水
    对账金额 对账时刻 对账流水 客户码 客户档 收件人 联络号 收件全址 附言
    承运 运单 应达时刻 末次扫描 末次地点 末次动作
    品码 品名 件 单件价 行额 已锁 账面 实盘 仓储节点 财务节点
""")
STATES = ("待收", "已收", "在途", "妥投", "完结", "作废")
WEIGHTS = (6, 20, 22, 14, 33, 5)
GOODS = (
    ("Q-77/01", "女士羊毛衫", 32900),
    ("Q-77/02", "男款冲锋衣", 45900),
    ("Q-12/09", "电热水壶", 15900),
    ("Q-12/10", "空气炸锅", 39900),
    ("Q-30/44", "婴儿推车", 89900),
    ("Q-51/07", "无线耳机", 19900),
)
CARRIERS = ("顺通快运", "极链速递", "八达邮")
CHANNELS = ("支宝", "微付", "银卡")
TIERS = ("N", "P", "P", "P", "S", "G")
Row = dict[str, str]
_HOUR = timedelta(hours=1)


@dataclass
class Made:
    """What was written: rows, orders, and by rule of detection the orders in which its trouble was planted."""

    rows: int = 0
    orders: int = 0
    planted: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def write_unknown(path: Path, orders: int, seed: int, until: datetime, trouble: float = 1.0) -> Made:
    """Write the file (GB18030, semicolons). `trouble` scales how much is planted."""
    rng = random.Random(seed)  # noqa: S311 - seeded on purpose
    made = Made()
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, delimiter=";")
        writer.writeheader()
        for row in _rows(rng, orders, until, trouble, made):
            writer.writerow(row)
            made.rows += 1
            if made.rows % 50_000 == 0:
                writer.writeheader()  # exports of several months, glued together
    return made


def _rows(rng: random.Random, orders: int, until: datetime, trouble: float, made: Made) -> Iterator[Row]:
    for serial in range(orders):
        number = f"ZX{until.astimezone(ZONE):%y}-{serial * 7919 % 10**7:07d}"
        rows = _order(rng, number, serial, until)
        for rule, chance, plant in TROUBLE:
            if rng.random() < chance * trouble and plant(rng, rows, until):
                made.planted[rule].add(number)
                break
        made.orders += 1
        if rng.random() < 0.004:
            rows.append(dict(rng.choice(rows)))  # exported twice
        if rng.random() < 0.01:
            rows[0]["件"] = rows[0]["件"].translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"})
        yield from rows
    yield from _fakes(rng, until, made, groups=max(1, orders // 60_000))


def _order(rng: random.Random, number: str, serial: int, until: datetime) -> list[Row]:
    created = until - timedelta(minutes=rng.randrange(2 * 60, 30 * 24 * 60))
    state = rng.choices(STATES, WEIGHTS)[0]
    if state == "待收":
        created = until - timedelta(minutes=rng.randrange(30, 20 * 60))
    elif state == "已收":
        created = until - timedelta(minutes=rng.randrange(60, 40 * 60))
    elif state == "在途":
        created = until - timedelta(minutes=rng.randrange(24 * 60, 6 * 24 * 60))
    elif state in ("妥投", "完结"):
        created -= timedelta(days=5)
    return _told(rng, number, serial, created, until, state)


def _told(rng: random.Random, number: str, serial: int, created: datetime, until: datetime, state: str) -> list[Row]:
    goods = rng.sample(GOODS, rng.choices((1, 2), (4, 1))[0])
    counts = [rng.choice((1, 1, 1, 2)) for _ in goods]
    freight = rng.choice((0, 0, 900))
    total = sum(price * count for (_, _, price), count in zip(goods, counts, strict=True)) + freight
    paid_at = created + timedelta(minutes=2)
    was_paid = state in STATES[1:5]
    flow = f"F{rng.randrange(10**12):012d}"
    shipped_at = min(created + 20 * _HOUR, until - _HOUR)
    order = dict.fromkeys(COLUMNS, "") | {
        "单据号": number,
        "节点": state,
        "建单时刻": _time(created),
        "收款时刻": _time(paid_at) if was_paid else "",
        "作废时刻": _time(created + _HOUR) if state == "作废" else "",
        "货款合计": _yuan(total) if was_paid else "",
        "快递费": _yuan(freight),
        "收款渠道": rng.choice(CHANNELS) if was_paid else "",
        "收银流水": flow if was_paid else "",
        "对账金额": _yuan(total) if was_paid else "",
        "对账时刻": _time(paid_at) if was_paid else "",
        "对账流水": flow if was_paid else "",
        "附言": rng.choice(("", "", "", "放快递柜")),
        **_customer(rng, serial),
    }
    if state in ("在途", "妥投", "完结"):
        order |= _way(rng, shipped_at, until, state)
    lines = []
    for (sku, title, price), count in zip(goods, counts, strict=True):
        line = {"品码": sku, "品名": title, "件": str(count), "单件价": _yuan(price), "行额": _yuan(price * count)}
        line |= {"已锁": str(count) if state == "已收" else "0", "账面": str(rng.randrange(20, 400))}
        lines.append(order | line)
    return lines


def _customer(rng: random.Random, serial: int) -> Row:
    province, city, district, street = rng.choice(PLACES)
    return {
        "客户码": f"K{serial:07d}",
        "客户档": TIERS[serial % len(TIERS)],
        "收件人": SURNAMES[serial % len(SURNAMES)] + rng.choice(GIVEN),
        "联络号": f"1390{serial % 10**7:07d}",
        "收件全址": f"{province}{city}{district}{street}{serial % 8999 + 1}号{serial // 9000 + 1}幢{serial % 30 + 1}室",
    }


def _way(rng: random.Random, shipped_at: datetime, until: datetime, state: str) -> Row:
    scanned = until - timedelta(minutes=rng.randrange(30, 40 * 60))
    signed_at = shipped_at + timedelta(hours=rng.randrange(30, 60))
    there = state != "在途"
    return {
        "打包时刻": _time(shipped_at - _HOUR),
        "出库时刻": _time(shipped_at),
        "妥投时刻": _time(min(signed_at, until)) if there else "",
        "承运": rng.choice(CARRIERS),
        "运单": f"W{rng.randrange(10**13):013d}",
        "应达时刻": _time(max(shipped_at + timedelta(days=3), until + 10 * _HOUR) if not there else signed_at),
        "末次扫描": _time(max(scanned, shipped_at) if not there else min(signed_at, until)),
        "末次地点": rng.choice(("杭州中心", "上海中心", "武汉中心")),
        "末次动作": "客户签收" if there else rng.choice(("到达网点", "中转发出", "装车")),
        "仓储节点": state if there else "已出",
    }


def _time(moment: datetime) -> str:
    return f"{moment.astimezone(ZONE):%d.%m.%Y %H:%M}"


def _yuan(amount: int) -> str:
    return f"{amount // 100}.{amount % 100:02d}"


def _fen(text: str) -> int:
    return int(text.replace(".", ""))


# --- trouble: what a rule of detection has to find; each says whether this order fits ----------------------------


def _all(rows: list[Row], **cells: str) -> bool:
    for row in rows:
        row.update(cells)
    return True


def _paid_not_updated(rng: random.Random, rows: list[Row], until: datetime) -> bool:
    if rows[0]["节点"] != "待收":
        return False
    total = sum(_fen(row["行额"]) for row in rows) + _fen(rows[0]["快递费"])
    at = until - timedelta(minutes=rng.randrange(15, 29))
    return _all(rows, 对账金额=_yuan(total), 对账时刻=_time(at), 对账流水=f"F{rng.randrange(10**12):012d}")


def _paid_twice(rng: random.Random, rows: list[Row], until: datetime) -> bool:
    first = rows[0]
    if first["节点"] not in ("已收", "在途"):
        return False
    return _all(
        rows,
        对账金额=f"{first['对账金额']}|{first['对账金额']}",
        对账时刻=f"{first['对账时刻']}|{first['对账时刻']}",
        对账流水=f"{first['对账流水']}|{first['对账流水']}B",
    )


def _amount_mismatch(rng: random.Random, rows: list[Row], until: datetime) -> bool:
    first = rows[0]
    less = _yuan(_fen(first["对账金额"] or "0") - 500)
    return first["节点"] == "已收" and _all(rows, 对账金额=less)


def _oversold(rng: random.Random, rows: list[Row], until: datetime) -> bool:
    return rows[0]["节点"] == "已收" and _all(rows[:1], 已锁="0", 账面="0")


def _reservation_failed(rng: random.Random, rows: list[Row], until: datetime) -> bool:
    return rows[0]["节点"] == "已收" and _all(rows[:1], 已锁="0", 账面="50")


def _stock_differs(rng: random.Random, rows: list[Row], until: datetime) -> bool:
    return rows[0]["节点"] == "已收" and _all(rows[:1], 账面="60", 实盘="41")


def _stalled(rng: random.Random, rows: list[Row], until: datetime) -> bool:
    if rows[0]["节点"] != "在途":
        return False
    at = until - timedelta(hours=rng.randrange(73, 190))
    return _all(rows, 末次扫描=_time(at), 出库时刻=_time(at - _HOUR), 建单时刻=_time(at - 30 * _HOUR))


def _scanned(action: str) -> Callable[[random.Random, list[Row], datetime], bool]:
    def plant(rng: random.Random, rows: list[Row], until: datetime) -> bool:
        return rows[0]["节点"] == "在途" and _all(rows, 末次动作=action)

    return plant


def _delayed(rng: random.Random, rows: list[Row], until: datetime) -> bool:
    return rows[0]["节点"] == "在途" and _all(rows, 应达时刻=_time(until - 20 * _HOUR))


def _contact(column: str, *words: str) -> Callable[[random.Random, list[Row], datetime], bool]:
    def plant(rng: random.Random, rows: list[Row], until: datetime) -> bool:
        return rows[0]["节点"] in ("待收", "已收", "在途") and _all(rows, **{column: rng.choice(words)})

    return plant


def _systems(rng: random.Random, rows: list[Row], until: datetime) -> bool:
    return rows[0]["节点"] == "已收" and _all(rows, 仓储节点="已出", 财务节点="已结")


def _many(rng: random.Random, rows: list[Row], until: datetime) -> bool:
    first = rows[0]
    if first["节点"] != "待收" or len(rows) > 1:
        return False
    return _all(rows, 件="88", 行额=_yuan(_fen(first["单件价"]) * 88), 客户档="P")


TROUBLE: tuple[tuple[str, float, Callable[[random.Random, list[Row], datetime], bool]], ...] = (
    ("paid_not_updated", 0.01, _paid_not_updated),
    ("paid_twice", 0.001, _paid_twice),
    ("amount_mismatch", 0.001, _amount_mismatch),
    ("oversold", 0.003, _oversold),
    ("reservation_failed", 0.002, _reservation_failed),
    ("stock_differs", 0.002, _stock_differs),
    ("trace_stalled", 0.02, _stalled),
    ("parcel_lost", 0.002, _scanned("疑似遗失")),
    ("parcel_lost", 0.002, _scanned("外包破损登记")),
    ("refused", 0.003, _scanned("收方拒收")),
    ("delivery_delayed", 0.01, _delayed),
    ("address_wrong", 0.002, _contact("收件全址", "见备注", "浙江省", "")),
    ("phone_wrong", 0.002, _contact("联络号", "", "12345678901", "138000")),
    ("sync_failed", 0.002, _systems),
    ("odd_quantity", 0.003, _many),
)


def _fakes(rng: random.Random, until: datetime, made: Made, groups: int) -> Iterator[Row]:
    """Orders to one address, a few minutes apart, each by another account."""
    for group in range(groups):
        created = until - timedelta(hours=rng.randrange(5, 18))
        for place in range(8):
            number = f"ZXF-{group:03d}-{place}"
            at = created + timedelta(minutes=4 * place)
            rows = _told(rng, number, 9_000_000 + group * 10 + place, at, until, "待收")
            _all(rows, 收件全址=f"浙江省义乌市稠江街道新屋路{group + 1}号6幢501室", 客户档="P")
            made.orders += 1
            if place == 0:
                made.planted["same_address"].add(number)
            yield from rows


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--orders", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--until", type=datetime.fromisoformat, help="local time; now where not given")
    options = parser.parse_args()
    until = options.until.replace(tzinfo=ZONE) if options.until else datetime.now(UTC)
    made = write_unknown(options.file, options.orders, options.seed, until)
    print(f"{made.rows} rows, {made.orders} orders")
    print(", ".join(f"{rule} {len(numbers)}" for rule, numbers in sorted(made.planted.items())))


if __name__ == "__main__":
    main()
