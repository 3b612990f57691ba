"""A centre that comes back from a backup: desks notice, tell it again what it lost, and end up in step."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from desk.central.auth import Auth
from desk.central.engine import open_engine, sqlite_url
from desk.central.service import make_service
from desk.domain.commands import AddNote, ClaimTicket
from desk.domain.tickets import Ticket
from desk.storage.outbox import State
from tests.helpers.desk_data import order
from tests.helpers.running_centre import QUICK, RunningCentre, running_centre, served
from tests.helpers.workstation import Workstation


@contextlib.contextmanager
def reopened(database: Path) -> Iterator[RunningCentre]:
    """A centre on a founded file."""
    service = make_service(open_engine(sqlite_url(database)), database.parent / "snapshots")
    service.auth = Auth(service.store, service.secrets, QUICK)
    with served(service) as url:
        yield RunningCentre(url, service)
    service.close()


def notes(desk: Workstation) -> int:
    found = desk.entity("ticket", "t1")
    assert isinstance(found, Ticket)
    return len(found.notes)


def test_what_the_backup_did_not_hold_is_told_again(tmp_path):
    folder = tmp_path / "centre"
    with running_centre(folder) as centre:
        one = order()
        centre.tell(one, name="陈志强", phone="13800000005", city="上海", address="人民路 1 号")
        centre.ring(one, "t1")
        desk = Workstation.enrolled(centre, tmp_path / "desk", "wangfang")
        desk.sync()
        desk.perform(ClaimTicket(id=desk.new_id(), ticket_id="t1"))
        desk.sync()
    shutil.copy(folder / "centre.db", tmp_path / "backup.db")

    with reopened(folder / "centre.db") as centre:
        desk.lane.base = centre.url
        desk.perform(AddNote(id=desk.new_id(), ticket_id="t1", words="备份之后写的"))
        desk.perform(AddNote(id=desk.new_id(), ticket_id="t1", words="这条也是"))
        desk.sync()
        assert notes(desk) == 2
    (folder / "centre.db-wal").unlink(missing_ok=True)
    shutil.copy(tmp_path / "backup.db", folder / "centre.db")

    with reopened(folder / "centre.db") as centre:
        desk.lane.base = centre.url
        desk.perform(AddNote(id=desk.new_id(), ticket_id="t1", words="恢复之后写的"))
        desk.sync()
        assert notes(desk) == 3
        assert set(desk.states().values()) == {State.SETTLED}
        desk.assert_in_step()
        desk.close()
