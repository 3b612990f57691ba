"""The tables of a desk: the replica (disposable), and what only this desk knows (kept through every upgrade)."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text, UniqueConstraint

# Times in columns are integer microseconds since the epoch: ISO texts with and without fractions do not sort.
replica_metadata = MetaData()
own_metadata = MetaData()

# --- replica: written by sync alone; dropped and fetched anew when its version changes ------------------------------
REPLICA_VERSION = 7


def _replica_table(kind: str, *columns: Column[int] | Column[str]) -> Table:
    """One table per kind: the document as the centre hashed it, and the columns that lists and loaders select by."""
    return Table(
        f"replica_{kind}",
        replica_metadata,
        Column("id", Text, primary_key=True),
        Column("doc", Text, nullable=False),
        *columns,
    )


replica_order = _replica_table(
    "order",
    Column("number", Text, nullable=False, index=True),
    Column("customer_id", Text, nullable=False, index=True),
    Column("remark_id", Text),
)
replica_ticket = _replica_table(
    "ticket",
    Column("order_id", Text, index=True),
    Column("open", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("team", Text, nullable=False),
    Column("store_id", Text),
    Column("holder", Text),
    Column("needs_review", Integer, nullable=False),
    Column("label", Text, nullable=False),  # reason, or type and sub-type: what a text filter matches by policy's names
    Column("due", Integer, nullable=False),
    Column("urgency", Integer, nullable=False),  # -priority: higher priority first among equal due times
    Column("closed", Integer, nullable=False),  # -closed_at: newest first
    Column("told", Text),  # the last level that heard of it while nobody takes it
)
# Every column that a list selects by, so that counting and paging never read the documents beside them.
_LISTED = ("team", "holder", "kind", "needs_review", "label", "order_id")
Index("replica_ticket_queue", *(replica_ticket.c[name] for name in ("open", "due", "urgency", "id", *_LISTED)))
Index("replica_ticket_told", replica_ticket.c.told, sqlite_where=replica_ticket.c.told.is_not(None))
Index("replica_ticket_done", *(replica_ticket.c[name] for name in ("open", "closed", "id", *_LISTED)))
# How many rows of each kind there are, and how many tickets of each sort: counting a hundred thousand of them takes
# longer than showing a page.
row_count = Table(
    "row_count",
    replica_metadata,
    Column("kind", Text, primary_key=True),
    Column("n", Integer, nullable=False),
    sqlite_with_rowid=False,
)
ticket_count = Table(
    "ticket_count",
    replica_metadata,
    Column("open", Integer, primary_key=True),
    Column("team", Text, primary_key=True),
    Column("holder", Text, primary_key=True),  # "" for nobody
    Column("kind", Text, primary_key=True),
    Column("needs_review", Integer, primary_key=True),
    Column("n", Integer, nullable=False),
    sqlite_with_rowid=False,
)
replica_entry = _replica_table("entry", Column("order_id", Text, nullable=False, index=True))
replica_approval = _replica_table(
    "approval",
    Column("order_id", Text, nullable=False, index=True),
    Column("state", Text, nullable=False, index=True),
    Column("requested", Integer, nullable=False),
)
replica_effect = _replica_table(
    "effect",
    Column("order_id", Text, nullable=False, index=True),
    Column("state", Text, nullable=False, index=True),
    Column("ordered", Integer, nullable=False),
)
replica_task = _replica_table(
    "task",
    Column("order_id", Text, index=True),
    Column("ticket_id", Text, nullable=False, index=True),
    Column("open", Integer, nullable=False),
    Column("team", Text, nullable=False),
    Column("escalations", Integer, nullable=False),
    Column("due", Integer, nullable=False),
    Column("ended", Integer, nullable=False),  # -replied_at: newest first
)
Index("replica_task_open", *(replica_task.c[name] for name in ("open", "due", "id", "team", "escalations")))
Index("replica_task_ended", *(replica_task.c[name] for name in ("open", "ended", "id", "team")))
replica_block = _replica_table("block")
replica_budget = _replica_table("budget")
replica_staff = _replica_table("staff", Column("login", Text, nullable=False, index=True))
replica_team = _replica_table("team")
replica_store = _replica_table("store")
replica_installation = _replica_table("installation")
replica_policy = _replica_table("policy")
replica_private = _replica_table(
    "private",
    Column("values", Text),  # as this scope may see them; null once erased
)
REPLICA_TABLES = {
    "order": replica_order,
    "ticket": replica_ticket,
    "entry": replica_entry,
    "approval": replica_approval,
    "effect": replica_effect,
    "task": replica_task,
    "block": replica_block,
    "budget": replica_budget,
    "staff": replica_staff,
    "team": replica_team,
    "store": replica_store,
    "installation": replica_installation,
    "policy": replica_policy,
    "private": replica_private,
}

search_token = Table(
    "search_token",
    replica_metadata,
    Column("kind", Text, primary_key=True),
    Column("token", Text, primary_key=True),
    Column("order_id", Text, primary_key=True),
    sqlite_with_rowid=False,
)
# Which tokens an order has in there: to take them out again, an index of that table by order would be as big as it.
search_known = Table(
    "search_known",
    replica_metadata,
    Column("order_id", Text, primary_key=True),
    Column("tokens", Text, nullable=False),  # a line each: kind, blank, token
    sqlite_with_rowid=False,
)

# The feed position that the replica equals; written in the same commit as the rows (DESIGN 1.4).
cursor = Table(
    "cursor",
    replica_metadata,
    Column("id", Integer, primary_key=True),  # always 1
    Column("n", Integer, nullable=False),
    Column("h", Text, nullable=False),
)

# --- own: migrated, never dropped (storage/migrations.py) -----------------------------------------------------------

outbox = Table(
    "outbox",
    own_metadata,
    Column("position", Integer, primary_key=True, autoincrement=True),  # order of the acts at this desk
    Column("id", Text, nullable=False, unique=True),
    Column("person_id", Text, nullable=False),
    Column("seq", Integer, nullable=False),  # counts from 1 per (installation, person)
    Column("actor", Text, nullable=False),  # as it was then: the overlay decides with it
    Column("command", Text, nullable=False),  # {id, name, v, args}
    Column("claimed_at", Text, nullable=False),
    Column("state", Text, nullable=False),  # outbox.State
    Column("forecast", Text, nullable=False),  # what this desk expected: accepted, needs_approval, ask_centre
    Column("attempts", Integer, nullable=False, default=0),
    Column("verdict", Text),  # the centre's answer: {status, n, code, data, outcome}
    Column("n", Integer),  # feed position of the verdict
    Column("settled_at", Integer),
    Column("dismissed_at", Integer),
    UniqueConstraint("person_id", "seq"),
)
Index("outbox_state", outbox.c.state)

person = Table(
    "person",
    own_metadata,
    Column("id", Text, primary_key=True),
    Column("login", Text, nullable=False, unique=True),
    Column("actor", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("offline_grant", Text, nullable=False),
    Column("seq", Integer, nullable=False, default=0),  # the last one given
    Column("signed_in_at", Integer, nullable=False),
)

draft = Table(
    "draft",
    own_metadata,
    Column("person_id", Text, ForeignKey("person.id"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("at", Integer, nullable=False),
)

meta = Table(
    "meta",
    own_metadata,
    Column("key", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)
