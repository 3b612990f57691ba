"""Puts a workstation together: settings -> profile and store -> services -> windows. The only composition root."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import faulthandler
import logging
import shutil
import sys
import tomllib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

import platformdirs
import structlog
from PySide6.QtWidgets import QApplication

from desk import settings as declared
from desk.domain.people import Level
from desk.household import Household, HouseholdProblem
from desk.resources_path import resource
from desk.services import rows
from desk.services.actions import Actions
from desk.services.administration import Administration
from desk.services.admission import Admission, NoWay
from desk.services.approvals import Approvals
from desk.services.attention import Attention
from desk.services.changes import Changes
from desk.services.compensation import Compensation
from desk.services.desk import Desk
from desk.services.drafts import Drafts
from desk.services.jobs import Jobs
from desk.services.jobs import run as run_loop
from desk.services.lookup import Lookup
from desk.services.notices import Notices
from desk.services.queue import Queue
from desk.services.reveals import Reveals
from desk.services.rows import Phase
from desk.services.scripts import Scripts
from desk.services.session import DemoRoster, Session
from desk.services.syncer import Syncer
from desk.services.system_keyring import SystemKeyring
from desk.services.tasks import Tasks
from desk.services.workplace import Profile, Workplace
from desk.services.workspace import Workspace
from desk.settings import Settings
from desk.storage.engine import StorageError
from desk.storage.filelock import InUse
from desk.storage.keys import KeyFile
from desk.storage.warming import warm
from desk.sync.clock import CentreClock
from desk.views import language, theme
from desk.views.main_window import MainWindow

_log = structlog.get_logger("desk")
ROOT = Path(__file__).resolve().parents[1]
FIRST = "desk"  # the profile of the first desk
DEMO_PREFIX = "demo-"
ADMIN = "admin"  # the scope of those who run the place
HOUSE_PASSWORD = "demo"  # noqa: S105  (nothing is secret in a demo: any of its people may open the file)
# Who leads a window from outside, for the tour and for tests: given the window and how to leave.
Lead = Callable[[MainWindow, Callable[[], None]], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the command line says."""

    profile: str = FIRST
    data: Path = Path()
    centre: str = ""
    tour: bool = False
    control: bool = False
    demo_reset: bool = False

    @property
    def folder(self) -> Path:
        """The profile's folder."""
        return self.data / "desks" / self.profile


def parse(arguments: Sequence[str]) -> Options:
    """The options of a command line; ends the program where it cannot be read."""
    parser = argparse.ArgumentParser(prog="order-desk", description="A workstation for people who rescue orders.")
    parser.add_argument(
        "--as", dest="profile", default=FIRST, metavar="NAME", help="a desk of its own beside the first"
    )
    parser.add_argument("--data", type=Path, default=default_data(), help="folder of everything that is kept")
    parser.add_argument("--centre", default="", metavar="URL", help="address of the centre (else the demo's own)")
    parser.add_argument("--tour", action="store_true", help="play the main job through the windows, a picture per step")
    parser.add_argument("--control", action="store_true", help="be led by JSON lines on standard input")
    parser.add_argument("--demo-reset", action="store_true", help="throw the demo's data away")
    found = parser.parse_args(arguments)
    return Options(**vars(found))


def default_data() -> Path:
    """`.data` beside a checkout, the platform's folder for an installed program."""
    if (ROOT / "pyproject.toml").exists():
        return ROOT / ".data"
    return Path(platformdirs.user_data_dir("order-desk", appauthor=False))


def reset(options: Options) -> int:
    """Throw the demo's data away; the next run starts anew."""
    shutil.rmtree(options.data, ignore_errors=True)
    return 0


def run(options: Options, lead: Lead | None = None) -> int:
    """Open the window and work until it is closed."""
    log_to(options.folder / "logs" / "desk.log")
    app = application()
    return run_loop(partial(_work, options, app, lead), app)


