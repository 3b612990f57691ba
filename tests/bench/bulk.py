"""Fills a founded centre with orders and open tickets by the thousand: the rows that commands would have written.

What is decided is decided by the rulebook (a TellOrder and, for the first of them, an OpenTicket each), chained and
indexed by the product's own functions; only the writing is in bulk. tests/contract/test_bulk.py compares every row with
what the commands write, and `verify` finds nothing.

Orders are older than detection looks back, so that it has nothing to keep of them, and no ticket is ever late.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, update
from sqlalchemy.schema import AddConstraint, CreateIndex, DropConstraint, DropIndex

from desk.central import tables as t
from desk.central.apply import CENTRE, MAX_KEPT_ARGUMENT
from desk.central.book import ticket_number
from desk.central.rows import row_of
from desk.central.store import Store
from desk.domain import decide as rulebook
from desk.domain import scope
from desk.domain.case import Entity, Hanging, Key, key_of
from desk.domain.commands import Command, OpenTicket, TellOrder
from desk.domain.decisions import Accepted
from desk.domain.evolve import evolve
from desk.domain.ids import derived_id
from desk.domain.orders import Order
from desk.domain.people import SYSTEM_ACTOR, StaffMember, Team
from desk.domain.policy import Policy
from desk.domain.privacy import public_fields
from desk.domain.rule import Setting
from desk.domain.tickets import Channel, Kind, Ticket
from desk.wire import codec
from desk.wire.canonical import canonical, commitment, digest, link
from desk.wire.tokens import tokens_of
from tests.bench import data

COMMANDS = 50  # of one commit
TEAM = "hotline"
NEVER_LATE = 1_000_000  # minutes
_GATHERED = 40  # commits written together
Rows = dict[str, list[dict[str, Any]]]  # by table


def commands(first: int, last: int, tickets: int) -> list[Command]:
    """What tells the orders first..last-1, those below `tickets` each with its ticket. A customer's contact is told
    with the first order."""
    made: list[Command] = []
    for index in range(first, last):
        order = data.old_order(index)
        contact = data.contact(data.customer_of(index)) if index < data.CUSTOMERS else {}
        made.append(TellOrder(id=_tell_id(index), order=order, contact=contact))
        if index < tickets:
            made.append(_opening(index, order))
    return made


def _opening(index: int, order: Order) -> OpenTicket:
    return OpenTicket(
        id=derived_id("open", "bench", str(index)),
        ticket_id=data.ticket_id(index),
        kind=Kind.CANCEL,
        channel=Channel.HOTLINE,
        team=TEAM,
        order_id=order.id,
        reason=data.REASONS[index % len(data.REASONS)],
    )


def calm(policy: Policy) -> Policy:
    """The policy under which nothing falls due while somebody measures."""
    channels = {
        channel: replace(one, first_response_minutes=NEVER_LATE, warn_minutes=None)
        for channel, one in policy.tickets.channels.items()
    }
    ladder = tuple(replace(step, after_minutes=step.after_minutes + NEVER_LATE) for step in policy.handoffs.tickets)
    tickets, handoffs = replace(policy.tickets, channels=channels), replace(policy.handoffs, tickets=ladder)
    return replace(policy, version=policy.version + 1, tickets=tickets, handoffs=handoffs)


@dataclass(slots=True)
class Bulk:
    """Rows of one commit after the other. `hash_key` is the centre's."""

    policy: Policy
    hash_key: bytes
    n: int
    h: str
    tickets: int
    team: Team
    told: dict[str, str] = field(default_factory=dict)  # commitments of the customers that are written

    def commit(self, batch: Iterable[Command], now: datetime) -> Rows:
        """The rows of one commit with these commands."""
        book = _Memory(self.tickets, self.policy.version, self.team)
        setting = Setting(actor=SYSTEM_ACTOR, policy=self.policy, now=now)
        rows: Rows = defaultdict(list)
        verdicts: list[list[Any]] = []
        self.n += 1
        for command in batch:
            touched = self._decided(book, command, setting)
            verdicts.append(self._receipt(rows, command, touched, now))
            if isinstance(command, TellOrder):
                self._contact(rows, command)
                self._tokens(rows, command)
        self.tickets = book.tickets
        for key in sorted(book.entities):
            if key[0] != "team":
                entity = book.entities[key]
                rows[t.ENTITY_TABLES[key[0]].name].append(row_of(entity, self.n))
        self._chain(rows, [*self._seen(rows, book, now), *verdicts], now)
        return rows

    def _decided(self, book: _Memory, command: Command, setting: Setting) -> list[str]:
        before = rulebook.load_case(book, command, setting)
        decision = rulebook.decide(before, command, setting)
        if not isinstance(decision, Accepted):
            raise AssertionError(f"the rulebook does not take the made-up data: {decision}")
        touched = evolve(before, decision.changes).touched_since(before)
        for entity in touched:
            if isinstance(entity, Ticket) and entity.number == book.next_ticket_number():
                book.tickets += 1
            book.entities[key_of(entity)] = entity
        return ["/".join(key_of(one)) for one in touched]

    def _receipt(self, rows: Rows, command: Command, touched: list[str], now: datetime) -> list[Any]:
        plain = codec.command_to_plain(command)
        allowed = public_fields(type(command))
        args = {
            name: {"sha256": digest(value)} if len(canonical(value)) > MAX_KEPT_ARGUMENT else value
            for name, value in plain["args"].items()
            if name in allowed
        }
        told = {"status": "applied", "code": "", "data": {}, "outcome": {"result": "accepted", "touched": touched}}
        who = {"installation": CENTRE, "person": SYSTEM_ACTOR.id, "name": command.name, "v": command.v}
        content = canonical([command.name, command.v, plain["args"], SYSTEM_ACTOR.id])
        receipt = {"id": command.id, "request_hash": hmac.new(self.hash_key, content, hashlib.sha256).hexdigest()}
        when = {"shard": t.SHARD, "n": self.n, "at": now, "claimed_at": now, "seq": None, "money": command.money}
        rows["receipts"].append({**told, **who, **receipt, **when, "args": args})
        return ["verdict", command.id, [], [], {**told, **who, "args": args}]

    def _contact(self, rows: Rows, command: TellOrder) -> None:
        customer, values = command.order.customer_id, dict(command.contact)
        if not values:
            return
        salt = secrets.token_hex(16)
        self.told[customer] = commitment(salt, values)
        owner = {"id": customer, "kind": "customer", "owner_kind": "customer", "owner_id": customer}
        rows["private"].append({**owner, "values": values, "salt": salt, "commitment": self.told[customer]})

    def _tokens(self, rows: Rows, command: TellOrder) -> None:
        order = command.order
        contact = command.contact or {"name": "", "phone": ""}  # a model's are nobody's
        tracking = [parcel.tracking for parcel in order.parcels]
        for kind, token in tokens_of(order.number, tracking, contact["name"], contact["phone"]):
            rows["search_tokens"].append({"kind": str(kind), "token": token, "order_id": order.id})

    def _seen(self, rows: Rows, book: _Memory, now: datetime) -> list[list[Any]]:
        """Chained rows of what some scope sees: orders with tickets, these, and the customers."""
        seen: list[list[Any]] = []
        for key in sorted(book.entities):
            entity = book.entities[key]
            if isinstance(entity, Order):
                around = list(book.of_order(entity.id))
                scopes = sorted(scope.order_scopes(entity, around, self.policy, now))
                customer: Key = ("private", entity.customer_id)
                there = [(key, codec.to_plain(entity)), (customer, {"commitment": self.told[entity.customer_id]})]
                there += [(key_of(one), codec.to_plain(one)) for one in around]
                for (kind, one), doc in there if scopes else []:
                    seen.append([kind, one, [], scopes, doc])
                    rows["members"] += [{"scope": place, "kind": kind, "id": one} for place in scopes]
        return sorted(seen, key=lambda row: (row[0], row[1]))

    def _chain(self, rows: Rows, chained: list[list[Any]], now: datetime) -> None:
        self.h = link(self.h, self.n, chained)
        where = {"shard": t.SHARD, "n": self.n}
        rows["commits"].append({**where, "h": self.h, "at": now, "rows": len(chained)})
        rows["feed"] += [
            {**where, "position": at, "kind": kind, "id": one, "before": before, "after": after, "doc": doc}
            for at, (kind, one, before, after, doc) in enumerate(chained)
        ]


