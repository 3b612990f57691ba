"""Checks the invariants of DESIGN section 6 on a live database: every finding is a broken promise, none is a warning.

Reads everything as of one moment, in order and in portions; writes nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, select

from desk.central import tables as t
from desk.central.commits import load_commits
from desk.central.engine import reading
from desk.central.rows import entity_of, row_of
from desk.central.scoping import POLICY_KEY
from desk.domain.case import Key
from desk.domain.ledger import GOODWILL_KINDS, EntryState, LedgerEntry
from desk.domain.orders import Order
from desk.domain.tenders import TO_TENDER
from desk.wire.canonical import GENESIS, canonical, commitment, digest, link

_PORTION = 500
# Written beside the books: they change when somebody looks in, and say nothing of what happened.
_NOT_STATE = frozenset(
    {
        "head",
        "commits",
        "feed",
        "receipts",
        "sequences",
        "sessions",
        "throttles",
        "enrol_codes",
        "meta",
        "ingested",
        "audit",
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken invariant: which, and where."""

    code: str
    where: str


Check = Callable[[Connection], Iterator[Finding]]
_Place = tuple[str, str, str]  # where a refund goes: order, receipt or "", tender or ""


def verify(engine: Engine) -> list[Finding]:
    """Every finding, in the order of the checks; empty when all holds."""
    with reading(engine) as connection:
        return [finding for check in CHECKS for finding in check(connection)]


def state_digest(engine: Engine) -> str:
    """One hash over everything that is told, given or promised: entities, personal values, policy, who sees what.

    A call that was refused leaves it as it was (tests of lying clients hold to that).
    """
    with reading(engine) as connection:
        parts: dict[str, Any] = {}
        for table in t.metadata.sorted_tables:
            if table.name not in _NOT_STATE:
                parts[table.name] = digest([_told(row, table) for row in _ordered(connection, table)])
        return digest(parts)


# --- the chain -------------------------------------------------------------------------------------------------------


def check_chain(connection: Connection) -> Iterator[Finding]:
    """Gapless from genesis to the head, each link made of the former and the commit's rows (above the floor)."""
    head = connection.execute(select(t.head).where(t.head.c.shard == t.SHARD)).one()
    n, h = 0, GENESIS
    while portion := load_commits(connection, n, _PORTION):
        for commit in portion:
            if commit.n != n + 1:
                yield Finding("chain_gap", f"{n + 1}")
            rows = [[row.kind, row.id, sorted(row.before), sorted(row.after), row.doc] for row in commit.rows]
            if commit.n > head.floor and link(h, commit.n, rows) != commit.h:
                yield Finding("chain_broken", f"{commit.n}")
            n, h = commit.n, commit.h
    if (n, h) != (head.n, head.h):
        yield Finding("head_elsewhere", f"head {head.n}, last commit {n}")


def check_receipts(connection: Connection) -> Iterator[Finding]:
    """Every receipt is in the feed at its position and the other way round; sequence numbers are counted on."""
    floor = connection.scalar(select(t.head.c.floor).where(t.head.c.shard == t.SHARD)) or 0
    told = {
        row.id: row.n for row in connection.execute(select(t.feed.c.id, t.feed.c.n).where(t.feed.c.kind == "verdict"))
    }
    kept: dict[str, int] = {}
    for row in connection.execute(select(t.receipts.c.id, t.receipts.c.n)):
        kept[row.id] = row.n
        if row.n > floor and told.get(row.id) != row.n:
            yield Finding("receipt_not_told", row.id)
    for one in sorted(set(told) - set(kept)):
        yield Finding("verdict_without_receipt", one)
    last = func.max(t.receipts.c.seq)
    found = select(t.receipts.c.installation, t.receipts.c.person, last).where(t.receipts.c.seq.is_not(None))
    counted = {(row.installation, row.person): row.last for row in connection.execute(select(t.sequences))}
    for installation, person, highest in connection.execute(
        found.group_by(t.receipts.c.installation, t.receipts.c.person)
    ):
        if counted.get((installation, person)) != highest:
            yield Finding("sequence_lost", f"{installation} {person}")


# --- rows and who sees them ------------------------------------------------------------------------------------------


def check_columns(connection: Connection) -> Iterator[Finding]:
    """The columns beside a document say what it says."""
    for kind, table in t.ENTITY_TABLES.items():
        for row in _ordered(connection, table):
            made = row_of(entity_of(kind, row["doc"]), row["n"])
            if {**made, "doc": None} != {**row, "doc": None} or not _says(made["doc"], row["doc"]):
                yield Finding("column_differs", f"{kind} {row['id']}")


def _says(made: Any, kept: Any) -> bool:
    """Whether a document says all that was kept. One of an older version lacks what has come since: that is not there,
    and what is read of it is a default."""
    if isinstance(kept, dict) and isinstance(made, dict):
        return all(name in made and _says(made[name], value) for name, value in kept.items())
    if isinstance(kept, list) and isinstance(made, list):
        return len(made) == len(kept) and all(_says(*pair) for pair in zip(made, kept, strict=True))
    return bool(made == kept)


