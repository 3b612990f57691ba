"""Tasks between teams, blocks of customers, and when somebody is told that nobody takes a ticket.

Revision 0003.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desk.central import columns

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def _entity(name: str, *extra: sa.Column[object]) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("shard", sa.String(length=32), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("doc", columns.Document(), nullable=False),
        *extra,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )


def upgrade() -> None:
    op.add_column("tickets", sa.Column("escalate_at", columns.UtcTime(), nullable=True))
    op.create_index(op.f("ix_tickets_escalate_at"), "tickets", ["escalate_at"])
    _entity(
        "tasks",
        sa.Column("order_id", sa.String(length=200), nullable=True),
        sa.Column("ticket_id", sa.String(length=200), nullable=False),
        sa.Column("team", sa.String(length=200), nullable=False),
        sa.Column("asked_team", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("due_at", columns.UtcTime(), nullable=False),
        sa.Column("replied_at", columns.UtcTime(), nullable=True),
        sa.Column("escalate_at", columns.UtcTime(), nullable=True),
    )
    for name in ("order_id", "ticket_id", "replied_at", "escalate_at"):
        op.create_index(op.f(f"ix_tasks_{name}"), "tasks", [name])
    _entity(
        "blocks",
        sa.Column("ticket_id", sa.String(length=200), nullable=False),
        sa.Column("until", columns.UtcTime(), nullable=True),
        sa.Column("lifted_at", columns.UtcTime(), nullable=True),
    )
