"""When an order is to be looked at again, and what orders share: what detection goes by.

Revision 0004.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desk.central import columns

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "watches",
        sa.Column("order_id", sa.String(length=200), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("ripe_at", columns.UtcTime(), nullable=True),
        sa.Column("look_at", columns.UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_watches")),
    )
    op.create_index(op.f("ix_watches_look_at"), "watches", ["look_at"])
    op.create_index(op.f("ix_watches_ripe_at"), "watches", ["ripe_at"])
    op.create_table(
        "alikes",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("order_id", sa.String(length=200), nullable=False),
        sa.Column("second", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "token", "order_id", name=op.f("pk_alikes")),
    )
    op.create_index(op.f("ix_alikes_order_id"), "alikes", ["order_id"])
