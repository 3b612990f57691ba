"""Bars of the centre and of desks that talk to it (7 to 12, 14), over HTTP on loopback, PostgreSQL with fsync on."""

from __future__ import annotations

import itertools
import json
import select
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from desk.domain.commands import AddNote, ClaimTicket, OpenTicket
from desk.domain.tickets import Channel, Kind
from tests.bench import connected_bars, data, prepared
from tests.bench.bars import Run
from tests.bench.served import Centre, Client, at_once, new_id, serving
from tests.bench.sizes import Size
from tests.helpers import postgres

CLIENTS, EACH, ROUNDS = 8, 25, 5
CHANGES, EVERY = 100, 0.05  # twenty a second
_PGBENCH = "INSERT INTO bare (doc) VALUES (repeat('x', 1000));\n"


def measure(bench: Run, size: Size, wanted: set[int]) -> None:
    """One served centre for all."""
    with prepared.server() as server, serving(size, server) as centre:
        clients = [Client(centre, login) for login in prepared.logins(size)]
        if 7 in wanted:
            _throughput(bench, size, centre, server, clients[:CLIENTS])
        if 12 in wanted:
            _delivery(bench, centre, clients)
        if wanted & {8, 9, 10, 11, 14}:
            connected_bars.measure(bench, size, centre, server, wanted)


# --- 7 --------------------------------------------------------------------------------------------------------------


class Acts:
    """Tickets that scripted clients create and take, one push each."""

    def __init__(self, size: Size, clients: Sequence[Client], each: int) -> None:
        self._clients, self._each = clients, each
        self._free = itertools.count(size.tickets)  # orders that have no ticket yet
        self._opened: list[list[str]] = [[] for _ in clients]

    def rate(self, work: Callable[[int], None]) -> float:
        """Acts a second, all clients at once."""
        spent = at_once([partial(work, at) for at in range(len(self._clients))])
        return len(self._clients) * self._each / spent

    def create(self, at: int) -> None:
        """One client opens its tickets."""
        for _ in range(self._each):
            ticket, order = new_id(), data.order(next(self._free)).id
            self._clients[at].push(
                OpenTicket(
                    id=new_id(),
                    ticket_id=ticket,
                    kind=Kind.CANCEL,
                    channel=Channel.HOTLINE,
                    team="hotline",
                    order_id=order,
                    reason=data.REASONS[0],
                    words="不想要了",
                )
            )
            self._opened[at].append(ticket)

    def assign(self, at: int) -> None:
        """One client takes what it opened."""
        while self._opened[at]:
            self._clients[at].push(ClaimTicket(id=new_id(), ticket_id=self._opened[at].pop()))


def _throughput(bench: Run, size: Size, centre: Centre, server: prepared.Server, clients: Sequence[Client]) -> None:
    acts, floors = Acts(size, clients, EACH), Pgbench(server)
    pairs: dict[str, list[tuple[float, float]]] = {"create a ticket": [], "take a ticket": []}
    for _ in range(ROUNDS):
        for name, work in (("create a ticket", acts.create), ("take a ticket", acts.assign)):
            pairs[name].append((acts.rate(work), floors.rate(CLIENTS)))
    for name, found in pairs.items():
        bench.add(7, name, found, "/s", note=f"centre {memory(centre.process.pid):.0f} MiB" if "take" in name else "")
    floors.close()


class Pgbench:
    """PostgreSQL's own bench on a table of its own in the same server: one row, one commit."""

    def __init__(self, server: prepared.Server) -> None:
        self._server = server
        self.url = postgres.create_database(server.base)
        with psycopg.connect(postgres.libpq_url(self.url)) as connection:
            connection.execute("CREATE TABLE bare (id bigserial PRIMARY KEY, doc text NOT NULL)")
        self._folder = tempfile.TemporaryDirectory(prefix="order-desk-bench-")
        self._script = Path(self._folder.name) / "insert.sql"
        self._script.write_text(_PGBENCH)

    def rate(self, clients: int) -> float:
        """Commits a second."""
        programs = [self._server.programs / "pgbench", Path("/usr/bin/pgbench")]
        pgbench = next(path for path in programs if path.exists())
        place = [f"--{name}={value}" for name, value in self._place().items()]
        arguments = ["-n", "-c", str(clients), "-j", "2", "-T", "2", "-f", str(self._script), *place, "-U", "postgres"]
        done = subprocess.run(
            [pgbench, *arguments, self.url.rsplit("/", 1)[1]], capture_output=True, text=True, check=True
        )
        return next(float(line.split()[2]) for line in done.stdout.splitlines() if line.startswith("tps"))

    def _place(self) -> dict[str, str]:
        found = urlsplit(postgres.libpq_url(self.url))
        return {"host": str(found.hostname), "port": str(found.port)}

    def close(self) -> None:
        postgres.drop_database(self._server.base, self.url)
        self._folder.cleanup()


