"""A replica that was made ready in a file of its own is the same as one that was loaded here, row for row."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from desk.domain.commands import AddNote
from desk.storage import outbox, replica, staging
from desk.storage.desk_store import DeskStore
from desk.storage.staging import NotReady, Staging
from desk.wire import codec
from desk.wire.canonical import compact
from desk.wire.protocol import FeedRow, SnapshotHead
from desk.wire.snapshots import Broken
from tests.helpers.desk_data import ACTOR, NOW, at, head, order, organisation, page, person_row, row, ticket
from tests.unit.storage.test_replica import counted, has_every_index, tallied, tokens

ONE, TWO = order(), order("20240917000999", customer_id="c2")
ROWS = [
    *organisation(),
    row(ONE),
    row(TWO),
    row(ticket("1", ONE)),
    row(ticket("2", TWO, holder="u-wang")),
    person_row(ONE.customer_id, name="陈志强", phone="13800000005"),
    person_row("c2", name="单雄信", phone=""),
]


def as_bytes(n: int, rows: Iterable[FeedRow]) -> bytes:
    """A snapshot as the centre sends it."""
    lines = [codec.to_plain(SnapshotHead(n=n, h=f"h{n}")), *(codec.to_plain(one) for one in rows)]
    return "\n".join(compact(line) for line in lines).encode()


def run(made: Staging, content: bytes) -> tuple[int, list[dict]]:
    """What the process does, and the news it tells."""
    news = io.StringIO()
    code = staging.main(io.BytesIO(made.order() + content), news)
    return code, [json.loads(line) for line in news.getvalue().splitlines()]


def test_what_was_made_ready_is_the_same_as_what_was_loaded_here(store: DeskStore):
    store.load_snapshot(head(4), ROWS, NOW, lambda done: None)
    loaded = store.read(lambda view: replica.dump(view.connection)), tokens(store), store.read(tallied)
    store.apply_page(at(4), page(5, row(ticket("3", ONE)), row(order("20240917000555"))), NOW)

    code, news = run(store.staging(), as_bytes(4, ROWS))
    assert code == 0
    assert {"done": len(ROWS)} in news
    applied = store.take_staged(head(4), NOW)
    assert applied.whole
    assert (store.read(lambda view: replica.dump(view.connection)), tokens(store), store.read(tallied)) == loaded
    assert store.read(tallied) == store.read(counted)
    assert store.position() == at(4)
    assert has_every_index(store)
    assert not store.staging().path.exists()
    store.apply_page(at(4), page(5, row(ticket("3", ONE))), NOW)
    assert store.position() == at(5)


def test_acts_that_wait_stay_and_are_laid_over_what_came(store: DeskStore):
    store.load_snapshot(head(4), ROWS, NOW, lambda done: None)
    store.perform(AddNote(id="a1", ticket_id="1", words="…"), ACTOR, NOW, True)
    run(store.staging(), as_bytes(6, ROWS))
    store.take_staged(head(6), NOW)
    assert store.read(lambda view: outbox.pending_ids(view.connection)) == ["a1"]
    assert store.read(lambda view: ("ticket", "1") in view.overlay.entities)


def test_its_file_says_nothing_to_who_has_no_key(store: DeskStore):
    made = store.staging()
    run(made, as_bytes(4, ROWS))
    content = made.path.read_bytes()
    assert len(content) > 4096
    assert "陈志强".encode() not in content
    assert b"SQLite format" not in content


def test_a_snapshot_that_this_desk_cannot_read_is_told_and_changes_nothing(store: DeskStore):
    bad = FeedRow(kind="ticket", id="9", doc={"id": "9", "kind": "never heard of"})
    code, news = run(store.staging(), as_bytes(7, [*ROWS, bad]))
    assert code == 2
    assert "kind" in news[-1]["fault"]
    assert store.position() == at(1)


@pytest.mark.parametrize("content", [as_bytes(7, ROWS)[:-20], gzip.compress(as_bytes(7, ROWS))[:-20], b""])
def test_one_that_was_cut_short_is_no_reason_to_be_too_old(store: DeskStore, content: bytes):
    with pytest.raises(Broken):
        run(store.staging(), content)


def test_a_file_that_is_none_changes_nothing(store: DeskStore):
    store.staging().path.write_bytes(b"half of something" * 1000)
    with pytest.raises(NotReady):
        store.take_staged(head(7), NOW)
    store.staging().clear()
    with pytest.raises(NotReady):
        store.take_staged(head(7), NOW)
    assert store.position() == at(1)
    store.apply_page(at(1), page(2, row(ONE)), NOW)
    assert store.position() == at(2)


def test_what_a_killed_run_left_goes_with_the_next_opening(path: Path):
    left = path.with_suffix(".coming")
    left.write_bytes(b"half")
    DeskStore(path, bytes(32), ("org",)).close()
    assert not left.exists()


def test_what_a_person_starts_with_has_no_position(tmp_path: Path, path: Path):
    opened = DeskStore(path, bytes(32), ("org",))
    opened.load_first(ROWS, NOW)
    assert opened.position() is None
    assert opened.read(lambda view: replica.entity(view.connection, "ticket", "1")) == ticket("1", ONE)
    opened.close()
