"""Writes an order export of a made-up shop as such files really are: other column names, several formats, and dirt.

    python -m tools.make_export mainshop.csv [--rows 20000] [--seed 7] [--until 2026-11-20T18:00] [--encoding gb18030]

The mapping that reads it is docs/examples/mainshop.toml. The same seed and time make the same file.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


COLUMNS = _words("""
    订单编号 订单状态 下单时间 付款时间 发货时间 签收时间 应付金额 实付金额 运费 优惠券 优惠券抵扣 支付方式 支付流水号
    买家账号 会员等级 收货人 手机号码 省 市 区县 详细地址 买家留言 物流公司 物流单号
    商家编码 宝贝标题 规格 商品标签 数量 单价 商品实付 占用库存
""")
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗单仇查区解曾翟"
GIVEN = _words("伟 芳 娜 秀英 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 秀兰 霞 平 刚 桂英 子涵 雨桐 欣怡 浩然 晓东")
PLACES = (
    ("浙江省", "杭州市", "西湖区", "文三路"),
    ("上海市", "上海市", "浦东新区", "张杨路"),
    ("广东省", "深圳市", "南山区", "科苑路"),
    ("四川省", "成都市", "武侯区", "人民南路"),
    ("江苏省", "苏州市", "姑苏区", "干将东路"),
)
GOODS = (
    ("YS-1001", "羊绒围巾", "驼色", "", 25900),
    ("YS-1002", "陶瓷马克杯", "白 350ml", "", 4900),
    ("YS-2001", "阳山水蜜桃礼盒", "12 只", "生鲜", 16800),
    ("YS-2002", "生日蛋糕 8 寸", "芒果", "生鲜;时效", 23900),
    ("YS-3001", "刻字钢笔", "黑", "定制", 32900),
    ("YS-3002", "限量联名背包", "墨绿", "限量", 128000),
    ("YS-4001", "全棉四件套", "1.8m 床", "", 45900),
    ("YS-4002", "护眼台灯", "", "", 19900),
)
METHODS = ("支付宝", "微信支付", "银行卡")
TIERS = ("普通会员", "普通会员", "普通会员", "银卡会员", "金卡会员")
STATES = ("等待买家付款", "买家已付款,等待发货", "卖家已发货", "买家已签收", "交易成功", "交易关闭")
WEIGHTS = (8, 22, 18, 12, 35, 5)
REMARKS = ("", "", "", "", "请放门卫", "周末送货", "电话打不通请发短信")

Row = dict[str, str]


@dataclass
class Export:
    """The file's rows, and what was done to them: orders that cannot be taken, and how often each dirt was thrown."""

    rows: list[Row] = field(default_factory=list)
    orders: set[str] = field(default_factory=set)
    spoiled: set[str] = field(default_factory=set)
    dirt: Counter[str] = field(default_factory=Counter)


def make_export(rows: int, seed: int, until: datetime) -> Export:
    """About `rows` rows (each a line of an order) of orders made in the 30 days before `until` (aware)."""
    rng = random.Random(seed)  # noqa: S311 - seeded on purpose
    export = Export()
    serial = 0
    while len(export.rows) < rows:
        serial += 1
        number = f"{until.astimezone(ZONE):%y%m}{rng.randrange(10**6):06d}{serial:08d}"
        made = _order(rng, number, until)
        export.orders.add(number)
        for kind, chance, dirty in DIRT:
            if rng.random() < chance:
                dirty(rng, made)
                export.dirt[kind] += 1
                if kind in FATAL:
                    export.spoiled.add(number)
                    break
        export.rows += made
    _scatter(rng, export)
    return export


