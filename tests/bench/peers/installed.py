"""Peers from PyPI and npm, exact versions, each in a folder of its own under the bench's home."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.bench import prepared

VERSIONS: Mapping[str, Sequence[str]] = {
    "kinto": ("kinto[postgresql]==26.5.0", "kinto-http==11.11.0", "gunicorn==27.0.1", "psycopg2-binary"),
    "django-helpdesk": ("django-helpdesk==2.6.1", "gunicorn==27.0.1", "psycopg2-binary", "whitenoise"),
    "tryton": (
        "trytond==8.2.1",
        "trytond-sale-complaint==8.2.0",
        "proteus==8.2.0",
        "gunicorn==27.0.1",
        "psycopg[binary,pool]",
    ),
    "pouch": ("pouchdb@9.0.0", "express-pouchdb@4.2.0", "express@4"),
}
PATIENCE = 120.0


class NotInstalled(Exception):
    """It could not be installed; the message says what failed."""


def installed(name: str) -> Path:
    """Its folder: a virtual environment, or one with node_modules. Raises NotInstalled."""
    folder = prepared.home() / "peers" / name
    if not _is_installed(name, folder):
        shutil.rmtree(folder, ignore_errors=True)  # of other versions, or half of it
        folder.mkdir(parents=True)
        commands = _npm(name) if name == "pouch" else _pip(name, folder)
        for command in commands:
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
            if done.returncode:
                raise NotInstalled(f"{' '.join(command)}: {_in_one_line(done.stderr)}")
        (folder / ".installed").write_text(" ".join(VERSIONS[name]))
    return folder


def _is_installed(name: str, folder: Path) -> bool:
    told = folder / ".installed"
    return told.exists() and told.read_text() == " ".join(VERSIONS[name])


def _in_one_line(said: str) -> str:
    """What an installer gave as its reason, else its last word."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    reasons = [line for line in lines if "error" in line.lower()]
    return " ".join(reasons[:3] or lines[-1:])[:300]


def _pip(name: str, folder: Path) -> list[list[str]]:
    return [
        [sys.executable, "-m", "venv", str(folder)],
        [str(folder / "bin" / "pip"), "install", "-q", *VERSIONS[name]],
    ]


def _npm(name: str) -> list[list[str]]:
    for program in ("node", "npm"):
        if not shutil.which(program):
            raise NotInstalled(f"{program} is not here")
    return [["npm", "init", "-y"], ["npm", "install", "--no-audit", "--no-fund", *VERSIONS[name]]]


@contextlib.contextmanager
def running(command: Sequence[str | Path], port: int, folder: Path, **environment: str) -> Iterator[int]:
    """A server process that listens at `port`; its pid."""
    with (folder / "server.log").open("w") as log:
        process = subprocess.Popen(
            [str(part) for part in command], cwd=folder, stdout=log, stderr=log, env={**os.environ, **environment}
        )
        try:
            _listens(port, process)
            yield process.pid
        finally:
            process.terminate()
            process.wait(30)


def free_port() -> int:
    """One that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _listens(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise NotInstalled("its server does not answer")
