"""`make medusa`: a real Medusa 2 shop from npm, and the walk through find, cancel, refund and lost replies."""

from __future__ import annotations

import argparse
import logging
import secrets
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import structlog

from desk.connectors.medusa import Medusa, MedusaSettings
from desk.connectors.registry import Registry
from tests.helpers import postgres
from tests.helpers.edge import sqlite_centre
from tests.helpers.fault_proxy import FaultProxy
from tests.helpers.running_centre import served
from tools.medusa import shop
from tools.medusa.merchant import Merchant
from tools.medusa.record import record
from tools.medusa.walk import SOURCE, Walk, Wrong


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.medusa", description=__doc__)
    parser.add_argument(
        "--record", type=Path, metavar="FOLDER", help="write the shop's answers as recordings, then end"
    )
    options = parser.parse_args(arguments)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    began = time.monotonic()
    try:
        _main(options.record)
    except (shop.NoShop, postgres.NoPostgres, Wrong) as error:
        print(f"medusa: {error}", file=sys.stderr)
        return 1
    print(f"\nmedusa: everything holds, {time.monotonic() - began:.0f} s")
    return 0


def _main(recordings: Path | None) -> None:
    secret = secrets.token_hex(16)
    with ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="medusa-")))
        centre = held.enter_context(sqlite_centre(folder, datetime.now(UTC)))
        address = held.enter_context(served(centre.service))
        database = held.enter_context(postgres.database(held.enter_context(postgres.server())))
        hook = {"ORDER_DESK_HOOK_URL": f"{address}/v1/hooks/{SOURCE}", "ORDER_DESK_HOOK_SECRET": secret}
        print("starting Medusa (the first time npm installs it: some minutes)", flush=True)
        url = held.enter_context(shop.running(postgres.libpq_url(database), hook))
        merchant = Merchant(url)
        key = merchant.open_shop()
        line = held.enter_context(FaultProxy(url))
        methods = {"pp_system_default": "bank_card"}
        medusa = Medusa(MedusaSettings(url=line.url, key=key, hook_secret=secret, methods=methods))
        ids = merchant.fill()
        centre.service.connectors = Registry({SOURCE: medusa})
        print(f"Medusa is up with {len(ids)} orders", flush=True)
        if recordings is not None:
            record(merchant, ids, recordings)
        Walk(centre, merchant, medusa, line, ids).run()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
