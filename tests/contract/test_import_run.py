"""An export goes into a centre: once, however often it is run and wherever it was stopped."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from desk.central import tables as t
from desk.central.importing.mapping import BadMapping, read_mapping
from desk.central.importing.run import Import, Summary
from desk.central.search_index import find
from desk.domain.commands import CancelOrder, ClaimTicket, OpenTicket, SetReason
from desk.domain.ledger import EffectState
from desk.domain.orders import Order, OrderState
from desk.domain.tickets import Channel, Kind
from desk.wire.tokens import read_query
from tests.helpers.cases import LIUYANG, house
from tests.helpers.edge import Centre, sqlite_centre
from tools.make_export import ZONE, Export, make_export, write_csv

EXAMPLE = Path(__file__).resolve().parents[2] / "docs/examples/mainshop.toml"
UNTIL = datetime(2026, 11, 20, 12, tzinfo=ZONE)


class Stopped(Exception):
    """Somebody pulled the plug."""


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Centre]:
    with sqlite_centre(tmp_path, UNTIL) as made:
        yield made


@pytest.fixture
def export(tmp_path: Path) -> tuple[Path, Export]:
    made = make_export(420, seed=9, until=UNTIL)
    path = tmp_path / "mainshop.csv"
    write_csv(made, path, "gb18030")
    return path, made


def importing(centre: Centre, path: Path, mapping: Path = EXAMPLE) -> Import:
    return Import(path, read_mapping(mapping), centre.service.store, centre.service.applier)


def state(centre: Centre) -> tuple[int, int]:
    """(position of the feed, orders)."""
    with centre.service.store.reading() as connection:
        orders = connection.scalar(select(func.count()).select_from(t.orders)) or 0
        return centre.service.store.head(connection).n, orders


def test_every_good_order_arrives_and_a_second_run_changes_nothing(centre: Centre, export: tuple[Path, Export]):
    path, made = export
    first = importing(centre, path).run()
    good = len(made.orders) - len(made.spoiled)
    assert (first.told, first.left_out, first.unchanged) == (good, len(made.spoiled), 0)
    before = state(centre)
    assert before[1] == good
    again = importing(centre, path).run()
    assert (again.told, again.unchanged, again.left_out) == (0, good, len(made.spoiled))
    assert state(centre) == before


def test_an_import_that_was_stopped_goes_on_where_it_stopped(centre: Centre, export: tuple[Path, Export]):
    path, made = export

    def pull_the_plug(done: int, total: int) -> None:
        if done > total // 2:
            raise Stopped

    stopped = importing(centre, path)
    stopped.progress = pull_the_plug
    with pytest.raises(Stopped):
        stopped.run()
    there = state(centre)[1]
    assert 0 < there < len(made.orders)
    rest = importing(centre, path).run()
    assert rest.resumed_at > 0
    assert rest.told == len(made.orders) - len(made.spoiled) - there
    assert state(centre)[1] == len(made.orders) - len(made.spoiled)
    assert report(rest) == report(importing(centre, path).run()), "the report is of the whole file all the same"


def report(summary: Summary) -> list[dict[str, str]]:
    assert summary.report
    with summary.report.open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def test_a_newer_export_moves_only_what_changed(centre: Centre, export: tuple[Path, Export]):
    path, made = export
    importing(centre, path).run()
    paid = next(
        row
        for row in made.rows
        if row["订单状态"] == "买家已付款,等待发货"
        and row["订单编号"].isdigit()
        and row["订单编号"] not in made.spoiled
    )
    for row in made.rows:
        if row["订单编号"] == paid["订单编号"]:
            row |= {"订单状态": "卖家已发货", "发货时间": "2026-11-20 11:00:00"}
    write_csv(made, path, "gb18030")
    second = importing(centre, path).run()
    assert second.told == 1
    assert [order.state for order in found(centre, paid["订单编号"])] == [OrderState.SHIPPED]


def test_going_back_to_the_old_export_is_a_change_again(centre: Centre, tmp_path: Path):
    header = "no,st,made,sku,title,n,price,paid\n"
    row = "A100,{},2026-11-20 10:00:00,S1,杯,1,10.00,10.00\n"
    mapping = tmp_path / "m.toml"
    mapping.write_text(
        '[source]\nname = "x"\nshop = "x"\n[order]\nnumber = "no"\nstate = "st"\ncreated_at = "made"\n'
        '[line]\nsku = "sku"\ntitle = "title"\nquantity = "n"\nunit_price = "price"\n[tender]\npaid = "paid"\n'
        '[states]\n"p" = "paid"\n"s" = "shipped"\n',
        encoding="utf-8",
    )
    path = tmp_path / "x.csv"
    states = []
    for written in ("p", "s", "p"):
        path.write_text(header + row.format(written), encoding="utf-8")
        assert importing(centre, path, mapping).run().told == 1
        states.append(found(centre, "A100")[0].state)
    assert states == [OrderState.PAID, OrderState.SHIPPED, OrderState.PAID]


def found(centre: Centre, query: str) -> list[Order]:
    with centre.service.store.reading() as connection:
        return [hit.order for hit in find(connection, read_query(query), 20)]


def test_imported_orders_are_found_and_cancelled_and_the_refund_is_a_task_for_finance(
    centre: Centre, export: tuple[Path, Export]
):
    path, made = export
    importing(centre, path).run()
    row = next(
        row
        for row in made.rows
        if row["订单状态"] == "买家已付款,等待发货" and row["手机号码"].isdigit() and row["订单编号"].isdigit()
    )
    tail = row["手机号码"][-8:]
    orders = [one for one in found(centre, tail) if one.number == row["订单编号"]]
    (order,) = orders
    with centre.service.store.writing() as tx:
        tx.stage(house())
    ticket_id = centre.ids()
    opened = OpenTicket(
        id=centre.ids(),
        ticket_id=ticket_id,
        kind=Kind.CANCEL,
        channel=Channel.HOTLINE,
        team="hotline",
        order_id=order.id,
    )
    centre.do(opened)
    centre.do(ClaimTicket(id=centre.ids(), ticket_id=ticket_id), LIUYANG)
    centre.do(SetReason(id=centre.ids(), ticket_id=ticket_id, reason="no_longer_wanted"), LIUYANG)
    centre.do(CancelOrder(id=centre.ids(), order_id=order.id, ticket_id=ticket_id, reviewed=True), LIUYANG)
    effects = centre.effects(order_id=order.id)
    assert {effect.state for effect in effects} == {EffectState.MANUAL}
    refunds = [effect for effect in effects if effect.kind == "refund"]
    assert sum(effect.amount for effect in refunds) == order.paid
    assert {effect.team for effect in refunds} == {"finance"}


def test_nothing_is_written_where_the_mapping_does_not_fit(centre: Centre, export: tuple[Path, Export], tmp_path: Path):
    path, _ = export
    mapping = tmp_path / "wrong.toml"
    mapping.write_text(EXAMPLE.read_text(encoding="utf-8").replace('"手机号码"', '"联系电话"'), encoding="utf-8")
    before = state(centre)
    with pytest.raises(BadMapping, match="联系电话"):
        importing(centre, path, mapping).run()
    assert state(centre) == before
    assert not path.with_name(path.name + ".report.csv").exists()
