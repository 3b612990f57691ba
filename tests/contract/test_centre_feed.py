"""The feed: gapless whatever writes at once, filtered by scope, masked, resumable, honest about a restore."""

from __future__ import annotations

import gzip
import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from desk.central import backup, verify
from desk.central.engine import open_engine
from desk.domain.commands import AddNote, ClaimTicket, HandOver, OpenTicket
from desk.domain.people import SYSTEM_ACTOR, Level
from desk.domain.tickets import Channel, Kind
from desk.wire import codec
from desk.wire.canonical import GENESIS
from desk.wire.protocol import Cursor, Page, SnapshotHead
from tests.helpers.centre import Desk, World, world


def open_ticket(centre: World, desk: Desk, number: str, team: str = "hotline") -> str:
    order = centre.order(number)
    verdict = desk.do(
        "OpenTicket",
        ticket_id=f"k-{number}",
        kind="cancel",
        channel="hotline",
        team=team,
        order_id=order.id,
        words="请取消",
    )
    assert verdict["status"] == "applied", verdict
    return f"k-{number}"


def test_no_commit_is_lost_while_eight_write_at_once(centre: World):
    """A tailing reader takes page after page while eight threads write: it ends with every single commit."""
    applier, store = centre.service.applier, centre.service.store
    each, done = 12, threading.Event()
    seen: list[str] = []

    def write(writer: int) -> None:
        for number in range(each):
            command = OpenTicket(
                id=f"w{writer}-{number}", ticket_id=f"t{writer}-{number}", kind=Kind.EXCEPTION, channel=Channel.SYSTEM,
                team="hotline", type="logistics", order_number=f"{writer}-{number}",
            )  # fmt: skip
            (verdict,) = applier.system([command], SYSTEM_ACTOR)
            assert verdict.status == "applied", verdict

    def tail() -> None:
        at = Cursor(n=0, h=GENESIS)
        while True:
            was_done = done.is_set()
            centre.service.feed.refresh()
            with store.reading() as connection:
                made = centre.service.feed.page(connection, at, frozenset({"team:hotline"}), "nobody", 50)
            page = json.loads(made.body)
            seen.extend(row["id"] for commit in page["commits"] for row in commit["rows"] if row["kind"] == "ticket")
            at = Cursor(**page["next"])
            if was_done and not page["more"]:
                return

    with ThreadPoolExecutor(9) as pool:
        reader = pool.submit(tail)
        writers = [pool.submit(write, writer) for writer in range(8)]
        for writer in writers:
            writer.result()
        done.set()
        reader.result()
    assert sorted(seen) == sorted(f"t{writer}-{number}" for writer in range(8) for number in range(each))
    assert verify.verify(store.engine) == []


def test_a_ticket_brings_its_order_customer_and_words_and_takes_them_along(centre: World):
    centre.person("wangfang")
    centre.person("zhoujun", Level.WAREHOUSE, ("warehouse",))
    hotline, warehouse = centre.desk("wangfang"), centre.desk("zhoujun", "team:warehouse")
    ticket = open_ticket(centre, hotline, "20260001")
    hotline.pull()
    warehouse.pull()
    kinds = {kind for kind, _ in hotline.rows}
    assert {"ticket", "order", "private", "staff", "team", "policy"} <= kinds
    assert not {"ticket", "order"} & {kind for kind, _ in warehouse.rows}

    hotline.do("ClaimTicket", ticket_id=ticket)
    moved = hotline.do("HandOver", ticket_id=ticket, team="warehouse", words="please look")
    assert moved["status"] == "applied", moved
    hotline.pull()
    warehouse.pull()
    assert {row["values"]["text"] for row in warehouse.rows.values() if "text" in (row.get("values") or {})} == {
        "请取消",
        "please look",
    }
    assert warehouse.doc("order", "o-20260001")["number"] == "20260001"
    assert hotline.doc("ticket", ticket)["team"] == "warehouse", "who gave it away sees what becomes of it"

    warehouse.do("ClaimTicket", ticket_id=ticket)
    back = warehouse.do("HandOver", ticket_id=ticket, team="hotline")
    assert back["status"] == "applied", back
    hotline.pull()
    warehouse.pull()
    assert hotline.doc("ticket", ticket)["team"] == "hotline"
    assert not {"ticket", "order"} & {kind for kind, _ in warehouse.rows}
    assert "text" not in {name for row in warehouse.rows.values() for name in (row.get("values") or {})}
    assert verify.verify(centre.service.store.engine) == []


