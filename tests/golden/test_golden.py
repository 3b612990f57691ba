"""What an older version left behind is read by this one, and means what it meant."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desk.domain.case import KINDS
from desk.domain.commands import COMMANDS
from desk.storage import outbox, replica, tables
from desk.storage.keys import KeyFile, WrongPassword
from desk.wire import codec
from desk.wire.protocol import Page, PushReply, SnapshotHead
from tests.golden import recording, story
from tests.helpers.live import PASSWORD

VERSIONS = recording.versions()
SHAPES = {shape.__name__: shape for shape in (Page, PushReply, SnapshotHead)}


@pytest.fixture(params=VERSIONS, ids=lambda path: path.name)
def recorded(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture
def unpacked(recorded: Path, tmp_path: Path) -> Path:
    recording.unpack(recorded, tmp_path)
    return tmp_path


def told(recorded: Path, name: str) -> Any:
    return json.loads((recorded / name).read_text("utf-8"))


def test_this_version_is_recorded():
    newest = recording.HERE / recording.version()
    assert newest in VERSIONS
    assert told(newest, "manifest.json") == recording.manifest(), "what is kept or sent has changed: run `make golden`"


def test_the_password_of_then_opens_the_key_of_then(recorded: Path):
    keys = KeyFile(recorded / "profile" / "keys.json", story.PROFILE, None)
    assert set(keys.logins()) == set(story.acts())
    assert keys.open("liuyang", PASSWORD, story.NOW) == story.FILE_KEY


def test_a_wrong_password_does_not(unpacked: Path):
    keys = KeyFile(unpacked / "profile" / "keys.json", story.PROFILE, None)
    with pytest.raises(WrongPassword):
        keys.open("liuyang", "another", story.NOW)


def test_the_outbox_of_then_is_read_to_the_last_command(recorded: Path, unpacked: Path):
    store = recording.opened(unpacked)
    pending = store.read(lambda view: outbox.pending(view.connection))
    store.close()
    assert [act.id for act in pending] == [one.id for some in story.acts().values() for one in some]
    assert {act.id for act in pending} == set(told(recorded, "verdicts.json"))


def test_the_outbox_of_then_gets_the_verdicts_of_then(recorded: Path, unpacked: Path):
    assert recording.replay(unpacked) == told(recorded, "verdicts.json")


def test_the_replica_of_then_is_what_it_was_or_is_fetched_anew(recorded: Path, tmp_path: Path):
    found = recording.unpack(recorded, tmp_path)
    if told(recorded, "manifest.json")["replica"] == tables.REPLICA_VERSION:
        assert found == told(recorded, "replica.json")
    else:
        assert found == dict.fromkeys(found, found["installation"]), "nothing is left of the old one"


def test_a_replica_of_another_schema_is_dropped_and_fetched_while_the_outbox_stays(
    unpacked: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tables, "REPLICA_VERSION", tables.REPLICA_VERSION + 1)
    installation = told(unpacked, "profile/desk.json")["installation_id"]
    store = recording.opened(unpacked)
    assert store.position() is None
    with story.centre_in(unpacked) as centre:
        story.send(store, centre, centre.sign_in("wangfang", installation), push=False)
    counts = store.read(lambda view: replica.counts(view.connection))
    pending = store.read(lambda view: outbox.pending(view.connection))
    store.close()
    assert (counts["order"], counts["ticket"], counts["policy"]) == (3, 3, 1)
    assert len(pending) == sum(len(some) for some in story.acts().values())


def test_commands_of_then_decode_to_what_they_said(recorded: Path):
    for name, document in told(recorded, "wire.json")["commands"].items():
        command = codec.command_from_plain(document)
        assert f"{command.name}/{command.v}" == name
        assert holds(codec.command_to_plain(command), document), name


def test_documents_of_then_decode_to_what_they_said(recorded: Path):
    wire = told(recorded, "wire.json")
    for kind, document in wire["entities"].items():
        assert holds(codec.to_plain(codec.entity_from_plain(kind, document)), document), kind
    for name, document in wire["shapes"].items():
        assert holds(codec.to_plain(codec.from_plain(SHAPES[name], document)), document), name
    assert holds(codec.to_plain(codec.policy_from_plain(wire["policy"])), wire["policy"])


def test_nothing_that_exists_is_left_out_of_the_newest_recording():
    wire = told(recording.HERE / recording.version(), "wire.json")
    assert set(wire["commands"]) == {f"{name}/{v}" for name, v in COMMANDS}
    assert set(wire["entities"]) == set(KINDS)


def holds(now: Any, then: Any) -> bool:
    """Whether everything that was said then is said now; fields that came since may stand beside it."""
    if isinstance(then, dict):
        return isinstance(now, dict) and all(key in now and holds(now[key], value) for key, value in then.items())
    if isinstance(then, list):
        return isinstance(now, list) and len(now) == len(then) and all(map(holds, now, then))
    return bool(now == then)
