"""The demo's processes: `sides` (the systems behind the shop) and `shop` (seeding, then arrivals), for bootstrap.

    python -m desk.demo sides --data DIR [--seed N] [--calm]
    python -m desk.demo shop --centre URL --data DIR [--sides URL] [--enrol CODE] [--seed N] [--orders N]
        [--no-arrivals]

Both say JSON lines on stdout and end when their stdin closes. Keys come in the environment: DESK_SIDES_KEY (what the
sides ask for), DESK_INGEST_KEY (an API key of the centre for orders and requests). Lines of `shop`:

    {"event": "progress", "what": "tickets" | "orders", "done": n, "of": m}
    {"event": "ready"}       the open tickets are in: a window has something to show
    {"event": "seeded"}      all orders are in
    {"event": "caller", "number", "phone"}   whoever wants to play a call: an order and the end of its phone
    {"event": "arrived", "orders": n, "requests": m}
    {"event": "asked" | "helped", "outcome"}   a colleague asked for an approval, or answered who waited too long
    {"event": "refused", "what", "code"}, {"event": "away"}   something is not as it should be
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from desk.demo.arrivals import Arrivals, shop_of
from desk.demo.caller import next_caller
from desk.demo.client import Away, Centre, Ingest, NotTaken
from desk.demo.colleagues import Office
from desk.demo.moods import CALM, Moods, demo_moods
from desk.demo.planting import plant
from desk.demo.seeding import Seeder, enrol, new_state
from desk.demo.shop import ORDERS, SEED
from desk.demo.sides import Sides, SidesServer
from desk.demo.state import State, StateFile
from desk.demo.told import SidesBook
from desk.wire.signatures import new_private_key, public_key

APPROVAL_SHARE = 0.12  # of the steps: every few minutes a colleague asks for something above the cap
HELP_SHARE = 0.6  # of the steps: a colleague looks for somebody who has waited too long


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one of the two; 0 when its stdin closed."""
    options = _parser().parse_args(arguments)
    stop = threading.Event()
    threading.Thread(target=_until_stdin_closes, args=(stop,), name="demo-stdin", daemon=True).start()
    return _sides(options, stop) if options.what == "sides" else _shop(options, stop)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m desk.demo", description="The made-up shop of Order Desk.")
    parts = parser.add_subparsers(dest="what", required=True)
    sides = parts.add_parser("sides", help="payment, warehouse, promotions and SMS")
    sides.add_argument("--calm", action="store_true", help="no delays, no failures")
    shop = parts.add_parser("shop", help="seed the centre, then let things arrive")
    shop.add_argument("--centre", required=True, help="URL of the centre")
    shop.add_argument("--sides", default="", help="URL of the sides, so that the shop tells what they did")
    shop.add_argument("--enrol", default="", help="a one-time code for the desk of the shop's colleagues")
    shop.add_argument("--orders", type=int, default=ORDERS, help="how many orders to begin with")
    shop.add_argument("--no-arrivals", action="store_true", help="end when everything is seeded")
    for part in (sides, shop):
        part.add_argument("--data", type=Path, required=True, help="folder for what it remembers")
        part.add_argument("--seed", type=int, default=SEED)
    return parser


def _until_stdin_closes(stop: threading.Event) -> None:
    while sys.stdin.buffer.read(4096):
        pass
    stop.set()


def say(event: str, **facts: Any) -> None:
    """One JSON line on stdout."""
    sys.stdout.write(json.dumps({"event": event, **facts}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


# --- sides ---


def _sides(options: argparse.Namespace, stop: threading.Event) -> int:
    options.data.mkdir(parents=True, exist_ok=True)
    moods = Moods(CALM if options.calm else demo_moods(), options.seed)
    sides = Sides(options.data / "sides.db", moods, lambda: datetime.now(UTC))
    server = SidesServer(sides, os.environ.get("DESK_SIDES_KEY", ""))
    serving = threading.Thread(target=server.serve_forever, name="sides")
    serving.start()
    say("listening", url=server.url, port=server.server_port, pid=os.getpid())
    try:
        stop.wait()
    finally:
        sides.stop_waiting()
        server.shutdown()
        serving.join()
        server.server_close()
        sides.close()
    return 0


# --- shop ---


def _shop(options: argparse.Namespace, stop: threading.Event) -> int:
    centre = Centre(options.centre, stop)
    book = SidesBook(options.sides, os.environ.get("DESK_SIDES_KEY", ""))
    try:
        _live(options, centre, book, stop)
    except Away:
        say("away")
    except NotTaken as error:
        say("refused", what="call", code=error.code)
        return 1
    finally:
        book.close()
        centre.close()
    return 0


def _live(options: argparse.Namespace, centre: Centre, book: SidesBook, stop: threading.Event) -> None:
    file = StateFile(options.data)
    ingest = Ingest(centre, os.environ.get("DESK_INGEST_KEY", ""))
    state = file.read() or _founded(options, centre, file)
    shop = shop_of(state)
    seeder = Seeder(centre=centre, ingest=ingest, file=file, say=say)
    if state.is_open:
        say("ready")
    else:
        seeder.open_the_shop(shop, state)
    say("caller", **seeder.announce(next_caller(shop, state, datetime.now(UTC)), shop, state))
    if not state.is_told:
        seeder.tell_the_rest(shop, state)
    say("seeded")
    if options.no_arrivals:
        return
    # Not only the seed: two runs of the same shop should not bring the same surprises.
    rng = random.Random(f"{state.seed}/{len(state.taken)}/{len(state.extra)}")
    arrivals = Arrivals(sales=list(shop.sales), state=state, file=file, sink=ingest, sides=book, rng=rng)
    arrivals.catch_up(datetime.now(UTC))
    office = Office(centre, state)
    while True:
        say("arrived", **arrivals.step(datetime.now(UTC)))
        if state.installation_id:
            _at_work(office, rng)
            file.write(state)
        if stop.wait(arrivals.pause()):
            return


def _at_work(office: Office, rng: random.Random) -> None:
    if rng.random() < APPROVAL_SHARE:
        say("asked", outcome=office.ask_for_approval(datetime.now(UTC)))
    if rng.random() < HELP_SHARE:
        say("helped", outcome=office.help_out(rng, datetime.now(UTC)))


def _founded(options: argparse.Namespace, centre: Centre, file: StateFile) -> State:
    state = new_state(options.seed, datetime.now(UTC), options.orders)
    plant(shop_of(state), state)
    if options.enrol:
        # Nothing of the demo's own desk is signed yet: its key is made and forgotten.
        state.installation_id = enrol(centre, options.enrol, public_key(new_private_key()))
    file.write(state)
    return state
