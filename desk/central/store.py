"""The one function that opens a writing transaction at the centre: head row locked first, state loaded after.

    with store.writing() as tx:
        tx.stage(entities, ...)      # nothing is written yet
    # here: rows, memberships, private values, receipts, feed and head are one commit

A transaction belongs to one thread. Whatever is staged is flushed in bulk at the end, so a command that fails in its
rule leaves nothing behind; a statement that fails takes the whole commit with it (see apply.py for what follows).
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, insert, literal_column, null, select, union_all, update

from desk.central import tables as t
from desk.central.among import among, pair_among
from desk.central.book import CentreBook
from desk.central.columns import UtcTime
from desk.central.commits import Made, Row, commit_of
from desk.central.engine import asking, reading
from desk.central.rows import row_of, upsert
from desk.central.scoping import POLICY_KEY, Settlement, Texts, memberships
from desk.central.turns import Turns
from desk.domain.case import KIND_OF, Entity, Key
from desk.domain.orders import Order
from desk.domain.policy import Policy
from desk.domain.scope import ORG
from desk.wire import codec
from desk.wire.canonical import GENESIS, commitment, link
from desk.wire.protocol import Cursor

MAX_ROWS = 500  # rows of one commit (DESIGN 1.4)
REVEAL_MINUTES = 10
Clock = Callable[[], datetime]
Indexer = Callable[[Connection, Sequence[tuple[Order, Mapping[str, str]]], frozenset[str]], None]


# Made once: building a statement anew costs more than asking it.
# FOR UPDATE is left out by SQLite's dialect, where BEGIN IMMEDIATE has locked already.
_LOCKED_HEAD = select(t.head).where(t.head.c.shard == t.SHARD).with_for_update()
_HEAD = select(t.head.c.n, t.head.c.h).where(t.head.c.shard == t.SHARD)
_MOVE_HEAD = (
    update(t.head)
    .where(t.head.c.shard == t.SHARD)
    .values({name: bindparam(f"new_{name}") for name in ("n", "h", "tickets", "policy_version")})
)
_RECEIPTS = select(t.receipts).where(among(t.receipts.c.id, "ids"))
_PRIVATE = select(t.private).where(among(t.private.c.id, "ids"))
_LAST_SEQS = select(
    literal_column("'sequence'"), t.sequences.c.installation, t.sequences.c.person, t.sequences.c.last
).where(pair_among(t.sequences.c.installation, t.sequences.c.person, "pairs"))
# Of commands that come in: which are known already, how far their desks have counted, and whose session holds.
_PAST = union_all(
    _LAST_SEQS,  # first: it has the types
    select(literal_column("'receipt'"), t.receipts.c.id, null(), null()).where(among(t.receipts.c.id, "ids")),
    select(literal_column("'session'"), t.sessions.c.token_hash, null(), null()).where(
        among(t.sessions.c.token_hash, "sessions"), t.sessions.c.expires_at > bindparam("now", type_=UtcTime)
    ),
)
_NEW_COMMIT, _NEW_ROWS, _NEW_RECEIPTS = insert(t.commits), insert(t.feed), insert(t.receipts)


class TooManyRows(Exception):
    """One transaction tried to write more than a commit may hold."""


class NotInitialised(Exception):
    """The database has no head row yet."""


@dataclass(frozen=True, slots=True)
class PrivateValue:
    """Personal values to keep under `id`; `owner` is the (kind, id) whose scopes they share."""

    id: str
    kind: str  # customer, staff, text
    owner: Key
    values: Mapping[str, str]


@dataclass(slots=True)
class _Staged:
    private: dict[str, PrivateValue] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    receipts: dict[str, dict[str, Any]] = field(default_factory=dict)
    verdicts: list[Row] = field(default_factory=list)
    sequences: dict[tuple[str, str], int] = field(default_factory=dict)
    reveals: list[dict[str, Any]] = field(default_factory=list)
    policy: tuple[Policy, str] | None = None
    anew: set[Key] = field(default_factory=set)


def utc_now() -> datetime:
    """The wall clock, aware."""
    return datetime.now(UTC)


class Store:
    """The database of one shard. Safe to share between threads; each transaction has its own connection.

    `on_commit` callables are told of each commit that made a feed position, on the committing thread, once it is
    durable; they must be quick. Two commits may be told in another order than they were made.
    `observers` run inside every transaction before it ends, and may write tables that the feed never tells.
    `indexers` run inside the transaction over the orders it writes, each with its customer's
    values, and the customers whose values are new.
    """

    def __init__(self, engine: Engine, clock: Clock = utc_now) -> None:
        self.engine = engine
        self.clock = clock
        self.on_commit: list[Callable[[Made], None]] = []
        self.indexers: list[Indexer] = []
        self.observers: list[Callable[[Transaction], None]] = []
        self._policies: dict[int, Policy] = {}
        self._turns = Turns()
        # SQLite has one writer at a time, whatever it writes; PostgreSQL has one at the head and many aside.
        self._aside_turns: AbstractContextManager[None] = (
            self._turns if engine.dialect.name == "sqlite" else nullcontext()
        )

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """A transaction that may write anything the feed tells; commits at the end, rolls back on an exception.

        Raises TooManyRows, NotInitialised, and SQLAlchemy's errors.
        """
        with self._turns, self.engine.connect() as connection, connection.begin():
            tx = Transaction(self, connection)
            yield tx
            made = tx.flush()
        if made:
            for tell in self.on_commit:
                tell(made)

    @contextmanager
    def aside(self) -> Iterator[Connection]:
        """A small transaction on what the feed never tells: sessions, throttles, codes, keys. Takes no head lock."""
        with self._aside_turns, self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Everything as of one moment, nothing written."""
        with reading(self.engine) as connection:
            yield connection

    @contextmanager
    def asking(self) -> Iterator[Connection]:
        """For questions that need no common moment: a round trip less before and after."""
        with asking(self.engine) as connection:
            yield connection

    def policy(self, connection: Connection, version: int) -> Policy | None:
        """The policy of a version, kept in memory once read; None for version 0 (nothing published yet)."""
        if version not in self._policies:
            doc = connection.scalar(select(t.policies.c.doc).where(t.policies.c.version == version))
            if doc is None:
                return None
            self._policies[version] = codec.policy_from_plain(doc)
        return self._policies[version]

    def head_policy(self, connection: Connection) -> Policy | None:
        """The policy in force; None where nothing is published yet."""
        version = connection.scalar(select(t.head.c.policy_version).where(t.head.c.shard == t.SHARD))
        return self.policy(connection, int(version or 0))

    def head(self, connection: Connection) -> Cursor:
        """Where the feed stands."""
        row = connection.execute(_HEAD).one()
        return Cursor(n=row.n, h=row.h)

    def head_now(self) -> Cursor:
        """Where the feed stands at this moment."""
        with self.asking() as connection:
            return self.head(connection)


