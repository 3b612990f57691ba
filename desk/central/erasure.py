"""Erases what is known of a customer as a person: values, salts, search tokens, replica rows, snapshot files.

What happened stays: orders, tickets, money and the chain name a customer id that nobody can resolve any more.
"""

from __future__ import annotations

from sqlalchemy import select

from desk.central import tables as t
from desk.central.rows import chunks, upsert
from desk.central.search_index import forget_customer
from desk.central.service import Service
from desk.central.snapshot import ERASED_KEY
from desk.central.watching import forget_alikes

_PORTION = 200  # values of one commit


def erase_customer(service: Service, customer_id: str) -> int:
    """Erase a customer's contact and every word on their orders, tickets, tasks and block; how many values there were.

    Replicas drop them with their next pull. A source that tells the order again with its contact brings that back.
    """
    store = service.store
    with store.reading() as connection:
        mine = t.orders.c.customer_id == customer_id
        orders = list(connection.scalars(select(t.orders.c.id).where(mine)))
        tickets = list(connection.scalars(select(t.tickets.c.id).where(t.tickets.c.customer_id == customer_id)))
        tasks: list[str] = []
        for some in chunks(tickets):
            tasks += connection.scalars(select(t.tasks.c.id).where(t.tasks.c.ticket_id.in_(some)))
        people = {"customer": [customer_id], "block": [customer_id]}
        owners = {**people, "order": orders, "ticket": tickets, "task": tasks}
        table = t.private
        ids: list[str] = []
        for kind, some_owners in owners.items():
            for some in chunks(some_owners):
                wanted = (table.c.owner_kind == kind) & table.c.owner_id.in_(some) & table.c["values"].is_not(None)
                ids += connection.scalars(select(table.c.id).where(wanted))
    for start in range(0, len(ids), _PORTION):
        with store.writing() as tx:
            tx.stage_erasure(ids[start : start + _PORTION])
            upsert(tx.connection, t.meta, [{"key": ERASED_KEY, "value": {"n": tx.n}}])
            forget_customer(tx.connection, customer_id)
            forget_alikes(tx.connection, customer_id)
    service.snapshots.forget()
    return len(ids)
