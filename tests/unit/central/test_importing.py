"""An export of another shop is read through its mapping: what is good is taken, what is bad is named, cell by cell."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from desk.central.importing.mapping import BadMapping, OrderMapping, mapping_from_data, read_mapping
from desk.central.importing.orders import Reading, read_order
from desk.central.importing.run import Import, Summary
from desk.central.importing.source import OrderFile
from desk.domain.orders import GoodsFlag, OrderState, PromotionKind
from tools.make_export import ZONE, make_export, write_csv

EXAMPLE = Path(__file__).resolve().parents[3] / "docs/examples/mainshop.toml"
RECORDED = Path(__file__).resolve().parents[2] / "recordings/mainshop.csv"
UNTIL = datetime(2026, 11, 20, 18, tzinfo=ZONE)
MAPPING: dict[str, Any] = {
    "source": {"name": "small", "shop": "小店"},
    "order": {"number": "no", "state": "st", "created_at": "made", "freight": "freight", "payable": "due"},
    "contact": {"name": "name", "phone": "tel"},
    "line": {"sku": "sku", "title": "title", "quantity": "n", "unit_price": "price"},
    "tender": {"paid": "paid", "method": "how"},
    "states": {"已付款": "paid", "待付款": "unpaid"},
    "methods": {"支付宝": "alipay"},
}
HEADER = "no,st,made,freight,due,name,tel,sku,title,n,price,paid,how"
GOOD = "A1,已付款,2026-11-20 10:00:00,8.00,,陈洁,13800000005,S1,杯子,2,10.00,28.00,支付宝"


def read(tmp_path: Path, text: str | bytes, mapping: OrderMapping | None = None, name: str = "x.csv") -> list[Reading]:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    mapping = mapping or mapping_from_data(MAPPING)
    file = OrderFile(path, mapping)
    return [read_order(rows, mapping) for rows in file.orders(file.survey())]


def faults(tmp_path: Path, row: str) -> list[tuple[str, str, bool]]:
    (reading,) = read(tmp_path, f"{HEADER}\n{row}\n")
    return [(fault.column, fault.code, fault.fatal) for fault in reading.faults]


def test_a_good_row_is_an_order(tmp_path: Path):
    (reading,) = read(tmp_path, f"{HEADER}\n{GOOD}\n")
    assert reading.told
    order = reading.told.order
    assert (order.number, order.state, order.connector, order.shop) == ("A1", OrderState.PAID, "manual", "小店")
    assert order.created_at == datetime(2026, 11, 20, 2, tzinfo=UTC)
    assert (order.freight, order.paid, order.lines[0].paid, order.lines[0].unit_price) == (800, 2800, 2000, 1000)
    assert order.tenders[0].method == "alipay"
    assert reading.told.contact == {"name": "陈洁", "phone": "13800000005"}
    assert not reading.faults


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("2026-11-20 10:00:00", "2026-02-30 10:00:00"), ("made", "not_a_date", True)),
        (("2026-11-20 10:00:00", "1926-11-20 10:00:00"), ("made", "date_out_of_range", True)),
        (("2026-11-20 10:00:00", ""), ("made", "missing", True)),
        (("28.00", "-28.00"), ("paid", "negative_amount", True)),
        (("28.00", "28.005"), ("paid", "not_an_amount", True)),
        (("28.00", "99999999999999"), ("paid", "amount_too_large", True)),
        (("28.00", ""), ("paid", "paid_without_payment", True)),
        (("28.00", "7.00"), ("paid", "amounts_do_not_add_up", True)),
        (("已付款", "退款中"), ("st", "unknown_word", True)),
        (("已付款", ""), ("st", "missing", True)),
        ((",2,", ",0,"), ("n", "number_too_small", True)),
        ((",2,", ",两,"), ("n", "not_a_whole_number", True)),
        ((",2,", ",,"), ("n", "missing", True)),
        (("S1", ""), ("sku", "missing", True)),
        (("支付宝", "贝壳"), ("how", "unknown_word", True)),
        (("A1", ""), ("no", "missing", True)),
        ((",28.00,支付宝", ""), ("", "wrong_number_of_columns", True)),
        (("13800000005", ""), ("tel", "no_phone", False)),
    ],
)
def test_each_dirt_is_named_with_its_column(tmp_path: Path, change: tuple[str, str], fault: tuple[str, str, bool]):
    assert fault in faults(tmp_path, GOOD.replace(*change))


@pytest.mark.parametrize(
    "change",
    [
        ("A1", '"=""A1"""'),
        ("A1", "\ufeffA1"),
        ("A1", "'A1"),
        ("A1", "A1\t"),
        ("28.00", "￥２８．００"),
        ("28.00", '"¥28.00元"'),
        (",2,", ",２,"),
        (",2,", ",2.0,"),
        ("2026-11-20 10:00:00", "２０２６-11-20 10:00:00"),
    ],
)
def test_what_spreadsheets_and_keyboards_add_is_taken_off(tmp_path: Path, change: tuple[str, str]):
    (reading,) = read(tmp_path, f"{HEADER}\n{GOOD.replace(*change)}\n")
    assert not reading.faults
    assert reading.told
    order = reading.told.order
    assert (order.number, order.paid, order.lines[0].quantity) == ("A1", 2800, 2)


