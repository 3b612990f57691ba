"""What each layer may contain, beyond what the import contracts in pyproject.toml can say."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import ROOT, Source, sources

# The rules run at the desk and at the centre, with clock and randomness handed in.
DOMAIN_MAY_IMPORT = frozenset({"phonenumbers"})  # outside the standard library: tables of numbering plans, no I/O
IMPURE = {"asyncio", "http", "os", "secrets", "socket", "sqlite3", "subprocess", "threading", "time", "urllib"}

COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\b")
PIXELS = re.compile(r"\b\d+px\b|setPointSize\(\s*\d|setPixelSize\(\s*\d")
SQL_OR_HTTP = re.compile(r"\bsqlalchemy\b|\brequests\.|import requests|\bSELECT\s.+\sFROM\b|\bsqlite3\b|\bhttpx\b")
NOW = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "datetime.datetime.now", "time.time"}


def test_the_import_contracts_hold():
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-logo", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_rules_import_only_themselves_and_the_standard_library():
    allowed = (sys.stdlib_module_names - IMPURE) | DOMAIN_MAY_IMPORT
    foreign = [
        f"{source.name}:{line} {module}"
        for source in sources("desk/domain")
        for line, module in source.imports()
        if module.split(".")[0] not in allowed and not module.startswith("desk.domain")
    ]
    assert not foreign


def test_money_is_never_a_float():
    found = [place for source in sources("desk/domain") for place in floats(source)]
    assert not found, "amounts are whole minor units, divided with // and a rounding rule"


def test_the_rules_never_ask_what_time_it_is():
    assert not [place for source in sources("desk/domain") for place in calls(source, NOW)]


def test_no_time_is_without_a_zone():
    assert not [place for source in sources("desk") for place in naive_datetimes(source)]


def test_only_tests_know_the_demo():
    named = [
        f"{source.name}:{line} {module}"
        for source in sources("desk")
        if not source.name.startswith("desk/demo/")
        for line, module in source.imports()
        if module.startswith("desk.demo")
    ]
    assert not named, "the demo is a client of /v1 like any other"


def test_views_hold_no_sql_and_no_http():
    assert not list(matches("desk/views", SQL_OR_HTTP))


def test_colours_and_sizes_live_in_the_tokens_file():
    found = [*matches("desk/views", COLOUR), *matches("desk/views", PIXELS)]
    assert not [place for place in found if not place.startswith("desk/views/tokens.py")]


def test_no_dialog_blocks_the_loop():
    """`dialog.exec()` inside a coroutine kills other tasks under qasync: open() and a future on `finished`."""
    modal = {"QMessageBox.question", "QMessageBox.warning", "QMessageBox.information", "QMessageBox.critical"}
    found = [place for source in sources("desk/views", "desk/services") for place in calls(source, modal)]
    found += [place for source in sources("desk/views", "desk/services") for place in exec_calls(source)]
    assert not found


# ------------------------------------------------------------------------------------------------------------ finders


def matches(folder: str, pattern: re.Pattern[str]) -> Iterator[str]:
    for source in sources(folder):
        for number, line in enumerate(source.text.splitlines(), 1):
            if pattern.search(line):
                yield f"{source.name}:{number} {line.strip()}"


def floats(source: Source) -> Iterator[str]:
    """Float literals, float(...) and the type float; a true division of whole numbers is found by mypy."""
    for node in source.nodes:
        literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
        named = isinstance(node, ast.Name) and node.id == "float"
        if literal or named:
            yield f"{source.name}:{getattr(node, 'lineno', 0)} {ast.unparse(node)}"


def calls(source: Source, names: set[str]) -> Iterator[str]:
    last = {name.rpartition(".")[2] for name in names}
    for node in source.nodes:
        if not isinstance(node, ast.Call) or getattr(node.func, "attr", getattr(node.func, "id", "")) not in last:
            continue
        if ast.unparse(node.func) in names:
            yield f"{source.name}:{node.lineno} {ast.unparse(node)}"


def exec_calls(source: Source) -> Iterator[str]:
    for node in source.nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("exec", "exec_"):
            yield f"{source.name}:{node.lineno} {ast.unparse(node)}"


def naive_datetimes(source: Source) -> Iterator[str]:
    """Ways to a datetime without a zone that ruff's DTZ does not see or that a noqa might hide."""
    for node in source.nodes:
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr not in ("utcnow", "utcfromtimestamp", "now"):
            continue
        name = ast.unparse(node.func)
        if name.endswith(("datetime.utcnow", "datetime.utcfromtimestamp")):
            yield f"{source.name}:{node.lineno} {ast.unparse(node)}"
        if name.endswith("datetime.now") and not node.args and not node.keywords:
            yield f"{source.name}:{node.lineno} {ast.unparse(node)}"
