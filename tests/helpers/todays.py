"""Which part of many like cases a run plays: another part each day, all of them by `make proofs` (PROOFS=1).

A test that runs on both databases runs on one of them, on the other one the next day. In a module that is marked
`pytest.mark.turns(n)` each test runs every n-th day. Whoever names a file is given all of it.
"""

from __future__ import annotations

import os
import re
import zlib
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TypeVar

import pytest

_T = TypeVar("_T")
# Said once for all workers of a run, which may go past midnight; another day may be asked for.
_DAY = int(os.environ.setdefault("TEST_DAY", str(datetime.now(UTC).toordinal())))
_DATABASE = re.compile(r"(?<=[\[-])(sqlite|postgres)(?=[]-])")


def all_of_them() -> bool:
    """Whether this run leaves nothing out."""
    return bool(os.environ.get("PROOFS"))


def today() -> int:
    """The number of the day on which this run began (UTC)."""
    return _DAY


def of_today(cases: Sequence[_T], parts: int) -> list[_T]:
    """One of `parts` parts of the cases, by the day (UTC); every case comes up within `parts` days."""
    return list(cases) if all_of_them() else list(cases[today() % parts :: parts])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of the two databases of a test today's, and of those that take turns, whose turn it is."""
    if all_of_them() or any(".py" in argument for argument in config.args):
        return
    left_out = {*_other_databases(items), *_others_turn(items)}
    if left_out:
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]


def _other_databases(items: list[pytest.Item]) -> list[pytest.Item]:
    twins: dict[str, dict[str, pytest.Item]] = defaultdict(dict)
    for item in items:
        if databases := _DATABASE.findall(item.name):
            twins[_DATABASE.sub("", item.nodeid)][databases[0]] = item
    return [
        pair[("sqlite", "postgres")[(_number(name) + today()) % 2]] for name, pair in twins.items() if len(pair) == 2
    ]


def _others_turn(items: list[pytest.Item]) -> list[pytest.Item]:
    marked = [(item, mark.args[0]) for item in items if (mark := item.get_closest_marker("turns")) is not None]
    return [item for item, every in marked if (_number(_DATABASE.sub("", item.nodeid)) // 2 + today()) % every]


def _number(name: str) -> int:
    return zlib.crc32(name.encode())
