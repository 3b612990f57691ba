"""Alembic's entry: runs on the connection that schema.upgrade (or a developer's autogenerate) hands over."""

from __future__ import annotations

from alembic import context

from desk.central.tables import metadata


def run() -> None:
    """Run the migrations asked for in the caller's transaction."""
    connection = context.config.attributes["connection"]
    context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


run()
