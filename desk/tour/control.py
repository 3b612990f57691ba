"""A desk led over its standard input: one JSON line per act of the robot, one JSON line back. For tests and the tour.

    {"do": "click", "name": "claim"}            {"do": "see", "text": "Cancelled", "name": "verdict"}
    {"do": "write", "text": "0917", "name": "search"}   {"do": "read", "name": "status"}   {"do": "quit"}

The answer is {"ok": true, ...} or {"ok": false, "why": "..."}.
"""

from __future__ import annotations

import asyncio
import json
import sys
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from desk.tour.robot import NotSeen, Robot


async def follow(robot: Robot, quit_desk: Callable[[], None]) -> None:
    """Do what the lines of standard input say until `quit` or its end; then leave by the desk's own door."""
    lines: asyncio.Queue[str] = asyncio.Queue()
    _listen(asyncio.get_running_loop(), lines)
    while line := await lines.get():
        order = json.loads(line)
        if order["do"] == "quit":
            break
        _answer(await _obey(robot, order))
    quit_desk()


def _listen(loop: asyncio.AbstractEventLoop, lines: asyncio.Queue[str]) -> None:
    def pump() -> None:
        while True:
            line = sys.stdin.readline()
            loop.call_soon_threadsafe(lines.put_nowait, line)
            if not line:
                return

    threading.Thread(target=pump, name="control", daemon=True).start()


async def _obey(robot: Robot, order: dict[str, Any]) -> dict[str, Any]:
    acts: dict[str, Callable[[], Awaitable[None]]] = {
        "click": lambda: robot.click(order["name"]),
        "press": lambda: robot.press(order["keys"]),
        "write": lambda: robot.write(order["text"], order.get("name", "")),
        "choose": lambda: robot.choose(order["name"], order["text"]),
        "see": lambda: robot.see(order["text"], order.get("name", "")),
        "see_not": lambda: robot.see_not(order["text"], order.get("name", "")),
    }
    try:
        if order["do"] == "read":
            return {"ok": True, "text": robot.read(order.get("name", ""))}
        if order["do"] == "picture":
            robot.picture(Path(order["path"]))
            return {"ok": True}
        await acts[order["do"]]()
    except NotSeen as unseen:
        return {"ok": False, "why": str(unseen)}
    except KeyError as missing:
        return {"ok": False, "why": f"not understood: {missing}"}
    except (TypeError, RuntimeError) as fault:  # whoever leads must hear of it, not wait for ever
        return {"ok": False, "why": f"fault: {fault}"}
    return {"ok": True}


def _answer(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    sys.stdout.flush()
