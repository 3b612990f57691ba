"""A shop's export with known callers in it, and the mapping that reads it, as an operator would have both.

The rest of the file is made up, with its dirt (tools/make_export). The callers' phones are numbers that no other
buyer of the file has, so that their last figures find one order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tools.make_export import COLUMNS, ZONE, Row, make_export, write_csv

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "docs" / "examples" / "mainshop.toml"
_TIME = "%Y-%m-%d %H:%M:%S"


@dataclass(frozen=True, slots=True)
class Buyer:
    """Somebody with one paid order of one scarf, not packed; `paid` in fen."""

    name: str
    number: str
    phone: str
    paid: int = 25900

    def row(self, now: datetime) -> Row:
        """Their order as the export has it: paid ten minutes ago."""
        made = now.astimezone(ZONE) - timedelta(minutes=13)
        price = f"{self.paid // 100}.{self.paid % 100:02d}"
        return dict.fromkeys(COLUMNS, "") | {
            "订单编号": self.number,
            "订单状态": "买家已付款,等待发货",
            "下单时间": made.strftime(_TIME),
            "付款时间": (made + timedelta(minutes=3)).strftime(_TIME),
            "应付金额": price,
            "实付金额": price,
            "运费": "0.00",
            "支付方式": "支付宝",
            "支付流水号": f"PAY{self.number}",
            "买家账号": f"buyer-{self.phone}",
            "会员等级": "银卡会员",
            "收货人": self.name,
            "手机号码": self.phone,
            "省": "浙江省",
            "市": "杭州市",
            "区县": "西湖区",
            "详细地址": "文三路17号",
            "商家编码": "YS-1001",
            "宝贝标题": "羊绒围巾",
            "规格": "驼色",
            "数量": "1",
            "单价": price,
            "商品实付": price,
            "占用库存": "1",
        }


CALLER = Buyer("陈晓东", "88002611210000171", "13800009917")
NEXT_CALLER = Buyer("周雨桐", "88002611210000264", "13800009264", 32900)
THIRD_CALLER = Buyer("罗浩然", "88002611210000388", "13800009388", 19900)
CALLERS = (CALLER, NEXT_CALLER, THIRD_CALLER)


def write_export(folder: Path, rows: int, buyers: Sequence[Buyer] = CALLERS) -> tuple[Path, Path]:
    """(the CSV as a spreadsheet of that country saves it, its mapping).

    The mapping is the documented one with two more lines: the orders are the demo shop's, whose other systems can be
    asked, and all of them leave in three days, so that no verdict depends on the hour at which the test runs.
    """
    now = datetime.now(UTC)
    export = make_export(rows, seed=9, until=now)
    for place, buyer in enumerate(buyers):
        export.rows.insert((place + 1) * len(export.rows) // (len(buyers) + 1), buyer.row(now))
    path = folder / "mainshop.csv"
    write_csv(export, path, "gb18030")
    leaves = (now.astimezone(ZONE) + timedelta(days=3)).replace(hour=18, minute=0, second=0)
    mapping = EXAMPLE.read_text("utf-8")
    mapping = mapping.replace("[source]\n", '[source]\nconnector = "shop"\n', 1)
    mapping = mapping.replace("[order]\n", f'[order]\nwave_at = {{ value = "{leaves:{_TIME}}" }}\n', 1)
    mapping_path = folder / "mainshop.toml"
    mapping_path.write_text(mapping, "utf-8")
    return path, mapping_path
