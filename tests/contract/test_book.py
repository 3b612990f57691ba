"""One suite for the port that rules load cases through: memory, a desk's replica, the centre on both databases."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desk.central.engine import open_engine
from desk.central.founding import open_store
from desk.central.store import PrivateValue
from desk.domain.case import Book, Entity, NotHere, key_of
from desk.domain.commands import ClaimTicket
from desk.domain.ledger import BenefitKind, Budget, BudgetKind, EntryState, LedgerEntry, budget_key, ledger_key
from desk.domain.people import Level, StaffMember, Store
from desk.storage.desk_store import DeskStore, View
from tests.helpers.cases import MemoryBook
from tests.helpers.centre import found as found_centre
from tests.helpers.desk_data import (
    ACTOR,
    HOTLINE,
    LIU,
    NOW,
    SCOPES,
    WANG,
    head,
    order,
    organisation,
    person_row,
    row,
    ticket,
)
from tests.unit.storage.conftest import KEY, know_people

ORDER = order()
OTHER = order("20240917000999")
ADMIN = StaffMember(id="staff-admin", login="admin", level=Level.ADMIN, teams=())
GONE = StaffMember(id="staff-gone", login="gone", level=Level.ADMIN, teams=(), active=False)
ENTRY = LedgerEntry(
    key=ledger_key(ORDER.id, "", "apology", 1),
    order_id=ORDER.id,
    ticket_id="t1",
    customer_id=ORDER.customer_id,
    kind=BenefitKind.COUPON,
    cost=500,
    units=500,
    currency="CNY",
    state=EntryState.ASKED,
    by=WANG.id,
    at=NOW,
    command_id="c1",
)
BUDGET = Budget(key=budget_key(BudgetKind.ORDER, ORDER.id, "-", "CNY"), cap=10000, free=9500, spent=500)
WORLD: tuple[Entity, ...] = (
    HOTLINE,
    Store(id="S01", names={"zh": "静安店"}),
    WANG,
    LIU,
    ADMIN,
    GONE,
    ORDER,
    OTHER,
    ticket("t1", ORDER),
    ticket("t2", OTHER),
    ENTRY,
    BUDGET,
)
CONTACT = {"name": "陈志强", "phone": "13800000005"}


@contextlib.contextmanager
def in_memory() -> Iterator[Book]:
    yield MemoryBook({key_of(one): one for one in WORLD}, values={ORDER.customer_id: CONTACT})


@contextlib.contextmanager
def in_the_replica(folder: Path) -> Iterator[Book]:
    store = DeskStore(folder / "desk.db", KEY, SCOPES)
    rows = [*organisation(), *(row(one) for one in WORLD), person_row(ORDER.customer_id, **CONTACT)]
    store.load_snapshot(head(1), rows, NOW, lambda done: None)
    views: list[View] = []
    store.read(views.append)
    with store._database.begin() as connection:
        yield views[0].projection.book(connection)
    store.close()


@pytest.fixture(params=["memory", "replica", "sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Book]:
    if request.param == "memory":
        with in_memory() as found:
            yield found
    elif request.param == "replica":
        with in_the_replica(tmp_path) as found:
            yield found
    else:
        yield from at_the_centre(request, tmp_path)


def at_the_centre(request: pytest.FixtureRequest, folder: Path) -> Iterator[Book]:

    if request.param == "sqlite":
        url = f"sqlite:///{folder / 'centre.db'}"
        found_centre(url)
    else:
        url = request.getfixturevalue("pg_clone")("centre", found_centre)
    engine = open_engine(url)
    store, _ = open_store(engine)
    value = PrivateValue(ORDER.customer_id, "customer", ("customer", ORDER.customer_id), CONTACT)
    with store.writing() as tx:
        tx.stage(WORLD, [value])
    with store.writing() as tx:
        yield tx.book
    engine.dispose()


def ids(found) -> list[str]:
    return sorted(entity.id for entity in found)


def test_an_entity_comes_back_as_it_was_put(book):
    for entity in WORLD:
        kind, entity_id = key_of(entity)
        assert book.get(kind, entity_id) == entity


def test_what_every_desk_holds_does_not_exist_when_it_is_absent(book):
    assert book.get("staff", "nobody") is None
    assert book.get("team", "nowhere") is None
    assert book.get("store", "S99") is None


def test_what_follows_a_known_order_does_not_exist_when_it_is_absent(book):
    assert book.get("entry", ledger_key(ORDER.id, "", "apology", 2)) is None
    assert book.get("budget", budget_key(BudgetKind.ORDER, OTHER.id, "-", "CNY")) is None
    assert book.get("budget", budget_key(BudgetKind.CUSTOMER, ORDER.customer_id, "2026+90", "CNY")) is None
    assert book.get("budget", budget_key(BudgetKind.AGENT_DAY, WANG.id, "2026-11-21", "CNY")) is None


def test_all_that_hangs_on_an_order(book):
    assert ids(book.of_order(ORDER.id)) == sorted([ENTRY.id, "t1"])
    assert ids(book.of_order(OTHER.id)) == ["t2"]


def test_personal_values(book):
    assert book.private(ORDER.customer_id) == CONTACT
    assert book.private("c-nobody") is None


def test_people_by_what_they_are(book):
    assert book.staff_by_login("liuyang") == LIU
    assert book.staff_by_login("nobody") is None
    assert ids(book.admins()) == [ADMIN.id]


def test_an_order_by_its_number(book):
    assert book.order_by_number(ORDER.number) == ORDER


def test_the_policy_in_force(book):
    assert book.policy_version() == 1


def test_a_desk_says_not_here_where_another_may_know(tmp_path):
    with in_the_replica(tmp_path) as book:
        for kind, entity_id in (
            ("order", "o-far"),
            ("ticket", "t-far"),
            ("approval", "a-far"),
            ("effect", "e-far"),
            ("entry", ledger_key("o-far", "", "apology", 1)),
            ("budget", budget_key(BudgetKind.ORDER, "o-far", "-", "CNY")),
            ("budget", budget_key(BudgetKind.CUSTOMER, "c-far", "2026+90", "CNY")),
            ("budget", budget_key(BudgetKind.AGENT_DAY, ADMIN.id, "2026-11-21", "CNY")),
            ("budget", budget_key(BudgetKind.STORE_DAY, "S01", "2026-11-21", "CNY")),
            ("installation", "desk-1"),
        ):
            with pytest.raises(NotHere):
                book.get(kind, entity_id)
        with pytest.raises(NotHere):
            book.of_order("o-far")
        with pytest.raises(NotHere):
            book.order_by_number("9999")
        assert book.next_ticket_number() is None


def test_claims_in_the_overlay_cover_the_replica(tmp_path):

    store = DeskStore(tmp_path / "desk.db", KEY, SCOPES)
    know_people(store)
    store.load_snapshot(head(1), [*organisation(), *(row(one) for one in WORLD)], NOW, lambda done: None)
    store.perform(ClaimTicket(id="c", ticket_id="t1"), ACTOR, NOW + timedelta(minutes=1), False)
    hanging = store.read(lambda view: list(view.projection.book(view.connection).of_order(ORDER.id)))
    held = next(one for one in hanging if one.id == "t1")
    assert getattr(held, "holder", None) == ACTOR.id
    store.close()
