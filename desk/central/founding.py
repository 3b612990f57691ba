"""Founds a centre: schema, head row, secrets, the first policy and teams; and opens one that was founded."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, insert, select

from desk.central import schema
from desk.central import tables as t
from desk.central.customers import CustomerIds
from desk.central.engine import reading
from desk.central.search_index import index_orders
from desk.central.store import Clock, Store, found, utc_now
from desk.central.watching import Watching, gone_through
from desk.wire import policy_seed, signatures
from desk.wire.canonical import GENESIS


@dataclass(frozen=True, slots=True)
class Secrets:
    """What the centre alone knows: the key of request hashes, the key that signs grants and leases."""

    hash_key: str
    signing_key: str

    @property
    def public_key(self) -> str:
        """What desks check the centre's signatures with."""
        return signatures.public_key(self.signing_key)


def init(engine: Engine, *, demo: bool = False, clock: Clock = utc_now) -> bool:
    """Make an empty database a centre; False where it is one already. `demo` marks it: it is never served beyond
    loopback."""
    schema.upgrade(engine)
    store = Store(engine, clock)
    policy = policy_seed.load_seed()  # before anything is written: a broken seed founds nothing
    with store.aside() as connection:
        schema.alone(connection)  # of two who found at once, the second sees that it is done
        if connection.scalar(select(t.head.c.n)) is not None:
            return False
        values: dict[str, Any] = {
            "demo": demo,
            "epoch": GENESIS[:8] + secrets.token_hex(8),
            "hash_key": secrets.token_hex(32),
            "signing_key": signatures.new_private_key(),
        }
        connection.execute(insert(t.meta), [{"key": key, "value": value} for key, value in values.items()])
        found(connection)
    with store.writing() as tx:
        tx.stage_policy(policy, "system")
        tx.connection.execute(insert(t.meta), [gone_through(policy)])
        tx.stage(policy_seed.load_teams())
    return True


def check(engine: Engine) -> None:
    """Raises schema.WrongSchema where the database is not a centre of exactly this version."""
    schema.check(engine)
    with reading(engine) as connection:
        if connection.scalar(select(t.head.c.n)) is None:
            raise schema.WrongSchema("the database is not founded: run desk-central init")


def open_store(engine: Engine, clock: Clock = utc_now) -> tuple[Store, Secrets]:
    """A store on a founded database of this schema; raises schema.WrongSchema with what to do."""
    check(engine)
    store = Store(engine, clock)
    store.indexers.append(index_orders)
    store.observers.append(Watching(CustomerIds(store)).observe)
    with store.reading() as connection:
        return store, Secrets(read_meta(connection, "hash_key"), read_meta(connection, "signing_key"))


def read_meta(connection: Connection, key: str, default: Any = None) -> Any:
    """A value of the table `meta`, or the default."""
    found_value = connection.scalar(select(t.meta.c.value).where(t.meta.c.key == key))
    return default if found_value is None else found_value


def is_demo(engine: Engine) -> bool:
    """Whether the database holds made-up people with known passwords."""
    with Store(engine).reading() as connection:
        return bool(read_meta(connection, "demo", default=False))
