"""docs/coverage.md says something of every row of the mission, and the places and tests it names are there."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from tests.architecture.source import ROOT

ROWS = [
    *(str(number) for number in range(1, 121)),
    *(f"M{number}" for number in range(1, 25)),
    *(f"B{number}" for number in range(1, 16)),
    *(f"N{number}" for number in range(1, 15)),
]
NAMED = re.compile(r"`([^`]+)`")
STATE = re.compile(r"done|part: \S.*|not yet(: \S.*)?")


@dataclass(frozen=True)
class Row:
    number: str
    state: str
    places: list[str]
    tests: list[str]


def rows() -> list[Row]:
    text = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in text.splitlines() if line[:2] == "| "]
    table = [line for line in cells if line[0] != "row"]
    assert {len(line) for line in table} == {5}, "row, capability, state, place, test; no | inside a cell"
    return [Row(line[0], line[2], NAMED.findall(line[3]), NAMED.findall(line[4])) for line in table]


def test_every_row_of_the_mission_stands_there_once():
    assert [row.number for row in rows()] == ROWS


def test_a_row_says_done_or_what_is_missing():
    assert not [row.number for row in rows() if not STATE.fullmatch(row.state)]


def test_what_is_there_names_its_place_and_a_test():
    assert not [row.number for row in rows() if not row.state.startswith("not yet") and not (row.places and row.tests)]


def test_the_places_are_files_of_the_project():
    assert not [(row.number, place) for row in rows() for place in row.places if not (ROOT / place).is_file()]


def test_the_tests_are_there():
    missing = []
    for row in rows():
        for name in row.tests:
            file, _, test = name.partition("::")
            path = ROOT / "tests" / file
            if not path.is_file() or not re.search(rf"def {re.escape(test)}\b", path.read_text(encoding="utf-8")):
                missing.append((row.number, name))
    assert not missing


def test_the_sum_above_the_table_is_right():
    counted = Counter(row.state.partition(":")[0] for row in rows())
    told = f"{counted['done']} done, {counted['part']} part, {counted['not yet']} not yet"
    assert told in (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