class _Memory:
    """domain.case.Book over the entities of one commit: nothing else is asked for."""

    def __init__(self, tickets: int, policy_version: int, team: Team) -> None:
        self.tickets = tickets
        self.entities: dict[Key, Entity] = {key_of(team): team}
        self._version = policy_version

    def get(self, kind: str, entity_id: str) -> Entity | None:
        return self.entities.get((kind, entity_id))

    def of_order(self, order_id: str) -> Iterable[Entity]:
        return [one for one in self.entities.values() if isinstance(one, Hanging) and one.order_id == order_id]

    def private(self, entity_id: str) -> Mapping[str, str] | None:
        return None

    def next_ticket_number(self) -> str | None:
        return ticket_number(self.tickets)

    def staff_by_login(self, login: str) -> StaffMember | None:
        return None

    def admins(self) -> Iterable[StaffMember]:
        return ()

    def order_by_number(self, number: str) -> Order | None:
        return None

    def policy_version(self) -> int:
        return self._version


class Ready(str):
    """A document as it stands in its column."""


class Repeated:
    """Rows of orders without tickets of customers who are known, which is what most orders are: what `Bulk` makes of
    one order of each pattern, as text, with the values of another put in. It takes a tenth of the time."""

    def __init__(self, bulk: Bulk) -> None:
        self._bulk = bulk
        self._models: dict[int, tuple[list[str], dict[str, dict[str, Any]]]] = {}
        self._named: dict[int, list[str]] = {}

    def commit(self, first: int, last: int, now: datetime) -> Rows:
        """The rows of one commit that tells these orders."""
        self._bulk.n += 1
        rows: Rows = defaultdict(list)
        chained: list[str] = []
        lines: list[str] = []
        for position, index in enumerate(range(first, last)):
            own, command_id = data.own_values(index), _tell_id(index)
            made = self._said_of(index % data.PATTERNS, [_text(one) for one in own])
            place = {"n": self._bulk.n, "shard": t.SHARD}
            columns = dict(zip(("id", "number", "customer_id", "created_at"), own[:4], strict=True))
            rows["orders"].append({**made["orders"], **place, **columns})
            proof = {"id": command_id, "request_hash": self._hash(made["receipts"]["args"])}
            rows["receipts"].append({**made["receipts"], **place, **proof, "at": now, "claimed_at": now})
            rows["feed"].append({**made["feed"], **place, "position": position, "id": command_id})
            lines.append(self._tokens(index, own))
            chained.append(f'["verdict","{command_id}",[],[],{made["feed"]["doc"]}]')
        rows["search_tokens"].append({_LINES: "".join(lines)})
        linked = f'["{self._bulk.h}",{self._bulk.n},[{",".join(chained)}]]'  # as canonical.link puts it
        self._bulk.h = hashlib.sha256(linked.encode()).hexdigest()
        commit = {"shard": t.SHARD, "n": self._bulk.n, "h": self._bulk.h, "at": now, "rows": len(chained)}
        rows["commits"].append(commit)
        return rows

    def _said_of(self, pattern: int, own: list[str]) -> dict[str, dict[str, Any]]:
        """The model's rows with the documents of another order."""
        if pattern not in self._models:
            self._models[pattern] = self._model(pattern)
        its, rows = self._models[pattern]
        found: dict[str, dict[str, Any]] = {}
        for name, row in rows.items():
            found[name] = dict(row)
            for column in _DOCUMENTS[name]:
                text = str(row[column])
                for old, new in zip(its, own, strict=True):
                    text = text.replace(old, new)
                found[name][column] = Ready(text)
        return found

    def _model(self, pattern: int) -> tuple[list[str], dict[str, dict[str, Any]]]:
        index = data.MODELS + pattern
        order = data.old_order(index)
        aside = replace(self._bulk, told={order.customer_id: ""})
        rows = aside.commit([TellOrder(id="model", order=order)], datetime.now(UTC))
        made = {}
        for name, columns in _DOCUMENTS.items():
            (row,) = rows[name]
            made[name] = {**row, **{one: Ready(canonical(row[one]).decode()) for one in columns}}
        made["receipts"]["data"] = Ready(canonical(made["receipts"]["data"]).decode())
        return [_text(one) for one in data.own_values(index)], made

    def _hash(self, args: str) -> str:
        """Of the request: its arguments are the receipt's, and a contact and remark that were not told."""
        content = f'["TellOrder",1,{{"contact":{{}},{args[1:-1]},"remark":""}},"{SYSTEM_ACTOR.id}"]'
        return hmac.new(self._bulk.hash_key, content.encode(), hashlib.sha256).hexdigest()

    def _tokens(self, index: int, own: Sequence[Any]) -> str:
        """Lines of (kind, token, order), as COPY reads them."""
        customer = data.customer_of(index)
        if customer not in self._named:
            contact = data.contact(customer)
            found = tokens_of("", (), contact["name"], contact["phone"])
            self._named[customer] = [f"{kind}\t{token}\t" for kind, token in found]
        end = f"{own[0]}\n"
        mine = (f"number\t{own[1][::-1]}\t", f"tracking\t{own[4].lower()[::-1]}\t")
        return "".join(start + end for start in (*mine, *self._named[customer]))