def application() -> QApplication:
    """The one QApplication."""
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("Order Desk")
    app.setDesktopFileName("order-desk")
    return app


async def _work(options: Options, app: QApplication, lead: Lead | None) -> int:
    kept = Settings(options.folder / "settings.json")
    theme.apply(app, kept.get(declared.THEME))
    language.use(kept.get(declared.LANGUAGE))
    over = asyncio.Event()
    async with opened(options, kept) as bench:
        window = MainWindow(bench.desk)
        window.preferred.connect(kept.set_by_key)
        window.closing.connect(over.set)
        window.show()
        bench.desk.jobs.spawn(bench.begin(), "begin")
        if lead is not None:
            bench.desk.jobs.spawn(_led(lead, window, over), "led")
        await over.wait()
        window.hide()  # it lives until its services are closed: what still runs may tell it something
    window.deleteLater()
    return 0


async def _led(lead: Lead, window: MainWindow, over: asyncio.Event) -> None:
    await lead(window, over.set)


# --- the parts ------------------------------------------------------------------------------------------------------


@dataclass
class Bench:
    """A workstation that stands: services, and where its centre is."""

    desk: Desk
    place: Workplace
    admission: Admission
    house: Household | None
    scopes: tuple[str, ...]
    _moving: bool = False

    async def begin(self) -> None:
        """Find (or start) the centre, enrol where nobody has to be asked, open the file where it can be."""
        try:
            await self.place.jobs.store(self.place.profile.load)
            if self.house is not None:
                await self._find_centre(self.house)
            await self.place.jobs.net(self._open_file)
        except (StorageError, InUse) as fault:
            _log.error("cannot open the file", code=fault.code, detail=str(fault))
            self.desk.session.cannot_begin(fault.code)
            return
        except (HouseholdProblem, NoWay) as problem:
            _log.error("cannot begin", problem=str(problem))
            self.desk.session.cannot_begin("centre_not_started")
            return
        self.desk.session.ready()
        self.desk.syncer.status_changed.connect(self._on_status)
        await self.place.jobs.net(warm)  # while somebody types a password

    async def _find_centre(self, house: Household) -> None:
        wanted = "" if self.admission.enrolled else ",".join(self.scopes)
        home = await self.place.jobs.net(house.start, wanted)
        self.place.move(home.url)
        if wanted:
            await self.place.jobs.net(self.admission.enrol, home.code, self.place.profile.folder.name)

    def _open_file(self) -> None:
        self.place.jobs.store_now(self.admission.open_by_keyring)

    def _on_status(self, status: rows.SyncStatus) -> None:
        """The desk that held the household has gone: this one takes it over."""
        if self.house is not None and status.phase is Phase.OFFLINE and not self._moving:
            self._moving = True
            self.place.jobs.spawn(self._take_over(self.house), "take the household over")

    async def _take_over(self, house: Household) -> None:
        try:
            home = await self.place.jobs.net(house.start)
            self.place.move(home.url)
            self.desk.syncer.wake()
        except HouseholdProblem as problem:
            _log.info("the household is not here", problem=str(problem))
            await asyncio.sleep(2)
        finally:
            self._moving = False


@contextlib.asynccontextmanager
async def opened(options: Options, kept: Settings) -> AsyncIterator[Bench]:
    """A workstation for the block: everything is closed in order afterwards, whatever happened."""
    centre = options.centre or kept.get(declared.CENTRE)
    demo = not centre
    bench = assemble(options, centre, demo)
    try:
        yield bench
    finally:
        await close(bench)