def write_csv(export: Export, path: Path, encoding: str = "utf-8-sig") -> None:
    """The rows as a spreadsheet would save them, glued together once from two exports."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        for position, row in enumerate(export.rows):
            if position == len(export.rows) * 2 // 3:
                writer.writeheader()
            writer.writerow(row)


def _order(rng: random.Random, number: str, until: datetime) -> list[Row]:
    created = until - timedelta(minutes=rng.randrange(30 * 24 * 60))
    state = rng.choices(STATES, WEIGHTS)[0]
    if state in STATES[2:5]:
        created -= timedelta(days=2)
    reached = STATES.index(state)
    goods = rng.sample(GOODS, rng.choices((1, 2, 3), (6, 3, 1))[0])
    counts = [rng.choice((1, 1, 1, 2, 3)) for _ in goods]
    off = rng.choice((0, 0, 1000, 2500)) if sum(g[4] for g in goods) > 10000 else 0
    paid = [g[4] * count for g, count in zip(goods, counts, strict=True)]
    paid[0] -= off
    freight = rng.choice((0, 0, 0, 800, 1200))
    total = sum(paid) + freight
    was_paid = reached in range(1, 5)
    order = {column: "" for column in COLUMNS} | {
        "订单编号": number,
        "订单状态": state,
        "下单时间": _time(created),
        "付款时间": _time(created + timedelta(minutes=3)) if was_paid else "",
        "发货时间": _time(created + timedelta(hours=20)) if reached in (2, 3, 4) else "",
        "签收时间": _time(created + timedelta(hours=46)) if reached in (3, 4) else "",
        "应付金额": _money(total),
        "实付金额": _money(total) if was_paid else "",
        "运费": _money(freight),
        "优惠券": f"满减券{off // 100}元" if off else "",
        "优惠券抵扣": _money(off) if off else "",
        "支付方式": rng.choice(METHODS) if was_paid else "",
        "支付流水号": f"PAY{rng.randrange(10**14):014d}" if was_paid else "",
        "物流公司": "顺丰速运" if reached in (2, 3, 4) else "",
        "物流单号": f"SF{rng.randrange(10**13):013d}" if reached in (2, 3, 4) else "",
        "买家留言": rng.choice(REMARKS),
    }
    order |= _buyer(rng)
    return [
        order | _line(good, count, part, reserved=was_paid and reached == 1)
        for good, count, part in zip(goods, counts, paid, strict=True)
    ]


def _buyer(rng: random.Random) -> Row:
    province, city, district, street = rng.choice(PLACES)
    serial = rng.randrange(8000)
    return {
        "买家账号": f"m{serial:05d}",
        "会员等级": TIERS[serial % len(TIERS)],
        "收货人": SURNAMES[serial % len(SURNAMES)] + GIVEN[serial // len(SURNAMES) % len(GIVEN)],
        # Numbers that were never given out: 1380000xxxx.
        "手机号码": f"1380000{serial:04d}",
        "省": province,
        "市": city,
        "区县": district,
        "详细地址": f"{street}{serial % 300 + 1}号",
    }


def _line(good: tuple[str, str, str, str, int], count: int, paid: int, *, reserved: bool) -> Row:
    sku, title, variant, flags, price = good
    facts = {"商家编码": sku, "宝贝标题": title, "规格": variant, "商品标签": flags, "数量": str(count)}
    return facts | {"单价": _money(price), "商品实付": _money(paid), "占用库存": str(count) if reserved else "0"}


def _time(moment: datetime) -> str:
    return f"{moment.astimezone(ZONE):%Y-%m-%d %H:%M:%S}"


def _money(amount: int) -> str:
    return f"{amount // 100}.{amount % 100:02d}"


# --- dirt --------------------------------------------------------------------------------------------------------


def _all(column: str, change: Callable[[str], str]) -> Callable[[random.Random, list[Row]], None]:
    """Dirt in a column that repeats on every row of the order."""

    def dirty(rng: random.Random, rows: list[Row]) -> None:
        for row in rows:
            row[column] = change(row[column])

    return dirty


def _one(column: str, change: Callable[[str], str]) -> Callable[[random.Random, list[Row]], None]:
    """Dirt in one line of the order."""

    def dirty(rng: random.Random, rows: list[Row]) -> None:
        row = rng.choice(rows)
        row[column] = change(row[column])

    return dirty


def _wide(text: str) -> str:
    return text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789.-"})


def _twice(rng: random.Random, rows: list[Row]) -> None:
    rows.append(dict(rng.choice(rows)))


def _slashes(text: str) -> str:
    return text[:16].replace("-", "/")


DIRT: tuple[tuple[str, float, Callable[[random.Random, list[Row]], None]], ...] = (
    ("no_phone", 0.01, _all("手机号码", lambda text: "")),
    ("wide_phone", 0.01, _all("手机号码", _wide)),
    ("spaced_phone", 0.02, _all("手机号码", lambda text: f"+86 {text[:3]}-{text[3:7]}-{text[7:]}" if text else "")),
    ("wide_quantity", 0.01, _one("数量", _wide)),
    ("yen_sign", 0.02, _all("应付金额", lambda text: f"￥{text}")),
    ("wide_amount", 0.01, _one("单价", _wide)),
    ("kept_from_spreadsheets", 0.03, _all("订单编号", lambda text: f'="{text}"')),
    ("tab", 0.01, _all("订单编号", lambda text: f"{text}\t")),
    ("stray_bom", 0.005, _all("订单编号", lambda text: f"\ufeff{text}")),
    ("other_date", 0.05, _all("下单时间", _slashes)),
    ("duplicated", 0.008, _twice),
    ("bad_date", 0.003, _all("下单时间", lambda text: "2026-02-30 10:00:00")),
    ("wordy_date", 0.002, _all("下单时间", lambda text: "昨天下午")),
    ("negative", 0.003, _one("商品实付", lambda text: f"-{text}")),
    ("no_number", 0.002, _one("数量", lambda text: "若干")),
    ("unknown_state", 0.002, _all("订单状态", lambda text: "退款中(客服介入)")),
    ("does_not_add_up", 0.002, _one("商品实付", lambda text: "0.01")),
)
FATAL = frozenset({"bad_date", "wordy_date", "negative", "no_number", "unknown_state", "does_not_add_up"})


def _scatter(rng: random.Random, export: Export) -> None:
    """Rows of some orders lie apart, as in an export sorted by product."""
    for _ in range(len(export.rows) // 200):
        row = export.rows.pop(rng.randrange(len(export.rows)))
        export.rows.insert(rng.randrange(len(export.rows) + 1), row)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--until", type=datetime.fromisoformat, help="local time; now where not given")
    parser.add_argument("--encoding", default="utf-8-sig")
    options = parser.parse_args()
    until = options.until.replace(tzinfo=ZONE) if options.until else datetime.now(UTC)
    export = make_export(options.rows, options.seed, until)
    write_csv(export, options.file, options.encoding)
    print(f"{len(export.rows)} rows, {len(export.orders)} orders, {len(export.spoiled)} of them beyond repair")
    print(", ".join(f"{kind} {count}" for kind, count in sorted(export.dirt.items())))


if __name__ == "__main__":
    main()
