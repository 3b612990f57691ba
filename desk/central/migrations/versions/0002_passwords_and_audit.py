"""One-time codes beside passwords, and the audit of look-ups and password acts: rows that nobody can change.

Revision 0002.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desk.central import columns

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("credentials", sa.Column("due", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("credentials", sa.Column("expires_at", columns.UtcTime(), nullable=True))
    op.create_table(
        "audit",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("at", columns.UtcTime(), nullable=False),
        sa.Column("area", sa.String(length=16), nullable=False),
        sa.Column("what", sa.String(length=32), nullable=False),
        sa.Column("detail", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("installation", sa.String(length=200), nullable=False),
        sa.Column("order_id", sa.String(length=200), nullable=True),
        sa.Column("order_number", sa.String(length=200), nullable=True),
        sa.Column("customer_id", sa.String(length=200), nullable=True),
        sa.Column("staff_id", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("id", "position", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_area_at"), "audit", ["area", "at"])
    op.create_index(op.f("ix_audit_customer_id"), "audit", ["customer_id"])
    op.create_index(op.f("ix_audit_order_id"), "audit", ["order_id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION audit_stands() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'audit rows are never changed'; END $$"
        )
        op.execute("CREATE TRIGGER audit_stands BEFORE UPDATE ON audit EXECUTE FUNCTION audit_stands()")
    else:
        op.execute(
            "CREATE TRIGGER audit_stands BEFORE UPDATE ON audit "
            "BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END"
        )