def assemble(options: Options, centre: str, demo: bool) -> Bench:
    """Build the services; nothing is opened or started yet."""
    jobs, changes = Jobs(), Changes()
    keys = KeyFile(options.folder / "keys.json", options.profile, None if demo else SystemKeyring())
    clock = CentreClock()
    profile = Profile(options.folder, keys, clock)
    place = Workplace(jobs=jobs, changes=changes, profile=profile, clock=clock, centre=centre)
    admission = Admission(place, house_password=HOUSE_PASSWORD if demo else "")
    actions = Actions(place)
    syncer = Syncer(place, actions, embedded=demo)
    scopes = demo_scopes(options.profile)
    roster = demo_roster(scopes, options.profile) if demo else None
    session = Session(place, admission, syncer, roster, enrols_itself=demo)
    notices = Notices(place)
    reveals = Reveals(place, actions)
    session.set_farewell(reveals.forget)
    session.changed.connect(lambda: notices.start() if session.person else notices.stop())
    desk = Desk(
        jobs=jobs,
        changes=changes,
        session=session,
        queue=Queue(place),
        lookup=Lookup(place),
        workspace=Workspace(place),
        actions=actions,
        scripts=Scripts(place),
        compensation=Compensation(place, actions),
        approvals=Approvals(place, actions),
        attention=Attention(place, actions),
        tasks=Tasks(place, actions),
        administration=Administration(place),
        syncer=syncer,
        notices=notices,
        drafts=Drafts(place),
    )
    house = Household(options.data, demo=True) if demo else None
    return Bench(desk, place, admission, house, scopes)


async def close(bench: Bench) -> None:
    """Words are kept, lines cut, tasks ended, the file closed clean, the household (if it is ours) sent home."""
    await bench.desk.drafts.flush()
    bench.desk.notices.stop()
    await bench.desk.syncer.stop()
    bench.place.cut_lines()
    await bench.place.jobs.end_tasks()
    await bench.place.jobs.store(bench.place.profile.close)
    if bench.house is not None:
        await bench.place.jobs.net(bench.house.end)
    await bench.place.jobs.close()
    for lane in bench.place.lanes.values():
        lane.close()


# --- the demo's people ----------------------------------------------------------------------------------------------


def demo_scopes(profile: str) -> tuple[str, ...]:
    """What a demo desk is for: where the person of that login or level works; the first desk is for all of them."""
    person = next((one for one in _roster() if _is_called(one, profile)), None)
    if person is not None and _scopes_of(person):
        return _scopes_of(person)
    return (*sorted({scope for one in _roster() for scope in _scopes_of(one)}), ADMIN)


def demo_roster(scopes: Sequence[str], profile: str = FIRST) -> DemoRoster:
    """The demo people who may work at a desk of these scopes; whom the desk is called after comes first."""
    people = []
    for one in sorted(_roster(), key=lambda one: not _is_called(one, profile)):
        own = set(_scopes_of(one))
        if own & set(scopes) or (not own and ADMIN in scopes):
            level = Level(one["level"])
            people.append(rows.PersonRow(id=one["login"], login=one["login"], name=one["name"], level=level))
    return DemoRoster(DEMO_PREFIX, tuple(people))


def _is_called(person: dict[str, Any], profile: str) -> bool:
    return profile in (person["login"], person["level"])


def _scopes_of(person: dict[str, Any]) -> tuple[str, ...]:
    teams = [f"team:{team}" for team in person.get("teams", [])]
    return (*teams, f"store:{person['store']}") if person.get("store") else tuple(teams)


def _roster() -> list[dict[str, Any]]:
    with resource("demo", "people.toml").open("rb") as file:
        people: list[dict[str, Any]] = tomllib.load(file)["people"]
    return people


# --- logs -----------------------------------------------------------------------------------------------------------


def log_to(path: Path) -> None:
    """Everything of INFO and more to a file of this profile: events and codes, never personal data."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # A crash below Python leaves its stacks; the file is empty otherwise and open for as long as the program runs.
    faulthandler.enable(path.with_suffix(".crash").open("a", encoding="utf-8"))
    handler = RotatingFileHandler(path, maxBytes=2_000_000, backupCount=3, encoding="utf-8")
    logging.basicConfig(level=logging.INFO, handlers=[handler], format="%(message)s", force=True)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