# --- 12 -------------------------------------------------------------------------------------------------------------


def _delivery(bench: Run, centre: Centre, clients: Sequence[Client]) -> None:
    late, floor = delivered(centre, clients), _notify(centre)
    told = f"{len(late):,} of {len(late):,} delivered, median {statistics.median(late):.1f} ms"
    pairs = [(statistics.quantiles(late, n=20)[-1], floor)]
    bench.add(12, f"{len(clients) - 1} at once, 20 changes a second", pairs, note=told)


def delivered(centre: Centre, clients: Sequence[Client]) -> list[float]:
    """The last client writes twenty notes a second; everybody else listens. Milliseconds of each delivery."""
    *listeners, writer = clients
    writer.push(*(ClaimTicket(id=new_id(), ticket_id=data.ticket_id(index)) for index in range(5)))
    head = centre.service.store.head_now()
    asked = {"place": urlsplit(centre.url).netloc, "tokens": [one.token for one in listeners], "n": head.n, "h": head.h}
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        [sys.executable, "-m", "tests.bench.listeners"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(asked) + "\n")
        process.stdin.flush()
        assert process.stdout.readline() == "ready\n"
        _settled(writer)
        sent: dict[int, float] = {}
        for turn, at in twenty_a_second():
            (verdict,) = writer.push(AddNote(id=new_id(), ticket_id=data.ticket_id(turn % 5), words="x" * 200))
            sent[verdict["n"]] = at
        rest()
        process.stdin.write("end\n")
        process.stdin.flush()
        heard = json.loads(process.stdout.readline())
    late = [(at - sent[n]) * 1000 for _, n, at in heard if n in sent]
    expected = len(sent) * len(listeners)
    assert len(late) == expected, f"{len(late)} of {expected} were delivered"
    return late


def twenty_a_second() -> Iterator[tuple[int, float]]:
    """(turn, now) of each change that is to be made now."""
    began = time.perf_counter()
    for turn in range(CHANGES):
        _wait_until(began + turn * EVERY)
        yield turn, time.perf_counter()


def rest() -> None:
    """Until nobody is busy with what was said before."""
    _wait_until(time.perf_counter() + 2)


def _settled(writer: Client) -> None:
    """One change that everybody hears, so that all are parked for the next."""
    writer.push(AddNote(id=new_id(), ticket_id=data.ticket_id(0), words="x"))
    rest()


def _wait_until(moment: float) -> None:
    left = moment - time.perf_counter()
    if left > 0:
        select.select([], [], [], left)


def _notify(centre: Centre) -> float:
    """Milliseconds, 95 of 100, from the beginning of a commit with NOTIFY to its being heard on another connection."""
    url = postgres.libpq_url(centre.database)
    with psycopg.connect(url, autocommit=True) as hears, psycopg.connect(url) as says:
        hears.execute("LISTEN bare")
        says.execute("CREATE TEMP TABLE bare (doc text)")
        says.commit()
        spent = []
        for _ in range(60):
            began = time.perf_counter()
            says.execute("INSERT INTO bare VALUES (repeat('x', 1000))")
            says.execute("NOTIFY bare")
            says.commit()
            list(hears.notifies(timeout=5, stop_after=1))
            spent.append((time.perf_counter() - began) * 1000)
    return statistics.quantiles(spent, n=20)[-1]


def memory(pid: int) -> float:
    """Proportional memory in MiB; 0 where the system does not tell."""
    told = Path(f"/proc/{pid}/smaps_rollup")
    lines = [line for line in told.read_text().splitlines() if line.startswith("Pss:")] if told.exists() else []
    return int(lines[0].split()[1]) / 1024 if lines else 0.0