class Transaction:
    """One commit in the making. `book` reads, `stage` and its kin write; nothing reaches the tables before `flush`."""

    def __init__(self, store: Store, connection: Connection) -> None:
        self._store = store
        self.connection = connection
        row = connection.execute(_LOCKED_HEAD).one_or_none()
        if row is None:
            raise NotInitialised("the database is empty: run desk-central init")
        self.now = store.clock()
        self.n = int(row.n) + 1
        self._previous = str(row.h)
        self.head = Cursor(n=int(row.n), h=self._previous)  # where the feed stands; moves on with `flush`
        self.book = CentreBook(connection, int(row.tickets), int(row.policy_version))
        self.policy = store.policy(connection, int(row.policy_version))
        self._staged = _Staged()
        self._seqs: dict[tuple[str, str], int] = {}

    @property
    def size(self) -> int:
        """How much is staged, to know when a commit is full."""
        return len(self.book.staged) + len(self._staged.private) + len(self._staged.verdicts)

    def stage(self, entities: Iterable[Entity], private: Iterable[PrivateValue] = ()) -> None:
        """Write these entities, whole, and these personal values."""
        values = {one.id: one for one in private}
        self.book.stage(entities, {one.id: one.values for one in values.values()})
        self._staged.private.update(values)

    def stage_erasure(self, ids: Iterable[str]) -> None:
        """Delete these personal values and their salts, and have every replica do so; the chain keeps standing."""
        self._staged.erased.update(ids)

    def stage_policy(self, policy: Policy, by: str) -> None:
        """Put a policy in force; commands that follow in this commit are decided by it."""
        self.policy = policy
        self.book.version = policy.version
        self._staged.policy = policy, by

    def stage_reveal(self, person: str, private_id: str) -> None:
        """Let a person read a contact in full for a while."""
        until = self.now + timedelta(minutes=REVEAL_MINUTES)
        self._staged.reveals.append({"person": person, "private_id": private_id, "until": until})

    def place_anew(self, keys: Iterable[Key]) -> None:
        """Have scopes computed again for orders and tickets that nothing wrote (ageing out)."""
        self._staged.anew.update(keys)

    def stage_receipt(self, receipt: dict[str, Any], verdict: dict[str, Any], scopes: frozenset[str]) -> None:
        """Keep a verdict for ever (or until its kind is purged) and tell its installation in this commit.

        `receipt` is a row of `receipts` without shard, n and at; `verdict` the chained document.
        """
        made = {**receipt, "shard": t.SHARD, "n": self.n, "at": self.now}
        self._staged.receipts[receipt["id"]] = made
        self._staged.verdicts.append(Row("verdict", receipt["id"], frozenset(), scopes, verdict))

    def stage_note(self, row: Row) -> None:
        """Put a row of the centre's own into the chain (a restore)."""
        self._staged.verdicts.append(row)

    def staged_receipt(self, command_id: str) -> Mapping[str, Any] | None:
        """The receipt of a command of this very transaction."""
        return self._staged.receipts.get(command_id)

    def learn_past(
        self, ids: Sequence[str], desks: Iterable[tuple[str, str]] = (), sessions: Iterable[str] = ()
    ) -> tuple[dict[str, Mapping[str, Any]], set[str]]:
        """The receipts there are for these command ids, and which of these sessions (hashes of tokens) hold; and the
        last sequence numbers of (installation, person), to be asked for one by one with `last_seq`."""
        wanted = [pair for pair in set(desks) if pair not in self._seqs]
        if not (ids or wanted or sessions):
            return {}, set()
        self._seqs.update(dict.fromkeys(wanted, 0))
        asked = {"ids": ids, "pairs": wanted, "sessions": sorted(sessions), "now": self.now}
        known, hold = [], set()
        for kind, one, person, last in self.connection.execute(_PAST, asked):
            if kind == "receipt":
                known.append(one)
            elif kind == "session":
                hold.add(one)
            else:
                self._seqs[one, person] = int(last)
        rows = self.connection.execute(_RECEIPTS, {"ids": known}).mappings() if known else ()
        return {row["id"]: dict(row) for row in rows}, hold

    def last_seq(self, installation: str, person: str) -> int:
        """The last sequence number taken from this person at this installation; 0 before the first."""
        if (installation, person) not in self._seqs:
            self.learn_past((), [(installation, person)])
        return self._staged.sequences.get((installation, person), self._seqs[installation, person])

    def take_seq(self, installation: str, person: str, seq: int) -> None:
        """Count this sequence number as taken."""
        self._staged.sequences[installation, person] = seq

    def flush(self) -> Made | None:
        """Write everything that was staged, link the commit to the chain; None where there is nothing to tell."""
        self._write_entities()
        texts = self._write_private()
        rows = Settlement(self.book, texts, self.policy, self.now).rows(self._staged.anew)
        rows += self._write_policy() + self._staged.verdicts
        self._index(frozenset(owner[1] for owner in texts.owners.values() if owner[0] == "customer"))
        self._observe()
        if self._staged.reveals:
            upsert(self.connection, t.reveals, self._staged.reveals)
        sequences = [{"installation": i, "person": p, "last": last} for (i, p), last in self._staged.sequences.items()]
        upsert(self.connection, t.sequences, sequences)
        if not rows:
            return None
        if len(rows) > MAX_ROWS:
            raise TooManyRows(f"{len(rows)} rows in one commit, {MAX_ROWS} are allowed")
        return self._write_feed(rows)

    def _write_entities(self) -> None:
        by_table: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for entity in self.book.staged.values():
            by_table[KIND_OF[type(entity)]].append(row_of(entity, self.n))
        for kind in sorted(by_table):
            upsert(self.connection, t.ENTITY_TABLES[kind], by_table[kind])

    def _write_private(self) -> Texts:
        touched = [*self._staged.private, *self._staged.erased]
        if not touched:
            return Texts()
        known = {row.id: row for row in self.connection.execute(_PRIVATE, {"ids": touched})}
        owners: dict[str, Key] = {}
        commitments: dict[str, str] = {}
        rows: list[dict[str, Any]] = []
        for one in self._staged.erased & set(known):
            old = known[one]
            owners[one], commitments[one] = (old.owner_kind, old.owner_id), old.commitment
            rows.append({**dict(old._mapping), "values": None, "salt": None})
        for value in self._staged.private.values():
            plain = dict(value.values)
            if value.id in known and known[value.id].values == plain:
                continue
            salt = secrets.token_hex(16)
            commitments[value.id] = commitment(salt, plain)
            owners[value.id] = value.owner
            row = {"id": value.id, "kind": value.kind, "owner_kind": value.owner[0], "owner_id": value.owner[1]}
            rows.append({**row, "values": plain, "salt": salt, "commitment": commitments[value.id]})
        upsert(self.connection, t.private, rows)
        return Texts(owners, commitments)

    def _write_policy(self) -> list[Row]:
        if self._staged.policy is None:
            return []
        policy, by = self._staged.policy
        doc = codec.to_plain(policy)
        self.connection.execute(insert(t.policies).values(version=policy.version, doc=doc, at=self.now, by=by))
        before = memberships(self.connection, [POLICY_KEY])[POLICY_KEY]
        if not before:
            member = {"scope": "org", "kind": POLICY_KEY[0], "id": POLICY_KEY[1]}
            self.connection.execute(insert(t.members).values(member))
        return [Row(*POLICY_KEY, before, ORG, doc)]

    def _index(self, moved: frozenset[str]) -> None:
        orders = [one for one in self.book.staged.values() if isinstance(one, Order)]
        written = [(order, self.book.private(order.customer_id) or {}) for order in orders]
        for index in self._store.indexers if written else ():
            index(self.connection, written, moved)

    def _observe(self) -> None:
        for observe in self._store.observers:
            observe(self)

    def _write_feed(self, rows: list[Row]) -> Made:
        h = link(self._previous, self.n, [row.chained() for row in rows])
        commit = {"shard": t.SHARD, "n": self.n, "h": h, "at": self.now, "rows": len(rows)}
        self.connection.execute(_NEW_COMMIT, commit)
        self.connection.execute(_NEW_ROWS, [self._feed_row(position, row) for position, row in enumerate(rows)])
        if self._staged.receipts:
            self.connection.execute(_NEW_RECEIPTS, list(self._staged.receipts.values()))
        moved = {"new_n": self.n, "new_h": h, "new_tickets": self.book.tickets, "new_policy_version": self.book.version}
        self.connection.execute(_MOVE_HEAD, moved)
        self.head = Cursor(n=self.n, h=h)
        kinds = frozenset(kind for kind, _ in self.book.staged)
        return Made(commit_of(self.n, h, self.now, rows), self._previous, kinds)

    def _feed_row(self, position: int, row: Row) -> dict[str, Any]:
        made = {"shard": t.SHARD, "n": self.n, "position": position, "kind": row.kind, "id": row.id}
        return {**made, "before": row.before, "after": row.after, "doc": row.doc}


def found(connection: Connection) -> None:
    """Write the head row of an empty database: position 0, the genesis of the chain."""
    first = {"shard": t.SHARD, "n": 0, "h": GENESIS, "floor": 0, "tickets": 0, "policy_version": 0}
    connection.execute(insert(t.head).values(first))
