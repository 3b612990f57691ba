"""What a start of the desk imports, and in which order."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_WITH_QT = ("PySide6", "shiboken6", "shibokensupport", "qasync", "desk.views", "desk.services", "desk.bootstrap")
_AS_MAIN = """
import json, sys
sys.argv = ["main.py", "--no-such-option"]
import main
try:
    main.main(sys.argv[1:])
except SystemExit:
    pass
print(json.dumps(list(sys.modules)))
"""


def test_what_knows_nothing_of_qt_is_imported_before_it():
    """Qt's binding reads the source of whatever comes after it: see desk.before_qt."""
    done = subprocess.run([sys.executable, "-c", _AS_MAIN], capture_output=True, text=True, check=True, cwd=_ROOT)
    names = json.loads(done.stdout.splitlines()[-1])
    after = names[names.index("PySide6") :]
    late = [
        name for name in after if not name.startswith(_WITH_QT) and name.split(".")[0] not in sys.stdlib_module_names
    ]
    assert late == [], "add them to desk/before_qt.py"


def test_nothing_of_the_centre_is_imported_by_a_desk():
    done = subprocess.run([sys.executable, "-c", _AS_MAIN], capture_output=True, text=True, check=True, cwd=_ROOT)
    names = json.loads(done.stdout.splitlines()[-1])
    assert [name for name in names if name.startswith(("desk.central", "fastapi", "uvicorn", "psycopg"))] == []