_LINES = "lines"  # rows that are text already stand under this name
_DOCUMENTS = {"orders": ("doc",), "receipts": ("args", "outcome"), "feed": ("doc",)}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else value.isoformat().replace("+00:00", "Z")


def _tell_id(index: int) -> str:
    return derived_id("tell", "bench", str(index))


def fill(store: Store, hash_key: str, orders: int, tickets: int) -> Iterator[int]:
    """Fill a founded centre, from where an earlier filling stopped; yields how many orders are told, now and then.

    The indexes of PostgreSQL's biggest table are made after it is full.
    """
    with store.writing() as tx:
        policy, team, numbered = tx.policy, tx.book.get("team", TEAM), tx.book.tickets
        done = int(tx.connection.scalar(select(func.count()).select_from(t.orders)) or 0)
    if policy is None or not isinstance(team, Team):
        raise AssertionError("the centre is not founded")
    head = store.head_now()
    bulk = Bulk(policy, bytes.fromhex(hash_key), head.n, head.h, numbered, team)
    if not done:
        _indexes(store, there=False)
    for rows, told in _parts(bulk, done, orders, tickets):
        with store.engine.connect() as connection, connection.begin():
            _write(connection, rows)
            moved = {"n": bulk.n, "h": bulk.h, "tickets": bulk.tickets}
            connection.execute(update(t.head).where(t.head.c.shard == t.SHARD).values(moved))
        yield told
    _indexes(store, there=True)


