"""Prints the share of AskCentre by command at the end of a run, whichever workers the cases were asked on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

PROPERTY = "same_answer"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    told = list(_told(terminalreporter.stats))
    if told:
        from tests.helpers.answers.findings import table  # brings the product: not for every run

        terminalreporter.section("same answer: generated questions, by command")
        for line in table(told):
            terminalreporter.write_line(line)


def _told(stats: dict[str, list[Any]]) -> Iterator[str]:
    for reports in stats.values():
        for report in reports:
            if getattr(report, "when", "") == "call":
                yield from (value for name, value in report.user_properties if name == PROPERTY)
