"""`desk-central`: found, upgrade, serve and look after a centre from the command line.

Every error is one line that says what to do.
"""

from __future__ import annotations

import argparse
import contextlib
import getpass
import importlib
import importlib.util
import json
import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from desk.central import founding, people, schema
from desk.central.engine import CannotOpen, open_engine, sqlite_url
from desk.central.filelock import AlreadyRunning, hold
from desk.central.problems import Problem
from desk.central.roster import read_roster
from desk.central.service import Service, make_service
from desk.central.serving import Listen, Refused, serve
from desk.domain.people import Level
from desk.wire.codec import ShapeError

Command = Callable[[argparse.Namespace], int]
_EXPECTED = (
    CannotOpen,
    AlreadyRunning,
    Refused,
    schema.WrongSchema,
    people.NotDone,
    ShapeError,
    ValueError,
    OSError,
)
# Further commands of other files: each has `add_command(subparsers)` that sets `run`.
_OTHERS = ("desk.central.import_command", "desk.central.verify_command", "desk.central.backup_command")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it was done, 1 when not, 2 when it was not understood."""
    options = _parser().parse_args(arguments)
    _log_to_stderr(options.verbose)
    command: Command = options.run
    try:
        return command(options)
    except Problem as error:
        return _complain(error.detail or error.code)
    except (SQLAlchemyError, ArgumentError) as error:
        return _complain(f"the database does not answer as it should ({_first_line(error)})")
    except _EXPECTED as error:
        return _complain(_first_line(error))
    except KeyboardInterrupt:
        return _complain("stopped")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="desk-central", description="The centre of Order Desk.")
    parser.add_argument("--verbose", action="store_true", help="log every request")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--data", type=Path, help="folder of a SQLite centre (default: ./.data/centre)")
    where.add_argument("--database-url", help="postgresql://… (or DESK_DATABASE_URL)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_founding(commands)
    _add_serve(commands)
    _add_people(commands)
    for name in _OTHERS:
        if importlib.util.find_spec(name):
            importlib.import_module(name).add_command(commands)
    return parser


# --- init, upgrade ---------------------------------------------------------------------------------------------------


def _add_founding(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    init = commands.add_parser("init", help="make an empty database a centre")
    _add_roster(init)
    init.set_defaults(run=_init)
    commands.add_parser("upgrade", help="bring a database to this version").set_defaults(run=_upgrade)


def _add_roster(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--demo", action="store_true", help="made-up people; never served beyond this machine")
    parser.add_argument("--people", type=Path, help="a TOML file of stores and people to begin with")


def _init(options: argparse.Namespace) -> int:
    with _engine(options) as engine:
        is_new = _found(engine, options)
    print("the centre is founded" if is_new else "the centre was founded before: nothing to do")
    return 0


def _found(engine: Engine, options: argparse.Namespace) -> bool:
    """Found an empty database, with the people of the roster; whether it was empty."""
    roster = read_roster(options.people, demo=options.demo) if options.people else None
    if not founding.init(engine, demo=options.demo):
        return False
    if roster is not None:
        service = make_service(engine, _folder(options) / "snapshots")
        try:
            for store in roster.stores:
                people.add_store(service, store.id, store.names, store.timezone)
            people.add_people(service, roster.people)
        finally:
            service.close()  # the engine itself goes on: it opens new connections
    return True


def _upgrade(options: argparse.Namespace) -> int:
    with _engine(options) as engine:
        schema.upgrade(engine)
    print("the database has the schema of this version")
    return 0


# --- serve -----------------------------------------------------------------------------------------------------------


def _add_serve(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("serve", help="answer calls until stopped")
    parser.add_argument("--embedded", action="store_true", help="as the child of a desk: ends when stdin closes")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8800, help="0: any that is free")
    parser.add_argument("--tls-cert", type=Path)
    parser.add_argument("--tls-key", type=Path)
    parser.add_argument("--behind-proxy", action="store_true", help="a proxy in front does TLS")
    parser.add_argument("--found", action="store_true", help="embedded: found the data first where there is none")
    _add_roster(parser)
    parser.set_defaults(run=_serve)


def _serve(options: argparse.Namespace) -> int:
    if options.embedded and options.host != "127.0.0.1":
        raise Refused("an embedded centre listens on 127.0.0.1 only")
    listen = Listen(
        host=options.host,
        port=options.port,
        tls_cert=options.tls_cert,
        tls_key=options.tls_key,
        behind_proxy=options.behind_proxy,
    )
    with contextlib.ExitStack() as held:
        if not _database_url(options):
            held.enter_context(hold(_folder(options) / "centre.lock"))
        engine = held.enter_context(_engine(options))
        if options.found and options.embedded:
            _found(engine, options)
        service = make_service(
            engine, _folder(options) / "snapshots", metrics_token=os.environ.get("DESK_METRICS_TOKEN", "")
        )
        serve(service, listen, embedded=options.embedded)
    return 0


# --- people, desks, keys ---------------------------------------------------------------------------------------------


def _add_people(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    user = commands.add_parser("adduser", help="add or change a person")
    user.add_argument("login")
    user.add_argument("--name", required=True)
    user.add_argument("--level", required=True, choices=[str(one) for one in Level if one is not Level.SYSTEM])
    user.add_argument("--team", action="append", default=[])
    user.add_argument("--store")
    user.add_argument("--language", default="zh", choices=["zh", "en"])
    user.add_argument("--password-stdin", action="store_true", help="read the password from stdin")
    user.set_defaults(run=_adduser)

    store = commands.add_parser("add-store", help="add or rename a store")
    store.add_argument("store")
    store.add_argument("--zh", required=True)
    store.add_argument("--en", required=True)
    store.add_argument("--timezone", default="Asia/Shanghai")
    store.set_defaults(run=_add_store)

    code = commands.add_parser("enrol-code", help="a one-time code that enrols a desk")
    code.add_argument("--team", action="append", default=[])
    code.add_argument("--store")
    code.add_argument("--admin", action="store_true", help="the desk also sees the installations")
    code.add_argument("--hours", type=int, default=24)
    code.set_defaults(run=_enrol_code)

    key = commands.add_parser("api-key", help="a key for another system, or the end of one")
    key.add_argument("--name")
    key.add_argument("--for", dest="scopes", action="append", default=[], metavar="orders|requests|parcels|…")
    key.add_argument("--connector", default="manual", help="whose orders it tells")
    key.add_argument("--days", type=int, help="how long it is in force")
    key.add_argument("--revoke", metavar="ID")
    key.set_defaults(run=_api_key)


def _adduser(options: argparse.Namespace) -> int:
    password = sys.stdin.readline().rstrip("\n") if options.password_stdin else getpass.getpass()
    person = people.Person(
        login=options.login,
        name=options.name,
        level=Level(options.level),
        password=password,
        teams=tuple(options.team),
        store_id=options.store,
        language=options.language,
    )
    with _founded(options) as service:
        people.add_people(service, [person])
    print(f"{options.login} can sign in")
    return 0


def _add_store(options: argparse.Namespace) -> int:
    with _founded(options) as service:
        people.add_store(service, options.store, {"zh": options.zh, "en": options.en}, options.timezone)
    print(f"the store {options.store} is known")
    return 0


def _enrol_code(options: argparse.Namespace) -> int:
    scopes = {f"team:{team}" for team in options.team}
    scopes |= {f"store:{options.store}"} if options.store else set()
    scopes |= {"admin"} if options.admin else set()
    if not scopes:
        raise ValueError("say what the desk is for: --team, --store or --admin")
    with _founded(options) as service:
        print(service.auth.make_code(frozenset(scopes), options.hours))
    return 0


def _api_key(options: argparse.Namespace) -> int:
    from desk.central import api_keys  # brings FastAPI: not for every command

    with _founded(options) as service:
        if options.revoke:
            if not api_keys.revoke_key(service.store, options.revoke):
                raise ValueError("there is no such key in force")
            print("the key is not in force any more")
            return 0
        if not options.name:
            raise ValueError("give the key a --name, or --revoke one")
        key_id, key = api_keys.make_key(service.store, options.name, options.scopes, options.connector, options.days)
    print(json.dumps({"id": key_id, "key": key}))
    return 0


# --- what they share -------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _founded(options: argparse.Namespace) -> Iterator[Service]:
    with _engine(options) as engine, _service(engine, options) as service:
        yield service


@contextlib.contextmanager
def _service(engine: Engine, options: argparse.Namespace) -> Iterator[Service]:
    service = make_service(engine, _folder(options) / "snapshots")
    try:
        yield service
    finally:
        service.close()


@contextlib.contextmanager
def _engine(options: argparse.Namespace) -> Iterator[Engine]:
    url = _database_url(options)
    if not url:
        folder = _folder(options)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        url = sqlite_url(folder / "centre.db")
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def _database_url(options: argparse.Namespace) -> str:
    return options.database_url or ("" if options.data else os.environ.get("DESK_DATABASE_URL", ""))


def _folder(options: argparse.Namespace) -> Path:
    found: Path = options.data or Path(".data") / "centre"
    return found


def _log_to_stderr(verbose: bool) -> None:
    level = logging.INFO if verbose else logging.WARNING
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _complain(text: str) -> int:
    print(f"desk-central: {text}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
