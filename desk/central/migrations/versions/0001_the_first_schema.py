"""The first schema.

Revision 0001.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desk.central import columns

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "api_keys",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("scopes", columns.Scopes(), nullable=False),
        sa.Column("connector", sa.String(length=200), nullable=False),
        sa.Column("created_at", columns.UtcTime(), nullable=False),
        sa.Column("expires_at", columns.UtcTime(), nullable=True),
        sa.Column("revoked_at", columns.UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_keys")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_api_keys_key_hash")),
    )
    op.create_table(
        "approvals",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("shard", sa.String(length=32), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("doc", columns.Document(), nullable=False),
        sa.Column("order_id", sa.String(length=200), nullable=False),
        sa.Column("ticket_id", sa.String(length=200), nullable=False),
        sa.Column("team", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("escalate_at", columns.UtcTime(), nullable=True),
        sa.Column("expires_at", columns.UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approvals")),
    )
    with op.batch_alter_table("approvals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_approvals_order_id"), ["order_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_approvals_state_escalate_at"), ["state", "escalate_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_approvals_state_expires_at"), ["state", "expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_approvals_ticket_id"), ["ticket_id"], unique=False)

    op.create_table(
        "budgets",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("shard", sa.String(length=32), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("doc", columns.Document(), nullable=False),
        sa.Column("cap", sa.BigInteger(), nullable=False),
        sa.Column("free", sa.BigInteger(), nullable=False),
        sa.Column("leased", sa.BigInteger(), nullable=False),
        sa.Column("spent", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("period", sa.String(length=32), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.CheckConstraint("cap = free + leased + spent", name=op.f("ck_budgets_cap_is_the_sum")),
        sa.CheckConstraint("free >= 0", name=op.f("ck_budgets_free_not_negative")),
        sa.CheckConstraint("leased >= 0", name=op.f("ck_budgets_leased_not_negative")),
        sa.CheckConstraint("spent >= 0", name=op.f("ck_budgets_spent_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budgets")),
    )
    with op.batch_alter_table("budgets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_budgets_kind_subject"), ["kind", "subject"], unique=False)

    op.create_table(
        "commits",
        sa.Column("shard", sa.String(length=32), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("h", sa.String(length=64), nullable=False),
        sa.Column("at", columns.UtcTime(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("shard", "n", name=op.f("pk_commits")),
    )
    op.create_table(
        "credentials",
        sa.Column("staff_id", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("changed_at", columns.UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_credentials")),
    )
    op.create_table(
        "effects",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("shard", sa.String(length=32), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("doc", columns.Document(), nullable=False),
        sa.Column("order_id", sa.String(length=200), nullable=False),
        sa.Column("ticket_id", sa.String(length=200), nullable=True),
        sa.Column("connector", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("team", sa.String(length=200), nullable=False),
        sa.Column("tender_id", sa.String(length=200), nullable=True),
        sa.Column("at", columns.UtcTime(), nullable=False),
        sa.Column("next_at", columns.UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_effects")),
    )
    with op.batch_alter_table("effects", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_effects_order_id"), ["order_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_effects_state_next_at"), ["state", "next_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_effects_ticket_id"), ["ticket_id"], unique=False)

    op.create_table(
        "enrol_codes",
        sa.Column("code_hash", sa.String(length=200), nullable=False),
        sa.Column("scopes", columns.Scopes(), nullable=False),
        sa.Column("created_at", columns.UtcTime(), nullable=False),
        sa.Column("expires_at", columns.UtcTime(), nullable=False),
        sa.Column("installation_id", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_enrol_codes")),
    )
    op.create_table(
        "entries",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("shard", sa.String(length=32), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("doc", columns.Document(), nullable=False),
        sa.Column("order_id", sa.String(length=200), nullable=False),
        sa.Column("customer_id", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("tender_id", sa.String(length=200), nullable=True),
        sa.Column("cost", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", columns.UtcTime(), nullable=False),
        sa.CheckConstraint("cost >= 0", name=op.f("ck_entries_cost_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entries")),
    )
    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entries_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_entries_order_id"), ["order_id"], unique=False)

    op.create_table(
        "head",
        sa.Column("shard", sa.String(length=32), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("h", sa.String(length=64), nullable=False),
        sa.Column("floor", sa.BigInteger(), nullable=False),
        sa.Column("tickets", sa.BigInteger(), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("shard", name=op.f("pk_head")),
    )
    op.create_table(
        "ingested",
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("command_id", sa.String(length=200), nullable=False),
        sa.Column("at", columns.UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("source", "key", name=op.f("pk_ingested")),
    )
    op.create_table(
        "installations",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("shard", sa.String(length=32), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("doc", columns.Document(), nullable=False),
        sa.Column("revoked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installations")),
    )
    op.create_table(
        "members",
        sa.Column("scope", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("scope", "kind", "id", name=op.f("pk_members")),
    )
    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_members_kind_id"), ["kind", "id"], unique=False)

    op.create_table(
        "meta",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("value", columns.Document(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meta")),
    )
    op.create_table(
        "orders",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("shard", sa.String(length=32), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("doc", columns.Document(), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("connector", sa.String(length=200), nullable=False),
        sa.Column("customer_id", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("store_id", sa.String(length=200), nullable=True),
        sa.Column("created_at", columns.UtcTime(), nullable=False),
        sa.Column("wave_at", columns.UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
    )
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_orders_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_orders_number"), ["number"], unique=False)
        batch_op.create_index(batch_op.f("ix_orders_store_id_created_at"), ["store_id", "created_at"], unique=False)

    op.create_table(
        "policies",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("doc", columns.Document(), nullable=False),
        sa.Column("at", columns.UtcTime(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_policies")),
    )
    op.create_table(
        "private",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("owner_kind", sa.String(length=32), nullable=False),
        sa.Column("owner_id", sa.String(length=200), nullable=False),
        sa.Column("values", columns.Document(), nullable=True),
        sa.Column("salt", sa.String(length=64), nullable=True),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_private")),
    )
    with op.batch_alter_table("private", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_private_owner_kind_owner_id"), ["owner_kind", "owner_id"], unique=False)

    op.create_table(
        "receipts",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("shard", sa.String(length=32), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("request_hash", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=True),
        sa.Column("data", columns.Document(), nullable=False),
        sa.Column("outcome", columns.Document(), nullable=False),
        sa.Column("installation", sa.String(length=200), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("v", sa.Integer(), nullable=False),
        sa.Column("args", columns.Document(), nullable=False),
        sa.Column("money", sa.Boolean(), nullable=False),
        sa.Column("claimed_at", columns.UtcTime(), nullable=False),
        sa.Column("at", columns.UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipts")),
        sa.UniqueConstraint("installation", "person", "seq", name=op.f("uq_receipts_installation_person_seq")),
    )
    with op.batch_alter_table("receipts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_receipts_money_at"), ["money", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_receipts_shard_n"), ["shard", "n"], unique=False)

    op.create_table(
        "reveals",
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("private_id", sa.String(length=200), nullable=False),
        sa.Column("until", columns.UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("person", "private_id", name=op.f("pk_reveals")),
    )
    op.create_table(
        "search_tokens",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column(
            "token",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("order_id", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("kind", "token", "order_id", name=op.f("pk_search_tokens")),
    )
    with op.batch_alter_table("search_tokens", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_tokens_order_id"), ["order_id"], unique=False)

    op.create_table(
        "sequences",
        sa.Column("installation", sa.String(length=200), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("installation", "person", name=op.f("pk_sequences")),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(length=200), nullable=False),
        sa.Column("staff_id", sa.String(length=200), nullable=False),
        sa.Column("installation_id", sa.String(length=200), nullable=False),
        sa.Column("session_key", sa.String(length=64), nullable=False),
        sa.Column("created_at", columns.UtcTime(), nullable=False),
        sa.Column("expires_at", columns.UtcTime(), nullable=False),
        sa.Column("refresh_until", columns.UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sessions")),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sessions_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_sessions_staff_id_installation_id"), ["staff_id", "installation_id"], unique=False
        )

    op.create_table(
        "staff",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("shard", sa.String(length=32), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("doc", columns.Document(), nullable=False),
        sa.Column("login", sa.String(length=64), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("store_id", sa.String(length=200), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("login", name=op.f("uq_staff_login")),
    )
    op.create_table(
        "stores",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("shard", sa.String(length=32), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("doc", columns.Document(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stores")),
    )
    op.create_table(
        "teams",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("shard", sa.String(length=32), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("doc", columns.Document(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams")),
    )
    op.create_table(
        "throttles",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("until", columns.UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_throttles")),
    )
    op.create_table(
        "tickets",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("shard", sa.String(length=32), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("doc", columns.Document(), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("order_id", sa.String(length=200), nullable=True),
        sa.Column("order_number", sa.String(length=200), nullable=False),
        sa.Column("customer_id", sa.String(length=200), nullable=True),
        sa.Column("team", sa.String(length=200), nullable=False),
        sa.Column("store_id", sa.String(length=200), nullable=True),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("holder", sa.String(length=200), nullable=True),
        sa.Column("due_at", columns.UtcTime(), nullable=False),
        sa.Column("opened_at", columns.UtcTime(), nullable=False),
        sa.Column("claim_expires_at", columns.UtcTime(), nullable=True),
        sa.Column("first_response_due", columns.UtcTime(), nullable=True),
        sa.Column("first_response_at", columns.UtcTime(), nullable=True),
        sa.Column("first_response_breached", sa.Boolean(), nullable=False),
        sa.Column("closed_at", columns.UtcTime(), nullable=True),
        sa.Column("archived_at", columns.UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tickets")),
        sa.UniqueConstraint("number", name=op.f("uq_tickets_number")),
    )
    with op.batch_alter_table("tickets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tickets_claim_expires_at"), ["claim_expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_tickets_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tickets_order_id"), ["order_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tickets_order_number"), ["order_number"], unique=False)
        batch_op.create_index(batch_op.f("ix_tickets_stage_closed_at"), ["stage", "closed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_tickets_team_stage_due_at"), ["team", "stage", "due_at"], unique=False)

    op.create_table(
        "feed",
        sa.Column("shard", sa.String(length=32), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("before", columns.Scopes(), nullable=False),
        sa.Column("after", columns.Scopes(), nullable=False),
        sa.Column("doc", columns.Document(), nullable=True),
        sa.ForeignKeyConstraint(["shard", "n"], ["commits.shard", "commits.n"], name=op.f("fk_feed_shard_n_commits")),
        sa.PrimaryKeyConstraint("shard", "n", "position", name=op.f("pk_feed")),
    )


def downgrade() -> None:
    raise NotImplementedError("restore the backup instead")
