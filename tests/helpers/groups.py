"""Keeps tests of one `xdist_group` on one worker: what pytest-xdist 3.8 does itself, but for pytest 9.2 on.

It writes the group into `item._nodeid`, which pytest no longer reads; without it every worker would build the same
costly module fixtures.
"""

from __future__ import annotations

from typing import Any

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[Any]) -> None:
    if not getattr(config.option, "loadgroup", False):
        return
    for item in items:
        mark = item.get_closest_marker("xdist_group")
        if mark is not None and not item.nodeid.endswith(f"@{mark.args[0]}") and hasattr(item, "_id"):
            item._id = type(item._id).parse(f"{item.nodeid}@{mark.args[0]}")
