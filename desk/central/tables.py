"""The centre's tables: head and feed, receipts, one table per kind of entity, personal values, who may come in.

An entity is its document; the columns beside it are what queries and constraints need, taken from it on each write.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from desk.central.columns import Document, Scopes, UtcTime, binary_text

SHARD = "main"  # one until someone needs two; a column from the first schema on (DESIGN 7)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _key(name: str) -> Column[str]:
    return Column(name, String(200), primary_key=True)


def _shard() -> Column[str]:
    return Column("shard", String(32), primary_key=True)


# --- the feed ----------------------------------------------------------------------------------------------------

head = Table(
    "head",
    metadata,
    _shard(),
    Column("n", BigInteger, nullable=False),
    Column("h", String(64), nullable=False),
    Column("floor", BigInteger, nullable=False),
    Column("tickets", BigInteger, nullable=False),  # how many ticket numbers were given out
    Column("policy_version", Integer, nullable=False),
)

commits = Table(
    "commits",
    metadata,
    _shard(),
    Column("n", BigInteger, primary_key=True),
    Column("h", String(64), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("rows", Integer, nullable=False),
)

feed = Table(
    "feed",
    metadata,
    _shard(),
    Column("n", BigInteger, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("id", String(200), nullable=False),
    Column("before", Scopes, nullable=False),
    Column("after", Scopes, nullable=False),
    Column("doc", Document),
    ForeignKeyConstraint(["shard", "n"], ["commits.shard", "commits.n"]),
)

# Which scope holds which row now: what snapshots, counts and "before" are read from.
members = Table(
    "members",
    metadata,
    _key("scope"),
    Column("kind", String(32), primary_key=True),
    Column("id", String(200), primary_key=True),
    Index(None, "kind", "id"),
)

receipts = Table(
    "receipts",
    metadata,
    _key("id"),
    Column("shard", String(32), nullable=False),
    Column("n", BigInteger, nullable=False),
    Column("request_hash", String(64), nullable=False),
    Column("status", String(16), nullable=False),
    Column("code", String(64)),
    Column("data", Document, nullable=False),
    Column("outcome", Document, nullable=False),
    Column("installation", String(200), nullable=False),
    Column("person", String(200), nullable=False),
    Column("seq", BigInteger),  # null for the centre's own acts
    Column("name", String(64), nullable=False),
    Column("v", Integer, nullable=False),
    Column("args", Document, nullable=False),  # without private values
    Column("money", Boolean, nullable=False),
    Column("claimed_at", UtcTime, nullable=False),
    Column("at", UtcTime, nullable=False),
    UniqueConstraint("installation", "person", "seq"),
    Index(None, "shard", "n"),
    Index(None, "money", "at"),
)

sequences = Table(
    "sequences",
    metadata,
    _key("installation"),
    _key("person"),
    Column("last", BigInteger, nullable=False),
)

# --- entities ----------------------------------------------------------------------------------------------------


def _entity(name: str, *extra: Column[object] | Index | CheckConstraint | UniqueConstraint) -> Table:
    return Table(
        name,
        metadata,
        _key("id"),
        Column("shard", String(32), nullable=False),
        Column("n", BigInteger, nullable=False),  # the commit that wrote it last
        Column("doc", Document, nullable=False),
        *extra,
    )


orders = _entity(
    "orders",
    Column("number", String(200), nullable=False, index=True),
    Column("connector", String(200), nullable=False),
    Column("customer_id", String(200), nullable=False, index=True),
    Column("state", String(32), nullable=False),
    Column("store_id", String(200)),
    Column("created_at", UtcTime, nullable=False),
    Column("wave_at", UtcTime),
    Index(None, "store_id", "created_at"),
)

tickets = _entity(
    "tickets",
    Column("number", String(32), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("order_id", String(200), index=True),
    Column("order_number", String(200), nullable=False, index=True),
    Column("customer_id", String(200), index=True),
    Column("team", String(200), nullable=False),
    Column("store_id", String(200)),
    Column("stage", String(16), nullable=False),
    Column("holder", String(200)),
    Column("due_at", UtcTime, nullable=False),
    Column("opened_at", UtcTime, nullable=False),
    Column("claim_expires_at", UtcTime),
    Column("overdue_at", UtcTime, index=True),
    Column("closed_at", UtcTime),
    Column("archived_at", UtcTime),
    Column("escalate_at", UtcTime, index=True),
    Index(None, "team", "stage", "due_at"),
    Index(None, "stage", "closed_at"),
    Index(None, "claim_expires_at"),
)

entries = _entity(
    "entries",
    Column("order_id", String(200), nullable=False, index=True),
    Column("customer_id", String(200), nullable=False, index=True),
    Column("kind", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("tender_id", String(200)),
    Column("cost", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("by", String(200), nullable=False),
    Column("at", UtcTime, nullable=False),
    CheckConstraint("cost >= 0", name="cost_not_negative"),
)

budgets = _entity(
    "budgets",
    Column("cap", BigInteger, nullable=False),
    Column("free", BigInteger, nullable=False),
    Column("leased", BigInteger, nullable=False),
    Column("spent", BigInteger, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("period", String(32), nullable=False),
    Column("currency", String(3), nullable=False),
    CheckConstraint("cap = free + leased + spent", name="cap_is_the_sum"),
    CheckConstraint("free >= 0", name="free_not_negative"),
    CheckConstraint("leased >= 0", name="leased_not_negative"),
    CheckConstraint("spent >= 0", name="spent_not_negative"),
    Index(None, "kind", "subject"),
)

approvals = _entity(
    "approvals",
    Column("order_id", String(200), nullable=False, index=True),
    Column("ticket_id", String(200), nullable=False, index=True),
    Column("team", String(200), nullable=False),
    Column("state", String(16), nullable=False),
    Column("escalate_at", UtcTime),
    Column("expires_at", UtcTime, nullable=False),
    Index(None, "state", "escalate_at"),
    Index(None, "state", "expires_at"),
)

effects = _entity(
    "effects",
    Column("order_id", String(200), nullable=False, index=True),
    Column("ticket_id", String(200), index=True),
    Column("connector", String(200), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("team", String(200), nullable=False),
    Column("tender_id", String(200)),
    Column("at", UtcTime, nullable=False),
    Column("next_at", UtcTime),
    Index(None, "state", "next_at"),
)

tasks = _entity(
    "tasks",
    Column("order_id", String(200), index=True),
    Column("ticket_id", String(200), nullable=False, index=True),
    Column("team", String(200), nullable=False),
    Column("asked_team", String(200), nullable=False),
    Column("state", String(16), nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("replied_at", UtcTime, index=True),
    Column("escalate_at", UtcTime, index=True),
)

# The id of a block is its customer's.
blocks = _entity(
    "blocks",
    Column("ticket_id", String(200), nullable=False),
    Column("until", UtcTime),
    Column("lifted_at", UtcTime),
)

staff = _entity(
    "staff",
    Column("login", String(64), nullable=False, unique=True),
    Column("level", String(16), nullable=False),
    Column("store_id", String(200)),
    Column("active", Boolean, nullable=False),
)

teams = _entity("teams")
stores = _entity("stores", Column("active", Boolean, nullable=False))
installations = _entity("installations", Column("revoked", Boolean, nullable=False))

ENTITY_TABLES: dict[str, Table] = {
    "order": orders,
    "ticket": tickets,
    "entry": entries,
    "budget": budgets,
    "approval": approvals,
    "effect": effects,
    "task": tasks,
    "block": blocks,
    "staff": staff,
    "team": teams,
    "store": stores,
    "installation": installations,
}

policies = Table(
    "policies",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("doc", Document, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("by", String(200), nullable=False),
)

# --- personal values (outside the chain, DESIGN 3) ---------------------------------------------------------------

private = Table(
    "private",
    metadata,
    _key("id"),
    Column("kind", String(16), nullable=False),  # customer, staff or text
    Column("owner_kind", String(32), nullable=False),  # whose scopes: customer, staff, order, ticket, task, block
    Column("owner_id", String(200), nullable=False),
    Column("values", Document),  # null once erased, as is the salt
    Column("salt", String(64)),
    Column("commitment", String(64), nullable=False),
    Index(None, "owner_kind", "owner_id"),
)

reveals = Table(
    "reveals",
    metadata,
    _key("person"),
    _key("private_id"),
    Column("until", UtcTime, nullable=False),
)

search_tokens = Table(
    "search_tokens",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("token", binary_text(64), primary_key=True),
    Column("order_id", String(200), primary_key=True),
    Index(None, "order_id"),
)

# --- who may come in ---------------------------------------------------------------------------------------------

credentials = Table(
    "credentials",
    metadata,
    _key("staff_id"),
    Column("password_hash", Text, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    Column("due", Boolean, nullable=False, server_default=false()),  # a one-time code: good for setting a password
    Column("expires_at", UtcTime),  # of a one-time code
)

# Who looked at whom, who gave or changed whose password: added to, never changed (a trigger sees to that).
audit = Table(
    "audit",
    metadata,
    _key("id"),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
    Column("area", String(16), nullable=False),
    Column("what", String(32), nullable=False),
    Column("detail", String(32), nullable=False),
    Column("person", String(200), nullable=False),
    Column("installation", String(200), nullable=False),
    Column("order_id", String(200), index=True),
    Column("order_number", String(200)),
    Column("customer_id", String(200), index=True),
    Column("staff_id", String(200)),
    Index(None, "area", "at"),
)

throttles = Table(
    "throttles",
    metadata,
    _key("id"),
    Column("failures", Integer, nullable=False),
    Column("until", UtcTime, nullable=False),
)

enrol_codes = Table(
    "enrol_codes",
    metadata,
    _key("code_hash"),
    Column("scopes", Scopes, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("installation_id", String(200)),  # who used it
)

sessions = Table(
    "sessions",
    metadata,
    _key("token_hash"),
    Column("staff_id", String(200), nullable=False),
    Column("installation_id", String(200), nullable=False),
    Column("session_key", String(64), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("refresh_until", UtcTime, nullable=False),
    Index(None, "staff_id", "installation_id"),
    Index(None, "expires_at"),
)

api_keys = Table(
    "api_keys",
    metadata,
    _key("id"),
    Column("key_hash", String(64), nullable=False, unique=True),
    Column("name", String(80), nullable=False),
    Column("scopes", Scopes, nullable=False),  # orders, requests, parcels, payments, stock
    Column("connector", String(200), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime),
    Column("revoked_at", UtcTime),
)

meta = Table(
    "meta",
    metadata,
    _key("key"),
    Column("value", Document, nullable=False),
)

# What has been taken in, by other systems' own keys (DESIGN 3, ingest).
ingested = Table(
    "ingested",
    metadata,
    _key("source"),
    _key("key"),
    Column("version", BigInteger, nullable=False),
    Column("command_id", String(200), nullable=False),
    Column("at", UtcTime, nullable=False),
)

# --- detection ---------------------------------------------------------------------------------------------------

# Orders that time or another look may find something on; an order that is quiet has no row. `ripe_at`: from then on
# there is a finding. `look_at`: when the worker looks. `n`: the commit that the row knows of.
watches = Table(
    "watches",
    metadata,
    _key("order_id"),
    Column("n", BigInteger, nullable=False),
    Column("ripe_at", UtcTime, index=True),
    Column("look_at", UtcTime, index=True),
)

# What young orders share: fingerprints of address and phone that say nothing without the centre's secret.
alikes = Table(
    "alikes",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("token", String(64), primary_key=True),
    Column("order_id", String(200), primary_key=True, index=True),
    Column("second", BigInteger, nullable=False),  # when the order was made, seconds since 1970
)
