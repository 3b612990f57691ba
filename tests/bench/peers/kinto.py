"""Kinto (PostgreSQL, gunicorn, kinto-http): a fresh copy of all tickets, and a thousand changes made offline."""

from __future__ import annotations

import contextlib
import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy.engine import make_url

from tests.bench import prepared
from tests.bench.peers import documents
from tests.bench.peers.installed import free_port, installed, running
from tests.bench.sizes import Size
from tests.helpers import postgres

_INI = """[app:main]
use = egg:kinto
kinto.storage_backend = kinto.core.storage.postgresql
kinto.storage_url = {url}
kinto.permission_backend = kinto.core.permission.postgresql
kinto.permission_url = {url}
kinto.cache_backend = kinto.core.cache.memory
kinto.userid_hmac_secret = bench
multiauth.policies = basicauth
kinto.bucket_create_principals = system.Everyone
"""
_APP = """
import configparser
from kinto import main
parser = configparser.ConfigParser(interpolation=None)
parser.read("kinto.ini")
settings = dict(parser["app:main"])
settings.pop("use")
application = main({}, config=None, **settings)
"""
# In its own environment, as an application of it would: its client, and SQLite for what must be durable.
_CLIENT = """
import json, os, sqlite3, sys, time
import kinto_http
url, what, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
client = kinto_http.Client(server_url=url, auth=("bench", "pw"), bucket="b", collection="tickets")
if what == "begin":
    client.create_bucket(id="b")
    client.create_collection(id="tickets")
    print(0)
elif what == "pull":
    if os.path.exists("copy.db"): os.remove("copy.db")
    db = sqlite3.connect("copy.db")
    db.execute("pragma journal_mode=wal")
    db.execute("pragma synchronous=full")
    columns = "queue text, status text, due int, order_no text, name text, phone text, doc text"
    db.execute(f"create table t (id text primary key, {columns})")
    for column in ("queue, status, due", "order_no", "name", "phone"):
        db.execute(f"create index {column.split(',')[0]}_i on t ({column})")
    began = time.perf_counter()
    found = client.get_records()
    with db:
        names = ("id", "queue", "status", "due", "order_no", "name", "phone")
        rows = [(*(d[name] for name in names), json.dumps(d)) for d in found]
        db.executemany("insert into t values (?,?,?,?,?,?,?,?)", rows)
    spent = time.perf_counter() - began
    assert len(found) == count, len(found)
    print(spent)
else:
    found = [json.loads(line) for line in sys.stdin]
    began = time.perf_counter()
    with client.batch() as batch:
        for document in found:
            batch.update_record(id=document["tid"], data=document)
    print(time.perf_counter() - began)
"""


@dataclass
class Kinto:
    """A running server with all tickets in it."""

    folder: Path
    url: str
    size: Size

    def pull(self) -> float:
        """Seconds until a new client holds every ticket, durable and with indexes."""
        return self._client("pull", self.size.tickets)

    def push(self) -> float:
        """Seconds until it has taken a thousand changed tickets."""
        changed = ({**documents.document(index), "note": "客户同意"} for index in range(self.size.offline))
        return self._client("push", 0, "\n".join(json.dumps(one) for one in changed))

    def _client(self, what: str, count: int, told: str = "") -> float:
        command = [str(self.folder / "bin" / "python"), "-c", _CLIENT, self.url, what, str(count)]
        done = subprocess.run(command, cwd=self.folder, input=told, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-500:]
        return float(done.stdout.split()[-1])


@contextlib.contextmanager
def served(server: prepared.Server, size: Size) -> Iterator[Kinto]:
    """Start it on a database of its own and fill it."""
    folder, port = installed("kinto"), free_port()
    with postgres.database(server.base) as url:
        plain = postgres.libpq_url(url)
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(f"ALTER DATABASE \"{make_url(url).database}\" SET timezone TO 'UTC'")
        (folder / "kinto.ini").write_text(_INI.format(url=plain))
        (folder / "app.py").write_text(_APP)
        subprocess.run(
            [folder / "bin" / "kinto", "migrate", "--ini", "kinto.ini"], cwd=folder, capture_output=True, check=True
        )
        arguments = ["app:application", "-b", f"127.0.0.1:{port}", "-k", "gthread", "-w", "2", "--threads", "4"]
        with running([folder / "bin" / "gunicorn", *arguments, "--timeout", "300"], port, folder):
            made = Kinto(folder, f"http://127.0.0.1:{port}/v1", size)
            made._client("begin", 0)
            _fill(plain, size)
            yield made


def _fill(url: str, size: Size) -> None:
    def row(document: dict[str, Any]) -> tuple[str, str, str, str]:
        said = json.dumps(document, ensure_ascii=False)
        return document["tid"], "/buckets/b/collections/tickets", "record", said

    columns = "id, parent_id, resource_name, last_modified, data, deleted"
    statement = f"INSERT INTO objects ({columns}) VALUES (%s, %s, %s, NULL, %s::jsonb, false)"
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        cursor.executemany(statement, [row(one) for one in documents.documents(size.tickets)])
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