def test_rows_of_one_order_come_together_though_they_lie_apart(tmp_path: Path):
    other = GOOD.replace("A1", "A2")
    second = GOOD.replace("S1", "S2").replace(",2,10.00", ",1,20.00")
    readings = read(tmp_path, "\n".join([HEADER, GOOD, other, second, ""]))
    orders = {one.number: one.told.order for one in readings if one.told}
    assert [line.sku for line in orders["A1"].lines] == ["S1", "S2"]
    assert [line.paid for line in orders["A1"].lines] == [1000, 1000]
    assert len(orders["A2"].lines) == 1


def test_a_bad_line_leaves_its_whole_order_out_and_no_other(tmp_path: Path):
    bad = GOOD.replace("S1", "S2").replace(",2,", ",x,")
    readings = read(tmp_path, "\n".join([HEADER, GOOD, bad, GOOD.replace("A1", "A2"), ""]))
    assert [one.number for one in readings if one.told] == ["A2"]
    (fault,) = next(one for one in readings if one.number == "A1").faults
    assert (fault.row, fault.column) == (3, "n")


def test_exports_glued_together_blank_lines_and_repeats_do_no_harm(tmp_path: Path):
    readings = read(tmp_path, "\ufeff" + "\n".join([HEADER, GOOD, "", HEADER, ",,,,,,,,,,,,", GOOD, ""]))
    (reading,) = readings
    assert reading.told
    assert len(reading.told.order.lines) == 1
    assert [(fault.row, fault.code, fault.fatal) for fault in reading.faults] == [(6, "duplicate_row", False)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_the_encoding_is_found_out(tmp_path: Path, encoding: str):
    (reading,) = read(tmp_path, f"{HEADER}\n{GOOD}\n".encode(encoding))
    assert reading.told
    assert reading.told.contact["name"] == "陈洁"


def test_a_file_that_is_no_text_is_said_to_be_none(tmp_path: Path):
    with pytest.raises(BadMapping, match="neither UTF-8 nor GB18030"):
        read(tmp_path, b"PK\x03\x04\xff\xff\xff\x80")


def test_a_mapping_that_names_missing_columns_is_one_clear_error(tmp_path: Path):
    with pytest.raises(BadMapping, match="no column paid, tel; it has"):
        read(tmp_path, HEADER.replace("tel", "phone").replace("paid", "payed") + "\n")


@pytest.mark.parametrize(
    ("section", "change", "word"),
    [
        ("order", {"number": "no"}, "order.state, order.created_at"),
        ("order", {**MAPPING["order"], "colour": "c"}, "order.colour"),
        ("states", {"已付款": "payed"}, "states"),
        ("source", {"name": "small", "shop": "x", "timezone": "Mars/Base"}, "time zone"),
        ("line", {**MAPPING["line"], "sku": {"columns": []}}, "line.sku"),
    ],
)
def test_a_mapping_that_cannot_work_says_why(section: str, change: dict[str, Any], word: str):
    with pytest.raises(BadMapping, match=word):
        mapping_from_data({**MAPPING, section: change})


def test_jsonl_with_its_lines_in_a_list(tmp_path: Path):
    mapping = mapping_from_data(
        {
            **MAPPING,
            "source": {
                "name": "json",
                "shop": "x",
                "each": "items",
                "currency": "JPY",
                "dates": ["%Y-%m-%dT%H:%M:%S%z"],
            },
            "contact": {"phone": "receiver.phone"},
            "line": {"sku": "items.sku", "title": "items.title", "quantity": "items.n", "unit_price": "items.price"},
        }
    )
    order = {"no": 7, "st": "已付款", "made": "2026-11-20T10:00:00+09:00", "paid": 300, "how": None, "freight": None}
    order |= {"due": 300, "receiver": {"phone": "+81 3-1234-5678"}}
    items = [{"sku": "a", "title": "A", "n": 1, "price": 100}, {"sku": "b", "title": "B", "n": 2, "price": 100}]
    text = json.dumps(order | {"items": items}) + "\nnot json\n"
    good, broken = read(tmp_path, text, mapping, "x.jsonl")
    assert good.told
    assert [line.paid for line in good.told.order.lines] == [100, 200]
    assert good.told.order.created_at == datetime(2026, 11, 20, 1, tzinfo=UTC)
    assert [fault.code for fault in broken.faults] == ["row_unreadable"]


def test_an_unpaid_order_is_worth_what_is_due(tmp_path: Path):
    row = GOOD.replace("已付款", "待付款").replace(",8.00,,", ",8.00,23.00,").replace("28.00,支付宝", ",")
    (reading,) = read(tmp_path, f"{HEADER}\n{row}\n")
    assert reading.told
    assert (reading.told.order.paid, reading.told.order.value, reading.told.order.lines[0].paid) == (0, 2300, 1500)


# --- the realistic export ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def dry(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Summary, list[dict[str, str]]]:
    path = tmp_path_factory.mktemp("export") / "mainshop.csv"
    export = make_export(2500, seed=11, until=UNTIL)
    write_csv(export, path, "gb18030")
    summary = Import(path, read_mapping(EXAMPLE)).run()
    assert summary.report
    with summary.report.open(encoding="utf-8-sig") as file:
        return export, summary, list(csv.DictReader(file))


def test_of_a_realistic_export_exactly_the_orders_beyond_repair_are_left_out(dry: Any):
    export, summary, report = dry
    assert {row["order"] for row in report if row["left_out"] == "yes"} == export.spoiled
    assert export.spoiled
    assert (summary.orders, summary.left_out) == (len(export.orders), len(export.spoiled))
    assert summary.told == summary.orders - summary.left_out


def test_the_report_names_row_and_column_and_no_person(dry: Any):
    export, _, report = dry
    rows = export.rows[: len(export.rows) * 2 // 3]  # before the second header
    for fault in report:
        position = int(fault["row"]) - 2
        if fault["column"] == "手机号码" and position < len(rows):
            assert not rows[position]["手机号码"]
    personal = {row[column] for row in export.rows for column in ("手机号码", "收货人", "详细地址")} - {""}
    assert not personal & {value for fault in report for value in fault.values()}


def test_every_order_of_the_export_has_exact_money(tmp_path: Path):
    path = tmp_path / "mainshop.csv"
    write_csv(make_export(600, seed=3, until=UNTIL), path)
    mapping = read_mapping(EXAMPLE)
    file = OrderFile(path, mapping)
    orders = [told.order for rows in file.orders(file.survey()) if (told := read_order(rows, mapping).told)]
    assert len(orders) > 300
    for order in orders:
        if order.tenders:
            assert sum(line.paid for line in order.lines) + order.freight == order.paid
    assert any(order.has(GoodsFlag.FRESH) for order in orders)
    assert {one.kind for order in orders for one in order.promotions} == {PromotionKind.COUPON}


def test_the_recorded_export_reads_as_it_did(tmp_path: Path):
    path = tmp_path / "mainshop.csv"
    path.write_bytes(RECORDED.read_bytes())
    summary = Import(path, read_mapping(EXAMPLE)).run()
    assert (summary.rows, summary.orders, summary.told, summary.left_out) == (60, 37, 34, 3)
    assert summary.report
    with summary.report.open(encoding="utf-8-sig") as file:
        problems = sorted((row["problem"], row["left_out"]) for row in csv.DictReader(file))
    assert problems == [
        ("amounts_do_not_add_up", "yes"),
        ("duplicate_row", "no"),
        ("duplicate_row", "no"),
        ("no_phone", "no"),
        ("not_a_date", "yes"),
        ("not_a_whole_number", "yes"),
    ]
