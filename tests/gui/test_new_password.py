"""A first password, a forgotten one, one of one's own: the centre and every desk that believed the old one follow."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.domain.commands import SaveStaff
from desk.domain.people import Level
from desk.services.jobs import until
from desk.services.rows import Phase, RowState
from tests.helpers.benches import PATIENCE, all_sent, bench_at, sign_in, status
from tests.helpers.running_centre import RunningCentre, running_centre

NOWHERE = "http://127.0.0.1:9"
WANTED = "my very own words"


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[RunningCentre]:
    with running_centre(tmp_path / "centre") as running:
        yield running


async def test_a_person_from_the_page_people_gets_in_by_a_code(centre, tmp_path):
    async with bench_at(centre, tmp_path, "admin", "team:hotline") as bench:
        desk = bench.desk
        await sign_in(desk, "admin")
        teams, new_id = ("hotline",), desk.actions.new_id
        heyun = SaveStaff(
            id=new_id(), staff_id="u-heyun", login="heyun", full_name="何芸", level=Level.AGENT, teams=teams
        )
        await desk.actions.perform(heyun)
        await all_sent(bench)
        code = str((await desk.administration.issue_code("u-heyun")).data["code"])
        assert (await desk.administration.issue_code("u-admin")).code == "not_yourself"

        assert (await desk.session.sign_in("heyun", code)).code == "password_due"
        assert desk.session.person is None
        short = await desk.session.new_password("heyun", code, "short")
        assert (short.code, short.data["least"]) == ("password_too_short", 8)
        assert (await desk.session.new_password("heyun", code, WANTED)).status is RowState.DONE
        assert desk.session.person is not None
        await status(desk, lambda now: now.phase is Phase.ONLINE)
        assert desk.session.person.name == "何芸"
        assert (await desk.administration.issue_code("u-admin")).code == "not_permitted"

        bench.place.move(NOWHERE)
        assert (await desk.session.sign_in("heyun", WANTED)).status is RowState.DONE, "this desk follows, offline too"


async def test_a_person_changes_their_password_and_works_on(centre, tmp_path):
    async with bench_at(centre, tmp_path) as bench:
        desk = bench.desk
        await sign_in(desk, "wangfang")
        wrong = await desk.session.new_password("wangfang", "not this one", WANTED)
        assert wrong.code == "wrong_password"
        await status(desk, lambda now: now.phase is Phase.ONLINE)
        assert (await desk.session.new_password("wangfang", "demo-wangfang", WANTED)).status is RowState.DONE
        await status(desk, lambda now: now.phase is Phase.ONLINE)
        desk.session.lock()
        assert (await desk.session.unlock("demo-wangfang")).code == "wrong_password"
        assert (await desk.session.unlock(WANTED)).status is RowState.DONE
        bench.place.move(NOWHERE)
        assert (await desk.session.sign_in("wangfang", "demo-wangfang")).code == "wrong_password"
        assert (await desk.session.sign_in("wangfang", WANTED)).status is RowState.DONE


async def test_another_desk_stops_believing_the_old_password_once_it_hears_of_it(centre, tmp_path):
    async with bench_at(centre, tmp_path) as bench:
        desk = bench.desk
        await sign_in(desk, "wangfang")
        await sign_in(desk, "liqiang")
        async with bench_at(centre, tmp_path, profile="other") as other:
            await sign_in(other.desk, "wangfang")
            await other.desk.session.new_password("wangfang", "demo-wangfang", WANTED)
        head = centre.service.store.head_now().n
        await status(desk, lambda now: now.cursor >= head)
        bench.place.move(NOWHERE)
        assert (await desk.session.sign_in("wangfang", "demo-wangfang")).code == "password_changed"


async def test_who_is_locked_at_another_desk_unlocks_it_by_the_new_password(centre, tmp_path):
    async with bench_at(centre, tmp_path) as bench:
        desk = bench.desk
        await sign_in(desk, "wangfang")
        desk.session.lock()
        async with bench_at(centre, tmp_path, profile="other") as other:
            await sign_in(other.desk, "wangfang")
            await other.desk.session.new_password("wangfang", "demo-wangfang", WANTED)
        desk.syncer.wake()
        await status(desk, lambda now: now.phase is Phase.SIGNED_OUT)
        assert (await desk.session.unlock(WANTED)).status is RowState.DONE
        await status(desk, lambda now: now.phase is Phase.ONLINE)


async def test_who_came_in_offline_by_the_old_password_is_out_when_the_line_is_back(centre, tmp_path):
    async with bench_at(centre, tmp_path) as bench:
        desk = bench.desk
        await sign_in(desk, "wangfang")
        bench.place.move(NOWHERE)
        code = centre.service.auth.console_code("wangfang")
        assert (await desk.session.sign_in("wangfang", "demo-wangfang")).code == "offline", "it has not heard of it"
        bench.place.move(centre.url)
        desk.syncer.wake()
        async with asyncio.timeout(PATIENCE):
            while desk.session.person is not None:
                await until(desk.session.changed)
        bench.place.move(NOWHERE)
        assert (await desk.session.sign_in("wangfang", "demo-wangfang")).code == "grant_expired"
        bench.place.move(centre.url)
        assert (await desk.session.sign_in("wangfang", code)).code == "password_due"
        assert (await desk.session.new_password("wangfang", code, WANTED)).status is RowState.DONE
