"""Makes and reads a recording: one folder per version, with what that version wrote and what it answered.

manifest.json   the versions of everything, and what is covered
wire.json       one document of every entity, command and shape
centre.db.gz    the centre's database before the desk sent anything
profile/        a desk: keys.json, desk.json, desk.db with its replica and an outbox of unsent commands
verdicts.json   what this version's centre answered to that outbox, by command id
replica.json    digests of the replica's rows by kind
"""

from __future__ import annotations

import gzip
import json
import shutil
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desk.central import schema
from desk.domain.case import KINDS
from desk.domain.commands import COMMANDS
from desk.storage import migrations, outbox, replica, tables
from desk.storage.desk_store import DeskStore
from desk.wire.protocol import SCHEMA, Verdict
from tests.golden import story
from tests.golden.samples import documents

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def version() -> str:
    """Of this checkout."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def versions() -> list[Path]:
    """The folders of all recorded versions."""
    return sorted(path.parent for path in HERE.glob("*/manifest.json"))


def manifest() -> dict[str, Any]:
    """What a recording of this checkout covers; the same text as long as nothing of it moves."""
    return {
        "version": version(),
        "storage": migrations.LATEST,
        "replica": tables.REPLICA_VERSION,
        "centre": schema.wanted(),
        "wire": SCHEMA,
        "commands": sorted(f"{name}/{v}" for name, v in COMMANDS),
        "kinds": sorted(KINDS),
    }


def record(target: Path) -> None:
    """Write this version's recording into a folder, in place of what is there."""
    with tempfile.TemporaryDirectory(prefix="order-desk-golden-") as made:
        folder = Path(made)
        (folder / "profile").mkdir()
        with story.centre_in(folder) as centre:
            story.begin(centre)
            story.settle_in(centre, folder / "profile")
        (folder / "profile" / "desk.lock").unlink(missing_ok=True)
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(folder / "profile", target / "profile")
        _pack(folder / "centre.db", target / "centre.db.gz")
    _write(target / "wire.json", documents())
    with tempfile.TemporaryDirectory(prefix="order-desk-golden-") as played:
        digests = unpack(target, Path(played))
        _write(target / "replica.json", digests)
        _write(target / "verdicts.json", replay(Path(played)))
    _write(target / "manifest.json", manifest())


def unpack(recorded: Path, folder: Path) -> Mapping[str, str]:
    """Copy a recording's files to where they may be written; digests of the replica as the program finds it there."""
    shutil.copytree(recorded / "profile", folder / "profile")
    (folder / "centre.db").write_bytes(gzip.decompress((recorded / "centre.db.gz").read_bytes()))
    store = opened(folder)
    try:
        return store.read(lambda view: replica.dump_digest(view.connection))
    finally:
        store.close()


def opened(folder: Path) -> DeskStore:
    """The desk's file of an unpacked recording."""
    return DeskStore(folder / "profile" / "desk.db", story.FILE_KEY, ("org", *story.SCOPES))


def replay(folder: Path) -> dict[str, Any]:
    """Send an unpacked recording's outbox to its centre, person by person, over HTTP; the verdicts by command id."""
    installation = json.loads((folder / "profile" / "desk.json").read_text("utf-8"))["installation_id"]
    store = opened(folder)
    try:
        with story.centre_in(folder) as centre:
            for login in story.acts():
                story.send(store, centre, centre.sign_in(login, installation), push=True)
        return store.read(lambda view: {act.id: _answer(act.verdict) for act in _acts(view.connection)})
    finally:
        store.close()


def _acts(connection: Any) -> list[outbox.Act]:
    ids = connection.execute(tables.outbox.select().order_by(tables.outbox.c.position)).all()
    return [act for row in ids if (act := outbox.get(connection, row.id)) is not None]


def _answer(verdict: Verdict | None) -> dict[str, Any]:
    """What must never change of a verdict: not where in the feed it stands, nor what else it touched."""
    if verdict is None:
        return {"status": "unanswered"}
    outcome = verdict.outcome or {}
    return {"status": str(verdict.status), "code": verdict.code, "result": outcome.get("result", "")}


def _pack(database: Path, target: Path) -> None:
    """The database as one file, as small as it goes."""
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(str(database))
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("VACUUM")
        connection.execute("PRAGMA journal_mode=DELETE")
    finally:
        connection.close()
    target.write_bytes(gzip.compress(database.read_bytes(), 9, mtime=0))


def _write(path: Path, data: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
