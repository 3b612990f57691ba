"""Tryton's server (PostgreSQL, gunicorn): tickets as its complaints, asked over JSON-RPC as its own client asks.

A complaint stands for a ticket: its type for the queue, its reference for the order number, its customer for ours. Its
program is under the GPL: it is installed by itself, runs by itself, and only its answers come here.
"""

from __future__ import annotations

import base64
import contextlib
import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import requests
from sqlalchemy.engine import make_url

from tests.bench import prepared
from tests.bench.peers import documents
from tests.bench.peers.installed import free_port, installed, running
from tests.bench.sizes import Size
from tests.helpers import postgres

IDS, SHOWN, COUNTED = 1000, 50, 100_000  # what its client asks for: ids, rows of them, a count up to this
PASSWORD = "made-up-one"
_FIELDS = ("number", "reference", "date", "customer", "customer.rec_name", "type", "type.rec_name", "state", "company")
_FIRST_PARTY = 1000  # those before it are its own
_CONF = """[database]
uri = postgresql://postgres@127.0.0.1:{port}/
default_name = {name}
path = {folder}/files
[web]
listen = 127.0.0.1:{web}
"""
# In its own environment: a company, its currency, and the kind of complaint that is our queue.
_FOUND = """
import sys
from proteus import Model, config
config.set_trytond(sys.argv[1], config_file=sys.argv[2])
def made(model, **values):
    one = Model.get(model)(**values)
    one.save()
    return one
money = made("currency.currency", name="CNY", code="CNY", symbol="Y", digits=2)
company = made("company.company", party=made("party.party", name="Shop"), currency=money)
(sale,) = Model.get("ir.model").find([("name", "=", "sale.sale")])
queue = made("sale.complaint.type", name="hotline", origin=sale)
print(company.id, queue.id)
"""
_ALLOWED = """
INSERT INTO "res_user-res_group" ("user", "group")
SELECT u.id, g.id FROM res_user u, res_group g WHERE u.login = 'admin' AND NOT EXISTS
(SELECT 1 FROM "res_user-res_group" h WHERE h."user" = u.id AND h."group" = g.id);
INSERT INTO "res_user-company_company" ("user", company) SELECT id, {company} FROM res_user WHERE login = 'admin';
UPDATE res_user SET company = {company}, company_filter = 'one', administrator = true WHERE login = 'admin';
"""
_FIELD_OF = {
    "8 figures of a phone": "customer.contact_mechanisms.value",
    "name of 2 characters": "customer.name",
    "order number": "reference",
}


@dataclass
class Tryton:
    """A running server with all tickets in it, somebody signed in."""

    url: str
    queue: int
    line: requests.Session
    context: dict[str, Any]

    def open_queue(self) -> tuple[list[dict[str, Any]], int]:
        """The first rows in order of what is due, and how many there are: the three questions of its client."""
        asked = ["AND", ["type", "=", self.queue], ["state", "in", ["draft", "waiting"]]]
        order = [["date", "ASC"], ["id", "ASC"]]
        ids = self._model("search", asked, 0, IDS, order)
        rows = self._rows(ids[:SHOWN])
        return rows, int(self._model("search_count", asked, 0, COUNTED))

    def look_up(self, kind: str, text: str, most: int) -> tuple[list[dict[str, Any]], int]:
        """The first rows of those in which that text stands, and how many there are (`most` at most)."""
        ids = self._model("search", [_FIELD_OF[kind], "ilike", f"%{text}%"], 0, most, None)
        return self._rows(ids[:SHOWN]), len(ids)

    def _rows(self, ids: Sequence[int]) -> list[dict[str, Any]]:
        found = {row["id"]: row for row in self._model("read", ids, [*_FIELDS, "rec_name", "_timestamp"])}
        return [found[one] for one in ids]

    def _model(self, method: str, *arguments: Any) -> Any:
        return self.call(f"model.sale.complaint.{method}", *arguments, self.context)

    def call(self, method: str, *arguments: Any) -> Any:
        """One call and its result."""
        asked = {"id": 1, "method": method, "params": arguments}
        reply = self.line.post(self.url, json=asked, timeout=120)
        assert reply.status_code == 200, (method, reply.status_code, reply.text[:300])
        answer = reply.json()
        assert not (isinstance(answer, dict) and answer.get("error")), (method, str(answer)[:500])
        return answer["result"] if isinstance(answer, dict) and "result" in answer else answer

    def sign_in(self) -> None:
        """As the administrator, who may see everything."""
        who, session = self.call("common.db.login", "admin", {"password": PASSWORD}, "en")[:2]
        said = base64.b64encode(f"admin:{who}:{session}".encode()).decode()
        self.line.headers["Authorization"] = f"Session {said}"
        self.context = self.call("model.res.user.get_preferences", True, {})


