"""Runs work off the UI thread: one store thread that owns SQLite, a small pool for the network, tasks, dialogs.

The only file that knows qasync. Coroutines live on the UI thread; `store` and `net` take plain functions, run them on
their threads and bring the result home through the loop's one queued signal.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

import qasync
import structlog
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QDialog

_P = ParamSpec("_P")
_T = TypeVar("_T")
_log = structlog.get_logger("desk.jobs")
NET_THREADS = 3


class Jobs(QObject):
    """The workstation's threads and tasks. Made and used on the UI thread; `close()` before the loop ends."""

    failed = Signal(str, object)  # name of a task and the bug that ended it; a failed environment never comes here

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._net = ThreadPoolExecutor(NET_THREADS, thread_name_prefix="net")
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closed = False

    async def store(self, function: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """Run `function` on the store thread, after whatever was asked of it before; its exception is raised here."""
        return await self._run(self._store, function, *args, **kwargs)

    async def net(self, function: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """Run `function`, which waits for the network, on a thread of the pool; its exception is raised here."""
        return await self._run(self._net, function, *args, **kwargs)

    def store_now(self, function: Callable[[], _T]) -> _T:
        """The same for a thread of the pool, which waits: never call it on the UI or the store thread."""
        return self._store.submit(function).result()

    def spawn(self, work: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[Any]:
        """Start a task that lives by itself. Its exception is logged and told by `failed`, never lost."""
        task = asyncio.get_event_loop().create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._on_done)
        return task

    async def end_tasks(self) -> None:
        """Cancel what still runs and wait for it; the executors go on."""
        tasks = [task for task in self._tasks if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def close(self) -> None:
        """Cancel what still runs, wait for both executors; queued store work is done first. Safe to call twice."""
        if self._closed:
            return
        self._closed = True
        await self.end_tasks()
        for executor in (self._net, self._store):
            await asyncio.get_running_loop().run_in_executor(None, executor.shutdown)

    async def _run(self, executor: Executor, function: Callable[..., _T], *args: Any, **kwargs: Any) -> _T:
        loop = asyncio.get_running_loop()
        return await asyncio.wrap_future(executor.submit(function, *args, **kwargs), loop=loop)

    def _on_done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if task.cancelled():
            return
        error = task.exception()
        if error is not None:
            _log.error("task failed", task=task.get_name(), exc_info=error)
            self.failed.emit(task.get_name(), error)


def run(main: Callable[[], Coroutine[Any, Any, int]], app: QApplication) -> int:
    """Run the application's main coroutine on a qasync loop until it returns; its result is the exit code."""
    app.setQuitOnLastWindowClosed(False)  # else the loop would stop under the coroutine
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    with loop:
        try:
            return int(loop.run_until_complete(main()))
        finally:
            loop.run_until_complete(_end_all())


async def _end_all() -> None:
    """What still runs when the main coroutine is over is cancelled and waited for, as asyncio.run does it."""
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)


async def ask(dialog: QDialog) -> int:
    """Open a dialog and wait for its result without a nested event loop (exec() would kill other tasks)."""
    answer: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def finished(result: int) -> None:
        if not answer.done():
            answer.set_result(result)

    dialog.finished.connect(finished)
    dialog.open()
    try:
        return await answer
    finally:
        with contextlib.suppress(RuntimeError):  # the dialog may be gone with its window
            dialog.finished.disconnect(finished)


async def until(signal: Any) -> tuple[Any, ...]:
    """Wait for a Qt signal; its arguments."""
    seen: asyncio.Future[tuple[Any, ...]] = asyncio.get_running_loop().create_future()

    def emitted(*args: Any) -> None:
        if not seen.done():
            seen.set_result(args)

    signal.connect(emitted)
    try:
        return await seen
    finally:
        with contextlib.suppress(RuntimeError):
            signal.disconnect(emitted)


def background(jobs: Jobs, name: str, make: Callable[..., Awaitable[Any]]) -> Callable[..., None]:
    """A plain slot that spawns `make(*args)`: connect signals to coroutines with this."""

    async def work(*args: Any) -> None:
        await make(*args)

    def slot(*args: Any) -> None:
        jobs.spawn(work(*args), name)

    return slot