def _parts(bulk: Bulk, done: int, orders: int, tickets: int) -> Iterator[tuple[Rows, int]]:
    """Rows of some commits at a time, and how many orders are told with them."""
    repeated = Repeated(bulk)
    gathered: Rows = defaultdict(list)
    first, commits = done, 0
    borders = [tickets, min(data.CUSTOMERS, orders), orders]
    while first < orders:
        each = COMMANDS // 2 if first < tickets else COMMANDS
        last = min(first + each, next(border for border in borders if border > first))
        known = first >= data.CUSTOMERS
        now = datetime.now(UTC)
        rows = repeated.commit(first, last, now) if known else bulk.commit(commands(first, last, tickets), now)
        for name, some in rows.items():
            gathered[name] += some
        first, commits = last, commits + 1
        if commits % _GATHERED == 0 or first == orders:
            yield gathered, first
            gathered = defaultdict(list)


def _write(connection: Connection, rows: Rows) -> None:
    for table in t.metadata.sorted_tables:
        some = rows.get(table.name)
        if some and connection.dialect.name == "postgresql":
            _copy(connection, table.name, some)
        elif some:
            made = [one for row in some for one in _spread(table, row)]
            connection.execute(insert(table), [{name: _read(value) for name, value in row.items()} for row in made])


def _spread(table: Table, row: dict[str, Any]) -> list[dict[str, Any]]:
    if _LINES not in row:
        return [row]
    names = [column.name for column in table.columns]
    return [dict(zip(names, line.split("\t"), strict=True)) for line in row[_LINES].splitlines()]


def _read(value: Any) -> Any:
    return json.loads(value) if isinstance(value, Ready) else value


def _indexes(store: Store, there: bool) -> None:
    """Take the indexes of PostgreSQL's table of tokens away, or make them."""
    table = t.search_tokens
    if store.engine.dialect.name != "postgresql":
        return
    with store.engine.connect() as connection, connection.begin():
        if there:
            connection.exec_driver_sql("SET LOCAL maintenance_work_mem = '512MB'")
            connection.execute(AddConstraint(table.primary_key))
        else:
            connection.execute(DropConstraint(table.primary_key))
        for index in table.indexes:
            connection.execute(CreateIndex(index) if there else DropIndex(index))


def _copy(connection: Connection, name: str, rows: list[dict[str, Any]]) -> None:
    table = t.metadata.tables[name]
    columns = [column for column in table.columns if column.name in rows[0] or _LINES in rows[0]]
    binds = [column.type.bind_processor(connection.dialect) for column in columns]
    named = ", ".join(f'"{column.name}"' for column in columns)
    raw: Any = connection.connection.driver_connection
    with raw.cursor().copy(f'COPY "{name}" ({named}) FROM STDIN') as copy:
        for row in rows:
            if _LINES in row:
                copy.write(row[_LINES])
                continue
            values = (row[column.name] for column in columns)
            copy.write_row(
                [
                    bind(one) if bind and not isinstance(one, Ready) else one
                    for bind, one in zip(binds, values, strict=True)
                ]
            )
