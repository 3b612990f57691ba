"""The replica: pages and snapshots land whole, leave no trace of what left, and are found by every token."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.domain.tickets import Kind
from desk.storage import replica, search
from desk.storage.tables import REPLICA_TABLES
from desk.wire.codec import ShapeError
from desk.wire.protocol import FeedRow, Op
from tests.helpers.desk_data import NOW, at, head, leave, order, organisation, page, person_row, row, ticket


def counts(store) -> dict[str, int]:
    return store.read(lambda view: replica.counts(view.connection))


def found(store, text: str) -> list[tuple[str, str]]:
    return store.read(lambda view: search.find(view.connection, text, 10))


def test_a_page_and_its_position_are_one_commit(store):
    one = order()
    applied = store.apply_page(at(1), page(2, row(one), row(ticket("1", one))), NOW)
    assert applied is not None
    assert {("order", one.id), ("ticket", "1")} <= applied.keys
    assert store.position() == at(2)
    assert counts(store)["ticket"] == 1


def test_a_page_that_cannot_be_read_changes_nothing(store):
    bad = FeedRow(kind="ticket", id="9", doc={"id": "9", "kind": "never heard of"})
    with pytest.raises(ShapeError):
        store.apply_page(at(1), page(2, row(order()), bad), NOW)
    assert store.position() == at(1)
    assert counts(store)["order"] == 0


def test_a_page_for_a_position_that_was_left_is_not_applied(store):
    store.apply_page(at(1), page(2, row(order())), NOW)
    assert store.apply_page(at(1), page(3, row(ticket("1"))), NOW) is None
    assert store.position() == at(2)
    assert counts(store)["ticket"] == 0


def test_what_leaves_the_scope_leaves_the_disk_and_the_search(store):
    one = order()
    store.apply_page(at(1), page(2, row(one), person_row(one.customer_id, name="陈志强", phone="13800000005")), NOW)
    assert found(store, "0005") == [(one.id, "phone")]
    gone = FeedRow(kind="private", id=one.customer_id, op=Op.LEAVE)
    store.apply_page(at(2), page(3, leave(one), gone), NOW)
    assert found(store, "0005") == []
    assert counts(store)["order"] == counts(store)["private"] == 0


@pytest.mark.parametrize(
    ("typed", "matched"),
    [
        ("20240917000123", "number"),
        ("0123", "number"),
        ("13800000005", "phone"),
        ("0005", "phone"),
        ("陈志强", "name"),
        ("志强", "name"),
        ("chenzhiqiang", "pinyin"),
        ("czq", "initials"),
        ("SF20240917000123", "tracking"),
    ],
)
def test_an_order_is_found_by(store, typed, matched):
    one = order()
    store.apply_page(at(1), page(2, row(one), person_row(one.customer_id, name="陈志强", phone="13800000005")), NOW)
    assert (one.id, matched) in found(store, typed)


def test_every_word_must_match(store):
    one, other = order("20240917000123"), order("20240917000999")
    rows = [row(one), row(other), *(person_row(o.customer_id, name="陈志强", phone="") for o in (one, other))]
    store.apply_page(at(1), page(2, *rows), NOW)
    assert [hit for hit, _ in found(store, "陈 0999")] == [other.id]


def test_a_name_that_comes_later_is_found_too(store):
    one = order()
    store.apply_page(at(1), page(2, row(one)), NOW)
    assert found(store, "czq") == []
    store.apply_page(at(2), page(3, person_row(one.customer_id, name="陈志强", phone="")), NOW)
    assert found(store, "czq") == [(one.id, "initials")]


def test_of_orders_that_fit_alike_the_young_come_first(store):
    """However old or young their ids look: a common name has hundreds of orders, and the caller means a late one."""
    days = {"20240917000001": 3, "20240917000002": 1, "20240917000003": 2}
    fit = [order(number, customer_id="c1", created_at=NOW - timedelta(days=age)) for number, age in days.items()]
    exact = order("20240917009991", customer_id="c2", created_at=NOW - timedelta(days=90))
    people = [person_row("c1", name="陈静", phone=""), person_row("c2", name="李娜", phone="")]
    store.apply_page(at(1), page(2, *(row(one) for one in (*fit, exact)), *people), NOW)
    assert [order_id for order_id, _ in found(store, "陈静")] == [fit[1].id, fit[2].id, fit[0].id]
    assert store.read(lambda view: search.find(view.connection, "陈静", 2)) == [
        (fit[1].id, "name"),
        (fit[2].id, "name"),
    ]
    assert [order_id for order_id, _ in found(store, "9991")] == [exact.id]


def test_a_snapshot_replaces_everything(store):
    store.apply_page(at(1), page(2, row(order()), row(ticket("1"))), NOW)
    told: list[int] = []
    store.load_snapshot(head(7), [*organisation(), row(ticket("2"))], NOW, told.append)
    assert store.position() == at(7)
    assert counts(store)["order"] == 0
    assert store.read(lambda view: replica.doc(view.connection, "ticket", "1")) is None


def test_a_replica_fed_page_by_page_equals_a_snapshot(store):
    one, two = order(), order("20240917000999")
    store.apply_page(at(1), page(2, row(one), row(ticket("1", one))), NOW)
    store.apply_page(at(2), page(3, row(two), row(ticket("1", one, mood="angry"))), NOW)
    store.apply_page(at(3), page(4, leave(two)), NOW)
    fed = store.read(lambda view: replica.dump_digest(view.connection))
    store.load_snapshot(head(4), [row(ticket("1", one, mood="angry")), row(one), *organisation()], NOW, lambda n: None)
    assert store.read(lambda view: replica.dump_digest(view.connection)) == fed


def test_a_snapshot_is_found_by_the_same_tokens_as_pages(store):
    one, two, three = order(), order("20240917000999"), order("20240917000555", customer_id="c2")
    names = [person_row(one.customer_id, name="陈志强", phone="13800000005"), person_row("c2", name="单雄信", phone="")]
    store.apply_page(at(1), page(2, row(one), row(two), person_row(one.customer_id, name="王芳", phone="")), NOW)
    store.apply_page(at(2), page(3, *names, row(three), leave(two)), NOW)
    fed = tokens(store)
    store.load_snapshot(head(4), [*names, row(three), row(one), *organisation()], NOW, lambda n: None)
    assert tokens(store) == fed
    assert {order_id for _, _, order_id in fed[0]} == {one.id, three.id}


def test_numbers_beside_lists_follow_every_change_as_if_counted(store):
    one, two = ticket("1"), ticket("2", holder="u-wang")
    store.apply_page(at(1), page(2, row(order()), row(one), row(two)), NOW)
    assert store.read(tallied) == store.read(counted)
    moved = replace(one, holder="u-wang", team="elsewhere")
    store.apply_page(at(2), page(3, row(moved), leave(two), row(ticket("3", kind=Kind.EXCEPTION))), NOW)
    assert store.read(tallied) == store.read(counted)
    assert counts(store)["ticket"] == 2
    store.load_snapshot(head(4), [*organisation(), row(ticket("4")), row(two)], NOW, lambda n: None)
    assert store.read(tallied) == store.read(counted)
    assert (counts(store)["ticket"], counts(store)["order"]) == (2, 0)


def tallied(view) -> list[tuple]:
    return _sorted(view, "SELECT open, team, holder, kind, needs_review, n FROM ticket_count WHERE n <> 0")


def counted(view) -> list[tuple]:
    return _sorted(
        view,
        "SELECT open, team, ifnull(holder, ''), kind, needs_review, count(*) FROM replica_ticket "
        "GROUP BY 1, 2, 3, 4, 5",
    )


def _sorted(view, text: str) -> list[tuple]:
    return sorted(tuple(one) for one in view.connection.exec_driver_sql(text))


def tokens(store) -> list[list[tuple]]:
    def read(view) -> list[list[tuple]]:
        asked = (f"SELECT * FROM {table} ORDER BY 1, 2" for table in ("search_token", "search_known"))
        return [[tuple(one) for one in view.connection.exec_driver_sql(text)] for text in asked]

    return store.read(read)


def test_a_snapshot_that_cannot_be_read_leaves_the_replica_and_its_indexes(store):
    one = order()
    store.apply_page(at(1), page(2, row(one)), NOW)
    bad = FeedRow(kind="ticket", id="9", doc={"id": "9", "kind": "never heard of"})
    with pytest.raises(ShapeError):
        store.load_snapshot(head(7), [*organisation(), row(order("20240917000999")), bad], NOW, lambda n: None)
    assert store.position() == at(2)
    assert found(store, "0123") == [(one.id, "number")]
    assert has_every_index(store)


def has_every_index(store) -> bool:
    asked = "SELECT name FROM sqlite_master WHERE type = 'index'"
    there = store.read(lambda view: set(view.connection.exec_driver_sql(asked).scalars()))
    return {index.name for table in REPLICA_TABLES.values() for index in table.indexes} <= there


def test_after_a_snapshot_every_index_is_there(store):
    assert has_every_index(store)


def test_a_count_that_differs_from_the_centres_is_noticed(store):
    right = store.apply_page(at(1), page(2, row(ticket("1")), counts={"ticket": 1, "team": 1}), NOW)
    wrong = store.apply_page(at(2), page(3, counts={"ticket": 2}), NOW)
    assert not right.miscounted
    assert wrong.miscounted
