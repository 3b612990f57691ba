"""Every check in order, each with its time; the first that fails ends the run with its output."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tools.scratch import in_memory

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
BIN = Path(PYTHON).parent

MAIN = [name for name in ("main.py",) if (ROOT / name).exists()]

# The cheapest and the most telling first.
QUICK: tuple[tuple[str, list[str]], ...] = (
    ("ruff", [str(BIN / "ruff"), "check", "--quiet", "."]),
    ("format", [str(BIN / "ruff"), "format", "--check", "--quiet", "."]),
    ("imports", [str(BIN / "lint-imports"), "--no-logo"]),
    ("documents", [PYTHON, "-m", "tools.docs_files"]),
)
# Half a minute of one core on a clean checkout: beside the first tests, which often wait for a database.
TYPES = ("types", [PYTHON, "-m", "mypy", "desk", "tests", "tools", *MAIN])
# What starts no desk comes first; whole desks and centres have the cores for themselves, longest first.
FIRST = ("architecture", "unit", "contract", "sync", "gui", "golden", "simulation")
THEN = ("e2e",)
_NOT_OURS = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE")
NO_TESTS = 5  # pytest's exit code for an empty folder


class Check:
    """A quick check that runs on its own; its output is shown only when it failed."""

    def __init__(self, name: str, command: list[str]) -> None:
        self._name = name
        self._out = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed by passed(); an unread pipe would stop it
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdout=self._out, stderr=subprocess.STDOUT, env=environment()
        )

    def passed(self) -> bool:
        """Wait for its end, say how it went."""
        code = self._process.wait()
        word = "FAILED" if code else "ok"
        if code:
            self._out.seek(0)
            print(self._out.read())
        print(f"check: {self._name} {word}", flush=True)
        self._out.close()
        return code == 0


def main(what: str) -> int:
    """The checks, with their files in memory where there is room."""
    with tempfile.TemporaryDirectory(prefix="order-desk-", dir=in_memory()) as scratch:
        os.environ["TMPDIR"] = tempfile.tempdir = scratch
        return checks(what)


def checks(what: str) -> int:
    """One after the other; the exit code."""
    began = time.monotonic()
    for name, command in QUICK:
        if not Check(name, command).passed():
            return 1
    types = Check(*TYPES)
    if what == "lint":
        return 0 if types.passed() else 1
    cores = os.cpu_count() or 2
    # The first wait for databases and processes about a third of their time: one worker more than there are cores.
    for folders, plan, workers in ((FIRST, "loadgroup", cores + 1), (THEN, "worksteal", cores)):
        print(f"check: tests ({', '.join(folders)}) after {time.monotonic() - began:.0f} s", flush=True)
        code = run_tests(folders, plan, max(2, min(workers, 6)))
        if folders is FIRST and not types.passed():
            return 1
        if code not in (0, NO_TESTS):
            return code
    print(f"check: everything holds, {time.monotonic() - began:.0f} s", flush=True)
    return 0


def run_tests(folders: tuple[str, ...], plan: str, workers: int) -> int:
    """The exit code of pytest over these folders, its tests dealt to so many workers by xdist's `plan`."""
    paths = [f"tests/{folder}" for folder in folders if any((ROOT / "tests" / folder).rglob("test_*.py"))]
    if not paths:
        return 0
    command = [PYTHON, "-m", "pytest", "-q", "-n", str(workers), "--dist", plan, *paths]
    return subprocess.run(command, cwd=ROOT, env=environment(), check=False).returncode


def environment() -> dict[str, str]:
    """The caller's, with Qt offscreen, without a foreign Python's paths, and with compiled modules kept.

    The tests start dozens of processes: each would compile everything anew.
    """
    env = {name: value for name, value in os.environ.items() if name not in _NOT_OURS}
    return {**env, "QT_QPA_PLATFORM": "offscreen"}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "all"))