@contextlib.contextmanager
def served(server: prepared.Server, size: Size) -> Iterator[Tryton]:
    """Start it on a database of its own, whose tables it makes first (a minute), and fill it."""
    folder, port = installed("tryton"), free_port()
    with postgres.database(server.base) as url:
        place = make_url(url)
        assert place.database is not None
        conf = folder / "trytond.conf"
        conf.write_text(_CONF.format(port=place.port, name=place.database, folder=folder, web=port))
        queue = _found(folder, conf, url, size)
        program: list[str | Path] = [
            folder / "bin" / "gunicorn",
            "trytond.application:app",
            "-b",
            f"127.0.0.1:{port}",
            "-w",
            "2",
        ]
        settings = {"TRYTOND_CONFIG": str(conf), "TRYTOND_DATABASE_NAMES": place.database}
        with running([*program, "--timeout", "120"], port, folder, **settings), requests.Session() as line:
            made = Tryton(f"http://127.0.0.1:{port}/{place.database}/rpc/", queue, line, {})
            made.sign_in()
            yield made


def _found(folder: Path, conf: Path, url: str, size: Size) -> int:
    """Its tables, a company and all tickets; the id of the queue."""
    name = str(make_url(url).database)
    (folder / "password").write_text(PASSWORD)
    modules = ["-u", "sale_complaint", "--activate-dependencies", "-p", "--email", "admin@example.com"]
    _ran(folder, ["trytond-admin", "-c", str(conf), "-d", name, *modules])
    company, queue = map(int, _ran(folder, ["python", "-c", _FOUND, name, str(conf)]).split()[-2:])
    with psycopg.connect(postgres.libpq_url(url), autocommit=True) as connection:
        connection.execute(_ALLOWED.format(company=company).encode())
        with connection.transaction():
            _fill(connection, list(documents.documents(size.tickets)), company, queue)
        connection.execute("VACUUM ANALYZE")
    return queue


def _ran(folder: Path, command: Sequence[str]) -> str:
    settings = {**os.environ, "TRYTONPASSFILE": str(folder / "password")}
    program = [str(folder / "bin" / command[0]), *command[1:]]
    done = subprocess.run(program, cwd=folder, capture_output=True, text=True, check=False, env=settings)
    assert done.returncode == 0, done.stderr[-500:]
    return done.stdout


def _fill(connection: psycopg.Connection[Any], found: list[dict[str, Any]], company: int, queue: int) -> None:
    """Ids go by what is due, as among equal days its queue goes by ids."""
    found.sort(key=lambda one: (one["due"], one["tid"]))
    parties, phones, complaints = [], [], []
    for at, one in enumerate(found, start=1):
        party, code = _FIRST_PARTY + at, str(_FIRST_PARTY + at)
        day = datetime.fromtimestamp(one["due"], UTC).date()
        parties.append((party, True, code, code, party, one["name"]))
        phones.append((party, True, party, "mobile", one["phone"], one["phone"]))
        said = (one["body"], one["number"], one["order_no"])
        complaints.append((at, company, party, day, *said, "draft", queue))
    _copied(connection, "party_party", "id, active, code, code_alnum, code_digit, name", parties)
    _copied(connection, "party_contact_mechanism", "id, active, party, type, value, value_compact", phones)
    columns = "id, company, customer, date, description, number, reference, state, type"
    _copied(connection, "sale_complaint", columns, complaints)


def _copied(connection: psycopg.Connection[Any], table: str, columns: str, rows: Sequence[Sequence[Any]]) -> None:
    when = datetime.now(UTC).replace(tzinfo=None)
    statement = f"COPY {table} ({columns}, create_date, create_uid) FROM STDIN"
    with connection.cursor().copy(statement.encode()) as copy:
        for row in rows:
            copy.write_row((*row, when, 0))
    ids = f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
    connection.execute(ids.encode())
