"""An export that nobody has seen is imported by writing a mapping alone, and what is wrong is found, with reasons."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import structlog
from sqlalchemy import func, select

from desk.central import tables as t
from desk.central.cli import main
from desk.central.detecting import LEASE, detector_of
from desk.central.findings import changed, rehearse, standing
from desk.central.importing.mapping import read_mapping
from desk.central.importing.run import Import
from tests.helpers.edge import Centre, sqlite_centre
from tools.make_unknown_export import Made, write_unknown

pytestmark = pytest.mark.turns(2)

MAPPING = Path(__file__).resolve().parents[2] / "docs/examples/unknown.toml"
# The command line has no clock but the machine's: the file is of a moment ago, and nothing in it hangs on minutes.
UNTIL = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=2)


@pytest.fixture(autouse=True)
def _logs_as_they_were() -> Iterator[None]:
    """The command line sets up its own log; the tests' listener comes back afterwards."""
    before = structlog.get_config()
    yield
    structlog.configure(**before)


@dataclass
class Imported:
    """A centre with the export in it, and what was planted in that."""

    centre: Centre
    made: Made

    def count(self, table: str) -> int:
        with self.centre.service.store.reading() as connection:
            return connection.scalar(select(func.count()).select_from(t.metadata.tables[table])) or 0


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Imported]:
    folder = tmp_path_factory.mktemp("unknown")
    made = write_unknown(folder / "unknown.csv", 700, seed=3, until=UNTIL, trouble=6)
    with sqlite_centre(folder, UNTIL) as centre:
        service = centre.service
        summary = Import(folder / "unknown.csv", read_mapping(MAPPING), service.store, service.applier).run()
        assert (summary.told, summary.left_out) == (made.orders, 0)
        centre.clock.pass_(60)
        yield Imported(centre, made)


def test_what_was_planted_is_found_and_nothing_else(imported: Imported):
    found: dict[str, set[str]] = defaultdict(set)
    with imported.centre.service.store.reading() as connection:
        policy = imported.centre.service.store.head_policy(connection)
    assert policy is not None
    for one in standing(imported.centre.service.store, policy, imported.centre.clock.now):
        found[one.found.rule].add(one.number)
        assert one.found.saw, "with its reasons"
    assert dict(found) == imported.made.planted
    assert len(found) >= 12


def test_a_rehearsal_tells_what_other_limits_would_have_raised_and_changes_nothing(imported: Imported):
    store, now = imported.centre.service.store, imported.centre.clock.now
    with store.reading() as connection:
        policy = store.head_policy(connection)
        before = store.head(connection)
    assert policy is not None
    calm = rehearse(store, policy, changed(policy, {"trace_stalled": {"days": "5"}}), now - timedelta(days=30), now)
    ((rule, in_force, would_be),) = calm.counts()
    assert (rule, calm.orders) == ("trace_stalled", imported.made.orders)
    assert 0 < would_be < in_force == len(imported.made.planted["trace_stalled"])
    assert (len(calm.gone()), calm.new()) == (in_force - would_be, [])
    assert sum(then for _, _, _, then in calm.days()) == would_be
    hasty = rehearse(store, policy, changed(policy, {"same_address": {"orders": "3"}}), now - timedelta(days=30), now)
    assert hasty.counts() == [("same_address", 1, 1)]
    with store.reading() as connection:
        assert store.head(connection) == before


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"trace_staled": {"days": "5"}}, "--rule trace_staled: there are"),
        ({"trace_stalled": {"weeks": "5"}}, "--set weeks: trace_stalled has minutes, hours, days, on"),
        ({"trace_stalled": {"days": "-1"}}, "not a whole number"),
        ({"trace_stalled": {"days": "0"}}, "does_not_wait"),
        ({"same_phone": {"orders": "1"}}, "too_small"),
    ],
)
def test_a_limit_that_cannot_be_is_named(imported: Imported, settings: dict[str, dict[str, str]], complaint: str):
    with imported.centre.service.store.reading() as connection:
        policy = imported.centre.service.store.head_policy(connection)
    assert policy is not None
    with pytest.raises(ValueError, match=complaint):
        changed(policy, settings)


def test_an_administrator_lists_rehearses_and_raises_from_the_command_line(
    imported: Imported, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    url = imported.centre.service.store.engine.url.render_as_string(hide_password=False)
    where = ["--database-url", url]
    assert main([*where, "detect", "--csv", str(tmp_path / "f.csv")]) == 0
    said = capsys.readouterr().out
    planted = sum(len(numbers) for numbers in imported.made.planted.values())
    assert f"{planted} findings" in said
    with (tmp_path / "f.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == planted
    assert all(row["saw"] for row in rows)
    assert main([*where, "detect", "--dry-run", "--rule", "trace_stalled", "--set", "hours=100"]) == 0
    assert "no longer raised" in capsys.readouterr().out
    assert imported.count("tickets") == 0, "only --raise does that"
    assert main([*where, "detect", "--raise"]) == 0
    assert imported.count("tickets") > planted * 0.9, "some orders have two findings of one kind"
    assert f"{imported.count('tickets')} raised" in capsys.readouterr().out
    assert detector_of(imported.centre.service).run_dry(datetime.now(UTC) + LEASE).raised == 0, "once"
    with imported.centre.service.store.reading() as connection:
        docs = list(connection.scalars(select(t.tickets.c.doc)))
    assert {doc["channel"] for doc in docs} == {"system"}
