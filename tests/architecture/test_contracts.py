"""The import contracts bite: a copy of the house with every forbidden import breaks every contract."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.architecture.source import ROOT

VIOLATIONS = {
    "domain/x_up.py": "import desk.storage",
    "wire/x_up.py": "import desk.sync",
    "connectors/x_up.py": "import desk.central",
    "views/x_wire.py": "import desk.wire",
    "services/x_systems.py": "import desk.connectors",
    "sync/x_centre.py": "import desk.central",
    "services/x_demo.py": "import desk.demo",
    "central/x_desk.py": "import desk.storage",
    "sync/x_qt.py": "import PySide6.QtCore",
    "services/x_sql.py": "import sqlalchemy",
    "sync/x_http.py": "import requests",
    "views/x_loop.py": "import qasync",
}


def test_every_contract_is_broken_by_its_violation(tmp_path: Path):
    shutil.copytree(ROOT / "desk", tmp_path / "desk", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name, line in VIOLATIONS.items():
        (tmp_path / "desk" / name).write_text(f'"""A forbidden import."""\n\n{line}\n')

    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-logo", "--no-cache"]
    out = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False).stdout

    contracts = re.findall(r'^name = "(.+)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)[1:]
    kept = [name for name in contracts if f"{name} BROKEN" not in out]
    assert not kept, out
