"""Every check in order, each with its time; the first that fails ends the run with its output."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
BIN = Path(PYTHON).parent

MAIN = [name for name in ("main.py",) if (ROOT / name).exists()]

# The cheapest and the most telling first.
LINT: tuple[tuple[str, list[str]], ...] = (
    ("ruff", [str(BIN / "ruff"), "check", "--quiet", "."]),
    ("format", [str(BIN / "ruff"), "format", "--check", "--quiet", "."]),
    ("types", [PYTHON, "-m", "mypy", "desk", "tests", "tools", *MAIN]),
    ("imports", [str(BIN / "lint-imports"), "--no-logo"]),
    ("documents", [PYTHON, "-m", "tools.docs_files"]),
)
# In parallel what shares nothing; real processes one after the other, for they want the cores for themselves.
SIDE_BY_SIDE = ("architecture", "unit", "contract", "sync", "gui", "golden", "simulation")
ALONE = ("e2e",)
NO_TESTS = 5  # pytest's exit code for an empty folder


def main(what: str) -> int:
    began = time.monotonic()
    for name, command in LINT:
        if not passes(name, command):
            return 1
    if what == "lint":
        return 0
    for folders, parallel in ((SIDE_BY_SIDE, True), (ALONE, False)):
        print(f"check: tests ({', '.join(folders)}) after {time.monotonic() - began:.0f} s", flush=True)
        code = run_tests(folders, parallel)
        if code not in (0, NO_TESTS):
            return code
    return 0


def passes(name: str, command: list[str]) -> bool:
    """Run one quick check; show what it said only when it failed."""
    began = time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment(), check=False
    )
    word = "ok" if done.returncode == 0 else "FAILED"
    if done.returncode:
        print(done.stdout)
    print(f"check: {name} {word} ({time.monotonic() - began:.1f} s)", flush=True)
    return done.returncode == 0


def run_tests(folders: tuple[str, ...], parallel: bool) -> int:
    paths = [f"tests/{folder}" for folder in folders if any((ROOT / "tests" / folder).rglob("test_*.py"))]
    if not paths:
        return 0
    workers = ["-n", str(max(2, min(os.cpu_count() or 2, 4))), "--dist", "loadgroup"] if parallel else []
    command = [PYTHON, "-m", "pytest", "-q", *workers, *paths]
    return subprocess.run(command, cwd=ROOT, env=environment(), check=False).returncode


def environment() -> dict[str, str]:
    """The caller's, with Qt offscreen and without a foreign Python's paths."""
    env = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")}
    return {**env, "QT_QPA_PLATFORM": "offscreen"}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "all"))
