"""Bar 13: from starting the program to a painted queue of its replica, and what memory that takes; against a window."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.bars import Run
from tests.bench.sizes import Size

# Told on standard output when the queue stands: seconds cannot be told across processes otherwise. The file's key is
# given, for asking a person for a password takes as long as that person.
_OURS = """
import gc
import sys
gc.disable()
from pathlib import Path
import desk.before_qt
from desk import bootstrap
from desk.services.jobs import run
from desk.services.queue import Queue, QueueFilter
from desk.storage.desk_store import DeskStore
from desk.views import theme
from desk.views.queue_view import QueueView
gc.freeze()
gc.enable()
from tests.bench import replica_data
app = bootstrap.application()
theme.apply(app, "light")
folder = Path(sys.argv[1])
bench = bootstrap.assemble(bootstrap.Options(profile="desk", data=folder), "http://127.0.0.1:9", demo=False)
async def main():
    place = bench.place
    place.profile.store = DeskStore(folder / "desk.db", replica_data.KEY, replica_data.SCOPES)
    place.actor = replica_data.ME
    window = bootstrap.MainWindow(bench.desk)
    view = QueueView()
    view.resize(420, 900)
    window.show()
    view.show()
    view.open_page(await Queue(place).page(QueueFilter()))
    view.list.viewport().repaint()
    assert view.model.rowCount() > 0
    print(view.model.rowCount(), flush=True)
    sys.stdin.readline()
    await bootstrap.close(bench)
    return 0
run(main, app)
"""
_BARE = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(QTableWidget(20, 8))
window.resize(1280, 800)
window.show()
app.processEvents()
window.grab()
print("window", flush=True)
sys.stdin.readline()
"""


def measure(bench: Run, size: Size, replica: Path, rounds: int) -> None:
    """Processes in turn; the first of each is not counted, for it fills the system's caches."""
    with tempfile.TemporaryDirectory(prefix="order-desk-bench-") as folder:
        shutil.copy(replica, Path(folder) / "desk.db")
        pairs, mine, bare = [], 0.0, 0.0
        for _ in range(rounds + 1):
            ours, mine = _started([sys.executable, "-c", _OURS, folder])
            floor, bare = _started([sys.executable, "-c", _BARE])
            pairs.append((ours, floor))
    bench.add(13, f"{size.tickets:,} tickets", pairs[1:], note=f"memory {mine:.0f} MiB, the window {bare:.0f} MiB")


def _started(command: list[str]) -> tuple[float, float]:
    """Milliseconds until it says something, and its proportional memory in MiB then."""
    began = time.perf_counter()
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as made:
        assert made.stdout is not None
        assert made.stdin is not None
        said = made.stdout.readline()
        spent = (time.perf_counter() - began) * 1000
        assert said, "it ended without a word"
        memory = _memory(made.pid)
        made.stdin.write("\\n")
        made.stdin.close()
    return spent, memory


def _memory(pid: int) -> float:
    told = Path(f"/proc/{pid}/smaps_rollup")
    if not told.exists():
        return 0.0
    lines = [line for line in told.read_text().splitlines() if line.startswith("Pss:")]
    return int(lines[0].split()[1]) / 1024
