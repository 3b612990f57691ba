"""What the demo has to remember between runs, in one JSON file that is always whole."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from desk.demo.shop import ORDERS


@dataclass(slots=True)
class State:
    """`extra` are sales made after the first seeding: [index, created at]; `taken` the numbers with a request."""

    seed: int
    anchor: datetime
    told_at: datetime
    is_open: bool = False  # the tickets of the first sight are in
    is_told: bool = False  # all orders are in
    extra: list[tuple[int, datetime]] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    installation_id: str = ""
    seqs: dict[str, int] = field(default_factory=dict)  # last command number of each colleague at the demo's desk
    troubles: dict[str, tuple[str, datetime]] = field(default_factory=dict)  # by order number: what happened, when
    orders: int = ORDERS  # how many the shop had at its anchor


class StateFile:
    """Reads and writes the state in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "shop.json"

    def read(self) -> State | None:
        """The state, or None where there is none yet."""
        try:
            data: dict[str, Any] = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        data["extra"] = [(int(index), datetime.fromisoformat(at)) for index, at in data["extra"]]
        planted = data.get("troubles", {}).items()
        data["troubles"] = {number: (key, datetime.fromisoformat(at)) for number, (key, at) in planted}
        for name in ("anchor", "told_at"):
            data[name] = datetime.fromisoformat(data[name])
        return State(**data)

    def write(self, state: State) -> None:
        """Replace the file in one step: a kill leaves the old or the new one."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(state), default=_text), encoding="utf-8")
        os.replace(fresh, self._path)


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)
