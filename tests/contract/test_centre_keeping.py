"""What is kept and what is let go of: erasure, compaction, and several workers over one database."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy import Table, insert
from sqlalchemy.exc import IntegrityError

from desk.central import tables as t
from desk.central import verify
from desk.central.background import Background
from desk.central.compaction import compact
from desk.central.engine import open_engine
from desk.central.erasure import erase_customer
from desk.central.rows import entity_of
from desk.central.service import make_service
from desk.domain.ledger import Budget
from tests.contract.test_centre_feed import open_ticket
from tests.helpers.centre import Desk, World, world


@pytest.fixture
def desk(centre: World) -> Desk:
    centre.person("wangfang")
    centre.order("20260001")
    desk = centre.desk("wangfang")
    desk.do(
        "OpenTicket",
        ticket_id="k1",
        kind="cancel",
        channel="hotline",
        team="hotline",
        order_id="o-20260001",
        words="请取消",
    )
    desk.do("ClaimTicket", ticket_id="k1")
    desk.pull()
    return desk


def test_erasure_reaches_replicas_search_and_snapshots_and_the_chain_stands(centre: World, desk: Desk):
    assert desk.rows["private", "c-20260001"]["values"]
    assert "138****0001" in desk.get("/v1/snapshot").text
    assert desk.get("/v1/orders", q="13800000001").json()["hits"]

    assert erase_customer(centre.service, "c-20260001") == 2  # the contact, and what was said

    desk.pull()
    assert desk.rows["private", "c-20260001"]["values"] is None
    assert "请取消" not in str(desk.rows)
    assert "138****0001" not in desk.get("/v1/snapshot").text
    assert not desk.get("/v1/orders", q="13800000001").json()["hits"]
    assert desk.doc("order", "o-20260001")["customer_id"] == "c-20260001"
    assert verify.verify(centre.service.store.engine) == []


def test_what_another_process_erased_is_in_no_file_that_is_given_again(
    centre: World, desk: Desk, database_url: str, tmp_path
):
    """The command line erases with a folder of its own; a file that would still be near enough is not given."""
    centre.service.snapshots.rows_per_commit = 1
    assert "138****0001" in desk.get("/v1/snapshot").text
    open_ticket(centre, desk, "20260009")
    assert "20260009" not in desk.get("/v1/snapshot").text, "it is given again, else this shows nothing"
    with closing(make_service(open_engine(database_url), tmp_path / "elsewhere")) as other:
        erase_customer(other, "c-20260001")
    assert "138****0001" not in desk.get("/v1/snapshot").text


def test_below_the_floor_a_desk_is_sent_to_a_snapshot(centre: World, desk: Desk):
    away = Desk(centre, desk.installation)
    away.sign_in("wangfang")
    old_head = centre.service.store.head_now()
    centre.clock.pass_(days=100)
    desk.sign_in("wangfang")
    desk.do("ReleaseTicket", ticket_id="k1")

    assert compact(centre.service.store, timedelta(days=90)) == old_head.n
    away.sign_in("wangfang")
    reply = away.get("/v1/pull")
    assert (reply.status_code, reply.json()["code"]) == (410, "below_floor")
    desk.pull()  # a cursor at the floor goes on
    assert verify.verify(centre.service.store.engine) == []


def test_a_broken_book_is_found(centre: World, desk: Desk):
    """Each promise, broken by hand on the database, is named."""
    broken = {
        "chain_broken": "UPDATE feed SET doc = '{}' WHERE n = (SELECT max(n) FROM feed) AND position = 0",
        "chain_gap": "DELETE FROM feed WHERE n = 2; DELETE FROM commits WHERE n = 2",
        "receipt_not_told": "DELETE FROM feed WHERE kind = 'verdict' AND n = (SELECT max(n) FROM receipts)",
        "column_differs": "UPDATE tickets SET holder = 'somebody'",
        "scope_differs": "DELETE FROM members WHERE kind = 'ticket'",
        "commitment_differs": """UPDATE private SET "values" = '{"text": "forged"}' WHERE kind = 'text'""",
        "sequence_lost": "DELETE FROM sequences",
    }
    for code, statements in broken.items():
        with centre.service.store.engine.connect() as connection, connection.begin() as doing:
            for statement in statements.split("; "):
                connection.exec_driver_sql(statement)
            found = {finding.code for check in verify.CHECKS for finding in check(connection)}
            doing.rollback()
        assert code in found, (code, found)
    assert verify.verify(centre.service.store.engine) == []


def test_the_database_itself_refuses_a_budget_that_does_not_add_up(centre: World):
    def budget(**amounts: int) -> Budget:
        return Budget(key="order|o1|-|CNY", **{"cap": 10, "free": 10, **amounts})

    for wrong in ({"spent": 1}, {"free": -1, "spent": 11}, {"free": 11, "spent": -1}, {"leased": 5}):
        with pytest.raises(IntegrityError), centre.service.store.writing() as tx:
            tx.stage([budget(**wrong)])
    with centre.service.store.writing() as tx:
        tx.stage([budget(free=4, spent=6)])
    with centre.service.store.reading() as connection:
        doc = connection.exec_driver_sql("SELECT doc FROM budgets").scalar()
    assert entity_of("budget", json.loads(str(doc))) == budget(free=4, spent=6)


def test_a_commit_of_another_worker_wakes_a_parked_desk(centre: World, desk: Desk, database_url: str, tmp_path):
    """Two workers over one database: what one writes is told by the other, by NOTIFY where there is that, else by
    looking at the head."""
    other = make_service(open_engine(database_url), tmp_path / "other", centre.clock)
    here, there = Background(centre.service), Background(other)
    here.start()
    there.start()
    try:
        with ThreadPoolExecutor(1) as pool:
            parked = pool.submit(desk.get, "/v1/pull", n=desk.n, h=desk.h, wait=20)
            with other.store.writing() as tx:
                ticket = tx.book.get("ticket", "k1")
                assert ticket is not None
                tx.stage([ticket])
            page = parked.result(timeout=15).json()
    finally:
        here.stop()
        there.stop()
        other.close()
    assert [row["id"] for commit in page["commits"] for row in commit["rows"]] == ["k1"]


@pytest.mark.parametrize(
    ("table", "row", "part"),
    [
        (t.effects, {"order_id": "o1", "connector": "manual", "kind": "refund", "state": "pending"}, "effects"),
        (t.approvals, {"order_id": "o1", "ticket_id": "k1", "state": "asked"}, "jobs"),
    ],
    ids=["effects", "jobs"],
)
def test_a_worker_that_ended_is_said_until_the_restart(
    centre: World, expected_logs: list[str], table: Table, row: dict[str, str], part: str
):
    """A row that cannot be read stops whoever has to read it: nobody may believe that effects or jobs still run."""
    background = Background(centre.service)
    background.start()
    try:
        assert centre.client.get("/healthz").json()["status"] == "ok"
        expected_logs.append("background ended")
        times = {name: centre.clock() for name in ("at", "expires_at", "escalate_at", "next_at") if name in table.c}
        with centre.service.store.aside() as connection:
            values = {"id": "broken", "shard": "main", "n": 0, "doc": {"no": "such"}, "team": "hotline"}
            connection.execute(insert(table).values({**values, **row, **times}))
        worker = next(one for one in threading.enumerate() if one.name == f"centre-{part}")
        centre.order("20260009")  # a commit wakes it
        worker.join(10)
        reply = centre.client.get("/healthz")
    finally:
        background.stop()
    assert (reply.status_code, reply.json()["code"], reply.json()["workers"]) == (503, "worker_ended", [part])
    Background(centre.service)
    assert centre.client.get("/healthz").status_code == 200


def test_a_centre_that_was_restarted_goes_on_where_it_was(centre: World, desk: Desk, database_url: str, tmp_path):
    item = desk.item_of("ReleaseTicket", ticket_id="k1")
    verdict = desk.push(item)["verdicts"][0]
    with world(database_url, tmp_path / "again") as again:
        back = Desk(again, desk.installation, token=desk.token, person=desk.person, n=desk.n, h=desk.h)
        # The token still holds, the answer that was lost is given again, the cursor goes on.
        assert back.push(item)["verdicts"][0] == verdict | {"duplicate": True}
        back.rows = dict(desk.rows)
        assert [one["id"] for commit in back.pull() for one in commit["verdicts"]] == [verdict["id"]]
