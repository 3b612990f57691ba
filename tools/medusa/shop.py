"""Starts a real Medusa 2 shop from npm on a PostgreSQL database: installed once, below .tools/medusa.

with running(database_url, {"ORDER_DESK_HOOK_URL": …}) as url: ...
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".tools" / "medusa"
SOURCE = Path(__file__).parent / "shop"
EMAIL, PASSWORD = "admin@example.com", "made-up-password"  # of a shop that lives as long as this program
_START_SECONDS = 120


class NoShop(Exception):
    """It cannot be started; the message says why and where the log is."""


@contextmanager
def running(database_url: str, environment: Mapping[str, str]) -> Iterator[str]:
    """The shop's address; it is stopped at the end. Blocks for minutes the first time (npm install). Raises NoShop."""
    if not (shutil.which("node") and shutil.which("npm")):
        raise NoShop("node (20 or later) and npm are needed")
    _install()
    port = _free_port()
    settings = {
        **os.environ,
        **environment,
        "MEDUSA_DISABLE_TELEMETRY": "true",
        "NODE_ENV": "development",
        "DATABASE_URL": f"{database_url}?ssl_mode=disable",
        "JWT_SECRET": secrets.token_hex(16),
        "COOKIE_SECRET": secrets.token_hex(16),
    }
    _run("database", ["npx", "medusa", "db:migrate"], settings)
    _run("user", ["npx", "medusa", "user", "-e", EMAIL, "-p", PASSWORD], settings)
    log = FOLDER / "server.log"
    with log.open("w") as out:
        command = ["node", "node_modules/.bin/medusa", "start", "--port", str(port), "--host", "127.0.0.1"]
        process = subprocess.Popen(command, cwd=FOLDER, env=settings, stdout=out, stderr=subprocess.STDOUT)
    try:
        url = f"http://127.0.0.1:{port}"
        _await(url, process, log)
        yield url
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _install() -> None:
    """Copy our few files and fetch the packages that package.json names, once."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    shutil.copytree(SOURCE, FOLDER, dirs_exist_ok=True)
    done = FOLDER / "installed"
    wanted = (SOURCE / "package.json").read_text("utf-8")
    if done.exists() and done.read_text("utf-8") == wanted:
        return
    _run("npm", ["npm", "install", "--no-audit", "--no-fund"], dict(os.environ))
    done.write_text(wanted, encoding="utf-8")


def _run(name: str, command: list[str], environment: Mapping[str, str]) -> None:
    log = FOLDER / f"{name}.log"
    with log.open("w") as out:
        code = subprocess.run(
            command, cwd=FOLDER, env=dict(environment), stdout=out, stderr=subprocess.STDOUT, check=False
        ).returncode
    if code:
        raise NoShop(f"{' '.join(command)} ended with {code}: see {log.relative_to(ROOT)}")


def _await(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    ends = time.monotonic() + _START_SECONDS
    while time.monotonic() < ends and process.poll() is None:
        try:
            if requests.get(f"{url}/health", timeout=2).ok:
                return
        except requests.RequestException:
            time.sleep(0.5)
    raise NoShop(f"the shop did not come up: see {log.relative_to(ROOT)}")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])
