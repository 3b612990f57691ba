"""What the system lacks: try it, install it with apt-get when that is possible, else name the line that does."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

QT_PACKAGES = (
    "libgl1 libegl1 libdbus-1-3 libfontconfig1 libfreetype6 libglib2.0-0 libxkbcommon0 libxkbcommon-x11-0 libx11-xcb1 "
    "libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxcb-randr0 libxcb-shape0 "
    "libxcb-shm0 libxcb-sync1 libxcb-xfixes0 libxcb-xkb1"
)

QT_IMPORT = "import PySide6.QtGui, PySide6.QtWidgets"
XCB_PLUGIN = (
    "import ctypes, pathlib, PySide6.QtGui; "
    "ctypes.CDLL(str(next(pathlib.Path(PySide6.__file__).parent.glob('Qt/plugins/platforms/libqxcb.so'))))"
)


class Lacking(Exception):
    """Something is missing that only a person can install; the message says what and how."""


def say(text: str) -> None:
    print(f"set-up: {text}", flush=True)


def run(command: Sequence[str], env: dict[str, str] | None = None) -> None:
    """Run a step quietly; show all it said when it fails."""
    done = subprocess.run(command, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        print(done.stdout, file=sys.stderr)
        raise Lacking(f"this step failed: {' '.join(command)}")


def apt_line(packages: Sequence[str]) -> str:
    return f"apt-get install -y --no-install-recommends {' '.join(packages)}"


def can_apt() -> bool:
    """True on Debian and its family, as root."""
    return os.name == "posix" and os.geteuid() == 0 and Path("/etc/debian_version").exists() and _has("apt-get")


def provide(packages: Sequence[str], why: str) -> None:
    """Install the system packages that are not there, saying so, or raise Lacking with the line that installs them."""
    packages = [package for package in packages if not _installed(package)] or packages
    if not can_apt():
        raise Lacking(f"{why}. On Debian or Ubuntu: sudo {apt_line(packages)}")
    say(f"{why}; installing with apt-get: {' '.join(packages)}")
    env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    run(["apt-get", "update", "-qq"], env)
    wait = ["-o", "DPkg::Lock::Timeout=120"]
    run(["apt-get", *wait, "install", "-y", "-qq", "--no-install-recommends", *packages], env)


def ensure_venv_module() -> None:
    """Debian ships python3 without ensurepip, and `python3 -m venv` then fails."""
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        return
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    provide([f"python{version}-venv"], f"python {version} comes without its venv module")


def ensure_qt(python: Path, display: bool) -> None:
    """Qt must import; with a display its xcb plugin must load too."""
    for code, wanted in ((QT_IMPORT, True), (XCB_PLUGIN, display)):
        missing = _try(python, code) if wanted and sys.platform == "linux" else ""
        if missing:
            provide(QT_PACKAGES.split(), f"Qt lacks a system library ({missing})")
            missing = _try(python, code)
        if missing:
            raise Lacking(f"Qt still does not load: {missing}")


def has_postgres() -> bool:
    """True where a server for tests is named, or its programs are on this system."""
    found = bool(os.environ.get("TEST_DATABASE_URL")) or _has("initdb")
    return found or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def _installed(package: str) -> bool:
    """True when dpkg knows the package as installed."""
    if not _has("dpkg-query"):
        return False
    query = ["dpkg-query", "-W", "-f", "${Status}", package]
    return "ok installed" in subprocess.run(query, capture_output=True, text=True, check=False).stdout


def _has(program: str) -> bool:
    return shutil.which(program) is not None


def _try(python: Path, code: str) -> str:
    """Run a line of Python; return '' when it worked, else the last line of what it said."""
    done = subprocess.run([str(python), "-c", code], capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return ""
    lines = done.stderr.strip().splitlines() or [f"exit {done.returncode}"]
    return lines[-1].removeprefix("ImportError: ").removeprefix("OSError: ")
