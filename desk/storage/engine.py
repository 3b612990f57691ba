"""Opens the desk's encrypted SQLite file: lock, key, pragmas, versions.

Everything here runs on the store thread. The file belongs to one process (a lock beside it) and one connection.
"""

from __future__ import annotations

import contextlib
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

from desk.storage import migrations, tables
from desk.storage.filelock import FileLock

OLDEST_SQLITE = (3, 51, 3)  # older ones can lose the write-ahead log at a reset
KEY_BYTES = 32
_DISK = (
    "full",
    "disk",
    "readonly",
    "unable to open",
    "not a database",
)  # in what SQLite says when it is no bug of ours


class StorageError(Exception):
    """The file cannot be used; `code` has its words in the views."""

    code = "storage"


class WrongKey(StorageError):
    """The key does not open the file, or it is not a database."""

    code = "storage_wrong_key"


class TooNew(StorageError):
    """The file was written by a newer version of the desk: update the desk, the file stays as it is."""

    code = "storage_too_new"


class Damaged(StorageError):
    """The check after an unclean end found damage."""

    code = "storage_damaged"


class DiskTrouble(StorageError):
    """The disk is full, read-only or broken: what was asked is not kept."""

    code = "storage_disk"


class Unusable(Exception):
    """A file beside ours that cannot be read: not there, not ours, half written."""


class Database:
    """The open file. `begin()` gives the one connection in a transaction that is already the writer's; `key` is kept
    for what else this desk writes beside it."""

    def __init__(self, path: Path, key: bytes) -> None:
        """Open or make the file; raises filelock.InUse, WrongKey, TooNew, Damaged."""
        if len(key) != KEY_BYTES:
            raise WrongKey("the key must have 32 bytes")
        if dbapi2.sqlite_version_info < OLDEST_SQLITE:
            raise StorageError(f"SQLite {dbapi2.sqlite_version} is too old")
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path, self.key = path, key
        self._lock = FileLock(path.with_suffix(".lock"))
        self._engine = _engine(path, key)  # connects at the first use
        try:
            self.replica_is_new = self._prepare()
        except BaseException:
            self._let_go()
            raise

    @contextlib.contextmanager
    def begin(self) -> Iterator[Connection]:
        """One transaction: committed to the disk when the block ends, rolled back when it raises. DiskTrouble where
        the disk does not take it."""
        try:
            with self._engine.begin() as connection:
                yield connection
        except sa.exc.DatabaseError as error:
            if any(word in str(error.orig) for word in _DISK):
                raise DiskTrouble(str(error.orig)) from error
            raise  # a bug of ours

    @contextlib.contextmanager
    def beside(self, path: Path, name: str) -> Iterator[None]:
        """Around transactions that read another file of the same key, under this name. Raises Unusable where the other
        file cannot be read."""
        try:
            with contextlib.closing(self._engine.raw_connection()) as raw:
                raw.cursor().execute(f"ATTACH DATABASE ? AS {name} KEY \"x'{self.key.hex()}'\"", (str(path),))
        except dbapi2.Error as error:
            raise Unusable(str(error)) from None
        try:
            yield
        except sa.exc.DBAPIError as error:
            raise Unusable(str(error.orig)) from error
        finally:
            with contextlib.closing(self._engine.raw_connection()) as raw:
                raw.cursor().execute(f"DETACH DATABASE {name}")

    def close(self) -> None:
        """Mark the end as clean and let go of the file."""
        with self._engine.begin() as connection:
            write_meta(connection, "clean", b"1")
        self._let_go()

    def _let_go(self) -> None:
        self._engine.dispose()
        self._lock.release()

    def _prepare(self) -> bool:
        with contextlib.closing(self._engine.raw_connection()) as raw:
            check_key(raw.cursor())
        with self._engine.begin() as connection:
            version = migrations.version_of(connection)
            clean = version == 0 or read_meta(connection, "clean") == b"1"
        if version > migrations.LATEST:
            raise TooNew(f"the file has version {version}, this desk knows {migrations.LATEST}")
        if not clean:
            self._check()
        if 0 < version < migrations.LATEST:
            self._copy_aside()
        with self._engine.begin() as connection:
            migrations.upgrade(connection, version)
            write_meta(connection, "clean", b"0")
            return _fresh_replica(connection)

    def _copy_aside(self) -> None:
        with contextlib.closing(self._engine.raw_connection()) as raw:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")  # so that the one file holds everything
        shutil.copy2(self.path, self.path.with_suffix(f".before-{migrations.LATEST}.db"))

    def _check(self) -> None:
        try:
            with self._engine.begin() as connection:
                found = [row[0] for row in connection.exec_driver_sql("PRAGMA quick_check")]
        except sa.exc.DatabaseError as error:  # a page whose authentication code does not fit
            raise Damaged(str(error.orig)) from None
        if found != ["ok"]:
            raise Damaged("; ".join(str(line) for line in found[:3]))


def check_key(cursor: Any) -> None:
    """Read the first pages: the only way to learn whether the key is right; raises WrongKey or Damaged."""
    try:
        cursor.execute("SELECT count(*) FROM sqlite_master").fetchall()
    except dbapi2.DatabaseError as error:
        if "not a database" in str(error):
            raise WrongKey(str(error)) from None
        raise Damaged(str(error)) from None


def read_meta(connection: Connection, key: str) -> bytes | None:
    """A value of the desk's own, or None."""
    found = connection.execute(sa.select(tables.meta.c.value).where(tables.meta.c.key == key)).scalar()
    return bytes(found) if found is not None else None


def write_meta(connection: Connection, key: str, value: bytes) -> None:
    """Set a value of the desk's own."""
    connection.execute(tables.meta.insert().prefix_with("OR REPLACE"), {"key": key, "value": value})


def _fresh_replica(connection: Connection) -> bool:
    """Make the replica's tables anew where they are of another version; True when they are empty now."""
    version = str(tables.REPLICA_VERSION).encode()
    if read_meta(connection, "replica_version") == version:
        return False
    tables.replica_metadata.drop_all(connection)
    tables.replica_metadata.create_all(connection)
    write_meta(connection, "replica_version", version)
    return True


def staged_engine(path: Path, key: bytes) -> Engine:
    """A file that is thrown away when something goes wrong: encrypted all the same, but neither careful nor shared."""
    return _engine(path, key, ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE"))


# NORMAL loses acknowledged acts at a power cut (DESIGN 1.8).
_CAREFUL = ("journal_mode = WAL", "synchronous = FULL")


def _engine(path: Path, key: bytes, manners: tuple[str, ...] = _CAREFUL) -> Engine:
    engine = sa.create_engine(f"sqlite:///{path}", module=dbapi2, poolclass=StaticPool)

    @sa.event.listens_for(engine, "connect")
    def connected(raw: Any, _record: Any) -> None:
        raw.isolation_level = None  # the driver must not begin by itself: `begin` below does
        cursor = raw.cursor()
        cursor.execute(f"PRAGMA key = \"x'{key.hex()}'\"")  # first of all statements
        check_key(cursor)
        for pragma in manners:
            cursor.execute(f"PRAGMA {pragma}")
        if sys.platform == "darwin":
            cursor.execute("PRAGMA fullfsync = 1")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA temp_store = MEMORY")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
