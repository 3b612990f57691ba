"""Data that takes minutes to make, kept between runs: a PostgreSQL server of its own, one filled database per size.

The folder is `BENCH_HOME`, else one of this user in the system's folder for temporary files. A run works on copies;
what was prepared for another schema, or for other made-up data, is made anew.
"""

from __future__ import annotations

import contextlib
import fcntl
import getpass
import hashlib
import os
import pwd
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from desk.central import founding, people
from desk.central.engine import open_engine
from desk.central.service import make_service
from desk.domain.people import Level
from desk.storage.desk_store import DeskStore
from desk.storage.tables import REPLICA_VERSION
from tests.bench import bulk, replica_data
from tests.bench.sizes import Size
from tests.helpers import postgres

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "shared_buffers": "512MB",
    "max_connections": "100",
    "max_wal_size": "4GB",
}
PASSWORD = "made-up-one"


def home() -> Path:
    """The folder of everything that is kept."""
    given = os.environ.get("BENCH_HOME")
    made = Path(given) if given else Path(tempfile.gettempdir()) / f"order-desk-bench-{getpass.getuser()}"
    made.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        made.chmod(0o755)  # the database runs as somebody else
    return made


def logins(size: Size) -> list[str]:
    """Who works at the centre: an agent for each client, and one more."""
    return [f"agent{number:03}" for number in range(size.clients + 1)]


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; `base` is the URL of its `postgres` database, `programs` where pgbench is."""

    base: str
    programs: Path


@contextlib.contextmanager
def server() -> Iterator[Server]:
    """The server of prepared data, durable (fsync on), stopped at the end. Raises postgres.NoPostgres."""
    programs = postgres._programs()
    place = home() / "postgres"
    with (home() / "lock").open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SystemExit(f"another bench works in {home()}") from None
        with _started(programs, place) as running:
            yield running


@contextlib.contextmanager
def _started(programs: Path, place: Path) -> Iterator[Server]:
    if not (place / "data" / "PG_VERSION").exists():
        place.mkdir(exist_ok=True)
        if os.geteuid() == 0:
            account = pwd.getpwnam("postgres")
            os.chown(place, account.pw_uid, account.pw_gid)
        arguments = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"]
        postgres._run([programs / "initdb", "-D", place / "data", *arguments])
    port = postgres._free_port()
    options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
    options += f" -p {port} -c unix_socket_directories={place}"
    (place / "data" / "postmaster.pid").unlink(missing_ok=True)  # of a run that was killed; nobody else starts it
    postgres._run([programs / "pg_ctl", "-D", place / "data", "-w", "-l", place / "log", "-o", options, "start"])
    try:
        yield Server(f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres", programs)
    finally:
        with contextlib.suppress(subprocess.CalledProcessError):
            postgres._run([programs / "pg_ctl", "-D", place / "data", "-m", "fast", "-w", "stop"])


@contextlib.contextmanager
def centre(server: Server, size: Size) -> Iterator[str]:
    """The URL of a filled centre to work on: a copy of the prepared one, dropped at the end."""
    template = f"{size.name}_{_stamp(size)}"
    if not _exists(server.base, template):
        began = time.perf_counter()
        _fill(_part(server.base, f"{template}_part"), size)
        postgres._execute(
            server.base, sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(f"{template}_part"), sql.Identifier(template)
            )
        )  # fmt: skip
        print(f"made a centre of {size.orders:,} orders in {time.perf_counter() - began:.0f} s", flush=True)
    with postgres.database(server.base, template) as url:
        yield url


def replica(size: Size) -> Path:
    """The file of a desk that holds everything; to be copied."""
    path = home() / f"desk-{size.name}-{_stamp(size, str(REPLICA_VERSION))}.db"
    if not path.exists():
        began = time.perf_counter()
        part = path.with_suffix(".part")
        for old in home().glob(f"{part.stem}*"):
            old.unlink()
        store = DeskStore(part, replica_data.KEY, replica_data.SCOPES)
        replica_data.fill(store, size.orders, size.tickets)
        store.close()
        part.rename(path)
        print(f"made a replica of {size.orders:,} orders in {time.perf_counter() - began:.0f} s", flush=True)
    return path


def _fill(url: str, size: Size) -> None:
    engine = open_engine(url)
    is_new = founding.init(engine, demo=True)
    with tempfile.TemporaryDirectory() as folder:
        service = make_service(engine, Path(folder))
        try:
            agents = [
                people.Person(login=login, name=login, level=Level.AGENT, password=PASSWORD, teams=("hotline",))
                for login in logins(size)
            ]
            if is_new:
                people.add_people(service, agents)
                with service.store.writing() as tx:
                    assert tx.policy is not None
                    tx.stage_policy(bulk.calm(tx.policy), "system")
            for done in bulk.fill(service.store, service.secrets.hash_key, size.orders, size.tickets):
                print(f"\r{done:,} orders", end="", flush=True)
            print()
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM ANALYZE")  # as autovacuum would have, in the meantime
        finally:
            service.close()


def _part(base: str, name: str) -> str:
    """The URL of a database that is being filled: a new one, or one that somebody stopped filling."""
    if _exists(base, name):
        return make_url(base).set(database=name).render_as_string(hide_password=False)
    return postgres.create_database(base, name=name)


def _exists(base: str, name: str) -> bool:
    with psycopg.connect(postgres.libpq_url(base)) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
    return found is not None


def _stamp(size: Size, more: str = "") -> str:
    """Changes when the schema, the made-up data or the size does."""
    root = Path(__file__).resolve().parents[2]
    sources = [
        *sorted((root / "desk" / "central" / "migrations").glob("**/*.py")),
        root / "tests" / "bench" / "data.py",
    ]
    sources += [root / "tests" / "bench" / name for name in ("bulk.py", "replica_data.py", "prepared.py")]
    told = "".join(path.read_text("utf-8") for path in sources) + f"{size} {more}"
    return hashlib.sha256(told.encode()).hexdigest()[:10]