def test_whoever_sees_an_order_sees_all_its_tickets_with_their_words(centre: World):
    centre.person("wangfang")
    centre.person("zhoujun", Level.WAREHOUSE, ("warehouse",))
    hotline, warehouse = centre.desk("wangfang"), centre.desk("zhoujun", "team:warehouse")
    first = open_ticket(centre, hotline, "20260001")
    asked = hotline.do(
        "OpenTicket", ticket_id="k-2", kind="exception", channel="hotline", team="warehouse", order_id="o-20260001"
    )
    assert asked["status"] == "applied", asked
    hotline.pull()
    warehouse.pull()
    assert {one for kind, one in hotline.rows if kind == "ticket"} == {first, "k-2"}
    assert {one for kind, one in warehouse.rows if kind == "ticket"} == {first, "k-2"}
    assert "请取消" in {(row.get("values") or {}).get("text") for row in warehouse.rows.values()}
    assert verify.verify(centre.service.store.engine) == []


def test_contacts_are_masked_unless_everybody_of_the_scope_may_see_them(centre: World):
    centre.person("wangfang")
    desk = centre.desk("wangfang")
    open_ticket(centre, desk, "20260001")
    desk.pull()
    shown = desk.rows["private", "c-20260001"]["values"]
    assert shown == {"name": "陈*", "title": "先生", "phone": "138****0001", "city": "上海"}

    centre.person("liuyang", Level.SUPERVISOR, ("tech",))
    tech = centre.desk("liuyang", "team:tech")
    open_ticket(centre, tech, "20260002", "tech")
    tech.pull()
    assert tech.rows["private", "c-20260002"]["values"]["phone"] == "13800000002"


def test_a_contact_is_read_in_full_only_after_an_audited_reveal(centre: World):
    centre.person("wangfang")
    desk = centre.desk("wangfang")
    ticket = open_ticket(centre, desk, "20260001")
    assert desk.get("/v1/private/c-20260001").json()["code"] == "not_revealed"

    desk.do("ClaimTicket", ticket_id=ticket)
    assert desk.do("RevealContact", ticket_id=ticket, customer_id="c-20260001")["status"] == "applied"
    assert desk.get("/v1/private/c-20260001").json()["values"]["phone"] == "13800000001"

    centre.person("liqiang")
    assert centre.desk("liqiang").get("/v1/private/c-20260001").status_code == 403
    centre.clock.pass_(minutes=11)
    assert desk.get("/v1/private/c-20260001").status_code == 403


def test_a_snapshot_is_what_the_feed_would_have_given(centre: World):
    centre.person("wangfang")
    slow, quick = centre.desk("wangfang"), centre.desk("wangfang")
    open_ticket(centre, slow, "20260001")
    open_ticket(centre, slow, "20260002")
    slow.pull()

    reply = quick.get("/v1/snapshot")
    lines = [json.loads(line) for line in reply.text.splitlines()]
    head = codec.from_plain(SnapshotHead, lines[0])
    assert (head.n, head.h) == (slow.n, slow.h)
    assert head.counts == slow.counts()
    told = {(row["kind"], row["id"]): (row["doc"], row.get("values")) for row in lines[1:]}
    assert told == {key: (row["doc"], row.get("values")) for key, row in slow.rows.items()}

    again = quick.get("/v1/snapshot")
    assert again.content == reply.content
    files = list((centre.folder / "snapshots").iterdir())
    assert len(files) == 1
    assert gzip.decompress(files[0].read_bytes()).decode() == reply.text


def test_of_a_big_scope_a_desk_may_have_what_a_person_starts_with_first(centre: World):
    """The open tickets that are due next, each with everything of its order, and who and what there is."""
    centre.person("wangfang")
    desk = centre.desk("wangfang")
    assert rows_of(desk, part="first") == rows_of(desk), "a small scope comes whole at once"
    tickets = [open_ticket(centre, desk, f"2026000{number}") for number in range(4)]

    centre.service.snapshots.small, centre.service.snapshots.urgent = 5, 3
    head, first = snapshot(desk, part="first")
    whole_head, whole = snapshot(desk)
    assert (head.whole, whole_head.whole) == (False, True)
    assert head.counts == whole_head.counts
    assert first.items() < whole.items()
    assert {("policy", "current"), ("staff", "u-wangfang"), ("team", "hotline")} <= first.keys()
    assert [("ticket", one) in first for one in tickets] == [True, True, True, False]
    hanging = {key for key, doc in whole.items() if isinstance(doc, dict) and doc.get("order_id") in orders(first)}
    assert hanging <= first.keys()
    assert ("private", "c-20260001") in first
    assert ("private", "c-20260003") not in first


