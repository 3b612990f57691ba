"""The measured lines as a table for people and as JSON for whoever compares runs."""

from __future__ import annotations

import json
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from tests.bench.measure import Bench, Measured

BEGIN, END = "<!-- measured -->", "<!-- /measured -->"


def row(line: Measured) -> str:
    """One line for the terminal."""
    low, high = line.spread
    ours, floor = _number(line.ours), _number(line.floor)
    return (
        f"{line.name:44} {ours:>9} {line.unit:2} {floor:>9} {line.unit:2}  x{line.ratio:<6.2f} "
        f"({low:.2f}-{high:.2f})  {line.against}"
    )


def markdown(lines: Sequence[Measured], machine: Mapping[str, str], calibration: Sequence[float]) -> str:
    """The table of docs/performance.md."""
    about = ", ".join(f"{key} {value}" for key, value in machine.items())
    rows = [
        f"Measured: {about}; calibration {statistics.median(calibration):.1f} ms.",
        "",
        "| what | ours | floor | ratio (least-greatest) | floor is |",
        "|---|---:|---:|---|---|",
    ]
    for line in lines:
        low, high = line.spread
        rows.append(
            f"| {line.name} | {_number(line.ours)} {line.unit} | {_number(line.floor)} {line.unit} "
            f"| {line.ratio:.2f} ({low:.2f}-{high:.2f}) | {line.against}{'; ' + line.note if line.note else ''} |"
        )
    return "\n".join(rows)


def save(bench: Bench, machine: Mapping[str, str], folder: Path) -> Path:
    """Write the run as JSON; its path."""
    folder.mkdir(parents=True, exist_ok=True)
    name = machine["at"].replace(":", "").replace("+0000", "Z")
    path = folder / f"{name}-{machine['commit']}.json"
    data = {
        "machine": dict(machine),
        "calibration_ms": bench.calibration,
        "lines": [asdict(one) for one in bench.lines],
    }
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def put_into(document: Path, table: str) -> None:
    """Replace the measured part of a document."""
    text = document.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    document.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", encoding="utf-8")


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
