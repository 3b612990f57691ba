"""When a ticket's first response is overdue by itself: one column that few tickets fill, for the centre looks often.

Revision 0005. It replaces three columns that every open ticket had to be looked at by.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from desk.central import columns

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

OPEN = ("identify", "analyse", "resolve")
AT_ONCE = 2000


def upgrade() -> None:
    op.add_column("tickets", sa.Column("overdue_at", columns.UtcTime(), nullable=True))
    fill(op.get_bind())
    op.create_index(op.f("ix_tickets_overdue_at"), "tickets", ["overdue_at"])
    for name in ("first_response_due", "first_response_at", "first_response_breached"):
        op.drop_column("tickets", name)


def fill(connection: sa.Connection) -> None:
    """From the documents of open tickets."""
    table = sa.table(
        "tickets",
        sa.column("id", sa.String()),
        sa.column("stage", sa.String()),
        sa.column("doc", columns.Document()),
        sa.column("overdue_at", columns.UtcTime()),
    )
    last = ""
    while True:
        wanted = sa.select(table.c.id, table.c.doc).where(table.c.stage.in_(OPEN), table.c.id > last)
        found = connection.execute(wanted.order_by(table.c.id).limit(AT_ONCE)).all()
        if not found:
            return
        last = found[-1].id
        times = [{"which": row.id, "overdue_at": when} for row in found if (when := overdue_at(row.doc)) is not None]
        if times:
            connection.execute(table.update().where(table.c.id == sa.bindparam("which")), times)


def overdue_at(ticket: Mapping[str, Any]) -> datetime | None:
    """As a ticket of this version says it of itself."""
    due = ticket.get("first_response_due")
    if due is None or ticket.get("first_response_at") or ticket.get("first_response_breached"):
        return None
    when = datetime.fromisoformat(due)
    pauses = ticket.get("pauses") or [{"until": due}]
    if not pauses[-1].get("until") and datetime.fromisoformat(pauses[-1]["since"]) < when:
        return None
    return when
