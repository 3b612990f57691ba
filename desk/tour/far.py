"""A desk in a process of its own, led from here: the other end of desk.tour.control."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

MAIN = Path(__file__).resolve().parents[2] / "main.py"
ENDS_WITHIN = 30.0


class DidNotWork(AssertionError):
    """A person could not do, or did not see, what the story says; the text holds what the screen showed."""


class FarDesk:
    """One workstation process, offscreen unless `env` says otherwise. Used from one thread; every call waits."""

    def __init__(self, name: str, arguments: Sequence[str], env: Mapping[str, str] | None = None) -> None:
        self.name = name
        surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **(env or {})}
        self._process = subprocess.Popen(  # noqa: S603  (our own program)
            [sys.executable, str(MAIN), "--control", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=surroundings,
        )

    @property
    def pid(self) -> int:
        """Its process."""
        return self._process.pid

    def press(self, *keys: str) -> None:
        """Press these keys one after the other."""
        for key in keys:
            self._do("press", keys=key)

    def write(self, text: str, name: str = "") -> None:
        """Type into the field that has the focus, or into the named one."""
        self._do("write", text=text, name=name)

    def click(self, name: str) -> None:
        """Click what has this name."""
        self._do("click", name=name)

    def choose(self, name: str, text: str) -> None:
        """Choose an entry of a list or box."""
        self._do("choose", name=name, text=text)

    def see(self, text: str, name: str = "") -> None:
        """Wait until this is on the screen."""
        self._do("see", text=text, name=name)

    def see_not(self, text: str, name: str = "") -> None:
        """Wait until this is gone."""
        self._do("see_not", text=text, name=name)

    def read(self, name: str = "") -> str:
        """Everything that is on the screen now."""
        return str(self._do("read", name=name)["text"])

    def picture(self, path: Path) -> None:
        """Keep what the window shows."""
        self._do("picture", path=str(path))

    def leave(self) -> int:
        """Close the window in order; the exit code."""
        if self._process.poll() is None:
            self._send({"do": "quit"})
        return self._end()

    def kill(self) -> None:
        """End it as a power cut would, as far as a process can."""
        self._process.kill()
        self._end()

    def _end(self) -> int:
        try:
            return self._process.wait(ENDS_WITHIN)
        finally:
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe:
                    pipe.close()

    def _send(self, order: dict[str, Any]) -> None:
        pipe = self._process.stdin
        if pipe is None:
            raise DidNotWork(f"{self.name}: no line to it")
        pipe.write(json.dumps(order) + "\n")
        pipe.flush()

    def _do(self, do: str, **facts: Any) -> dict[str, Any]:
        try:
            self._send({"do": do, **facts})
            line = self._process.stdout.readline() if self._process.stdout else ""
        except BrokenPipeError:
            line = ""
        if not line:
            raise DidNotWork(f"{self.name} ended while asked to {do} {facts}")
        answer: dict[str, Any] = json.loads(line)
        if not answer["ok"]:
            raise DidNotWork(f"{self.name}, {do} {facts}: {answer['why']}")
        return answer