def test_a_snapshot_is_given_again_while_the_feed_is_not_far_ahead(centre: World):
    centre.person("wangfang")
    desk = centre.desk("wangfang")
    open_ticket(centre, desk, "20260001")
    snapshots = centre.service.snapshots
    snapshots.rows_per_commit = 4  # and there are some ten rows
    before, _ = snapshot(desk)
    open_ticket(centre, desk, "20260002")
    again, rows = snapshot(desk)
    assert again.n == before.n
    assert ("ticket", "k-20260002") not in rows
    desk.n, desk.h, desk.rows = again.n, again.h, {key: {"doc": doc} for key, doc in rows.items()}
    desk.pull()
    assert desk.doc("ticket", "k-20260002"), "who reads it goes on from its position"
    assert snapshot(desk, at=str(desk.n))[0].n == desk.n, "who knows more already is not set back"
    for number in range(3, 7):
        open_ticket(centre, desk, f"2026000{number}")
    newer, rows = snapshot(desk)
    assert newer.n > before.n, "too far behind by now"
    assert ("ticket", "k-20260006") in rows


def test_a_part_that_is_not_known_is_refused(centre: World):
    centre.person("wangfang")
    desk = centre.desk("wangfang")
    assert desk.get("/v1/snapshot", part="last").status_code == 400


def snapshot(desk: Desk, **params: str) -> tuple[SnapshotHead, dict[tuple[str, str], object]]:
    lines = [json.loads(line) for line in desk.get("/v1/snapshot", **params).text.splitlines()]
    return codec.from_plain(SnapshotHead, lines[0]), {(row["kind"], row["id"]): row["doc"] for row in lines[1:]}


def rows_of(desk: Desk, **params: str) -> dict[tuple[str, str], object]:
    return snapshot(desk, **params)[1]


def orders(rows: dict[tuple[str, str], object]) -> set[str]:
    return {one for kind, one in rows if kind == "order"}


def test_pages_are_whole_commits_and_of_the_shape_both_sides_know(centre: World):
    centre.person("wangfang")
    desk = centre.desk("wangfang")
    for number in range(4):
        open_ticket(centre, desk, f"2026000{number}")
    page = desk.get("/v1/pull", n=0, h=GENESIS, limit=1).json()
    assert page["more"]
    assert len(page["commits"]) == 1
    codec.from_plain(Page, page)
    assert len(desk.pull(limit=1)) >= 4
    assert not desk.get("/v1/pull", n=desk.n, h=desk.h).json()["more"]


def test_next_advances_over_what_is_not_for_this_desk(centre: World):
    centre.person("wangfang")
    centre.person("zhoujun", Level.WAREHOUSE, ("warehouse",))
    hotline, warehouse = centre.desk("wangfang"), centre.desk("zhoujun", "team:warehouse")
    warehouse.pull()
    open_ticket(centre, hotline, "20260001")
    assert warehouse.pull() == []
    assert warehouse.n == centre.service.store.head_now().n


def test_a_parked_call_is_answered_when_something_comes(centre: World):
    centre.person("wangfang")
    centre.person("liqiang")
    first, second = centre.desk("wangfang"), centre.desk("liqiang")
    ticket = open_ticket(centre, first, "20260001")
    second.pull()
    with ThreadPoolExecutor(1) as pool:
        parked = pool.submit(second.get, "/v1/pull", n=second.n, h=second.h, wait=20)
        first.do("ClaimTicket", ticket_id=ticket)
        page = parked.result(timeout=15).json()
    assert [row["id"] for commit in page["commits"] for row in commit["rows"]] == [ticket]


@pytest.mark.parametrize("turn", [1, -1], ids=["who acted first", "who acted last"])
def test_desks_at_one_place_are_given_one_page_but_not_what_is_said_to_one_of_them(centre: World, turn: int):
    centre.person("wangfang")
    centre.person("liqiang")
    acted, other, third = centre.desk("wangfang"), centre.desk("liqiang"), centre.desk("liqiang")
    ticket = open_ticket(centre, acted, "20260001")
    for desk in (acted, other, third):
        desk.pull()
    at = {"n": acted.n, "h": acted.h}
    acted.do("ClaimTicket", ticket_id=ticket)
    told: dict[str, tuple[list[str], int]] = {}
    for desk in (acted, other, third, acted)[::turn]:
        (commit,) = desk.get("/v1/pull", **at).json()["commits"]
        told[desk.installation] = [row["id"] for row in commit["rows"]], len(commit["verdicts"])
    assert told == {
        acted.installation: ([ticket], 1),
        other.installation: ([ticket], 0),
        third.installation: ([ticket], 0),
    }


