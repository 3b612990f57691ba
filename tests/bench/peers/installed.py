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
    "pouch": ("pouchdb@9.0.0", "express-pouchdb@4.2.0", "express@4", "pouchdb-server@4.2.0"),
}
PATIENCE = 120.0


class NotInstalled(Exception):
    """It could not be installed; the message says what failed."""


def installed(name: str) -> Path:
    """Its folder: a virtual environment, or one with node_modules. Raises NotInstalled."""
    folder = prepared.home() / "peers" / name
    if not (folder / ".installed").exists():
        folder.mkdir(parents=True, exist_ok=True)
        commands = _npm(name) if name == "pouch" else _pip(name, folder)
        for command in commands:
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
            if done.returncode:
                raise NotInstalled(f"{name}: {' '.join(command)}: {done.stderr.strip()[-300:]}")
        (folder / ".installed").write_text(" ".join(VERSIONS[name]))
    return folder


def _pip(name: str, folder: Path) -> list[list[str]]:
    return [
        [sys.executable, "-m", "venv", str(folder)],
        [str(folder / "bin" / "pip"), "install", "-q", *VERSIONS[name]],
    ]


def _npm(name: str) -> list[list[str]]:
    if not shutil.which("npm"):
        raise NotInstalled("npm is not here")
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
