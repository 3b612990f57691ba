"""Workstations for tests of services and windows: the true services against a running centre, opened and closed."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from desk.bootstrap import Bench, Options, assemble, close
from desk.services.desk import Desk
from desk.services.jobs import until
from desk.services.queue import QueueFilter, Whose
from desk.services.rows import Answer, Phase, QueueRow, RowState, ScriptRow
from desk.storage import keys, outbox
from tests.helpers.running_centre import RunningCentre

CHEAP = keys.Cost(passes=1, memory=64, lanes=1)
PATIENCE = 20.0


@contextlib.asynccontextmanager
async def bench_at(centre: RunningCentre, folder: Path, *scopes: str, profile: str = "desk") -> AsyncIterator[Bench]:
    """A desk of these scopes, enrolled unless its folder is; nobody is signed in yet."""
    bench = assemble(Options(profile=profile, data=folder), centre.url, demo=False)
    bench.place.profile.keys.cost = CHEAP
    await bench.begin()
    if not bench.admission.enrolled:
        answer = await bench.desk.session.enrol(centre.code(*scopes), profile)
        assert answer.status is RowState.DONE, answer
    try:
        yield bench
    finally:
        await close(bench)


async def sign_in(desk: Desk, login: str, password: str = "") -> Answer:
    """Sign in and wait until the desk is in step."""
    answer = await desk.session.sign_in(login, password or f"demo-{login}")
    if answer.status is RowState.DONE and not answer.code:
        await status(desk, lambda now: now.phase is Phase.ONLINE and now.cursor > 0)
    return answer


async def status(desk: Desk, fits: Callable[[Any], bool]) -> Any:
    """Wait until the status is like that."""
    async with asyncio.timeout(PATIENCE):
        while not fits(desk.syncer.status):
            await until(desk.syncer.status_changed)
    return desk.syncer.status


async def case(desk: Desk, ticket_id: str) -> Any:
    """The case as the window would show it (rows.CaseRow; Any, for a test knows what it must hold)."""
    found = await desk.workspace.case(ticket_id)
    assert found is not None
    return found


async def script(desk: Desk, ticket_id: str) -> ScriptRow:
    """The words for this moment, in Chinese."""
    found = await desk.scripts.script(ticket_id, "zh")
    assert found is not None
    return found


async def row(desk: Desk, ticket_id: str, whose: Whose = Whose.ALL) -> QueueRow:
    """The ticket in the queue."""
    found = (await desk.queue.some(QueueFilter(whose=whose), [ticket_id]))[ticket_id]
    assert found is not None
    return found


async def all_sent(bench: Bench) -> None:
    """Wait until nothing is on its way any more: every act has its verdict, and the replica holds it."""

    async def looked() -> bool:
        waiting = await bench.place.with_store(lambda store: store.read(lambda view: outbox.pending(view.connection)))
        return not waiting

    await eventually(bench.desk, looked)
    await status(bench.desk, lambda now: now.pending == 0)


async def eventually(desk: Desk, look: Callable[[], Any]) -> Any:
    """Look again after each change set until what is seen is true; then return it."""
    async with asyncio.timeout(PATIENCE):
        while not (seen := await look()):
            await until(desk.changes.announced)
    return seen