def test_a_parked_call_ends_when_its_person_is_shut_out(centre: World):
    centre.person("wangfang")
    desk = centre.desk("wangfang")
    desk.pull()
    with ThreadPoolExecutor(1) as pool:
        parked = pool.submit(desk.get, "/v1/pull", n=desk.n, h=desk.h, wait=20)
        centre.person("wangfang", active=False)
        assert parked.result(timeout=15).status_code == 403


def test_a_stale_desk_may_push_but_not_pull(centre: World):
    centre.person("wangfang")
    desk = centre.desk("wangfang")
    reply = centre.client.get("/v1/pull", headers=desk.headers | {"X-Schema": "0"})
    assert (reply.status_code, reply.json()["code"]) == (426, "stale_schema")
    item = desk.item(AddNote(id=centre.id(), ticket_id="k1", words="x"))
    reply = centre.client.post("/v1/push", json={"batch": [item]}, headers=desk.headers | {"X-Schema": "0"})
    assert reply.json()["verdicts"][0]["status"] == "refused"


def test_a_restored_centre_is_recognised(centre: World, database_url: str, tmp_path, request: pytest.FixtureRequest):
    """A desk that has seen what the restore lost is told so, even when the numbers have caught up again."""
    centre.person("wangfang")
    desk = centre.desk("wangfang")
    ticket = open_ticket(centre, desk, "20260001")
    desk.pull()
    shared = Cursor(n=desk.n, h=desk.h)
    backup.backup(centre.service.store.engine, tmp_path / "saved.gz", centre.clock)
    claim = desk.item(ClaimTicket(id=centre.id(), ticket_id=ticket))
    desk.push(claim)
    desk.pull()
    lost = Cursor(n=desk.n, h=desk.h)

    url = f"sqlite:///{tmp_path / 'restored.db'}"
    if database_url.startswith("postgresql"):
        url = request.getfixturevalue("pg_clone")("empty", lambda _url: None)
    engine = open_engine(url)
    backup.restore(engine, tmp_path / "saved.gz", centre.clock)
    assert verify.verify(engine) == []
    engine.dispose()
    with world(url, tmp_path / "restored") as restored:
        again = Desk(restored, desk.installation, seqs=dict(desk.seqs))
        again.sign_in("wangfang")
        reply = again.get("/v1/pull", n=lost.n, h=lost.h, known=[f"{lost.n}:{lost.h}", f"{shared.n}:{shared.h}"])
        assert reply.status_code == 409
        assert reply.json()["common"] == {"n": shared.n, "h": shared.h}
        assert reply.json()["snapshot"] is True
        # What was lost is sent again under its old id and number, and is applied.
        verdict = again.push(claim)["verdicts"][0]
        assert (verdict["status"], verdict["duplicate"]) == ("applied", False)
        again.pull()
        assert again.doc("ticket", ticket)["holder"] == "u-wangfang"


def test_a_desk_that_reads_page_by_page_equals_one_that_took_a_snapshot_later(centre: World):
    """Tickets wander between teams while desks read: at rest all replicas are the filtered dump (counts are checked
    with every page by the helper)."""
    centre.person("wangfang")
    centre.person("liuyang", Level.SUPERVISOR, ("tech",))
    hotline, tech = centre.desk("wangfang"), centre.desk("liuyang", "team:tech")
    for number in range(6):
        ticket = open_ticket(centre, hotline, f"2026000{number}")
        hotline.push(ClaimTicket(id=centre.id(), ticket_id=ticket))
        if number % 2:
            hotline.push(HandOver(id=centre.id(), ticket_id=ticket, team="tech"))
        if number % 3 == 0:
            hotline.pull(limit=2)
            tech.pull(limit=1)
    for desk in (hotline, tech):
        desk.pull(limit=3)
        lines = [json.loads(line) for line in desk.get("/v1/snapshot").text.splitlines()][1:]
        assert {(row["kind"], row["id"]): row["doc"] for row in lines} == {
            key: row["doc"] for key, row in desk.rows.items()
        }
    assert verify.verify(centre.service.store.engine) == []
