"""Scripted workstations that park at the centre, in a process of their own: `python -m tests.bench.listeners`.

Standard input, one JSON line: {"place": "host:port", "tokens": [...], "n": ..., "h": ...}. It says "ready" when all
listen, goes on until a second line comes, then tells [[client, n, seconds], ...]: when which client held which commit,
on the clock that all processes of a machine share.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
import time
from typing import Any


async def main() -> None:
    """Listen with every token until told to end."""
    loop = asyncio.get_running_loop()
    asked = json.loads(await loop.run_in_executor(None, sys.stdin.readline))
    heard: list[tuple[int, int, float]] = []
    tasks = [asyncio.create_task(_listen(number, token, asked, heard)) for number, token in enumerate(asked["tokens"])]
    print("ready", flush=True)
    await loop.run_in_executor(None, sys.stdin.readline)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    print(json.dumps(heard), flush=True)


async def _listen(number: int, token: str, asked: dict[str, Any], heard: list[tuple[int, int, float]]) -> None:
    host, port = asked["place"].split(":")
    reader, writer = await asyncio.open_connection(host, int(port), limit=2**24)
    at = {"n": asked["n"], "h": asked["h"]}
    with contextlib.closing(writer):
        while True:
            page = await _pull(reader, writer, asked["place"], token, at)
            now = time.perf_counter()
            heard += [(number, commit["n"], now) for commit in page["commits"]]
            at = page["next"]


async def _pull(reader: Any, writer: Any, place: str, token: str, at: dict[str, Any]) -> Any:
    head = f"GET /v1/pull?n={at['n']}&h={at['h']}&wait=25 HTTP/1.1\r\nHost: {place}\r\nX-Schema: 1\r\n"
    writer.write(f"{head}Authorization: Bearer {token}\r\n\r\n".encode())
    await writer.drain()
    said = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    status = said.split(" ", 2)[1]
    length = next(int(line.split(":")[1]) for line in said.split("\r\n") if line.startswith("content-length:"))
    body = await reader.readexactly(length)
    if status != "200":
        raise RuntimeError(f"{status} {body[:200]!r}")
    return json.loads(body)


if __name__ == "__main__":
    asyncio.run(main())
