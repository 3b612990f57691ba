"""The rules of silence hold: each kind of noise or litter fails its test, and clean tests pass."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def test_noise_and_litter_fail_the_test_that_made_them():
    command = [sys.executable, "-m", "pytest", "-q", "-rA", "-p", "no:cacheprovider", str(HERE / "noisy_cases.py")]
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    env["TEST_PATIENCE"] = "0.1"
    out = subprocess.run(command, cwd=HERE.parents[1], env=env, capture_output=True, text=True, check=False).stdout

    cases = set(re.findall(r"^(?:async )?def (test_\w+)", (HERE / "noisy_cases.py").read_text(), re.MULTILINE))
    complained = set(re.findall(r"^(?:ERROR|FAILED) \S+::(\w+)", out, re.MULTILINE))

    assert complained == {case for case in cases if case.startswith("test_bad_")}, out
