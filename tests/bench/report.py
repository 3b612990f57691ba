"""The measured lines as a table for people and as JSON for whoever compares runs."""

from __future__ import annotations

import json
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from tests.bench import bars
from tests.bench.bars import Result


def markdown(results: Sequence[Result], about: Mapping[str, str], calibration: Sequence[float]) -> str:
    """The table of docs/performance.md."""
    said = ", ".join(f"{key} {value}" for key, value in about.items())
    head = [f"Measured: {said}; calibration {statistics.median(calibration):.1f} ms.", ""]
    return "\n".join([*head, *bars.table(results)])


def save(results: Sequence[Result], about: Mapping[str, str], calibration: Sequence[float], folder: Path) -> Path:
    """Write the run as JSON; its path."""
    folder.mkdir(parents=True, exist_ok=True)
    name = about["at"].replace(":", "").replace("+0000", "Z")
    path = folder / f"{name}-{about['commit']}.json"
    data = {"about": dict(about), "calibration_ms": calibration, "results": [asdict(one) for one in results]}
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def put_into(document: Path, name: str, text: str) -> None:
    """Replace the measured part of that name in a document."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    whole = document.read_text(encoding="utf-8")
    before, _, rest = whole.partition(begin)
    _, _, after = rest.partition(end)
    document.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")