def check_replicas(connection: Connection) -> Iterator[Finding]:
    """What a replica holds after reading the whole feed is what the tables hold for its scope, row by row."""
    members: dict[Key, set[str]] = defaultdict(set)
    for row in connection.execute(select(t.members)):
        members[row.kind, row.id].add(row.scope)
    docs = _documents(connection)
    seen: set[Key] = set()
    table = t.feed
    newest_first = (
        select(table)
        .where(table.c.kind.not_in(("verdict", "epoch")))
        .order_by(table.c.n.desc(), table.c.position.desc())
    )
    for row in connection.execute(newest_first.execution_options(yield_per=_PORTION)):
        key = (row.kind, row.id)
        if key in seen:
            continue
        seen.add(key)
        if row.after != frozenset(members.get(key, ())):
            yield Finding("scope_differs", f"{row.kind} {row.id}")
        elif row.after and canonical(row.doc) != docs.get(key):
            yield Finding("replica_differs", f"{row.kind} {row.id}")
    floor = connection.scalar(select(t.head.c.floor).where(t.head.c.shard == t.SHARD)) or 0
    if not floor:
        for key in sorted(set(members) - seen):
            yield Finding("never_told", "/".join(key))


def check_private(connection: Connection) -> Iterator[Finding]:
    """Personal values match what the chain holds of them, unless they were erased."""
    for row in _ordered(connection, t.private):
        is_erased = row["values"] is None and row["salt"] is None
        if not is_erased and commitment(row["salt"], row["values"]) != row["commitment"]:
            yield Finding("commitment_differs", row["id"])


# --- money -----------------------------------------------------------------------------------------------------------


def check_money(connection: Connection) -> Iterator[Finding]:
    """Budgets equal the sums of what was given; refunds stay within what came in, per tender and receipt."""
    spent: Counter[str] = Counter()
    refunds: Counter[_Place] = Counter()
    for row in _ordered(connection, t.entries):
        entry = entity_of("entry", row["doc"])
        if not isinstance(entry, LedgerEntry) or entry.state is EntryState.FAILED:
            continue
        if entry.kind in GOODWILL_KINDS:
            spent.update({key: entry.cost for key in entry.budgets})
            if not entry.budgets:
                yield Finding("grant_without_budget", entry.key)
        if entry.kind in TO_TENDER:
            refunds[entry.order_id, entry.receipt_id or "", entry.tender_id or ""] += entry.cost
    for row in _ordered(connection, t.budgets):
        if (
            row["cap"] != row["free"] + row["leased"] + row["spent"]
            or min(row["free"], row["leased"], row["spent"]) < 0
        ):
            yield Finding("budget_out_of_balance", row["id"])
        if row["spent"] != spent.pop(row["id"], 0):
            yield Finding("budget_differs", row["id"])
    for key in sorted(spent):
        yield Finding("budget_missing", key)
    yield from _check_refunds(connection, refunds)


def _check_refunds(connection: Connection, refunds: Counter[_Place]) -> Iterator[Finding]:
    for order_id in sorted({order_id for order_id, _, _ in refunds}):
        doc = connection.scalar(select(t.orders.c.doc).where(t.orders.c.id == order_id))
        order = None if doc is None else entity_of("order", doc)
        if not isinstance(order, Order):
            yield Finding("entry_without_order", order_id)
            continue
        for (of, receipt_id, tender_id), total in refunds.items():
            if of == order_id and total > _came_in(order, receipt_id, tender_id):
                code = "refunded_more_than_received" if receipt_id else "refunded_more_than_paid"
                yield Finding(code, f"{order_id} {receipt_id or tender_id}")


def _came_in(order: Order, receipt_id: str, tender_id: str) -> int:
    """What was received or paid there; nothing where the order has no such receipt or tender."""
    if receipt_id:
        receipt = order.receipt(receipt_id)
        return receipt.amount if receipt else 0
    tender = order.tender(tender_id)
    return tender.paid if tender else 0


CHECKS: tuple[Check, ...] = (check_chain, check_receipts, check_columns, check_replicas, check_private, check_money)


def _documents(connection: Connection) -> dict[Key, bytes]:
    """What the tables hold now, as a replica gets it, by key."""
    docs: dict[Key, bytes] = {}
    for kind, table in t.ENTITY_TABLES.items():
        docs |= {(kind, row["id"]): canonical(row["doc"]) for row in _ordered(connection, table)}
    for row in _ordered(connection, t.private):
        docs["private", row["id"]] = canonical({"commitment": row["commitment"]})
    newest = connection.scalar(select(t.policies.c.doc).order_by(t.policies.c.version.desc()).limit(1))
    return docs | {POLICY_KEY: canonical(newest)}


def _ordered(connection: Connection, table: Table) -> Iterator[Any]:
    keys = list(table.primary_key.columns)
    found = select(table).order_by(*keys).execution_options(yield_per=_PORTION)
    yield from connection.execute(found).mappings()


def _told(row: Any, table: Table) -> list[str]:
    """A row as text, for a digest; what is salted or says when it was written does not count."""
    passed = {"salt", "commitment", "n"}
    return [f"{column.name}={row[column.name]!r}" for column in table.columns if column.name not in passed]
